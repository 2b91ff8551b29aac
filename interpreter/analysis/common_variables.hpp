#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "interpreter/analysis/witness.hpp"
#include "interpreter/outcome/diagrams.hpp"

namespace duly {

/// The variables of two policies' diagrams brought together by the names of their facts, and diagrams of either over
/// them. A variable's values are parts: what neither policy tells apart is one part.
class CommonVariables {
 public:
  CommonVariables(Diagrams& first, Diagrams& second, Table& table);

  /// A diagram of the first (0) or second (1) policy in the common table; `leaf` says what its leaves become.
  Edge bring(int side, Edge diagram, const std::function<Edge(const Leaf&)>& leaf);

  /// The case that a path through a common diagram describes, as one of the policies reads it.
  Case case_of(int side, const Path& path, Date day) const;

  /// The facts on which a common diagram can turn.
  std::vector<std::string> facts_of(Edge diagram) const;

  /// Facts of one name that are not of one kind.
  const std::vector<std::string>& not_shared() const { return not_shared_; }

 private:
  /// A part of a fact: for each policy that has the fact, the variable's value and a plain value of the fact.
  struct Part {
    std::uint32_t value[2] = {0, 0};
    Scalar scalar[2] = {0, 0};
  };
  struct Common {
    std::string name;
    std::optional<FactId> fact[2];
    Variable::Kind kind = Variable::Kind::fact;
    std::uint32_t element[2] = {0, 0};  // of a set: the element, or one that stands for the rest
    std::vector<Part> parts;
  };

  void add_fact(const std::string& name, std::optional<FactId> first, std::optional<FactId> second);
  void add_scaled(Common common);
  void add_choice(Common common);
  void add_set(const Common& common);
  const Type& type_of(int side, FactId fact) const { return at(sides_[side]->program().facts, fact).type; }
  bool can_be_shared(FactId first, FactId second) const;
  std::vector<std::string> values_of(int side, FactId fact) const;
  std::vector<Edge> conditions(int side, std::uint32_t variable);
  Edge has(std::uint32_t common) { return table_.node(common, {table_.no(), table_.yes()}); }

  Diagrams* sides_[2];
  Table& table_;
  std::vector<Common> commons_;
  std::map<std::pair<int, std::uint32_t>, std::vector<std::uint32_t>> of_fact_;  // by side and fact
  std::map<std::pair<int, std::uint32_t>, std::uint32_t> auxiliaries_;
  std::vector<std::string> not_shared_;
};

}  // namespace duly
