#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace duly {

/// What a stretch of a policy's words is, as far as laying it out goes.
enum class PartKind : std::uint8_t {
  declaration,
  clause,      // a part of a declaration, or of such a part: a clause, a choice's value, a step, one of a case's facts
  addition,    // what says more about such a part: a field's `from`, an answer's `cite`, a provision's `is judgement`
  ending,      // what a head ends with: a type, `tier 2`, `decides sharing`
  title,       // the text behind the name of what is declared
  meaning,     // `means` and what it stands for
  expression,  // a condition that is no list
  parenthesised,  // with its parentheses
  conjunction,    // `and`, `or`
  list,           // `any of` and its items
  item,           // from its dash
  item_cites,     // in square brackets
  value,          // one of the values of `one of` written in place
};

/// One part. Its end is where the next word begins that is none of it.
struct Part {
  PartKind kind = PartKind::declaration;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

/// The parts of a text without syntax errors, as the grammar reads it: what holds others stands before them. Empty
/// where it has a syntax error.
std::vector<Part> outline(std::string_view text);

}  // namespace duly
