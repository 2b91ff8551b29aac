#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

/// What the parser knows about single words: how long one is, which are reserved, which clauses each declaration has,
/// and what Duly says where other languages use a symbol.
namespace duly {

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
constexpr bool begins_word(char c) { return is_letter(c) || c == '_'; }
constexpr bool continues_word(char c) { return begins_word(c) || is_digit(c); }

/// How many bytes at the front are one word, 0 where none begins. A dotted name is one word before it is anything
/// else, so `case.x` never begins with the word `case`. Capitals and inner hyphens belong to the word as well: such a
/// name is wrong, and the message shall be about the whole of it.
constexpr std::size_t word_length(std::string_view text) {
  if (text.empty() || !begins_word(text.front())) return 0;
  std::size_t end = 1;
  while (end < text.size()) {
    const bool joins = (text[end] == '.' || text[end] == '-') && end + 1 < text.size();
    if (continues_word(text[end])) {
      ++end;
    } else if (joins && begins_word(text[end + 1])) {
      end += 2;
    } else {
      break;
    }
  }
  return end;
}

bool is_reserved(std::string_view word);

/// The words that open a declaration (`policy` among them), and with an article: "a fact", "an action".
const std::vector<std::string>& declaration_words();
bool opens_declaration(std::string_view word);
std::string with_article(std::string_view word);
/// What people call a declaration that opens with this word: a `define` is a definition.
std::string_view declaration_kind(std::string_view word);

/// The words that a declaration's (or a step's, or a field's) clauses begin with, in the order of the reference.
std::vector<std::string> clauses_of(std::string_view declaration);
/// The declarations that have such a clause.
std::vector<std::string_view> declarations_with(std::string_view clause);

/// What stands for a symbol or word of other languages; `instead` is empty where Duly has nothing of the kind.
struct Foreign {
  std::string_view written;
  std::string_view instead;
};
/// The longest such symbol at the front of a text, or null.
const Foreign* foreign_symbol(std::string_view text);
const Foreign* foreign_word(std::string_view word);

/// A name as it should be spelled (`childAge` is `child_age`), or empty where nothing sensible is left.
std::string respelled(std::string_view name);
bool is_well_spelled(std::string_view name);

}  // namespace duly
