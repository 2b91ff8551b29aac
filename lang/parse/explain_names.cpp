#include <fmt/format.h>

#include <algorithm>

#include "lang/diagnostics/near_names.hpp"
#include "lang/parse/situation.hpp"
#include "lang/parse/words.hpp"

/// Names and titles that are missing, or that stand where they cannot.
namespace duly {
namespace {

bool is_clause_of(std::string_view declaration, std::string_view word) {
  const auto clauses = clauses_of(declaration);
  return std::any_of(clauses.begin(), clauses.end(), [&](const std::string& clause) {
    return std::string_view(clause).substr(0, clause.find(' ')) == word;
  });
}

/// How a declaration or a part of one begins.
std::string_view pattern(std::string_view part) {
  if (part == "policy") return "policy NAME \"title\"";
  if (part == "source") return "source NAME \"title\"";
  if (part == "provision") return "provision NAME \"what it says\"";
  if (part == "choice") return "choice NAME \"title\"";
  if (part == "extend") return "extend choice NAME";
  if (part == "fact") return "fact NAME \"title\" : TYPE";
  if (part == "define") return "define NAME \"title\" : TYPE";
  if (part == "redefine") return "redefine NAME \"title\" means CONDITION";
  if (part == "decision") return "decision NAME \"the question\"";
  if (part == "action") return "action NAME \"what is done\"";
  if (part == "rule") return "rule NAME \"title\"";
  if (part == "procedure") return "procedure NAME \"title\" decides DECISION";
  if (part == "step") return "step NAME \"title\" on VALUE";
  if (part == "record") return "record NAME \"title\"";
  if (part == "field") return "field NAME \"title\" : TYPE";
  if (part == "agreement") return "agreement NAME \"title\" tier 2";
  if (part == "safeguard") return "safeguard NAME \"title\" always CONDITION";
  if (part == "case") return "case NAME \"title\"";
  return "";
}

Diagnostic keyword_as_name(const Situation& s, std::string_view kind) {
  return s.diagnostic_at(s.found.span, Code::E0203,
                         fmt::format("`{}` is a word of the language, and cannot be a name", s.found.text), "a keyword",
                         fmt::format("Choose another name, such as `{0}_{1}` or `the_{0}`.", s.found.text, kind));
}

/// What the name after a clause's word stands for.
std::string_view kind_of_name(std::string_view clause) {
  if (clause == "cite" || clause == "[") return "a provision, as `guide.part_1`";
  if (clause == "despite") return "a rule, or `all`";
  if (clause == "because") return "a rule";
  if (clause == "like") return "a case";
  if (clause == "extends") return "a module";
  if (clause == "decides") return "a decision";
  if (clause == "asks") return "a fact, or `nothing`";
  if (clause == "between" || clause == "signed") return "a body";
  if (clause == "must" || clause == "should" || clause == "may" || clause == "duty") return "an action";
  if (clause == "since") return "a date: a fact or a definition";
  if (clause == "on") return "the value that the step asks about";
  return "a name";
}

bool is_head(const Situation& s) {
  const std::string_view in_front = s.word_in_front(s.before.span.begin);
  return opens_declaration(in_front) || in_front == "step" || in_front == "field" || in_front == "provision";
}

}  // namespace

Diagnostic explain_own_name(const Situation& s) {
  const std::string part = s.part();
  // `extend choice` and lists of values go on after the head, where the names are those of values.
  const bool is_value = s.before.text != part;
  const bool has_title = s.after(s.found.span).kind == Found::Kind::text;
  if (s.found.kind == Found::Kind::word && (s.same_line() || has_title))
    return keyword_as_name(s, is_value ? "value" : part);
  if (s.found.kind == Found::Kind::figures && s.same_line()) {
    return s.diagnostic_at(s.found.span, Code::E0204, "A name begins with a letter", "this begins with a figure",
                           "Put a word in front: `over_13`, `step_2`.");
  }
  const std::string what = is_value ? "A value" : fmt::format("This {}", part);
  return s.diagnostic(Code::E0221, fmt::format("{} has no name", what), "a name belongs here",
                      is_value ? std::string("A value is a name and what it says: `given \"Consent was given\"`.")
                               : fmt::format("Write `{}`.", pattern(part)));
}

Diagnostic explain_name(const Situation& s) {
  const bool after_comma = s.before.text == ",";
  if (s.found.kind == Found::Kind::word && (s.found.is("and") || s.found.is("or")) && after_comma) {
    return s.diagnostic_at(s.found.span, Code::E0212,
                           fmt::format("`{}` stands where the comma is enough", s.found.text), "this word",
                           "Names in a list have commas between them and nothing else: `a, b, c`.");
  }
  const bool keyword = s.found.kind == Found::Kind::word && s.same_line() && !is_clause_of(s.declaration, s.found.text);
  if (keyword) return keyword_as_name(s, "name");
  const std::string after = after_comma ? "the comma" : fmt::format("`{}`", s.before.text);
  std::string help;
  if (s.found.kind == Found::Kind::text && s.same_line())
    help = "A name stands without quotes; texts are for people to read.";
  if (after_comma) help = "Take the comma away, or write the name that belongs after it.";
  return s.diagnostic(Code::E0221, fmt::format("A name is missing after {}", after),
                      fmt::format("expected {}", after_comma ? "a name" : kind_of_name(s.before.text)), help);
}

std::string spaced_name_help(const Situation& s, const Found& first, const Found& second) {
  const bool are_words = first.kind == Found::Kind::word && second.kind == Found::Kind::word;
  if (!are_words || (is_reserved(first.text) && is_reserved(second.text))) return {};
  const std::string_view between = s.scene.text.substr(first.span.end, second.span.begin - first.span.end);
  if (between.find_first_not_of(" \t") != std::string_view::npos) return {};
  const bool has_dot = first.text.find('.') != std::string_view::npos;
  if (has_dot || is_reserved(first.text)) {
    return fmt::format("A name has no spaces. Where `{0} {1}` is meant as one, write `{0}_{1}`.", first.text,
                       second.text);
  }
  return fmt::format(
      "A name has no spaces. Where `{0} {1}` is meant as one, write `{0}.{1}` or `{0}_{1}`, as it is declared.",
      first.text, second.text);
}

std::optional<Diagnostic> explain_misspelt_clause(const Situation& s, const Found& word) {
  const auto near = nearest(word.text, clauses_of(s.declaration));
  if (!near) return std::nullopt;
  return s.diagnostic_at(
      word.span, Code::E0224,
      fmt::format("There is no `{}` in {}", word.text, with_article(declaration_kind(s.declaration))), "not a clause",
      fmt::format("Did you mean `{}`?", *near));
}

Diagnostic explain_title(const Situation& s) {
  if (!is_head(s)) {
    if (auto misspelt = explain_misspelt_clause(s, s.before)) return *misspelt;
    return s.diagnostic(Code::E0222, fmt::format("`{}` has no title", s.before.text), "a text in quotes belongs here",
                        fmt::format("What people read stands in quotes after the name: `{} \"…\"`.", s.before.text));
  }
  std::string help =
      fmt::format("Every {} has a title in quotes, which is what readers see: `{}`.", s.part(), pattern(s.part()));
  const bool two_words =
      s.found.kind == Found::Kind::word && s.same_line() && s.after(s.found.span).kind == Found::Kind::text;
  if (two_words) {
    help = fmt::format("A name is one word. Where `{0} {1}` is meant, write `{0}_{1}`.", s.before.text, s.found.text);
  }
  return s.diagnostic(Code::E0222, fmt::format("The {} `{}` has no title", s.part(), s.before.text),
                      "a text in quotes belongs here", help);
}

}  // namespace duly
