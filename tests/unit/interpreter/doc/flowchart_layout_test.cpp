#include "interpreter/doc/flowchart_layout.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>

namespace duly::doc {
namespace {

bool overlap(const ChartBox& a, const ChartBox& b) {
  return a.x < b.right() && b.x < a.right() && a.y < b.bottom() && b.y < a.bottom();
}

bool on_border(const ChartBox& box, ChartPoint point) {
  const bool inside = point.x >= box.x && point.x <= box.right() && point.y >= box.y && point.y <= box.bottom();
  return inside && (point.x == box.x || point.x == box.right() || point.y == box.y || point.y == box.bottom());
}

/// Whether a level or upright stretch runs through the inside of a box.
bool crosses(const ChartBox& box, ChartPoint from, ChartPoint to) {
  return std::max(from.x, to.x) > box.x && std::min(from.x, to.x) < box.right() && std::max(from.y, to.y) > box.y &&
         std::min(from.y, to.y) < box.bottom();
}

void check(const Flowchart& chart) {
  const ChartLayout layout = lay_out(chart);
  for (std::size_t i = 0; i < layout.boxes.size(); ++i) {
    const ChartBox& box = layout.boxes[i];
    CHECK(box.x >= 0);
    CHECK(box.y >= 0);
    CHECK(box.right() <= layout.width);
    CHECK(box.bottom() <= layout.height);
    CHECK(box.height >= static_cast<int>(box.lines.size()) * chart_line_height);
    for (std::size_t j = 0; j < i; ++j) CHECK(!overlap(box, layout.boxes[j]));
  }
  std::size_t endings = 0;
  for (const ChartEdge& edge : layout.edges) {
    REQUIRE(edge.points.size() >= 2);
    CHECK(on_border(layout.boxes[edge.from], edge.points.front()));
    CHECK(on_border(layout.boxes[edge.to], edge.points.back()));
    for (std::size_t i = 1; i < edge.points.size(); ++i) {
      const ChartPoint from = edge.points[i - 1], to = edge.points[i];
      CHECK((from.x == to.x || from.y == to.y));
      for (const ChartBox& box : layout.boxes) CHECK(!crosses(box, from, to));
    }
    if (layout.boxes[edge.to].kind == ChartBox::Kind::outcome) ++endings;
  }
  // every step is reached from the one before, every ending from its step
  std::size_t answers = 0, instead = 0;
  for (const FlowStep& step : chart.steps) {
    for (const FlowAnswer& answer : step.answers) {
      answers += answer.rule ? 1 : 0;
      instead += answer.instead.size();
    }
  }
  CHECK(endings == answers);
  CHECK(layout.edges.size() == chart.steps.size() + answers + instead);
  CHECK(layout.boxes.size() == 1 + chart.steps.size() + answers + instead);
}

FlowAnswer ending(std::vector<std::string> answers, std::string outcome, std::size_t instead = 0) {
  FlowAnswer answer;
  answer.answers = std::move(answers);
  answer.rule = RuleId{0};
  answer.outcome = std::move(outcome);
  for (std::size_t i = 0; i < instead; ++i) answer.instead.push_back({RuleId{1}, "Something else comes out"});
  return answer;
}

FlowAnswer on(std::vector<std::string> answers) {
  FlowAnswer answer;
  answer.answers = std::move(answers);
  return answer;
}

TEST_CASE("flowchart layout: a step with one ending, and one without any") {
  Flowchart chart;
  chart.steps.push_back({StepId{0}, "Is it so?", {}, {ending({"yes"}, "Go."), on({"no"})}});
  chart.steps.push_back({StepId{1}, "And this?", {}, {on({"yes", "no"})}});
  chart.steps.push_back({StepId{2}, "The last", {}, {ending({"yes"}, "Go."), ending({"no"}, "Stay.", 2)}});
  check(chart);
  const ChartLayout layout = lay_out(chart);
  const auto label = [&](std::size_t edge) { return layout.edges[edge].label; };
  CHECK(label(0).empty());  // from the start
  CHECK(label(1) == std::vector<std::string>{"yes"});
  CHECK(label(2) == std::vector<std::string>{"no"});
  CHECK(label(3) == std::vector<std::string>{"yes, no"});
}

TEST_CASE("flowchart layout: no boxes overlap, whatever the words and however many the answers") {
  std::mt19937 random(7);
  const auto below = [&](unsigned bound) { return static_cast<std::size_t>(random() % bound); };
  const auto words = [&](std::size_t most) {
    std::string text;
    for (std::size_t i = 0; i <= below(static_cast<unsigned>(most)); ++i) {
      text += std::string(1 + below(i % 5 == 4 ? 60 : 9), 'm') + ' ';
    }
    return text;
  };
  for (int round = 0; round < 60; ++round) {
    Flowchart chart;
    const std::size_t steps = 1 + below(7);
    for (std::size_t i = 0; i < steps; ++i) {
      FlowStep step{StepId{static_cast<std::uint32_t>(i)}, words(20), {}, {}};
      if (below(4) == 0) step.redefined = RuleId{0};
      for (std::size_t j = 0; j < below(5); ++j) step.answers.push_back(ending({words(6)}, words(25), below(3)));
      if (below(2) == 0 && !step.answers.empty()) step.answers.back().before = {RuleId{2}, RuleId{3}};
      step.answers.push_back(on({words(8), words(3)}));
      chart.steps.push_back(std::move(step));
    }
    if (below(2) == 0) chart.before_all = {RuleId{0}, RuleId{1}};
    check(chart);
  }
}

TEST_CASE("flowchart layout: lines hold every word, and break what is too long") {
  CHECK(chart_lines("", 100).empty());
  CHECK(chart_lines("One two", 1000) == std::vector<std::string>{"One two"});
  CHECK(chart_lines("One\n  two", 40) == std::vector<std::string>{"One", "two"});
  const std::vector<std::string> broken = chart_lines(std::string(40, 'a'), 100);
  CHECK(broken.size() == 4);
  std::string together;
  for (const std::string& line : broken) together += line;
  CHECK(together == std::string(40, 'a'));
  // a letter of several bytes stays whole
  for (const std::string& line : chart_lines("ééééééééééééé", 30)) CHECK(line.size() % 2 == 0);
}

}  // namespace
}  // namespace duly::doc
