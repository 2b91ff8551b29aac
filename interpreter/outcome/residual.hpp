#pragma once

#include <unordered_map>
#include <vector>

#include "interpreter/eval/case.hpp"
#include "interpreter/outcome/diagrams.hpp"

namespace duly {

/// What is left of diagrams once a case's known facts are followed: small diagrams over the unknown facts alone,
/// reduced, so that a fact stands in one if and only if it can still matter. The diagrams themselves stay as they are.
class Residual {
 public:
  Residual(const Diagrams& diagrams, const Case& facts, std::size_t max_nodes);

  Edge of(Edge diagram);

  Table& table() { return table_; }
  const Table& table() const { return table_; }

  /// The unknown facts that can still change where it ends, in no particular order; `approximate` is set where two
  /// unknown values are compared with each other, so that perhaps some cannot.
  std::vector<FactId> needs(Edge residual, bool& approximate) const;

 private:
  Edge leaf(const Leaf& leaf);

  const Diagrams& diagrams_;
  const Case& facts_;
  Table table_;
  std::unordered_map<std::uint32_t, Edge> memo_;
};

}  // namespace duly
