#include "interpreter/outcome/residual.hpp"

#include <algorithm>

namespace duly {

Residual::Residual(const Diagrams& diagrams, const Case& facts, std::size_t max_nodes)
    : diagrams_(diagrams), facts_(facts), table_(max_nodes) {}

Edge Residual::leaf(const Leaf& leaf) {
  if (leaf.kind == Leaf::Kind::unsplit && !leaf.of_subject && facts_.known(FactId{leaf.of})) {
    return table_.value(facts_.value(FactId{leaf.of}));
  }
  return table_.leaf(leaf);
}

Edge Residual::of(Edge diagram) {
  const Table& from = diagrams_.table();
  if (diagram.is_leaf()) return leaf(from.leaf_of(diagram));
  if (const auto found = memo_.find(diagram.bits()); found != memo_.end()) return found->second;
  const std::uint32_t index = from.variable(diagram);
  Edge result;
  if (!diagrams_.is_hidden(index) && !diagrams_.is_auxiliary(index) &&
      facts_.known(diagrams_.variables().all()[index].fact)) {
    result = of(from.child(diagram, diagrams_.variables().value_in(diagrams_.variables().all()[index], facts_)));
  } else {
    std::vector<Edge> children(from.arity(diagram));
    for (std::uint32_t i = 0; i < children.size(); ++i) children[i] = of(from.child(diagram, i));
    result = table_.node(index, children);
  }
  memo_.emplace(diagram.bits(), result);
  return result;
}

std::vector<FactId> Residual::needs(Edge residual, bool& approximate) const {
  std::vector<FactId> facts;
  const auto add = [&](FactId fact) {
    if (!facts_.known(fact) && std::find(facts.begin(), facts.end(), fact) == facts.end()) facts.push_back(fact);
  };
  for (const std::uint32_t variable : table_.support(residual)) {
    if (diagrams_.is_hidden(variable)) continue;
    if (!diagrams_.is_auxiliary(variable)) {
      add(diagrams_.variables().all()[variable].fact);
      continue;
    }
    approximate = true;
    const auto [a, b] = diagrams_.compared(variable);
    for (const Term& term : {a, b}) {
      if (!term.is_subject) add(term.fact());
    }
  }
  for (const Edge edge : table_.leaves(residual)) {
    const Leaf& leaf = table_.leaf_of(edge);
    if (leaf.kind == Leaf::Kind::unsplit && !leaf.of_subject) add(FactId{leaf.of});
  }
  return facts;
}

}  // namespace duly
