#include "interpreter/cli/stepper/screen.hpp"

#include <wchar.h>

#include <algorithm>

#include "interpreter/report/wrapped.hpp"
#include "lang/base/utf8.hpp"

namespace duly::cli::stepper {
namespace {

std::size_t columns_of(char32_t character) {
  const int width = wcwidth(static_cast<wchar_t>(character));
  return width < 0 ? 1 : static_cast<std::size_t>(width);  // -1: this locale does not know it
}

bool is_control(char32_t character) { return character < 0x20 || (character >= 0x7F && character < 0xA0); }

/// Calls `visit` with each character as it is shown: what a terminal would obey becomes a space or a question mark.
template <class Visit>
void each_shown(std::string_view text, Visit visit) {
  while (!text.empty()) {
    const Utf8Character next = first_character(text);
    if (next.size == 0) {
      if (!visit(std::string_view("?"), std::size_t{1})) return;
      text.remove_prefix(1);
      continue;
    }
    const bool white = next.code_point == '\t' || next.code_point == '\n' || next.code_point == '\r';
    const std::string_view shown = white ? " " : is_control(next.code_point) ? "?" : text.substr(0, next.size);
    if (!visit(shown, white || is_control(next.code_point) ? 1 : columns_of(next.code_point))) return;
    text.remove_prefix(next.size);
  }
}

}  // namespace

std::size_t columns(std::string_view text) {
  std::size_t count = 0;
  each_shown(text, [&](std::string_view, std::size_t width) {
    count += width;
    return true;
  });
  return count;
}

std::string fitted(std::string_view text, std::size_t most) {
  std::string result;
  std::size_t count = 0;
  each_shown(text, [&](std::string_view shown, std::size_t width) {
    if (count + width > most) return false;
    count += width;
    result += shown;
    return true;
  });
  return result;
}

std::vector<std::string> lines_of(std::string_view text, std::size_t width) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view paragraph = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (columns(paragraph) <= width) {
      lines.emplace_back(paragraph);
      continue;
    }
    const std::size_t indent = std::min(paragraph.find_first_not_of(' '), width / 2);
    std::string margin(indent, ' ');
    std::string broken = wrapped(paragraph, margin, margin, width);
    for (std::size_t begin = 0; begin < broken.size();) {
      const std::size_t line_end = broken.find('\n', begin);
      std::string line = broken.substr(begin, line_end - begin);
      begin = line_end + 1;
      while (columns(line) > width) {  // a word that is longer than a line
        const std::string head = fitted(line, width);
        if (head.size() <= indent) break;
        lines.push_back(head);
        line = margin + line.substr(head.size());
      }
      lines.push_back(std::move(line));
    }
  }
  return lines;
}

void Screen::put(std::size_t row, std::size_t column, std::string_view text, std::size_t most, Style style) {
  if (row >= height || column >= width) return;
  std::string shown = fitted(text, std::min(most, width - column));
  if (!shown.empty()) texts.push_back({row, column, std::move(shown), style});
}

std::string Screen::plain_text() const {
  std::string result;
  for (std::size_t row = 0; row < height; ++row) {
    std::vector<const Placed*> in_row;
    for (const Placed& each : texts) {
      if (each.row == row) in_row.push_back(&each);
    }
    std::stable_sort(in_row.begin(), in_row.end(),
                     [](const Placed* a, const Placed* b) { return a->column < b->column; });
    std::string line;
    for (const Placed* each : in_row) {
      const std::size_t now = columns(line);
      if (now < each->column) line += std::string(each->column - now, ' ');
      line += each->text;
    }
    line.erase(line.find_last_not_of(' ') + 1);
    result += line + '\n';
  }
  return result;
}

}  // namespace duly::cli::stepper
