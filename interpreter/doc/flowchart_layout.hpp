#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "interpreter/doc/flowchart.hpp"

namespace duly::doc {

struct ChartPoint {
  int x = 0, y = 0;
};

struct ChartBox {
  enum class Kind : std::uint8_t { start, step, outcome, instead };
  Kind kind = Kind::step;
  int x = 0, y = 0, width = 0, height = 0;
  std::vector<std::string> lines;
  // what it stands for, and where it may lead
  std::optional<StepId> step;
  std::optional<RuleId> rule;

  int right() const { return x + width; }
  int bottom() const { return y + height; }
};

struct ChartEdge {
  std::size_t from = 0, to = 0;    // boxes
  std::vector<ChartPoint> points;  // right angles only; at the last is the arrow
  std::vector<std::string> label;  // the answer that leads along it
  ChartPoint label_at;             // the left end of its first line's base
  bool dashed = false;             // to what stands in a place
};

/// A flowchart's boxes and edges with their places, in the order in which they are read. Whole numbers, so that it is
/// the same on every machine.
struct ChartLayout {
  int width = 0, height = 0;
  std::vector<ChartBox> boxes;
  std::vector<ChartEdge> edges;
};

inline constexpr int chart_line_height = 20;
inline constexpr int chart_padding = 10;

/// Steps stand below each other, endings to the right of their step, what stands in an ending's place below it. No two
/// boxes overlap.
ChartLayout lay_out(const Flowchart& chart);

/// A text in lines that are at most so wide in the chart's letters; a word that is wider is broken. How wide a letter
/// is depends on the reader's font, so it is estimated with room to spare.
std::vector<std::string> chart_lines(std::string_view text, int width);

}  // namespace duly::doc
