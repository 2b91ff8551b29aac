#include "interpreter/interview/longest.hpp"

#include <algorithm>
#include <map>

namespace duly {
namespace {

class Longest {
 public:
  Longest(const Diagrams& diagrams, Table& table, const std::vector<FactId>& not_known,
          const std::vector<FactId>& uncounted)
      : diagrams_(diagrams), table_(table), not_known_(not_known), uncounted_(uncounted) {}

  std::size_t of(Edge edge) { return length(passed_over(edge), false); }

 private:
  bool is_fact(Edge node) const {
    const std::uint32_t variable = table_.variable(node);
    return !diagrams_.is_hidden(variable) && !diagrams_.is_auxiliary(variable);
  }
  FactId fact_of(Edge node) const { return diagrams_.variables().all()[table_.variable(node)].fact; }

  /// Without the nodes that nobody will answer: in their place stands what their branches come to, all at once.
  Edge passed_over(Edge edge) {
    if (edge.is_leaf()) return edge;
    if (const auto found = without_.find(edge); found != without_.end()) return found->second;
    std::vector<Edge> children;
    for (std::uint32_t i = 0; i < table_.arity(edge); ++i) children.push_back(passed_over(table_.child(edge, i)));
    Edge result;
    if (is_fact(edge) && std::find(not_known_.begin(), not_known_.end(), fact_of(edge)) == not_known_.end()) {
      result = table_.node(table_.variable(edge), children);
    } else {
      result = children.front();
      for (std::size_t i = 1; i < children.size(); ++i) {
        result = table_.combine(result, children[i],
                                [&](const Leaf& a, const Leaf& b) { return both(table_.leaf(a), table_.leaf(b)); });
      }
    }
    without_.emplace(edge, result);
    return result;
  }

  /// A leaf that stands for two.
  Edge both(Edge a, Edge b) {
    if (a == b) return a;
    const auto number = static_cast<std::uint32_t>(pairs_.size());
    const std::uint32_t pair = pairs_.emplace(std::pair(a, b), number).first->second;
    return table_.leaf({Leaf::Kind::none, Scalar{pair} + 1, 0, false, false, 0});
  }

  /// A set has several variables, and is one question.
  std::size_t length(Edge edge, bool same_fact_above) {
    if (edge.is_leaf()) return 0;
    const std::pair key(edge, same_fact_above);
    if (const auto found = lengths_.find(key); found != lengths_.end()) return found->second;
    std::size_t longest = 0;
    for (std::uint32_t i = 0; i < table_.arity(edge); ++i) {
      const Edge child = table_.child(edge, i);
      longest = std::max(longest, length(child, !child.is_leaf() && fact_of(child) == fact_of(edge)));
    }
    const bool counts = std::find(uncounted_.begin(), uncounted_.end(), fact_of(edge)) == uncounted_.end();
    return lengths_[key] = longest + (counts && !same_fact_above ? 1 : 0);
  }

  const Diagrams& diagrams_;
  Table& table_;
  const std::vector<FactId>& not_known_;
  const std::vector<FactId>& uncounted_;
  std::map<Edge, Edge> without_;
  std::map<std::pair<Edge, Edge>, std::uint32_t> pairs_;
  std::map<std::pair<Edge, bool>, std::size_t> lengths_;
};

}  // namespace

std::size_t longest_interview(const Diagrams& diagrams, Residual& residual, Edge left,
                              const std::vector<FactId>& not_known, const std::vector<FactId>& uncounted) {
  return Longest(diagrams, residual.table(), not_known, uncounted).of(left);
}

}  // namespace duly
