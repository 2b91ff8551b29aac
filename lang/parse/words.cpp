#include "lang/parse/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "lang/parse/parse.hpp"

namespace duly {
namespace {

// In alphabetical order, for the binary search.
constexpr std::array<std::string_view, 52> reserved = {
    "action", "after",     "agreement", "all",      "and",     "any",       "at",     "because", "before",
    "case",   "choice",    "days",      "decision", "define",  "despite",   "else",   "empty",   "extend",
    "fact",   "from",      "if",        "includes", "instead", "is",        "least",  "may",     "months",
    "most",   "must",      "no",        "none",     "not",     "of",        "one",    "or",      "over",
    "policy", "procedure", "record",    "redefine", "rule",    "safeguard", "should", "since",   "source",
    "then",   "to",        "under",     "unless",   "when",    "years",     "yes",
};
static_assert(std::is_sorted(reserved.begin(), reserved.end()));

struct Clauses {
  std::string_view declaration;
  std::vector<std::string> words;
};

const std::vector<Clauses>& all_clauses() {
  static const std::vector<Clauses> table = {
      {"policy", {"version", "in force from", "extends", "decides", "contact"}},
      {"source", {"by", "dated", "url", "provision"}},
      {"choice", {"ordered", "cite"}},
      {"extend", {"cite"}},
      {"fact", {"ask", "help", "cite", "judgement", "sensitive"}},
      {"define", {"means", "otherwise", "cite"}},
      {"redefine", {"means", "cite"}},
      {"decision", {"otherwise", "cite"}},
      {"action", {"by", "to", "cite"}},
      {"rule", {"when", "despite", "instead of", "timing", "because", "cite", "protected"}},
      {"procedure", {"decides", "cite", "step"}},
      {"record", {"when", "cite", "field"}},
      {"agreement",
       {"under", "between", "signed", "in force from", "review by", "owner", "shares", "for", "basis", "power",
        "frequency", "retention", "security", "cite"}},
      {"safeguard", {"when", "always", "never", "cite"}},
      {"case", {"like", "story", "as at", "facts", "expect", "discuss", "cite"}},
  };
  return table;
}

constexpr std::string_view no_arithmetic;

// Longer symbols stand before those that they begin with.
constexpr std::array<Foreign, 27> foreign_symbols = {{
    {"===", "is"},         {"!==", "is not"},    {"<=", "is at most"}, {">=", "is at least"}, {"=<", "is at most"},
    {"=>", "is at least"}, {"==", "is"},         {"!=", "is not"},     {"<>", "is not"},      {"&&", "and"},
    {"||", "or"},          {"<", "is under"},    {">", "is over"},     {"=", "is"},           {"!", "not"},
    {"&", "and"},          {"|", "or"},          {"≤", "is at most"},  {"≥", "is at least"},  {"≠", "is not"},
    {"¬", "not"},          {"∧", "and"},         {"∨", "or"},          {"+", no_arithmetic},  {"*", no_arithmetic},
    {"%", no_arithmetic},  {"^", no_arithmetic},
}};

constexpr std::array<Foreign, 22> foreign_words = {{
    {"unless", "when not"},  {"if", "when"},           {"then", ""},
    {"else", "otherwise"},   {"more", "is over"},      {"greater", "is over"},
    {"bigger", "is over"},   {"larger", "is over"},    {"higher", "is over"},
    {"older", "is over"},    {"less", "is under"},     {"fewer", "is under"},
    {"smaller", "is under"}, {"lower", "is under"},    {"younger", "is under"},
    {"later", "is after"},   {"earlier", "is before"}, {"equals", "is"},
    {"equal", "is"},         {"same", "is"},           {"contains", "includes"},
    {"has", "includes"},
}};

bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }

}  // namespace

bool is_reserved(std::string_view word) { return std::binary_search(reserved.begin(), reserved.end(), word); }

const std::vector<std::string_view>& reserved_words() {
  static const std::vector<std::string_view> words(reserved.begin(), reserved.end());
  return words;
}

const std::vector<std::string>& declaration_words() {
  static const std::vector<std::string> words = {"policy",    "source",   "choice",    "extend",    "fact",
                                                 "define",    "redefine", "decision",  "action",    "rule",
                                                 "procedure", "record",   "agreement", "safeguard", "case"};
  return words;
}

bool opens_declaration(std::string_view word) {
  const auto& words = declaration_words();
  return std::find(words.begin(), words.end(), word) != words.end();
}

std::string with_article(std::string_view word) {
  const bool vowel = !word.empty() && std::string_view("aeiou").find(word.front()) != std::string_view::npos;
  return fmt::format("{} {}", vowel ? "an" : "a", word);
}

std::string_view declaration_kind(std::string_view word) {
  if (word == "define" || word == "redefine") return "definition";
  if (word == "extend") return "extension of a choice";
  return word;
}

std::vector<std::string> clauses_of(std::string_view declaration) {
  for (const Clauses& clauses : all_clauses()) {
    if (clauses.declaration == declaration) return clauses.words;
  }
  return {};
}

std::vector<std::string_view> declarations_with(std::string_view clause) {
  std::vector<std::string_view> declarations;
  for (const Clauses& clauses : all_clauses()) {
    const bool has = std::any_of(clauses.words.begin(), clauses.words.end(), [&](const std::string& word) {
      return std::string_view(word).substr(0, word.find(' ')) == clause;
    });
    if (has) declarations.push_back(clauses.declaration);
  }
  return declarations;
}

const Foreign* foreign_symbol(std::string_view text) {
  const auto found = std::find_if(foreign_symbols.begin(), foreign_symbols.end(),
                                  [&](const Foreign& symbol) { return text.starts_with(symbol.written); });
  return found == foreign_symbols.end() ? nullptr : &*found;
}

const Foreign* foreign_word(std::string_view word) {
  const auto found = std::find_if(foreign_words.begin(), foreign_words.end(),
                                  [&](const Foreign& foreign) { return foreign.written == word; });
  return found == foreign_words.end() ? nullptr : &*found;
}

bool is_well_spelled(std::string_view name) {
  bool part_begins = true;
  for (const char c : name) {
    if (is_capital(c) || c == '-' || (part_begins && c == '_')) return false;
    part_begins = c == '.';
  }
  return true;
}

std::string respelled(std::string_view name) {
  std::string out;
  const auto part_begins = [&] { return out.empty() || out.back() == '.'; };
  for (std::size_t i = 0; i < name.size(); ++i) {
    const char c = name[i];
    if (is_capital(c)) {
      // `childAge` has a seam between its words; `CHILD` has none.
      const bool seam = i > 0 && !is_capital(name[i - 1]) && !part_begins() && out.back() != '_';
      if (seam) out += '_';
      out += static_cast<char>(c - 'A' + 'a');
    } else if (c == '-' || c == '_') {
      if (!part_begins() && out.back() != '_') out += '_';
    } else if (part_begins() && !is_letter(c)) {
      continue;  // what is left of a part must begin with a letter: `_1a` is `a`
    } else {
      out += c;
    }
  }
  const bool sound = !out.empty() && out.front() != '.' && out.back() != '.' && out.find("..") == std::string::npos;
  return sound ? out : std::string();
}

}  // namespace duly
