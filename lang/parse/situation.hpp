#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lang/parse/explain.hpp"
#include "lang/parse/found.hpp"

namespace duly {

/// A failure with what surrounds it. The explanations are functions of it, in four files:
/// explain.cpp (something is missing), explain_names.cpp (names and titles), explain_leftover.cpp (something stands
/// where the declaration has nothing for it) and explain_foreign.cpp (symbols and words of other languages).
struct Situation {
  Situation(const Failure& failure_, const Scene& scene_);

  Failure failure;
  Scene scene;
  Found found;              // what stands where something else was expected
  Found before;             // the token in front of it
  std::string declaration;  // the keyword of the declaration: `rule`

  bool expects(Expected what) const { return failure.expected == what; }
  bool expects_word(std::string_view word) const { return expects(Expected::word) && failure.word == word; }

  /// The found token stands on the line of the one before it.
  bool same_line() const;
  /// The token found, or, where it lies on a later line, the end of the line on which something is missing.
  Span place() const;
  /// The token after a span.
  Found after(Span span) const { return token_at(scene.text, scene.source, span.end); }
  /// The word that stands in front of a place, skipping white space; empty where another thing does.
  std::string_view word_in_front(std::uint32_t offset) const;
  /// The declaration's tokens up to the one that was found.
  std::vector<Found> tokens_before() const;
  /// The part of the declaration whose head is being read: `step`, `field`, `provision`, or the declaration itself.
  std::string part() const;
  /// The found token as a message shows it: "`x`", "this text", "the end of the file".
  std::string shown() const;

  Diagnostic diagnostic(Code code, const std::string& message, std::string label, const std::string& help) const;
  Diagnostic diagnostic_at(Span span, Code code, const std::string& message, std::string label,
                           const std::string& help) const;
};

/// `a`, `b` and `c`
std::string quoted_list(const std::vector<std::string>& words);

std::optional<Diagnostic> explain_foreign(const Situation& s);
Diagnostic explain_leftover(const Situation& s);
/// What to write where two words in a row may be meant as one name; empty where they cannot.
std::string spaced_name_help(const Situation& s, const Found& first, const Found& second);
/// A text that a quote inside it ended too early.
std::optional<Diagnostic> explain_quote_in_text(const Situation& s);
Diagnostic explain_own_name(const Situation& s);
Diagnostic explain_name(const Situation& s);
Diagnostic explain_title(const Situation& s);
/// A word in front that is nearly a clause of the declaration: `stroy "…"`.
std::optional<Diagnostic> explain_misspelt_clause(const Situation& s, const Found& word);

}  // namespace duly
