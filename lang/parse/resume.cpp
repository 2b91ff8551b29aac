#include "lang/parse/resume.hpp"

#include <algorithm>
#include <cstddef>

#include "lang/parse/words.hpp"

namespace duly {
namespace {

constexpr std::string_view long_quotes = R"(""")";

bool is_first_on_line(std::string_view text, std::size_t at) {
  while (at > 0 && (text[at - 1] == ' ' || text[at - 1] == '\t')) --at;
  return at == 0 || text[at - 1] == '\n';
}

/// Behind the text that opens here; one that is never closed takes its line, or with long quotes all that is left.
std::size_t skip_text(std::string_view text, std::size_t at) {
  if (text.substr(at).starts_with(long_quotes)) {
    const std::size_t end = text.find(long_quotes, at + long_quotes.size());
    return end == std::string_view::npos ? text.size() : end + long_quotes.size();
  }
  for (++at; at < text.size() && text[at] != '\n'; ++at) {
    if (text[at] == '"') return at + 1;
    if (text[at] == '\\' && at + 1 < text.size() && text[at + 1] != '\n') ++at;
  }
  return at;
}

}  // namespace

std::uint32_t next_declaration_line(std::string_view text, std::uint32_t from) {
  std::size_t at = from;
  while (at < text.size()) {
    const std::size_t length = word_length(text.substr(at));
    if (length > 0) {
      if (opens_declaration(text.substr(at, length)) && is_first_on_line(text, at)) break;
      at += length;
    } else if (text[at] == '#') {
      at = std::min(text.find('\n', at), text.size());
    } else if (text[at] == '"') {
      at = skip_text(text, at);
    } else {
      ++at;
    }
  }
  return static_cast<std::uint32_t>(at);
}

}  // namespace duly
