#include <fmt/format.h>

#include <algorithm>

#include "lang/diagnostics/near_names.hpp"
#include "lang/parse/situation.hpp"
#include "lang/parse/words.hpp"

/// A declaration is complete, and what follows is neither a clause of it nor the next declaration.
namespace duly {
namespace {

/// "A rule has `when`, `despite` …"
std::string clauses_sentence(std::string_view declaration) {
  std::string sentence = with_article(declaration_kind(declaration));
  sentence.front() = 'A';
  return fmt::format("{} has {}.", sentence, quoted_list(clauses_of(declaration)));
}

/// `any of - x cite a.b` and then `- y`: the citation was read as the declaration's own, and ended the list.
bool list_ended_at_cite(const Situation& s) {
  bool in_list = false;
  bool in_cite = false;
  std::string_view previous;
  for (const Found& token : s.tokens_before()) {
    if (token.is("of") && (previous == "any" || previous == "all" || previous == "none")) in_list = true;
    const bool goes_on = token.is(",") || previous == "," || previous == "cite";
    in_cite = token.is("cite") ? in_list : in_cite && goes_on;
    previous = token.text;
  }
  return in_cite;
}

Diagnostic explain_dash(const Situation& s) {
  if (list_ended_at_cite(s)) {
    return s.diagnostic_at(s.found.span, Code::E0219, "The list ended before this `-`, at `cite`",
                           "this item is outside the list",
                           fmt::format("Write the citation of a list's item in square brackets: `- … [{}]`. A `cite` "
                                       "belongs to the whole declaration.",
                                       s.before.text));
  }
  return s.diagnostic_at(
      s.found.span, Code::E0235, "This `-` begins an item of a list, and there is no list here", "this item",
      "A list begins with `any of`, `all of` or `none of`. A negative number has no space after its `-`.");
}

Diagnostic explain_comma(const Situation& s) {
  const std::string_view in_front = s.word_in_front(s.before.span.begin);
  if (in_front == "is" || in_front == "not") {
    const std::string_view right = in_front == "is" ? "is one of" : "is not one of";
    return s.diagnostic_at(s.found.span, Code::E0235,
                           fmt::format("`{}` compares with one value, and a comma follows it", in_front), "this comma",
                           fmt::format("Write `{} {}, …` to compare with several.", right, s.before.text));
  }
  if (in_front == "includes") {
    return s.diagnostic_at(s.found.span, Code::E0235, "`includes` looks for one element, and a comma follows it",
                           "this comma",
                           fmt::format("Write `includes any of {0}, …` or `includes all of {0}, …`.", s.before.text));
  }
  return s.diagnostic_at(s.found.span, Code::E0235, "There is no list here that a comma could go on with", "this comma",
                         "Take it away. Clauses follow each other without a comma.");
}

Diagnostic explain_joining_word(const Situation& s) {
  if (s.before.text == "]") {
    return s.diagnostic_at(s.found.span, Code::E0217,
                           fmt::format("A list that is joined with `{}` needs parentheses", s.found.text),
                           "after a list", fmt::format("Write `(any of - … ) {} …`.", s.found.text));
  }
  if (s.found.is("not")) {
    const Found next = s.after(s.found.span);
    return s.diagnostic_at(
        s.found.span, Code::E0214, "`not` stands in front of the whole comparison", "this `not`",
        fmt::format("Write `not {} {} …`.", s.before.text, next.is("is") || next.is("includes") ? next.text : "is"));
  }
  return s.diagnostic_at(s.found.span, Code::E0212, fmt::format("`{}` stands where a comma belongs", s.found.text),
                         "write a comma", "Names in a list have commas between them: `a, b, c`.");
}

Diagnostic explain_text(const Situation& s) {
  if (s.before.kind == Found::Kind::text) {
    return s.diagnostic_at(
        s.found.span, Code::E0235, "Two texts stand side by side", "this text belongs to nothing",
        R"(A text over several lines stands between `"""` and `"""`. A quote inside a text is written `\"`.)");
  }
  if (auto misspelt = explain_misspelt_clause(s, s.before)) return *misspelt;
  return s.diagnostic_at(s.found.span, Code::E0235, "This text belongs to nothing", "this text",
                         clauses_sentence(s.declaration));
}

/// A clause of other declarations, or one that comes too late.
std::optional<Diagnostic> explain_clause_elsewhere(const Situation& s, const std::string& word) {
  constexpr std::size_t most_named = 4;
  std::vector<std::string> elsewhere;
  for (const std::string_view declaration : declarations_with(word)) {
    const std::string kind = with_article(declaration_kind(declaration));
    if (elsewhere.empty() || elsewhere.back() != kind) elsewhere.push_back(kind);
  }
  if (elsewhere.empty()) return std::nullopt;
  const std::string own = with_article(declaration_kind(s.declaration));
  if (std::find(elsewhere.begin(), elsewhere.end(), own) != elsewhere.end()) {
    return s.diagnostic_at(s.found.span, Code::E0224, fmt::format("`{}` cannot stand in this place of {}", word, own),
                           "too late", fmt::format("Write it before the parts that {} consists of.", own));
  }
  std::string where = elsewhere.front();
  for (std::size_t i = 1; i < elsewhere.size(); ++i)
    where += (i + 1 == elsewhere.size() ? " or " : ", ") + elsewhere[i];
  if (elsewhere.size() > most_named) where = "other declarations";
  return s.diagnostic_at(s.found.span, Code::E0224, fmt::format("There is no `{}` in {}", word, own),
                         "not a clause here",
                         fmt::format("`{}` belongs in {}. {}", word, where, clauses_sentence(s.declaration)));
}

/// `number from a to b`, and values in place without a comma between them.
std::optional<Diagnostic> explain_rest_of_type(const Situation& s) {
  const bool has_type = s.declaration == "fact" || s.declaration == "define" || s.declaration == "record";
  if (!has_type) return std::nullopt;
  const bool after_number = s.before.text == "number" || s.word_in_front(s.before.span.begin) == "of";
  if (s.found.is("from") && after_number) {
    return s.diagnostic_at(s.after(s.found.span).span, Code::E0231, "A range goes from one whole number to another",
                           "a number belongs here", "Write `number from 0 to 17`.");
  }
  const std::string_view in_front = s.word_in_front(s.before.span.begin);
  const bool is_value = in_front == "of" || s.scene.text.substr(0, s.before.span.begin).ends_with(", ");
  if (is_value && s.before.kind == Found::Kind::word && s.same_line() && !is_reserved(s.found.text)) {
    return s.diagnostic_at(
        s.found.span, Code::E0232, fmt::format("A comma is missing between `{}` and `{}`", s.before.text, s.found.text),
        "a comma belongs in front of this", fmt::format("Write `{}, {}`.", s.before.text, s.found.text));
  }
  return std::nullopt;
}

/// A word that may have been meant as the beginning of a declaration: first on its line, with a name or title behind.
bool looks_like_declaration(const Situation& s) {
  const Found name = s.after(s.found.span);
  return !s.same_line() && name.kind == Found::Kind::word && s.after(name.span).kind == Found::Kind::text;
}

bool is_in_condition(const Situation& s) {
  const auto tokens = s.tokens_before();
  return std::any_of(tokens.begin(), tokens.end(), [](const Found& token) {
    return token.is("when") || token.is("means") || token.is("always") || token.is("never");
  });
}

/// `child.age under 14`, `child.age 14`: a comparison without its `is`.
std::optional<Diagnostic> explain_missing_is(const Situation& s) {
  const std::string_view word = s.found.text;
  const bool compares = word == "at" || word == "under" || word == "over" || word == "before" || word == "after" ||
                        word == "one" || s.found.kind != Found::Kind::word;
  if (!compares || s.before.kind != Found::Kind::word || is_reserved(s.before.text) || !s.same_line()) {
    return std::nullopt;
  }
  const bool is_value = s.found.kind != Found::Kind::word;
  return s.diagnostic_at(s.found.span, Code::E0232, fmt::format("`is` is missing before `{}`", word),
                         "`is` belongs in front of this",
                         fmt::format("Write `{} is {}{}`.", s.before.text, word, is_value ? "" : " …"));
}

Diagnostic explain_word(const Situation& s) {
  const std::string word(s.found.text);
  if (word == "years" || word == "months" || word == "days") {
    return s.diagnostic_at(s.found.span, Code::E0235, fmt::format("A number stands without `{}`", word), "this word",
                           fmt::format("Leave it away: the unit belongs to the fact, `number of {}`.", word));
  }
  if (looks_like_declaration(s)) {
    if (const auto near = nearest(word, declaration_words())) {
      return s.diagnostic_at(s.found.span, Code::E0225, fmt::format("No declaration begins with `{}`", word), "",
                             fmt::format("Did you mean `{}`?", *near));
    }
  }
  // `under` is a clause of agreements as well.
  if (s.after(s.found.span).kind == Found::Kind::figures) {
    if (auto comparison = explain_missing_is(s)) return *comparison;
  }
  if (auto clause = explain_clause_elsewhere(s, word)) return *clause;
  if (auto type = explain_rest_of_type(s)) return *type;
  const std::string kind = with_article(declaration_kind(s.declaration));
  if (auto comparison = explain_missing_is(s)) return *comparison;
  const bool dotted = word.find('.') != std::string::npos;
  if (dotted && s.before.kind == Found::Kind::word && !is_reserved(s.before.text)) {
    return s.diagnostic_at(s.found.span, Code::E0232,
                           fmt::format("A comma is missing between `{}` and `{}`", s.before.text, word),
                           "a comma belongs in front of this", fmt::format("Write `{}, {}`.", s.before.text, word));
  }
  std::vector<std::string> possible = clauses_of(s.declaration);
  for (const char* joining : {"and", "or"}) possible.emplace_back(joining);
  const auto near = nearest(word, possible);
  const std::string message = fmt::format("There is no `{}` in {}", word, kind);
  std::string help = near ? fmt::format("Did you mean `{}`?", *near) : clauses_sentence(s.declaration);
  if (near) return s.diagnostic_at(s.found.span, Code::E0224, message, "not a clause", help);
  if (const auto near_declaration = nearest(word, declaration_words())) {
    return s.diagnostic_at(s.found.span, Code::E0225, fmt::format("No declaration begins with `{}`", word), "",
                           fmt::format("Did you mean `{}`?", *near_declaration));
  }
  const std::string as_one_name = is_reserved(s.before.text) ? std::string() : spaced_name_help(s, s.before, s.found);
  if (!as_one_name.empty()) help = as_one_name;
  if (looks_like_declaration(s) && !is_reserved(word)) {
    return s.diagnostic_at(s.found.span, Code::E0225,
                           fmt::format("`{}` is neither a clause of {} nor the beginning of a declaration", word, kind),
                           "",
                           fmt::format("{} A declaration begins with {}.", clauses_sentence(s.declaration),
                                       quoted_list(declaration_words())));
  }
  if (is_reserved(word)) {
    return s.diagnostic_at(s.found.span, Code::E0235, fmt::format("`{}` cannot stand here", word),
                           fmt::format("after `{}`", s.before.text), help);
  }
  return s.diagnostic_at(s.found.span, Code::E0224, message, "not a clause", help);
}

}  // namespace

std::optional<Diagnostic> explain_quote_in_text(const Situation& s) {
  for (const Found& word : {s.before, s.found}) {
    const std::uint32_t begin = word.span.begin;
    if (word.kind != Found::Kind::word || begin == 0 || s.scene.text[begin - 1] != '"') continue;
    return s.diagnostic_at(word.span, Code::E0235, "The text in front of this ended sooner than was meant",
                           "outside the text", R"(A quote inside a text is written `\"`.)");
  }
  return std::nullopt;
}

Diagnostic explain_leftover(const Situation& s) {
  if (s.found.kind == Found::Kind::text) return explain_text(s);
  if (s.found.is("-")) return explain_dash(s);
  if (s.found.is(",")) return explain_comma(s);
  const bool not_in_condition = s.found.is("not") && s.declaration != "case";
  if (s.found.is("and") || s.found.is("or") || not_in_condition) return explain_joining_word(s);
  if (s.found.is(")") || s.found.is("]")) {
    return s.diagnostic_at(
        s.found.span, Code::E0220, fmt::format("This `{}` closes nothing", s.found.text), "without a partner",
        fmt::format("Take it away, or open the {} that it closes.", s.found.is(")") ? "parenthesis" : "bracket"));
  }
  if (s.found.is("[")) {
    return s.diagnostic_at(s.found.span, Code::E0219, "Square brackets hold the citation of a list's item",
                           "no list's item stands here", "Outside of lists write `cite`.");
  }
  if (s.found.kind == Found::Kind::word) return explain_word(s);
  if (s.found.kind == Found::Kind::figures && is_in_condition(s)) {
    if (auto comparison = explain_missing_is(s)) return *comparison;
  }
  return s.diagnostic_at(s.found.span, Code::E0235, fmt::format("{} belongs to nothing", s.shown()), "",
                         clauses_sentence(s.declaration));
}

}  // namespace duly
