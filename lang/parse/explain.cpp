#include "lang/parse/explain.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "lang/diagnostics/near_names.hpp"
#include "lang/parse/limits.hpp"
#include "lang/parse/situation.hpp"
#include "lang/parse/words.hpp"

namespace duly {
namespace {

constexpr std::string_view types_help =
    "A type is `yes/no`, the name of a choice, `one of a, b`, `number`, `date`, `set of` a choice, or `text`.";
constexpr std::string_view date_help = "A date is written year, month, day with hyphens: 2024-04-01.";

Diagnostic missing_type(const Situation& s) {
  if (s.expects(Expected::mark) || s.expects_word("no")) {
    return s.diagnostic(Code::E0226, "The type of a yes or no is written `yes/no`", "not `yes/no`",
                        std::string(types_help));
  }
  if (s.expects(Expected::type) && s.same_line()) {
    return s.diagnostic(Code::E0226, fmt::format("A type does not begin with {}", s.shown()), "a type belongs here",
                        std::string(types_help));
  }
  return s.diagnostic(Code::E0226, fmt::format("This {} has no type", s.part()), "`:` and a type belong here",
                      std::string(types_help));
}

Diagnostic missing_date(const Situation& s) {
  if (s.found.kind == Found::Kind::figures) {
    return s.diagnostic(Code::E0208, fmt::format("{} is no date", s.shown()), "a date belongs here",
                        std::string(date_help));
  }
  return s.diagnostic(Code::E0230, fmt::format("A date is missing after `{}`", s.before.text), "a date belongs here",
                      std::string(date_help));
}

Diagnostic odd_figures(const Situation& s) {
  const bool like_date = s.found.text.find_first_of("-/", 1) != std::string_view::npos ||
                         std::count(s.found.text.begin(), s.found.text.end(), '.') == 2;
  if (like_date) return s.diagnostic(Code::E0208, fmt::format("{} is no date", s.shown()), "", std::string(date_help));
  return s.diagnostic(Code::E0208, fmt::format("{} is no whole number", s.shown()), "",
                      "A number is digits alone, without a point, a comma or a unit. Pence count what pounds cannot.");
}

Diagnostic missing_number(const Situation& s) {
  if (s.found.kind == Found::Kind::figures) return odd_figures(s);
  return s.diagnostic(Code::E0231, fmt::format("A whole number is missing after `{}`", s.before.text),
                      "a number belongs here", "A range is written `from 0 to 17`.");
}

/// The words of the comparison that end at the token before: `is at least`.
std::string comparison_words(const Situation& s) {
  std::string words(s.before.text);
  std::uint32_t begin = s.before.span.begin;
  for (int i = 0; i < 3; ++i) {
    const std::string_view in_front = s.word_in_front(begin);
    const bool belongs = in_front == "is" || in_front == "not" || in_front == "at" || in_front == "one" ||
                         in_front == "includes" || in_front == "any" || in_front == "all";
    if (!belongs) break;
    words = fmt::format("{} {}", in_front, words);
    begin = static_cast<std::uint32_t>(in_front.data() - s.scene.text.data());
  }
  return words;
}

Diagnostic missing_operand(const Situation& s) {
  if (s.found.kind == Found::Kind::figures) return odd_figures(s);
  if (s.found.kind == Found::Kind::text && s.same_line()) {
    return s.diagnostic(Code::E0233, "A text is never compared or given as a value",
                        "a name, a number or a date belongs here",
                        "Values are written without quotes: `is given`, not `is \"given\"`.");
  }
  if (s.found.is("(")) {
    return s.diagnostic(Code::E0215, "On the right of a comparison stand names, not parentheses", "this parenthesis",
                        "Write `is one of a, b` to compare with several.");
  }
  if (s.found.is("-")) {
    return s.diagnostic(Code::E0215, fmt::format("Nothing stands on the right of `{}`", comparison_words(s)),
                        "this `-` stands apart", "A negative number is written without a space: `-3`.");
  }
  const bool joined = s.before.text == "," && (s.found.is("and") || s.found.is("or"));
  if (joined) return explain_name(s);
  if (s.before.text == ",") {
    return s.diagnostic(Code::E0233, "A value is missing after the comma", "a value belongs here",
                        "Take the comma away, or write the value that belongs after it.");
  }
  return s.diagnostic(Code::E0215, fmt::format("Nothing stands on the right of `{}`", comparison_words(s)),
                      "a value belongs here", "A comparison is complete with a value: `child.age is under 13`.");
}

Diagnostic missing_setting(const Situation& s) {
  if (s.found.kind == Found::Kind::figures) return odd_figures(s);
  if (s.found.kind == Found::Kind::text && s.same_line()) return missing_operand(s);
  if (s.found.is("not")) {
    const std::string_view who = s.declaration == "case" ? "A case gives" : "A rule says";
    return s.diagnostic(Code::E0233, fmt::format("{} what a value is, not what it is not", who),
                        "`not` cannot stand here", "Write the value itself. For a yes or no write `is no`.");
  }
  if (s.before.text == ",") return missing_operand(s);
  if (const std::string name = spaced_name_help(s, s.found, s.after(s.found.span)); !name.empty()) {
    return s.diagnostic(Code::E0233, fmt::format("A value does not begin with {}", s.shown()), "a value belongs here",
                        name);
  }
  return s.diagnostic(Code::E0233, fmt::format("A value is missing after `{}`", s.before.text), "a value belongs here",
                      "A value is `yes`, `no`, a name, a number, a date, several with commas, or `empty`.");
}

Diagnostic missing_condition(const Situation& s) {
  if (s.found.is(")") && s.before.text == "(") {
    return s.diagnostic_at(cover(s.before.span, s.found.span), Code::E0218, "There is nothing in these parentheses",
                           "a condition belongs in them", "Write the condition, or take them away.");
  }
  if (s.found.is("-")) {
    return s.diagnostic(Code::E0216,
                        fmt::format("A list begins with its kind, and none stands after `{}`", s.before.text),
                        "this item", "Write `any of`, `all of` or `none of` before the first `-`.");
  }
  if (s.found.is("yes") || s.found.is("no")) {
    return s.diagnostic(
        Code::E0216, fmt::format("A condition does not begin with `{}`", s.found.text), "",
        "A yes/no value stands alone, `child.at_home` or `not child.at_home`. What always holds needs no condition.");
  }
  if ((s.found.kind == Found::Kind::figures || s.found.kind == Found::Kind::text) && s.same_line()) {
    return s.diagnostic(Code::E0216, fmt::format("A condition does not begin with {}", s.shown()),
                        "a value's name belongs here",
                        "A condition names a value and compares it: `child.age is under 13`.");
  }
  return s.diagnostic(Code::E0216, fmt::format("A condition is missing after `{}`", s.before.text),
                      "a condition belongs here",
                      "A condition is a yes/no value, or a comparison such as `child.age is under 13`.");
}

Diagnostic missing_conclusion(const Situation& s) {
  std::string help =
      "After its title a rule says what follows: `VALUE is X`, or `must ACTION`, `should ACTION`, `may ACTION`.";
  if (s.found.is("when") || s.found.is("despite") || s.found.is("instead")) {
    help += fmt::format(" `{}` comes after it.", s.found.text);
  }
  return s.diagnostic(Code::E0228, "This rule concludes nothing", "its conclusion belongs here", help);
}

Diagnostic missing_word(const Situation& s) {
  const std::string_view word = s.failure.word;
  if (word == "no") return missing_type(s);
  if (word == "choice") {
    return s.diagnostic(
        Code::E0232, "`extend` goes on with `choice`", "`choice` belongs here",
        "`extend choice NAME` adds values to an inherited choice. What a policy builds on stands after `extends`.");
  }
  if (word == "is" && s.declaration == "case") {
    // `stroy "…"` was read as the beginning of a fact's line.
    if (s.found.kind == Found::Kind::text) {
      if (auto misspelt = explain_misspelt_clause(s, s.before)) return *misspelt;
    }
  }
  std::string spaced = word == "is" ? spaced_name_help(s, s.before, s.found) : std::string();
  if (word == "is" && spaced.empty() && s.found.kind == Found::Kind::figures && s.same_line()) {
    spaced = fmt::format("Write `{} is {}`.", s.before.text, s.found.text);
  }
  if (word == "is" && s.declaration == "rule") {
    return s.diagnostic(
        Code::E0228, fmt::format("This rule's conclusion is not complete: `is` is missing after `{}`", s.before.text),
        "`is` belongs here",
        spaced.empty() ? std::string("A rule concludes `VALUE is X`, or `must ACTION`, `should ACTION`, `may ACTION`.")
                       : spaced);
  }
  if (word == "on") {
    return s.diagnostic(Code::E0232, "This step does not say what it asks about", "`on` and a value belong here",
                        "A step is `step NAME \"title\" on VALUE`.");
  }
  return s.diagnostic(Code::E0232, fmt::format("`{}` is missing after `{}`", word, s.before.text),
                      fmt::format("`{}` belongs here", word), spaced);
}

/// Where the innermost parenthesis or bracket was opened that is still open at the failure.
std::optional<Span> opened(const Situation& s, std::string_view open, std::string_view close) {
  std::vector<Span> places;
  for (const Found& token : s.tokens_before()) {
    if (token.is(open)) places.push_back(token.span);
    if (token.is(close) && !places.empty()) places.pop_back();
  }
  return places.empty() ? std::nullopt : std::optional(places.back());
}

Diagnostic missing_mark(const Situation& s) {
  const std::string_view mark = s.failure.word;
  if (mark == "/") return missing_type(s);
  if (mark == ":") {
    if (s.found.is("and") || s.found.is("or")) return explain_leftover(s);
    if (auto misspelt = explain_misspelt_clause(s, s.before)) return *misspelt;
    return s.diagnostic(Code::E0232, fmt::format("A colon is missing after `{}`", s.before.text), "`:` belongs here",
                        "A step's answer is written `ANSWER: OUTCOME`, or `ANSWER: continue`.");
  }
  const bool round = mark == ")";
  Diagnostic d = s.diagnostic(Code::E0220, fmt::format("A {} is not closed", round ? "parenthesis" : "bracket"),
                              fmt::format("`{}` belongs here", mark), "");
  if (const auto open = opened(s, round ? "(" : "[", mark)) d.notes.push_back({*open, "opened here"});
  if (s.found.is(",")) d.help = "Several values stand after `is one of`. Conditions are joined with `and` or `or`.";
  if (round && (s.found.is("not") || s.found.is("and") || s.found.is("or"))) d = explain_leftover(s);
  return d;
}

Diagnostic missing_item(const Situation& s) {
  if (s.found.kind == Found::Kind::word && !is_reserved(s.found.text) && !opens_declaration(s.found.text)) {
    return s.diagnostic_at(s.found.span, Code::E0218, "The items of a list begin with a dash", "`-` belongs here",
                           fmt::format("Write `- {}`, each item with a dash of its own.", s.found.text));
  }
  return s.diagnostic(Code::E0218, "This list is empty", "its first item belongs here",
                      "Write each item after a dash: `- x`, `- label: y`.");
}

Diagnostic nested_too_deeply(const Situation& s) {
  return s.diagnostic_at(
      s.found.span, Code::E0901, fmt::format("This is nested more than {} levels deep", nesting_limit),
      "one level too many",
      "Each parenthesis and each `not` is a level. Give the inner parts names of their own with `define`.");
}

Diagnostic list_needs_parentheses(const Situation& s) {
  return s.diagnostic_at(s.found.span, Code::E0217, "A list inside an expression or an item stands in parentheses",
                         "this list", fmt::format("Write `({} of - … )`.", s.found.text));
}

Diagnostic misplaced_not(const Situation& s) {
  // `child.age is not under 13`: the name stands before `is`, which stands before `not`.
  const std::string_view is = s.word_in_front(s.before.span.begin);
  const auto is_begin = static_cast<std::uint32_t>(is.data() - s.scene.text.data());
  const std::string_view value = is.empty() ? is : s.word_in_front(is_begin);
  const Found next = s.after(s.found.span);
  const std::string rest = s.found.is("at") ? fmt::format("at {}", next.text) : std::string(s.found.text);
  return s.diagnostic_at(cover(s.before.span, s.found.span), Code::E0214, fmt::format("Duly has no `is not {}`", rest),
                         "`not` belongs in front of the comparison",
                         fmt::format("Put `not` in front: `not {} is {} …`.", value.empty() ? "…" : value, rest));
}

Diagnostic unclosed(const Situation& s) {
  const std::string_view rest = s.scene.text.substr(s.found.span.begin);
  if (rest.starts_with(R"(""")")) {
    const Span quotes{s.scene.source, s.found.span.begin, s.found.span.begin + 3};
    return s.diagnostic_at(quotes, Code::E0201, "This text is never closed", "the text opens here",
                           R"(Close it with `"""` where it ends.)");
  }
  const Span quote{s.scene.source, s.found.span.begin, s.found.span.begin + 1};
  return s.diagnostic_at(quote, Code::E0201, "This text is not closed on its line", "the text opens here",
                         R"(Close it with `"`. A text over several lines stands between `"""` and `"""`.)");
}

Diagnostic no_policy(const Situation& s) {
  if (nearest(s.found.text, {"policy"})) {
    return s.diagnostic_at(s.found.span, Code::E0105, "A file begins with its policy",
                           fmt::format("this is {}", s.shown()), "Did you mean `policy`?");
  }
  return s.diagnostic_at(
      s.found.span, Code::E0105, "A file begins with its policy", fmt::format("this is {}", s.shown()),
      "Write `policy NAME \"title\"` before everything else. The name is the file's, without `.policy`.");
}

}  // namespace

Diagnostic explain(const Failure& failure, const Scene& scene) {
  const Situation s(failure, scene);
  const bool is_named_mistake = s.expects(Expected::closing_quote) || s.expects(Expected::shallower_nesting) ||
                                s.expects(Expected::list_in_parentheses) || s.expects(Expected::not_in_front);
  if (!is_named_mistake) {
    if (auto quote = explain_quote_in_text(s)) return *quote;
    if (auto foreign = explain_foreign(s)) return *foreign;
  }
  switch (failure.expected) {
    case Expected::word: return missing_word(s);
    case Expected::mark: return missing_mark(s);
    case Expected::own_name: return explain_own_name(s);
    case Expected::title: return explain_title(s);
    case Expected::name: return explain_name(s);
    case Expected::text:
      return s.diagnostic(Code::E0229, fmt::format("A text in quotes is missing after `{}`", s.before.text),
                          "a text belongs here", fmt::format("Write `{} \"…\"`.", s.before.text));
    case Expected::date: return missing_date(s);
    case Expected::number: return missing_number(s);
    case Expected::type_clause:
    case Expected::type: return missing_type(s);
    case Expected::type_or_means:
      return s.diagnostic(Code::E0226, "This definition has neither a type nor `means`", "`:` or `means` belongs here",
                          fmt::format("Write `means` and a condition, or `:` and a type. {}", types_help));
    case Expected::means:
      return s.diagnostic(Code::E0227, "This redefinition does not say what the name means now", "`means` belongs here",
                          "Write `redefine NAME \"title\" means CONDITION`.");
    case Expected::tier:
      return s.diagnostic(Code::E0234, "An agreement says its tier after its title",
                          "`tier 1` or `tier 2` belongs here",
                          "Tier 1 is the agreement of principle between all partners; tier 2 stands under one and says "
                          "what is shared.");
    case Expected::conclusion: return missing_conclusion(s);
    case Expected::condition: return missing_condition(s);
    case Expected::operand: return missing_operand(s);
    case Expected::set_to: return missing_setting(s);
    case Expected::least_or_most:
      return s.diagnostic(Code::E0232, "`is at` goes on with `least` or `most`", "`least` or `most` belongs here",
                          "Write `is at least 3` or `is at most 3`.");
    case Expected::list_item: return missing_item(s);
    case Expected::outcome:
      return s.diagnostic(Code::E0233, "This answer does not say where it leads", "an outcome belongs here",
                          "Write an outcome of the decision, or `continue`.");
    case Expected::status:
      return s.diagnostic(Code::E0233, "What is expected of this duty is missing", "a status belongs here",
                          "Write `undecided` or `conflict`. Where a duty is expected, write `must ACTION`.");
    case Expected::policy: return no_policy(s);
    case Expected::declaration:
    case Expected::clause_or_declaration: return explain_leftover(s);
    case Expected::closing_quote: return unclosed(s);
    case Expected::shallower_nesting: return nested_too_deeply(s);
    case Expected::list_in_parentheses: return list_needs_parentheses(s);
    case Expected::not_in_front: return misplaced_not(s);
    case Expected::comparison: return missing_operand(s);  // never reached: explain_foreign has the words for it
  }
  return explain_leftover(s);
}

}  // namespace duly
