#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "interpreter/report/reason_points.hpp"
#include "interpreter/report/why_not.hpp"

namespace duly {
namespace {

class Explainer {
 public:
  Explainer(const DecisionView& view, const WhyNot& found, Depth depth)
      : view_(view), program_(view.program), found_(found), depth_(depth), points_(view) {}

  Explanation explain() {
    result_.is_brief = depth_ == Depth::brief;
    head();
    for (const WhyNotRule& rule : found_.rules) {
      Section section = rule_section(rule);
      if (!section.points.empty()) result_.sections.push_back(std::move(section));
    }
    instead();
    otherwise();
    if (depth_ != Depth::brief) sources();
    result_.foot.push_back(
        fmt::format("As at {}, by the policy {}.", date_in_words(view_.decision.as_at), program_.policy().name));
    return std::move(result_);
  }

 private:
  const Subject& subject() const { return at(program_.subjects, found_.target.subject); }
  bool is_action() const { return subject().kind == SubjectKind::action; }

  std::string value_in_words(Scalar value) const {
    if (is_action()) return std::string(to_string(static_cast<Duty>(value)));
    return program_.say(subject().type, value);
  }

  /// What is asked about, and what came out.
  void head() {
    const std::string came_out = is_action() && view_.decision.of(found_.target.subject).status == Status::decided
                                     ? value_in_words(view_.decision.of(found_.target.subject).value)
                                     : points_.says(found_.target.subject);
    if (found_.target.rule) {
      const Rule& rule = at(program_.rules, *found_.target.rule);
      result_.question = fmt::format("Why not: {}", rule.title);
      result_.name = rule.full_name;
      const RuleFinding& finding = view_.decision.of(*found_.target.rule);
      if (found_.is_so) {
        result_.answer = "It does apply here, and nothing sets it aside.";
      } else if (finding.left == Extent::some) {
        result_.answer = "That is not settled yet: more has to be known.";
      } else {
        result_.answer = finding.applies == Extent::none ? "It does not apply here."
                                                         : "It applies here, and another rule comes before it.";
      }
    } else {
      result_.question = fmt::format("Why not: {}{} {}", subject().title, subject().title.ends_with('?') ? "" : ":",
                                     value_in_words(found_.target.value));
      result_.name = fmt::format(
          "{}: {}", subject().name,
          is_action() ? value_in_words(found_.target.value) : program_.show(subject().type, found_.target.value));
      result_.answer = found_.is_so ? "That is what came out." : sentence(fmt::format("What came out: {}", came_out));
      if (!found_.is_so && found_.holds_otherwise && !found_.instead.empty()) {
        result_.remarks.push_back("It is the answer where no rule applies. Here a rule does.");
      } else if (!found_.is_so && found_.rules.empty() && !found_.holds_otherwise) {
        result_.remarks.push_back("No rule of this policy leads there.");
      }
    }
    result_.tone = found_.is_so ? Tone::settled : Tone::open;
  }

  Section rule_section(const WhyNotRule& rule) {
    const RuleFinding& finding = view_.decision.of(rule.rule);
    const Point named = points_.rule(rule.rule);
    Section section;
    std::string what = finding.left == Extent::every     ? "This holds"
                       : finding.applies == Extent::none ? "What failed"
                       : finding.left == Extent::none    ? "What set it aside"
                                                         : "What it waits for";
    if (!found_.target.rule) {
      what = finding.left == Extent::every     ? "A rule that is left"
             : finding.applies == Extent::none ? "A rule that does not apply"
             : finding.left == Extent::none    ? "A rule that is set aside"
                                               : "A rule that may apply";
    }
    const std::string cites = named.cites.empty() ? "" : fmt::format(" [{}]", fmt::join(named.cites, ", "));
    section.heading = found_.target.rule ? what : fmt::format("{}: {}{} ({})", what, named.text, cites, named.name);
    const bool failing_only = depth_ != Depth::full && finding.applies != Extent::every;
    if (finding.left != Extent::none || finding.applies == Extent::none || depth_ == Depth::full) {
      for (const WhyNotPart& part : rule.parts) {
        if (failing_only && part.truth == Truth::yes) continue;
        Point point = point_of(view_, part, failing_only);
        note_cites(part);
        if (depth_ == Depth::brief) point.below.clear();
        section.points.push_back(std::move(point));
      }
    }
    for (const RuleId id : rule.set_aside_by) {
      Point by = points_.rule(id);
      const bool surely = view_.decision.of(id).applies == Extent::every;
      by.text = fmt::format("{} {}", surely ? "Set aside by:" : "Perhaps set aside by:", by.text);
      if (depth_ != Depth::brief)
        by.below = points_.point(reason_for(program_, view_.facts, view_.decision, id, false)).below;
      section.points.push_back(std::move(by));
    }
    return section;
  }

  void note_cites(const WhyNotPart& part) {
    points_.cite(part.cites);
    for (const WhyNotPart& below : part.below) note_cites(below);
  }

