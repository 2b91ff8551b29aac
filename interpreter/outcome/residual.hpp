#pragma once

#include <cstdint>
#include <vector>

#include "interpreter/eval/case.hpp"
#include "interpreter/outcome/diagrams.hpp"

namespace duly {

/// What is left of diagrams once a case's known facts are followed: small diagrams over the unknown facts alone,
/// reduced, so that a fact stands in one if and only if it can still matter. The diagrams themselves stay as they are.
/// Its memory is kept from case to case.
class Residual {
 public:
  explicit Residual(std::size_t max_nodes) : table_(max_nodes) {}
  Residual(const Diagrams& diagrams, const Case& facts, std::size_t max_nodes);

  /// Takes up a case; what was before is forgotten. Keeps references to both.
  void start(const Diagrams& diagrams, const Case& facts);

  Edge of(Edge diagram);

  Table& table() { return table_; }
  const Table& table() const { return table_; }

  /// Appends the unknown facts that can still change where it ends, each once, in the order of the diagrams' variables
  /// where none is `approximate`; that is set where two unknown values are compared with each other, so that perhaps
  /// some cannot.
  void add_needs(Edge residual, std::vector<FactId>& needs, bool& approximate);

 private:
  static constexpr std::uint32_t open = 0xffff'ffff;

  Edge leaf(const Leaf& leaf);
  void note_variables(Edge residual);

  const Diagrams* diagrams_ = nullptr;
  const Case* facts_ = nullptr;
  Table table_;
  std::uint32_t now_ = 0;                // the case, so that nothing need be cleared between two
  std::vector<std::uint32_t> value_of_;  // by variable: its value, or `open`
  std::vector<Edge> memo_;               // by node of the diagrams
  std::vector<std::uint32_t> memo_of_;   // the case that a memo is of
  std::vector<Edge> children_;           // a stack

  // While needs are gathered:
  std::uint32_t gathering_ = 0;
  std::vector<std::uint32_t> seen_;  // by node of the residual: when it was last seen
  std::vector<Edge> to_see_;
  std::vector<std::uint32_t> variables_;
  std::vector<Edge> leaves_;
};

}  // namespace duly
