#include "interpreter/report/markup.hpp"

namespace duly {
namespace {

/// Where a text would start a list, if it stood at the start of a line: the place of the mark; npos where it would not.
std::size_t list_mark(std::string_view text) {
  const std::size_t mark = text.find_first_not_of("0123456789");
  if (mark == std::string_view::npos) return mark;
  const std::string_view marks = mark == 0 ? "+-=" : ".)";
  return marks.find(text[mark]) == std::string_view::npos ? std::string_view::npos : mark;
}

}  // namespace

std::string html_escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      default: out += c;
    }
  }
  return out;
}

std::string markdown_escaped(std::string_view text) {
  std::string result;
  const std::size_t mark = list_mark(text);
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\n' || c == '\r') {
      result += ' ';
      continue;
    }
    if (i == mark || std::string_view("\\`*_[]<>#|&~").find(c) != std::string_view::npos) result += '\\';
    result += c;
  }
  return result;
}

}  // namespace duly
