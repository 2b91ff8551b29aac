#include "interpreter/report/near_misses.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "interpreter/report/why_not.hpp"

namespace duly {
namespace {

/// Outcomes from which the case is one fact away.
std::vector<Point> outcomes_nearby(const DecisionView& view, SubjectId asked) {
  std::vector<Point> points;
  const Subject& decision = at(view.program.subjects, asked);
  const Finding& finding = view.decision.of(asked);
  if (decision.type.kind != TypeKind::choice || finding.status == Status::undecided) return points;
  NearestCases nearest(view.program, view.facts);
  const auto outcomes = at(view.program.choices, decision.type.choice).values.size();
  for (Scalar outcome = 0; outcome < static_cast<Scalar>(outcomes); ++outcome) {
    if (finding.status == Status::decided && finding.value == outcome) continue;
    const NearestCase found = nearest.to_value(asked, outcome);
    if (found.search != NearestCase::Search::found || found.changes.size() != 1) continue;
    Point point;
    point.text = sentence(view.program.say(decision.type, outcome));
    point.name = view.program.show(decision.type, outcome);
    Point change;
    change.text = fmt::format("with one fact otherwise: {}", say_change(view.program, found.changes.front()));
    change.name = at(view.program.facts, found.changes.front().fact).name;
    point.below.push_back(std::move(change));
    points.push_back(std::move(point));
  }
  return points;
}

}  // namespace

std::vector<Section> considered_sections(const DecisionView& view, ReasonPoints& points) {
  std::vector<Section> sections;
  if (!view.asked) return sections;
  const auto add = [&](const char* heading, std::vector<Point> of) {
    if (!of.empty()) sections.push_back({heading, Tone::plain, false, std::move(of)});
  };
  add("Outcomes that one fact would have made", outcomes_nearby(view, *view.asked));

  Walk walk(view.program);
  walk.run(view.facts);
  std::vector<Point> near, idle;
  for (const RuleId rule : at(view.program.subjects, *view.asked).rules) {
    if (view.decision.of(rule).applies != Extent::none) continue;
    Point point = points.rule(rule);
    const std::vector<WhyNotPart> parts = explained_parts(view, walk, rule);
    std::size_t holding = 0;
    for (const WhyNotPart& part : parts) {
      holding += part.truth == Truth::yes;
      if (part.truth == Truth::no) point.below.push_back(point_of(view, part, /*failing_only=*/true));
    }
    const bool is_near = point.below.size() == 1 && holding > 0 && holding + 1 == parts.size();
    (is_near ? near : idle).push_back(std::move(point));
  }
  add("Near misses: rules that do not apply for one part alone", std::move(near));
  add("Rules that do not apply here", std::move(idle));
  return sections;
}

}  // namespace duly
