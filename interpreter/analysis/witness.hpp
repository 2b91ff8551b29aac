#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "interpreter/eval/case.hpp"
#include "interpreter/outcome/diagrams.hpp"

namespace duly {

/// A way down a diagram: at each node the variable that it asks, and which of its values was taken.
struct PathStep {
  std::uint32_t variable, value, arity;
};
using Path = std::vector<PathStep>;

/// A shortest way down a diagram to a leaf that `wanted` picks; null where there is none.
std::optional<Path> shortest_path(const Table& table, Edge diagram, const std::function<bool(const Leaf&)>& wanted);

/// A case, with as few facts as the shortest way needs, in which a diagram ends in a leaf that `wanted` picks; null
/// where there is none. Whatever the facts left out may be, it ends there, unless the policy compares values with each
/// other: then see `filled_in`.
std::optional<Case> find_witness(const Diagrams& diagrams, Edge diagram, const std::function<bool(const Leaf&)>& wanted,
                                 Date as_at);

/// Where a policy compares two values that a case may leave open, its witness does not say how they compare. This is
/// the witness with such facts filled in, in every way that could matter, up to a bound; empty where nothing is
/// compared.
std::vector<Case> filled_in(const Diagrams& diagrams, const Case& witness);

/// A plain value of a range of numbers or dates: an end that is written in the policy, else the day itself, else zero.
Scalar representative(const Range& range, TypeKind kind, Date as_at);

/// As a `case` block that can be put into a policy. `expectations` are its last lines, as in `sharing is conflict`;
/// `day` adds `as at`.
std::string write_case_block(const Program& program, const Case& facts, const std::string& name,
                             const std::string& title, const std::vector<std::string>& expectations, bool day);

}  // namespace duly
