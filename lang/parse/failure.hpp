#pragma once

#include <cstdint>
#include <string_view>

namespace duly {

/// What was expected where reading could not go on. The grammar names one for each position that must match;
/// explain.cpp finds the words.
enum class Expected : std::uint8_t {
  // Something is missing:
  word,  // `Failure::word`
  mark,  // a colon, a bracket: `Failure::word` as well
  own_name,
  title,
  name,
  text,
  date,
  number,
  type_clause,
  type,
  type_or_means,
  means,
  tier,
  conclusion,
  condition,
  operand,
  set_to,
  least_or_most,
  list_item,
  outcome,
  status,
  policy,
  declaration,
  clause_or_declaration,
  // Something is wrong that can be named:
  closing_quote,
  shallower_nesting,
  list_in_parentheses,
  not_in_front,
  comparison,
};

/// Thrown by the grammar, caught by the parser's driver; no other exception leaves the grammar.
struct Failure {
  Expected expected;
  std::string_view word;  // a literal of the grammar
  std::uint32_t offset;   // where it was expected
};

}  // namespace duly
