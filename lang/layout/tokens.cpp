#include "lang/layout/tokens.hpp"

#include <algorithm>

#include "lang/parse/words.hpp"

namespace duly {
namespace {

std::size_t text_length(std::string_view rest) {
  constexpr std::string_view three = R"(""")";
  std::size_t end = 1;
  if (rest.starts_with(three)) {
    end = rest.find(three, three.size());
    return end == std::string_view::npos ? rest.size() : end + three.size();
  }
  while (end < rest.size() && rest[end] != '"') end += rest[end] == '\\' ? 2 : 1;
  return std::min(end + 1, rest.size());
}

/// A number or a date; 0 where none begins. What comes behind the digits of a number is never `-` and a digit.
std::size_t figures_length(std::string_view rest) {
  const auto digit_at = [&](std::size_t i) { return i < rest.size() && is_digit(rest[i]); };
  std::size_t end = 0;
  while (digit_at(end) || (rest[end] == '-' && digit_at(end + 1))) {
    if (++end == rest.size()) break;
  }
  return end;
}

std::size_t comment_length(std::string_view rest) { return std::min(rest.find('\n'), rest.size()); }

std::size_t token_length(std::string_view rest) {
  if (rest.front() == '"') return text_length(rest);
  if (const std::size_t word = word_length(rest)) return word;
  return std::max<std::size_t>(figures_length(rest), 1);
}

std::string_view without_space_behind(std::string_view text) {
  return text.substr(0, text.find_last_not_of(" \t\r\n") + 1);
}

}  // namespace

std::vector<Token> tokens_of(std::string_view text) {
  std::vector<Token> tokens;
  std::size_t at = text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  std::size_t line_begin = at;
  unsigned line_ends = 1;  // since the token before
  while (at < text.size()) {
    if (text[at] == '\n') {
      ++line_ends;
      line_begin = at + 1;
    }
    if (std::string_view(" \t\r\n").find(text[at]) != std::string_view::npos) {
      ++at;
      continue;
    }
    const std::string_view rest = text.substr(at);
    const bool is_comment = rest.front() == '#';
    const std::size_t length = is_comment ? comment_length(rest) : token_length(rest);
    const std::string_view written = rest.substr(0, length);
    tokens.push_back({is_comment ? without_space_behind(written) : written, static_cast<std::uint32_t>(at),
                      static_cast<std::uint32_t>(at - line_begin), is_comment, line_ends > 0, line_ends > 1});
    at += length;
    line_ends = 0;
  }
  return tokens;
}

}  // namespace duly
