#include "interpreter/report/wrapped.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace duly {
namespace {

/// One column a character of UTF-8.
std::size_t columns(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

}  // namespace

std::string wrapped(std::string_view text, std::string_view first, std::string_view rest, std::size_t width) {
  constexpr std::string_view white = " \t\r\n";
  std::string result(first);
  std::size_t column = columns(first);
  bool at_start = true;
  for (std::size_t begin = text.find_first_not_of(white); begin != std::string_view::npos;) {
    const std::size_t end = std::min(text.find_first_of(white, begin), text.size());
    const std::string_view word = text.substr(begin, end - begin);
    if (!at_start && column + 1 + columns(word) > width) {
      result += fmt::format("\n{}", rest);
      column = columns(rest);
      at_start = true;
    }
    if (!at_start) result += ' ';
    column += columns(word) + (at_start ? 0 : 1);
    result += word;
    at_start = false;
    begin = text.find_first_not_of(white, end);
  }
  return result + '\n';
}

std::string with_commas(std::size_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t place = digits.size(); place > 3; place -= 3) digits.insert(place - 3, ",");
  return digits;
}

std::string counted(std::size_t number, std::string_view what) {
  return fmt::format("{} {}{}", number == 0 ? "no" : with_commas(number), what, number == 1 ? "" : "s");
}

std::string listed(const std::vector<std::string>& names) {
  std::string result;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) result += i + 1 == names.size() ? " and " : ", ";
    result += names[i];
  }
  return result;
}

}  // namespace duly
