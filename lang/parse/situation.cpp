#include "lang/parse/situation.hpp"

#include <fmt/format.h>

#include <utility>

#include "lang/base/utf8.hpp"
#include "lang/parse/limits.hpp"
#include "lang/parse/words.hpp"

namespace duly {
namespace {

constexpr std::size_t longest_shown = 40;

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

}  // namespace

Situation::Situation(const Failure& failure_, const Scene& scene_)
    : failure(failure_), scene(scene_), found(token_at(scene.text, scene.source, failure.offset)) {
  const std::string_view rest = scene.text.substr(scene.declaration_begin);
  declaration = std::string(rest.substr(0, word_length(rest)));
  const bool any_before = scene.last_token.begin >= scene.declaration_begin && scene.last_token.end > 0;
  before.span = any_before ? scene.last_token : Span{scene.source, scene.declaration_begin, scene.declaration_begin};
  before.text = scene.text.substr(before.span.begin, before.span.end - before.span.begin);
  before.kind = !before.text.empty() && before.text.front() == '"' ? Found::Kind::text : Found::Kind::word;
}

bool Situation::same_line() const {
  const std::string_view between = scene.text.substr(before.span.end, found.span.begin - before.span.end);
  return found.kind != Found::Kind::end && between.find('\n') == std::string_view::npos;
}

Span Situation::place() const {
  if (same_line() || before.text.empty()) return found.span;
  return {scene.source, before.span.end, before.span.end};
}

std::string_view Situation::word_in_front(std::uint32_t offset) const {
  std::size_t end = offset;
  while (end > 0 && is_blank(scene.text[end - 1])) --end;
  std::size_t begin = end;
  while (begin > 0 && (continues_word(scene.text[begin - 1]) || scene.text[begin - 1] == '.')) --begin;
  return scene.text.substr(begin, end - begin);
}

std::vector<Found> Situation::tokens_before() const {
  std::vector<Found> tokens;
  std::uint32_t at = scene.declaration_begin;
  while (true) {
    const Found token = token_at(scene.text, scene.source, at);
    if (token.kind == Found::Kind::end || token.span.begin >= found.span.begin) return tokens;
    tokens.push_back(token);
    at = token.span.end;
  }
}

std::string Situation::part() const {
  std::string part = declaration;
  for (const Found& token : tokens_before()) {
    const bool is_part = (declaration == "procedure" && token.is("step")) ||
                         (declaration == "record" && token.is("field")) ||
                         (declaration == "source" && token.is("provision"));
    if (is_part) part = token.text;
  }
  return part;
}

std::string Situation::shown() const {
  switch (found.kind) {
    case Found::Kind::end: return "the end of the file";
    case Found::Kind::text: return "a text";
    case Found::Kind::word:
    case Found::Kind::figures:
    case Found::Kind::symbol:
    case Found::Kind::unknown: break;
  }
  return fmt::format("`{}`", shortened(found.text, longest_shown));
}

Diagnostic Situation::diagnostic(Code code, const std::string& message, std::string label,
                                 const std::string& help) const {
  return diagnostic_at(place(), code, message, std::move(label), help);
}

Diagnostic Situation::diagnostic_at(Span span, Code code, const std::string& message, std::string label,
                                    const std::string& help) const {
  return {code, span, shortened(message, message_limit), std::move(label), {}, shortened(help, message_limit)};
}

std::string quoted_list(const std::vector<std::string>& words) {
  std::string out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) out += i + 1 == words.size() ? " and " : ", ";
    out += fmt::format("`{}`", words[i]);
  }
  return out;
}

}  // namespace duly
