#pragma once

#include <cstdint>

#include "lang/program/program.hpp"

namespace duly {

/// What a condition comes to in one case: no, yes, or unknown and then what that hangs on, as bits.
using Answer = std::uint8_t;
namespace answer {
inline constexpr Answer no = 0;
inline constexpr Answer yes = 1;
inline constexpr Answer unknown = 2;                // this bit in every unknown one
inline constexpr Answer on_fact = unknown | 4;      // nobody has given a fact
inline constexpr Answer on_conflict = unknown | 8;  // a definition is in conflict
inline constexpr Answer on_gap = unknown | 16;      // a definition has a gap
// Of a decision, once all is worked out: the rules' value stands, and must not be followed.
inline constexpr Answer on_broken_safeguard = unknown | 32;
}  // namespace answer

/// Whether two things hold together; where that is unknown, what it hangs on.
inline Answer both(Answer a, Answer b) {
  if (a == answer::no || b == answer::no) return answer::no;
  const auto unknown = static_cast<Answer>((a | b) & ~answer::yes);
  return unknown != answer::no ? unknown : answer::yes;
}

/// What is known of a fact or a subject.
struct Cell {
  Scalar value = 0;
  std::uint32_t state = answer::no;  // what it hangs on: `no` where the value is known. (Wide, since compilers take a
                                     // byte that is written for a change of anything else in memory.)
  bool known() const { return state == answer::no; }
  friend bool operator==(const Cell&, const Cell&) = default;
};

/// What a rule in one place comes to: whether it applies, and whether it is left once others have prevailed.
struct Mark {
  Answer applies() const { return static_cast<Answer>(both & 0xff); }
  Answer left() const { return static_cast<Answer>(both >> 8); }
  static Mark of(Answer applies, Answer left) {
    return {static_cast<std::uint16_t>(applies | static_cast<std::uint16_t>(left << 8))};
  }
  void set_left(Answer left) { *this = of(applies(), left); }

  std::uint16_t both = 0;  // together, for the same reason
};

/// Of the tests that share a word: which do not surely hold, and of these, which surely fail. The others are unknown.
struct TestWord {
  std::uint64_t unsure = 0;
  std::uint64_t failed = 0;
};

}  // namespace duly
