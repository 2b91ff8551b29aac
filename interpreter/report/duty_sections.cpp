#include "interpreter/report/duty_sections.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

namespace duly {
namespace {

class DutyExplainer {
 public:
  DutyExplainer(const DecisionView& view, Depth depth, ReasonPoints& points)
      : view_(view), program_(view.program), depth_(depth), points_(points) {}

  std::vector<Section> sections() {
    struct Group {
      Duty duty;
      std::string_view heading, brief_heading;
      std::vector<Point> points;
    };
    std::array<Group, 5> groups{{{Duty::must, "What must be done", "Must", {}},
                                 {Duty::must_not, "What must not be done", "Must not", {}},
                                 {Duty::should, "What should be done", "Should", {}},
                                 {Duty::should_not, "What should not be done", "Should not", {}},
                                 {Duty::may, "What may be done", "May", {}}}};
    const std::string usual = usual_doer();
    std::vector<Point> disagree;
    std::map<std::vector<FactId>, std::vector<std::string>> open;
    for (std::uint32_t i = 0; i < program_.subjects.size(); ++i) {
      const SubjectId id{i};
      if (program_.subjects[i].kind != SubjectKind::action) continue;
      const Finding& found = view_.decision.of(id);
      if (found.status == Status::undecided) {
        open[found.needs].push_back(program_.subjects[i].title);
      } else if (found.status != Status::decided) {
        Point point;
        point.text = fmt::format("{}: {}", program_.subjects[i].title, points_.says(id));
        if (!brief()) point.below = points_.disagreeing(id, why(id));
        disagree.push_back(std::move(point));
      } else {
        for (Group& group : groups) {
          if (group.duty == found.duty()) group.points.push_back(duty(id, usual));
        }
      }
    }
    bool named = false;
    for (Group& group : groups) {
      std::string heading(brief() ? group.brief_heading : group.heading);
      if (!brief() && !usual.empty() && !named && !group.points.empty()) {
        heading += fmt::format(" (by {}, where nobody else is named)", usual);
        named = true;
      }
      if (brief()) shorten(group.points);
      add(std::move(heading), std::move(group.points));
    }
    add(brief() ? "Unclear" : "Duties about which the rules give no answer", std::move(disagree), Tone::alarm);
    if (!brief()) open_duties(open);
    return std::move(sections_);
  }

 private:
  bool brief() const { return depth_ == Depth::brief; }
  std::vector<Reason> why(SubjectId id) const { return reasons(program_, view_.facts, view_.decision, id); }

  void add(std::string heading, std::vector<Point> points, Tone tone = Tone::plain) {
    if (!points.empty()) sections_.push_back({std::move(heading), tone, false, std::move(points)});
  }

  // For a reader in a hurry: the first few, and how many there are beside.
  static void shorten(std::vector<Point>& duties) {
    constexpr std::size_t few = 3;
    if (duties.size() <= few + 1) return;
    Point more;
    more.text = fmt::format("and {} more", duties.size() - few);
    duties.resize(few);
    duties.push_back(std::move(more));
  }

  // Most duties wait for the decision itself, and so for all its questions: those are not listed again.
  void open_duties(const std::map<std::vector<FactId>, std::vector<std::string>>& open) {
    std::map<std::string, std::vector<std::string>> by_needs;
    for (const auto& [needs, titles] : open) {
      std::vector<std::string>& group = by_needs[depends_on(needs)];
      group.insert(group.end(), titles.begin(), titles.end());
    }
    std::vector<Point> points;
    for (const auto& [needs, titles] : by_needs) {
      Point point;
      point.text = fmt::format("{}: depends on {}", fmt::join(titles, "; "), needs);
      points.push_back(std::move(point));
    }
    add("What may have to be done, once more is known", std::move(points), Tone::open);
  }

  std::string depends_on(const std::vector<FactId>& needs) const {
    constexpr std::size_t few = 3;
    std::vector<std::string_view> names;
    bool on_questions = false;
    for (const FactId fact : needs) {
      if (needs.size() > few && is_asked(fact)) {
        on_questions = true;
      } else {
        names.push_back(at(program_.facts, fact).name);
      }
    }
    if (!on_questions) return fmt::format("{}", fmt::join(names, ", "));
    return names.empty() ? "the answers above" : fmt::format("the answers above, and {}", fmt::join(names, ", "));
  }

  bool is_asked(FactId fact) const {
    if (!view_.asked) return false;
    const auto questions = view_.decision.needs(*view_.asked);
    return std::find(questions.begin(), questions.end(), fact) != questions.end();
  }

  // Who does most of what is to be done, so that it need not be said at every line.
  std::string usual_doer() const {
    std::map<std::string_view, int> times;
    for (std::uint32_t i = 0; i < program_.subjects.size(); ++i) {
      const Subject& action = program_.subjects[i];
      const Finding& found = view_.decision.of(SubjectId{i});
      if (action.kind != SubjectKind::action || action.by.empty()) continue;
      if (found.status == Status::decided && found.duty() != Duty::none) ++times[action.by];
    }
    const auto most =
        std::max_element(times.begin(), times.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
    return most != times.end() && most->second > 1 ? std::string(most->first) : std::string();
  }

  Point duty(SubjectId id, const std::string& usual) {
    const Subject& action = at(program_.subjects, id);
    const std::vector<Reason> given = why(id);
    Point point;
    point.text = action.title;
    if (!brief()) {
      std::vector<std::string> who;
      if (!action.by.empty() && action.by != usual) who.push_back(fmt::format("by: {}", action.by));
      if (!action.to.empty()) who.push_back(fmt::format("to: {}", action.to));
      if (!who.empty()) point.text += fmt::format(" ({})", fmt::join(who, "; "));
    }
    if (const std::string when = timing(program_, given); !when.empty()) point.text += fmt::format(", {}", when);
    if (brief()) return point;
    for (const Reason& reason : given) points_.add_cites(point, own_cites(program_, reason));
    if (depth_ == Depth::full) {
      point.below = points_.points(given);
      for (const SetAside& pair : set_aside(program_, view_.decision, id)) {
        Point aside = points_.rule(pair.rule);
        aside.text = fmt::format("set aside: {} (by {})", aside.text, at(program_.rules, pair.by).full_name);
        point.below.push_back(std::move(aside));
      }
    }
    return point;
  }

  const DecisionView& view_;
  const Program& program_;
  Depth depth_;
  ReasonPoints& points_;
  std::vector<Section> sections_;
};

}  // namespace

std::vector<Section> duty_sections(const DecisionView& view, Depth depth, ReasonPoints& points) {
  return DutyExplainer(view, depth, points).sections();
}

}  // namespace duly