  void instead() {
    if (found_.is_so || found_.target.rule) return;
    Section section{"What decided instead", Tone::plain, false, {}};
    points_.start_afresh();
    for (const RuleId id : found_.instead) {
      Point point = points_.point(reason_for(program_, view_.facts, view_.decision, id, false));
      if (depth_ == Depth::brief) point.below.clear();
      section.points.push_back(std::move(point));
    }
    if (!section.points.empty()) result_.sections.push_back(std::move(section));
  }

  void otherwise() {
    if (found_.is_so) return;
    Section section{"What would have to be otherwise", Tone::plain, false, {}};
    Point point;
    switch (found_.nearest.search) {
      case NearestCase::Search::none: point.text = "No case leads there, whatever the facts are"; break;
      case NearestCase::Search::too_large:
        point.text = "This could not be worked out: the diagrams of all cases outgrew their bound";
        break;
      case NearestCase::Search::found: break;
    }
    if (!point.text.empty()) section.points.push_back(point);
    for (const FactChange& change : found_.nearest.changes) {
      Point each;
      each.text = say_change(program_, change);
      if (change.from && !can_be_changed(program_, change.fact)) each.text += ", which nobody can change";
      each.name = at(program_.facts, change.fact).name;
      section.points.push_back(std::move(each));
    }
    if (!found_.nearest.exact) {
      Point perhaps;
      perhaps.text = "Values are compared with each other here, so there may be a shorter way";
      section.points.push_back(std::move(perhaps));
    }
    if (!section.points.empty()) result_.sections.push_back(std::move(section));
  }

  void sources() {
    std::map<SourceDocumentId, Point> by_source;
    for (const ProvisionId id : points_.cited()) {
      const Provision& provision = at(program_.provisions, id);
      Point& point = by_source[provision.source];
      point.text = at(program_.sources, provision.source).title;
      point.name = at(program_.sources, provision.source).name;
      Point below;
      below.text = fmt::format("{}: {}", provision.name, provision.title);
      point.below.push_back(std::move(below));
    }
    Section section{"Sources", Tone::plain, false, {}};
    for (auto& [id, point] : by_source) section.points.push_back(std::move(point));
    if (!section.points.empty()) result_.sections.push_back(std::move(section));
  }

  const DecisionView& view_;
  const Program& program_;
  const WhyNot& found_;
  Depth depth_;
  ReasonPoints points_;
  Explanation result_;
};

/// `12 years or more`, `at most 11 years`, `from 3 to 5`
std::string say_range(const Program& program, const Type& type, const Range& range) {
  const auto say = [&](Scalar value) { return say_value(program, type, value); };
  const bool is_date = type.kind == TypeKind::date;
  const bool no_low = range.low <= type.low || (is_date && range.low <= first_date.days);
  const bool no_high = range.high >= type.high || (is_date && range.high >= last_date.days);
  if (range.low == range.high) return say(range.low);
  if (no_low && no_high) return "any value";
  if (no_high) return fmt::format("{} or {}", say(range.low), is_date ? "later" : "more");
  if (no_low) return fmt::format("{} or {}", say(range.high), is_date ? "earlier" : "less");
  return fmt::format("from {} to {}", say(range.low), say(range.high));
}

}  // namespace

std::string say_value(const Program& program, const Type& type, Scalar value) {
  if (type.kind == TypeKind::date) return date_in_words(Date{static_cast<std::int32_t>(value)});
  return program.say(type, value);
}

std::string say_change(const Program& program, const FactChange& change) {
  const Fact& fact = at(program.facts, change.fact);
  const bool scaled = fact.type.kind == TypeKind::number || fact.type.kind == TypeKind::date;
  const std::string to =
      scaled ? say_range(program, fact.type, change.within) : say_value(program, fact.type, change.to);
  if (!change.from) return fmt::format("{}: {} (not known so far)", fact.title, to);
  return fmt::format("{}: {}, instead of {}", fact.title, to, say_value(program, fact.type, *change.from));
}

Point point_of(const DecisionView& view, const WhyNotPart& part, bool failing_only) {
  Point point;
  point.text = part.text;
  const bool says_so = part.truth == Truth::yes && part.text.ends_with(part.here);
  if (!part.here.empty() && !says_so) point.text += fmt::format(" (here: {})", part.here);
  if (part.truth == Truth::yes && !failing_only) point.text = fmt::format("Holds: {}", point.text);
  if (part.truth == Truth::no && !failing_only) point.text = fmt::format("Fails: {}", point.text);
  if (part.truth == Truth::unknown) point.text = fmt::format("Not known yet: {}", point.text);
  for (const ProvisionId id : part.cites) point.cites.push_back(at(view.program.provisions, id).full_name);
  point.name = part.name;
  const std::string where = place(view.sources, part.span);
  if (!where.empty()) point.name = point.name.empty() ? where : fmt::format("{}, {}", point.name, where);
  for (const WhyNotPart& below : part.below) {
    if (failing_only && part.truth == Truth::no && below.truth == Truth::yes) continue;
    if (failing_only && part.truth == Truth::unknown) continue;  // that much is open would be all that it says
    point.below.push_back(point_of(view, below, failing_only));
  }
  return point;
}

Explanation explain_why_not(const DecisionView& view, const WhyNot& found, Depth depth) {
  return Explainer(view, found, depth).explain();
}

}  // namespace duly
