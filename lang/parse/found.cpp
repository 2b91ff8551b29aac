#include "lang/parse/found.hpp"

#include <algorithm>
#include <cstddef>

#include "lang/base/utf8.hpp"
#include "lang/parse/words.hpp"

namespace duly {
namespace {

std::size_t text_length(std::string_view rest) {
  if (rest.starts_with(R"(""")")) {
    const std::size_t end = rest.find(R"(""")", 3);
    return end == std::string_view::npos ? 3 : end + 3;
  }
  for (std::size_t i = 1; i < rest.size() && rest[i] != '\n'; ++i) {
    if (rest[i] == '\\') {
      ++i;
    } else if (rest[i] == '"') {
      return i + 1;
    }
  }
  return 1;
}

/// Digits and what is glued to them: `13th`, `1.5`, `01/04/2024`.
std::size_t figures_length(std::string_view rest) {
  std::size_t end = 1;
  while (end < rest.size()) {
    const bool glue = std::string_view(".,-/:").find(rest[end]) != std::string_view::npos && end + 1 < rest.size();
    if (continues_word(rest[end])) {
      ++end;
    } else if (glue && is_digit(rest[end + 1])) {
      end += 2;
    } else {
      break;
    }
  }
  return end;
}

bool begins_figures(std::string_view rest) {
  return is_digit(rest.front()) || (rest.front() == '-' && rest.size() > 1 && is_digit(rest[1]));
}

}  // namespace

std::uint32_t skip_gap(std::string_view text, std::uint32_t offset) {
  std::size_t at = offset;
  while (at < text.size()) {
    if (text[at] == '#') {
      at = std::min(text.find('\n', at), text.size());
    } else if (std::string_view(" \t\r\n").find(text[at]) != std::string_view::npos) {
      ++at;
    } else {
      break;
    }
  }
  return static_cast<std::uint32_t>(at);
}

Found token_at(std::string_view text, SourceId source, std::uint32_t offset) {
  const std::uint32_t begin = skip_gap(text, offset);
  const std::string_view rest = text.substr(begin);
  const auto found = [&](Found::Kind kind, std::size_t length) {
    return Found{kind, {source, begin, begin + static_cast<std::uint32_t>(length)}, rest.substr(0, length)};
  };
  if (rest.empty()) return found(Found::Kind::end, 0);
  if (const std::size_t length = word_length(rest)) return found(Found::Kind::word, length);
  if (rest.front() == '"') return found(Found::Kind::text, text_length(rest));
  if (begins_figures(rest)) return found(Found::Kind::figures, figures_length(rest));
  if (const Foreign* symbol = foreign_symbol(rest)) return found(Found::Kind::symbol, symbol->written.size());
  const auto character = first_character(rest);
  const bool is_mark = std::string_view("-,:()[]/").find(rest.front()) != std::string_view::npos;
  return found(is_mark ? Found::Kind::symbol : Found::Kind::unknown, std::max<std::size_t>(character.size, 1));
}

}  // namespace duly
