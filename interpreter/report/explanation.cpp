#include "interpreter/report/explanation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "interpreter/report/duty_sections.hpp"
#include "interpreter/report/near_misses.hpp"
#include "interpreter/report/reason_points.hpp"

namespace duly {
namespace {

class Explainer {
 public:
  Explainer(const DecisionView& view, Depth depth)
      : view_(view), program_(view.program), depth_(depth), points_(view) {}

  Explanation explain() {
    result_.is_brief = depth_ == Depth::brief;
    if (view_.asked) {
      answer(*view_.asked);
    } else {
      result_.question = program_.policy().title;
      result_.answer = "This policy has no decision.";
    }
    broken_safeguards();
    if (view_.asked) {
      if (finding(*view_.asked).status == Status::undecided) {
        to_know(*view_.asked);
        still_possible(*view_.asked);
      } else {
        because(*view_.asked);
      }
      if (!brief()) despite(*view_.asked);
    }
    part_ = Part::duties;
    take(duty_sections(view_, depth_, points_));
    part_ = Part::more;
    if (!brief()) {
      other_decisions();
      worth_knowing();
    }
    if (depth_ == Depth::full) everything_else();
    warnings();
    part_ = Part::sources;
    if (!brief()) sources();
    foot();
    result_.cited.assign(points_.cited().begin(), points_.cited().end());
    return std::move(result_);
  }

 private:
  bool brief() const { return depth_ == Depth::brief; }
  const Subject& subject(SubjectId id) const { return at(program_.subjects, id); }
  Finding finding(SubjectId id) const { return view_.decision.of(id); }
  std::vector<Reason> why(SubjectId id) const { return reasons(program_, view_.facts, view_.decision, id); }

  void add(std::string heading, std::vector<Point> points, Tone tone = Tone::plain, bool numbered = false) {
    if (!points.empty()) result_.sections.push_back({std::move(heading), tone, numbered, std::move(points), part_});
  }

  void take(std::vector<Section> sections) {
    for (Section& section : sections) {
      section.part = part_;
      result_.sections.push_back(std::move(section));
    }
  }

  void answer(SubjectId id) {
    const Subject& decision = subject(id);
    const Finding& found = finding(id);
    result_.question = decision.title;
    result_.name = fmt::format("{}: {}", decision.name,
                               found.status == Status::decided ? program_.show(decision.type, found.value)
                                                               : std::string(to_string(found.status)));
    switch (found.status) {
      case Status::decided:
        result_.answer = sentence(program_.say(decision.type, found.value));
        result_.tone = Tone::settled;
        return;
      case Status::undecided:
        result_.answer = "This is not decided yet: more has to be known.";
        result_.tone = Tone::open;
        return;
      case Status::conflict: result_.answer = "The rules disagree, so this policy gives no answer."; break;
      case Status::gap: result_.answer = "No rule decides this, so the policy gives no answer."; break;
      case Status::unsafe:
        result_.answer = "STOP: a safeguard is broken, so what the rules say must not be relied on.";
        break;
    }
    result_.tone = Tone::alarm;
    if (const auto advice = advised(view_, id)) {
      result_.remarks.push_back(
          fmt::format("Until that is settled, the advice is: {}", sentence(program_.say(decision.type, *advice))));
    }
  }

  void broken_safeguards() {
    std::vector<Point> points;
    for (const SafeguardId id : view_.decision.broken) {
      const Safeguard& safeguard = at(program_.safeguards, id);
      Point point;
      point.text = fmt::format("{}: this does not hold here", safeguard.title);
      point.cites = points_.cite(safeguard.cites);
      point.name = safeguard.full_name;
      points.push_back(std::move(point));
    }
    const char* heading = points.size() == 1 ? "A safeguard is broken" : "Safeguards are broken";
    add(heading, std::move(points), Tone::alarm);
  }

