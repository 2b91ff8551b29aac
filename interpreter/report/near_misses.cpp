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

/// A rule that does not apply, with the parts of its condition that failed below it.
struct Idle {
  Point point;
  std::size_t failed = 0, holding = 0, parts = 0;
};

Idle idle_rule(const DecisionView& view, ReasonPoints& points, const Walk& walk, RuleId rule) {
  Idle idle{points.rule(rule)};
  const std::vector<WhyNotPart> parts = explained_parts(view, walk, rule);
  idle.parts = parts.size();
  for (const WhyNotPart& part : parts) {
    idle.holding += part.truth == Truth::yes;
    if (part.truth == Truth::no) idle.point.below.push_back(point_of(view, part, /*failing_only=*/true));
  }
  idle.failed = idle.point.below.size();
  return idle;
}

void add_leaves(const Point& point, std::vector<std::string>& texts) {
  if (point.below.empty()) texts.push_back(point.text);
  for (const Point& below : point.below) add_leaves(below, texts);
}

/// The facts that failed, or, where they are many, the parts that rest on them.
std::vector<std::string> what_failed(const Point& rule) {
  constexpr std::size_t few = 3;
  std::vector<std::string> facts, parts;
  add_leaves(rule, facts);
  if (facts.size() <= few) return facts;
  for (const Point& part : rule.below) parts.push_back(part.text);
  return parts;
}

}  // namespace

std::vector<Point> nearest_rules(const DecisionView& view, ReasonPoints& points) {
  constexpr std::size_t most = 2;
  Walk walk(view.program);
  walk.run(view.facts);
  const Subject& decision = at(view.program.subjects, *view.asked);
  const Finding& finding = view.decision.of(*view.asked);
  std::vector<Idle> idle;
  for (const RuleId rule : decision.rules) {
    if (view.decision.of(rule).applies != Extent::none) continue;
    const Conclusion& conclusion = at(view.program.rules, rule).conclusion;
    if (!conclusion.copied && conclusion.value == finding.value) continue;  // would have changed nothing
    Idle each = idle_rule(view, points, walk, rule);
    if (each.failed > 0) idle.push_back(std::move(each));
  }
  std::stable_sort(idle.begin(), idle.end(), [](const Idle& a, const Idle& b) { return a.failed < b.failed; });
  std::vector<Point> result;
  for (Idle& each : idle) {
    if (result.size() == most || each.failed > idle.front().failed) break;
    std::string kept;
    for (const std::string& part : what_failed(each.point)) kept += fmt::format("{}{}", kept.empty() ? "" : "; ", part);
    each.point.text = fmt::format("{} Not so here: {}", sentence(each.point.text), sentence(kept));
    each.point.below.clear();
    result.push_back(std::move(each.point));
  }
  return result;
}

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
    Idle each = idle_rule(view, points, walk, rule);
    const bool is_near = each.failed == 1 && each.holding > 0 && each.holding + 1 == each.parts;
    (is_near ? near : idle).push_back(std::move(each.point));
  }
  add("Near misses: rules that do not apply for one part alone", std::move(near));
  add("Rules that do not apply here", std::move(idle));
  return sections;
}

}  // namespace duly
