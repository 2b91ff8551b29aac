#include <fmt/format.h>

#include "lang/base/utf8.hpp"
#include "lang/parse/situation.hpp"
#include "lang/parse/words.hpp"

/// Symbols and words that other languages have, and characters that come along when text is pasted.
namespace duly {
namespace {

bool is_one_of(char32_t c, std::u32string_view characters) { return characters.find(c) != std::u32string_view::npos; }

Diagnostic explain_character(const Situation& s) {
  const char32_t c = first_character(s.found.text).code_point;
  if (is_one_of(c, U"“”„«»‘’‚`'")) {
    return s.diagnostic_at(s.found.span, Code::E0209, fmt::format("A text does not stand in {}", s.found.text),
                           "not the quotes of a text",
                           "Write the straight quotes of the keyboard, `\"`. Word processors turn them into others.");
  }
  if (is_one_of(c, U"–—−‐•·")) {
    return s.diagnostic_at(s.found.span, Code::E0209, fmt::format("{} is not the dash of the keyboard", s.found.text),
                           "this dash", "Write `-`.");
  }
  const bool invisible = c < 0x20 || c == 0x7F || c == 0xA0 || (c >= 0x2000 && c <= 0x200F) || c == 0x202F ||
                         c == 0x2060 || c == 0x3000 || c == 0xFEFF || c == 0xAD;
  if (invisible) {
    return s.diagnostic_at(s.found.span, Code::E0209,
                           fmt::format("An invisible character (U+{:04X}) stands here", static_cast<unsigned>(c)),
                           "here", "Delete it, and type a space instead.");
  }
  std::string help = "Words, texts in quotes, numbers and dates are all that Duly reads here.";
  if (c == U';') help = "Nothing ends a line or a clause in Duly: the next word begins the next.";
  if (c == U'{' || c == U'}') help = "Duly has no braces: a declaration ends where the next begins.";
  if (c >= 0x80) help = "Names are written in the letters a to z, with digits and `_`. Other letters stand in texts.";
  return s.diagnostic_at(s.found.span, Code::E0209, fmt::format("`{}` means nothing here", s.found.text), "", help);
}

Diagnostic explain_symbol(const Situation& s, const Foreign& symbol) {
  if (symbol.instead.empty()) {
    return s.diagnostic_at(s.found.span, Code::E0210,
                           fmt::format("Duly has no `{}`, for it does not calculate", symbol.written), "",
                           "Let a fact hold the number that counts, and compare it: `total is over 100`.");
  }
  return s.diagnostic_at(
      s.found.span, Code::E0210, fmt::format("Duly has no `{}`: it says `{}`", symbol.written, symbol.instead),
      fmt::format("write `{}`", symbol.instead), fmt::format("Write `{}` in its place.", symbol.instead));
}

/// `more than`, `less than or equal to`: the comparison that is meant.
std::string_view meant(const Situation& s, const Foreign& word) {
  Found next = s.after(s.found.span);
  if (next.is("than")) next = s.after(next.span);
  if (!next.is("or")) return word.instead;
  if (word.instead == "is over") return "is at least";
  if (word.instead == "is under") return "is at most";
  return word.instead;
}

Diagnostic explain_comparison_word(const Situation& s) {
  const Found next = s.after(s.found.span);
  const bool two_words = next.is("than") || next.is("to");
  Span span = two_words ? cover(s.found.span, next.span) : s.found.span;
  if (s.before.text == "is") span = cover(s.before.span, span);
  const std::string written(s.scene.text.substr(span.begin, span.end - span.begin));
  const Foreign* word = foreign_word(s.found.text);
  if (!word) {
    return s.diagnostic_at(span, Code::E0211, fmt::format("Duly does not compare with `{}`", written), "",
                           "It has `is`, `is not`, `is one of`, `is under`, `is over`, `is at least`, `is at most`, "
                           "`is from … to`, `is before`, `is after` and `includes`.");
  }
  const std::string_view instead = meant(s, *word);
  return s.diagnostic_at(span, Code::E0211, fmt::format("Duly says `{}` for `{}`", instead, written),
                         fmt::format("write `{}`", instead), fmt::format("Write `{}`.", instead));
}

Diagnostic explain_control_word(const Situation& s) {
  if (s.found.is("unless")) {
    return s.diagnostic_at(
        s.found.span, Code::E0211, "Duly has no `unless`, because people read it in two ways", "this word",
        "Write `when not …` where the condition must be false, or a second rule with `despite` where "
        "there is an exception.");
  }
  if (s.found.is("if")) {
    return s.diagnostic_at(
        s.found.span, Code::E0211, "Duly says `when` for `if`", "write `when`",
        "A rule says first what follows, then `when` it does: `sharing is may_share when consent.given`.");
  }
  if (s.found.is("then")) {
    return s.diagnostic_at(
        s.found.span, Code::E0211, "Duly has no `then`", "this word",
        "A rule says first what follows, then `when` it does: `sharing is may_share when consent.given`.");
  }
  return s.diagnostic_at(
      s.found.span, Code::E0211, "Duly has no `else`", "this word",
      "What holds when no rule applies stands after `otherwise`, in the decision or the definition.");
}

bool is_control_word(const Situation& s) {
  return s.found.is("unless") || s.found.is("if") || s.found.is("then") || s.found.is("else");
}

bool may_be_comparison(const Situation& s) {
  return s.expects(Expected::clause_or_declaration) || s.expects(Expected::comparison) || s.expects_word("is");
}

}  // namespace

std::optional<Diagnostic> explain_foreign(const Situation& s) {
  if (s.expects(Expected::comparison)) return explain_comparison_word(s);
  if (s.found.kind == Found::Kind::unknown) return explain_character(s);
  if (s.found.kind == Found::Kind::symbol) {
    if (const Foreign* symbol = foreign_symbol(s.found.text)) return explain_symbol(s, *symbol);
    return std::nullopt;
  }
  if (s.found.kind != Found::Kind::word) return std::nullopt;
  const bool is_meant_as_name = s.expects(Expected::own_name) && s.same_line();
  if (is_control_word(s) && !is_meant_as_name) return explain_control_word(s);

  // `is under or equal to`
  const bool half_open = s.found.is("or") && s.expects(Expected::operand);
  if (half_open && (s.before.text == "under" || s.before.text == "over")) {
    const std::string_view instead = s.before.text == "under" ? "is at most" : "is at least";
    return s.diagnostic_at(s.found.span, Code::E0211,
                           fmt::format("Duly says `{}` for `is {} or equal`", instead, s.before.text),
                           fmt::format("write `{}`", instead), fmt::format("Write `{}`.", instead));
  }
  if (s.before.text == "may" && s.found.is("not")) {
    return s.diagnostic_at(s.found.span, Code::E0211, "There is no `may not`, because people read it in two ways",
                           "`not` after `may`",
                           "Write `must not` where it is forbidden. Where there is no duty, there is no rule.");
  }
  const bool listed = s.expects(Expected::operand) && (s.found.is("any") || s.found.is("all") || s.found.is("none"));
  if (listed && s.before.text == "is") {
    return s.diagnostic_at(s.found.span, Code::E0211, fmt::format("Duly says `is one of` for `is {} of`", s.found.text),
                           "write `one of`",
                           "Write `is one of a, b`, or `is not one of a, b`. A set `includes any of a, b`.");
  }
  if (may_be_comparison(s) && foreign_word(s.found.text)) return explain_comparison_word(s);
  return std::nullopt;
}

}  // namespace duly