  void because(SubjectId id) {
    const Subject& decision = subject(id);
    const Finding& found = finding(id);
    const std::vector<Reason> given = why(id);
    if (found.status == Status::conflict || found.status == Status::unsafe) {
      add(found.status == Status::conflict ? "What the rules say" : "What the rules would have said",
          points_.disagreeing(id, given), Tone::alarm);
      return;
    }
    std::vector<Point> points = points_.points(given);
    const bool by_otherwise = points.empty() && found.status == Status::decided;
    if (points.empty() && found.status == Status::decided) {
      Point point;
      point.text = "No rule about this applies, and then this is the answer";
      point.cites = points_.cite(decision.cites);
      points.push_back(std::move(point));
    }
    add("Because", std::move(points));
    if (by_otherwise && depth_ == Depth::normal) add("The rules that came nearest", nearest_rules(view_, points_));
  }

  void despite(SubjectId id) {
    std::map<RuleId, Point> set_aside_rules;
    for (const SetAside& pair : set_aside(program_, view_.decision, id)) {
      Point& point = set_aside_rules[pair.rule];
      if (point.text.empty()) {
        point = points_.rule(pair.rule);
        point.text =
            fmt::format("{} This would have been: {}", sentence(point.text), sentence(points_.concludes(pair.rule)));
      }
      Point by = points_.rule(pair.by);
      by.text = fmt::format("set aside by: {}", by.text);
      point.below.push_back(std::move(by));
    }
    std::vector<Point> points;
    for (auto& [rule, point] : set_aside_rules) points.push_back(std::move(point));
    add("Despite", std::move(points));
  }

  void to_know(SubjectId id) {
    const std::vector<FactId> needs = finding(id).needs;
    std::vector<Point> points;
    for (const FactId need : needs) {
      const Fact& fact = at(program_.facts, need);
      Point point;
      point.text = fact.ask.empty() ? fact.title : fact.ask;
      point.name = fact.name;
      if (brief() && points.size() == 3 && needs.size() > 4) {
        point.text = fmt::format("and {} more", needs.size() - 3);
        point.name.clear();
        points.push_back(std::move(point));
        break;
      }
      if (!brief()) point.cites = points_.cite(fact.cites);
      if (depth_ == Depth::full && !fact.help.empty()) point.text += fmt::format(" {}", fact.help);
      if (!brief() && fact.judgement) point.text += " (a professional's judgement)";
      points.push_back(std::move(point));
    }
    add(brief() ? "Still to be known" : "What would still have to be known", std::move(points), Tone::open, !brief());
  }

  void still_possible(SubjectId id) {
    std::vector<Point> points;
    for (const Decider::Possible& possible : view_.decider.possible(view_.facts, id)) {
      Point point;
      switch (possible.status) {
        case Status::decided:
          point.text = program_.say(subject(id).type, possible.value);
          point.name = program_.show(subject(id).type, possible.value);
          break;
        case Status::gap: point.text = "No answer, because no rule decides"; break;
        case Status::conflict:
        case Status::undecided:
        case Status::unsafe: point.text = "No answer, because rules disagree"; break;
      }
      if (!brief()) {
        points_.start_afresh();
        for (const auto& [rule, extent] : possible.rules) {
          point.below.push_back(
              points_.point(reason_for(program_, view_.facts, view_.decision, rule, extent != Extent::every)));
        }
        if (possible.rules.empty() && possible.status == Status::decided) {
          Point none;
          none.text = "where no rule about this applies";
          point.below.push_back(std::move(none));
        }
      }
      points.push_back(std::move(point));
    }
    add(brief() ? "Possible" : "What may still come out", std::move(points), Tone::open);
  }

  void other_decisions() {
    std::vector<Point> points;
    for (const SubjectId id : decisions_shown(view_)) {
      const Finding& found = finding(id);
      if (id == view_.asked) continue;
      if (found.status == Status::undecided && depth_ != Depth::full) continue;
      Point point;
      point.text = fmt::format("{} {}", subject(id).title, sentence(points_.says(id)));
      point.name = subject(id).name;
      if (depth_ == Depth::full) {
        points_.start_afresh();
        point.below = points_.points(why(id));
      }
      points.push_back(std::move(point));
    }
    add("Other decisions", std::move(points));
  }

