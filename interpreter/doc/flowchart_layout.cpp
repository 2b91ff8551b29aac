#include "interpreter/doc/flowchart_layout.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace duly::doc {
namespace {

constexpr int margin = 10;
constexpr int step_width = 290;
constexpr int gutter = 150;  // between steps and endings, for the answers
constexpr int ending_width = 300;
constexpr int indent = 26;      // of what stands in an ending's place
constexpr int between = 18;     // endings of one step
constexpr int below_step = 44;  // at least, for the arrow on
constexpr int trunk = 12;       // where edges to lower endings turn down
constexpr int line_height = chart_line_height;
constexpr int padding = chart_padding;

int text_height(const std::vector<std::string>& lines) { return static_cast<int>(lines.size()) * line_height; }

std::string joined(const std::vector<std::string>& answers) { return fmt::format("{}", fmt::join(answers, ", ")); }

class Layout {
 public:
  ChartLayout lay_out(const Flowchart& chart) {
    y_ = margin;
    previous_ = add_start(chart);
    next_row_ = layout_.boxes[previous_].bottom() + below_step;
    std::vector<std::string> leads_here;  // the answers that lead on to the next step
    for (const FlowStep& step : chart.steps) {
      y_ = next_row_;
      leads_here = add_step(step, leads_here);
    }
    for (const ChartBox& box : layout_.boxes) {
      layout_.width = std::max(layout_.width, box.right() + margin);
      layout_.height = std::max(layout_.height, box.bottom() + margin);
    }
    return std::move(layout_);
  }

 private:
  std::size_t add(ChartBox::Kind kind, int x, int y, int width, std::vector<std::string> lines) {
    ChartBox box;
    box.kind = kind;
    box.x = x;
    box.y = y;
    box.width = width;
    box.height = std::max(1, static_cast<int>(lines.size())) * line_height + 2 * padding;
    box.lines = std::move(lines);
    layout_.boxes.push_back(std::move(box));
    return layout_.boxes.size() - 1;
  }

  std::size_t add_start(const Flowchart& chart) {
    std::string words = "Start";
    if (const std::size_t count = chart.before_all.size(); count > 0) {
      words = fmt::format("Start. First see the {} that come{} before every ending.",
                          count == 1 ? "rule" : fmt::format("{} rules", count), count == 1 ? "s" : "");
    }
    return add(ChartBox::Kind::start, margin, y_, step_width, chart_lines(words, step_width - 2 * padding));
  }

  /// Returns the answers that lead on.
  std::vector<std::string> add_step(const FlowStep& step, const std::vector<std::string>& leads_here) {
    std::vector<std::string> lines = chart_lines(step.title, step_width - 2 * padding);
    if (step.redefined) lines.emplace_back("(redefined)");
    const std::size_t box = add(ChartBox::Kind::step, margin, y_, step_width, std::move(lines));
    layout_.boxes[box].step = step.step;
    connect_down(previous_, box, leads_here);
    previous_ = box;

    std::vector<std::string> leads_on;
    int slot = y_;
    for (const FlowAnswer& answer : step.answers) {
      if (!answer.rule) {
        leads_on = chart_lines(joined(answer.answers), step_width / 2 - padding);
        continue;
      }
      slot = add_ending(box, answer, slot) + between;
    }
    const int on = layout_.boxes[box].bottom() + std::max(below_step, text_height(leads_on) + 20);
    next_row_ = std::max(on, slot + between);
    return leads_on;
  }

  void connect_down(std::size_t from, std::size_t to, const std::vector<std::string>& label) {
    const int x = margin + step_width / 2;
    ChartEdge edge{from, to, {}, label, {}, false};
    edge.points = {{x, layout_.boxes[from].bottom()}, {x, layout_.boxes[to].y}};
    edge.label_at = {x + 8, layout_.boxes[from].bottom() + line_height};
    layout_.edges.push_back(std::move(edge));
  }

  /// Returns how far down it reaches.
  int add_ending(std::size_t step, const FlowAnswer& answer, int slot) {
    const std::vector<std::string> label = chart_lines(joined(answer.answers), gutter - trunk - 20);
    const int x = margin + step_width + gutter;
    std::vector<std::string> lines = chart_lines(answer.outcome, ending_width - 2 * padding);
    if (!answer.before.empty()) {
      lines.push_back(fmt::format("({} before this)", answer.before.size() == 1
                                                          ? "1 rule comes"
                                                          : fmt::format("{} rules come", answer.before.size())));
    }
    const std::size_t box = add(ChartBox::Kind::outcome, x, slot, ending_width, std::move(lines));
    // The answer stands above the middle of the box, where the edge arrives.
    ChartBox& ending = layout_.boxes[box];
    ending.rule = answer.rule;
    ending.y += std::max(0, text_height(label) + 6 - ending.height / 2);
    const int middle = ending.y + ending.height / 2;
    connect_right(step, box, middle, label);
    return add_instead(box, answer);
  }

  void connect_right(std::size_t from, std::size_t to, int middle, const std::vector<std::string>& label) {
    const ChartBox& step = layout_.boxes[from];
    ChartEdge edge{from, to, {}, label, {}, false};
    if (middle <= step.bottom() - padding) {
      edge.points = {{step.right(), middle}, {layout_.boxes[to].x, middle}};
    } else {
      const int start = step.bottom() - padding;
      edge.points = {{step.right(), start},
                     {step.right() + trunk, start},
                     {step.right() + trunk, middle},
                     {layout_.boxes[to].x, middle}};
    }
    edge.label_at = {step.right() + trunk + 8, middle - 6 - text_height(label) + line_height};
    layout_.edges.push_back(std::move(edge));
  }

  int add_instead(std::size_t ending, const FlowAnswer& answer) {
    const int x = layout_.boxes[ending].x + indent;
    int bottom = layout_.boxes[ending].bottom();
    for (const FlowInstead& instead : answer.instead) {
      const std::size_t box = add(ChartBox::Kind::instead, x, bottom + padding, ending_width - indent,
                                  chart_lines("Or instead: " + instead.outcome, ending_width - indent - 2 * padding));
      layout_.boxes[box].rule = instead.rule;
      const int middle = layout_.boxes[box].y + layout_.boxes[box].height / 2;
      const int turn = layout_.boxes[ending].x + indent / 2;
      ChartEdge edge{ending, box, {}, {}, {}, true};
      edge.points = {{turn, layout_.boxes[ending].bottom()}, {turn, middle}, {x, middle}};
      layout_.edges.push_back(std::move(edge));
      bottom = layout_.boxes[box].bottom();
    }
    return bottom;
  }

  ChartLayout layout_;
  int y_ = 0;         // of the step's row
  int next_row_ = 0;  // where the next may begin
  std::size_t previous_ = 0;
};

}  // namespace

ChartLayout lay_out(const Flowchart& chart) { return Layout().lay_out(chart); }

}  // namespace duly::doc
