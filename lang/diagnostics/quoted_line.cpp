#include "lang/diagnostics/quoted_line.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

#include "lang/base/utf8.hpp"

namespace duly {
namespace {

constexpr std::size_t widest_line = 110;  // columns of a line that is shown
constexpr std::size_t kept_before = 40;   // of them, before the place
constexpr std::size_t tab_width = 4;
constexpr std::string_view ellipsis = "…";
constexpr std::string_view replacement = "\xEF\xBF\xBD";

/// One character as it is shown.
struct Cell {
  std::string shown;
  std::size_t width = 1;
  std::size_t begin = 0;  // its first byte, counted from the line's start
};

bool is_between(char32_t c, char32_t low, char32_t high) { return c >= low && c <= high; }

/// Columns that a terminal gives a character: none to combining marks, two to East Asian and pictorial ones.
std::size_t width_of(char32_t c) {
  const bool combining = is_between(c, 0x0300, 0x036F) || is_between(c, 0x1AB0, 0x1AFF) ||
                         is_between(c, 0x20D0, 0x20FF) || is_between(c, 0xFE00, 0xFE0F);
  if (combining) return 0;
  const bool wide = is_between(c, 0x1100, 0x115F) || is_between(c, 0x2E80, 0xA4CF) || is_between(c, 0xAC00, 0xD7A3) ||
                    is_between(c, 0xF900, 0xFAFF) || is_between(c, 0xFE30, 0xFE6F) || is_between(c, 0xFF00, 0xFF60) ||
                    is_between(c, 0xFFE0, 0xFFE6) || is_between(c, 0x1F300, 0x1FAFF) || is_between(c, 0x20000, 0x3FFFD);
  return wide ? 2 : 1;
}

/// Characters that would move the cursor, hide text or turn its direction around are never sent to a terminal.
bool is_unsafe(char32_t c) {
  return c < 0x20 || is_between(c, 0x7F, 0x9F) || is_between(c, 0x200B, 0x200F) || is_between(c, 0x2028, 0x202E) ||
         is_between(c, 0x2060, 0x206F) || c == 0xFEFF;
}

std::vector<Cell> cells_of(std::string_view line, std::size_t begin, std::size_t end) {
  std::vector<Cell> cells;
  while (begin < end) {
    const Utf8Character next = first_character(line.substr(begin));
    const std::size_t size = next.size == 0 ? 1 : next.size;
    if (next.code_point == U'\t') {
      cells.push_back({std::string(tab_width, ' '), tab_width, begin});
    } else if (next.size == 0 || is_unsafe(next.code_point)) {
      cells.push_back({std::string(replacement), 1, begin});
    } else {
      cells.push_back({std::string(line.substr(begin, size)), width_of(next.code_point), begin});
    }
    begin += size;
  }
  return cells;
}

/// The nearest start of a character at or before `offset`.
std::size_t character_start(std::string_view line, std::size_t offset) {
  while (offset > 0 && offset < line.size() && (static_cast<unsigned char>(line[offset]) & 0xC0U) == 0x80U) --offset;
  return offset;
}

}  // namespace

QuotedLine quote_line(const SourceMap& sources, Span span) {
  const std::string_view line = sources.line(span.source, span.begin);
  const auto line_begin = static_cast<std::size_t>(line.data() - sources.text(span.source).data());
  const std::size_t mark_begin =
      std::min<std::size_t>(span.begin - std::min<std::size_t>(span.begin, line_begin), line.size());
  const std::size_t mark_end =
      std::clamp<std::size_t>(span.end - std::min<std::size_t>(span.end, line_begin), mark_begin, line.size());

  // A character takes four bytes at most, so that this stretch always holds what can be shown.
  const std::size_t begin = character_start(line, mark_begin - std::min(mark_begin, 4 * widest_line));
  const std::size_t end = character_start(line, std::min(line.size(), mark_begin + 4 * widest_line));
  const std::vector<Cell> cells = cells_of(line, begin, end);

  std::size_t before = 0;
  std::size_t whole = 0;
  for (const Cell& cell : cells) {
    if (cell.begin < mark_begin) before += cell.width;
    whole += cell.width;
  }
  const bool fits = whole <= widest_line && begin == 0 && end == line.size();
  const std::size_t skipped = fits || before <= kept_before ? 0 : before - kept_before;

  QuotedLine quoted;
  if (skipped > 0 || begin > 0) quoted.text = ellipsis;
  std::size_t column = quoted.text.empty() ? 0 : 1;
  std::size_t passed = 0;
  quoted.mark_column = column;
  quoted.mark_width = 0;
  for (const Cell& cell : cells) {
    passed += cell.width;
    if (passed <= skipped) continue;
    if (!fits && column + cell.width >= widest_line) {
      quoted.text += ellipsis;
      break;
    }
    quoted.text += cell.shown;
    column += cell.width;
    if (cell.begin < mark_begin) quoted.mark_column = column;
    if (cell.begin >= mark_begin && cell.begin < mark_end) quoted.mark_width += cell.width;
  }
  quoted.mark_width = std::max<std::size_t>(quoted.mark_width, 1);
  return quoted;
}

}  // namespace duly