  // What was worked out on the way and says more than yes or no.
  void worth_knowing() {
    std::vector<Point> points;
    for (std::uint32_t i = 0; i < program_.subjects.size(); ++i) {
      const SubjectId id{i};
      const Subject& value = program_.subjects[i];
      if (value.kind != SubjectKind::definition && value.kind != SubjectKind::agreement) continue;
      const Status status = finding(id).status;
      const bool telling = status == Status::conflict || status == Status::gap ||
                           (status == Status::decided && value.type.kind != TypeKind::yes_no);
      if (depth_ != Depth::full && (!telling || points_.told_about(id))) continue;
      Point point;
      point.text = fmt::format("{}: {}", value.title, points_.says(id));
      point.name = value.name;
      if (status == Status::conflict) point.below = points_.disagreeing(id, why(id));
      points.push_back(std::move(point));
    }
    add(depth_ == Depth::full ? "What was worked out" : "Worth knowing", std::move(points));
  }

  void everything_else() {
    take(considered_sections(view_, points_));
    std::vector<Point> known;
    for (std::uint32_t i = 0; i < program_.facts.size(); ++i) {
      if (!view_.facts.known(FactId{i})) continue;
      Point point = points_.fact(FactId{i});
      point.name = program_.facts[i].name;
      known.push_back(std::move(point));
    }
    add("What was known", std::move(known));
  }

  void warnings() {
    std::vector<Point> points;
    for (std::string& warning : decision_warnings(view_)) {
      Point point;
      point.text = std::move(warning);
      points.push_back(std::move(point));
    }
    add("Mind", std::move(points), Tone::open);
  }

  void sources() {
    std::map<SourceDocumentId, Point> by_source;
    for (const ProvisionId id : points_.cited()) {
      const Provision& provision = at(program_.provisions, id);
      Point& point = by_source[provision.source];
      if (point.text.empty()) {
        point.text = source_in_words(program_, provision.source);
        point.name = at(program_.sources, provision.source).name;
      }
      if (depth_ != Depth::full) continue;
      Point below;
      below.text = fmt::format("{}: {}", provision.name, provision.title);
      point.below.push_back(std::move(below));
    }
    std::vector<Point> points;
    for (auto& [id, point] : by_source) points.push_back(std::move(point));
    add("Sources", std::move(points));
  }

  void foot() {
    const auto called = [](const Module& module) {
      return module.version.empty() ? module.name : fmt::format("{} {}", module.name, module.version);
    };
    const Module& policy = program_.policy();
    std::string line = fmt::format("As at {}, by the policy {}", date_in_words(view_.decision.as_at), called(policy));
    if (!brief()) {
      line += fmt::format(", \"{}\"", policy.title);
      std::vector<std::string> modules;
      for (const ModuleId id : policy.all_extends) modules.push_back(called(at(program_.modules, id)));
      if (!modules.empty()) line += fmt::format(", which builds on {}", fmt::join(modules, ", "));
    }
    result_.foot.push_back(line + ".");
    if (!brief() && !policy.contact.empty()) {
      result_.foot.push_back(fmt::format("Questions about the policy: {}", policy.contact));
    }
  }

  const DecisionView& view_;
  const Program& program_;
  Depth depth_;
  ReasonPoints points_;
  Part part_ = Part::answer;  // being written
  Explanation result_;
};

}  // namespace

Explanation explain(const DecisionView& view, Depth depth) { return Explainer(view, depth).explain(); }

std::string date_in_words(Date date) {
  static constexpr std::array<std::string_view, 12> months{"January",   "February", "March",    "April",
                                                           "May",       "June",     "July",     "August",
                                                           "September", "October",  "November", "December"};
  const CivilDate day = civil(date);
  return fmt::format("{} {} {}", day.day, months[static_cast<std::size_t>(day.month - 1)], day.year);
}

}  // namespace duly
