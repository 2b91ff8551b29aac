#pragma once

#include <optional>
#include <vector>

#include "interpreter/eval/walk.hpp"
#include "lang/program/program.hpp"

namespace duly {

/// One part of a condition, and whether it holds in one case.
struct ConditionPart {
  NodeId node;
  std::optional<ItemId> item;  // where it is a list item
  Truth truth = Truth::unknown;
};

/// The parts that must all hold for the condition to hold: `and`, `all of` and what is nested in them, taken apart.
/// A part with alternatives, such as `any of`, stays whole. `walk` has run on the case.
std::vector<ConditionPart> condition_parts(const Program& program, const Walk& walk, NodeId condition);

/// The alternatives of a part that has some (`any of`, `or`); empty for others.
std::vector<ConditionPart> alternatives(const Program& program, const Walk& walk, NodeId part);

/// What a part reads, each once, from left to right.
std::vector<Term> terms_read(const Program& program, NodeId part);

}  // namespace duly
