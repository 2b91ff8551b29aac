#include "interpreter/outcome/residual.hpp"

#include <algorithm>

namespace duly {

Residual::Residual(const Diagrams& diagrams, const Case& facts, std::size_t max_nodes) : table_(max_nodes) {
  start(diagrams, facts);
}

void Residual::start(const Diagrams& diagrams, const Case& facts) {
  diagrams_ = &diagrams;
  facts_ = &facts;
  table_.clear();
  if (++now_ == 0) {  // once in four thousand million cases the count starts again: nothing may pass for new
    std::fill(memo_of_.begin(), memo_of_.end(), 0);
    now_ = 1;
  }
  memo_.resize(diagrams.table().node_count());
  memo_of_.resize(diagrams.table().node_count(), 0);
  const std::vector<Variable>& variables = diagrams.variables().all();
  value_of_.resize(variables.size());
  for (std::size_t i = 0; i < variables.size(); ++i) {
    value_of_[i] = facts.known(variables[i].fact) ? diagrams.variables().value_in(variables[i], facts) : open;
  }
}

Edge Residual::leaf(const Leaf& leaf) {
  if (leaf.kind == Leaf::Kind::unsplit && !leaf.of_subject && facts_->known(FactId{leaf.of})) {
    return table_.value(facts_->value(FactId{leaf.of}));
  }
  return table_.leaf(leaf);
}

Edge Residual::of(Edge diagram) {
  const Table& from = diagrams_->table();
  // Known facts lead to one child each, without a choice.
  std::uint32_t variable = 0;
  for (;;) {
    if (diagram.is_leaf()) return leaf(from.leaf_of(diagram));
    variable = from.variable(diagram);
    if (variable >= value_of_.size() || value_of_[variable] == open) break;  // hidden and auxiliary ones come after
    diagram = from.child(diagram, value_of_[variable]);
  }
  const std::uint32_t node = diagram.index();
  if (memo_of_[node] == now_) return memo_[node];
  const std::size_t first = children_.size();
  const std::uint32_t arity = from.arity(diagram);
  for (std::uint32_t i = 0; i < arity; ++i) {
    const Edge child = of(from.child(diagram, i));
    children_.push_back(child);
  }
  const Edge result = table_.node(variable, std::span(children_).subspan(first));
  children_.resize(first);
  memo_[node] = result;
  memo_of_[node] = now_;
  return result;
}

/// The variables and leaves of a residual, each once.
void Residual::note_variables(Edge residual) {
  if (++gathering_ == 0) {
    std::fill(seen_.begin(), seen_.end(), 0);
    gathering_ = 1;
  }
  seen_.resize(std::max(seen_.size(), table_.node_count()), 0);
  variables_.clear();
  leaves_.clear();
  to_see_.assign(1, residual);
  while (!to_see_.empty()) {
    const Edge edge = to_see_.back();
    to_see_.pop_back();
    if (edge.is_leaf()) {
      if (std::find(leaves_.begin(), leaves_.end(), edge) == leaves_.end()) leaves_.push_back(edge);
      continue;
    }
    if (seen_[edge.index()] == gathering_) continue;
    seen_[edge.index()] = gathering_;
    variables_.push_back(table_.variable(edge));
    for (std::uint32_t i = 0; i < table_.arity(edge); ++i) to_see_.push_back(table_.child(edge, i));
  }
  std::sort(variables_.begin(), variables_.end());
  variables_.erase(std::unique(variables_.begin(), variables_.end()), variables_.end());
}

void Residual::add_needs(Edge residual, std::vector<FactId>& needs, bool& approximate) {
  const auto first = static_cast<std::ptrdiff_t>(needs.size());
  const auto add = [&](FactId fact) {
    if (facts_->known(fact) || std::find(needs.begin() + first, needs.end(), fact) != needs.end()) return;
    needs.push_back(fact);
  };
  note_variables(residual);
  for (const std::uint32_t variable : variables_) {
    if (diagrams_->is_hidden(variable)) continue;
    if (!diagrams_->is_auxiliary(variable)) {
      add(diagrams_->variables().all()[variable].fact);
      continue;
    }
    approximate = true;
    const auto [a, b] = diagrams_->compared(variable);
    for (const Term& term : {a, b}) {
      if (!term.is_subject) add(term.fact());
    }
  }
  for (const Edge edge : leaves_) {
    const Leaf& leaf = table_.leaf_of(edge);
    if (leaf.kind == Leaf::Kind::unsplit && !leaf.of_subject) add(FactId{leaf.of});
  }
}

}  // namespace duly
