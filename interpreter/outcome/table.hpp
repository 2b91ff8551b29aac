#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <span>
#include <stdexcept>
#include <unordered_map>
#include <vector>

#include "lang/program/program.hpp"

namespace duly {

/// What a diagram ends in.
struct Leaf {
  enum class Kind : std::uint8_t {
    value,     // `low`
    unsplit,   // whatever the fact or subject `of` has, which lies from `low` to `high` (numbers, dates, sets, texts)
    conflict,  // the rules disagree
    gap,       // no rule applies, and nothing holds otherwise
    none,      // no rule applies; only on the way to an outcome
  };
  Kind kind = Kind::none;
  Scalar low = 0;
  Scalar high = 0;
  bool of_subject = false;   // of `unsplit`: a definition in conflict or with a gap, else a fact
  bool of_conflict = false;  // of those: in conflict
  std::uint32_t of = 0;
  friend bool operator==(const Leaf&, const Leaf&) = default;

  static Leaf of_value(Scalar value) { return {Kind::value, value, value, false, false, 0}; }
  static Leaf conflict() { return {Kind::conflict, 0, 0, false, false, 0}; }
  static Leaf gap() { return {Kind::gap, 0, 0, false, false, 0}; }
  static Leaf none() { return {}; }
};

/// A diagram: a leaf or a node of a Table. Two of one table are the same function if and only if they are equal.
class Edge {
 public:
  static Edge to_leaf(std::uint32_t index) { return Edge(index | leaf_bit); }
  static Edge to_node(std::uint32_t index) { return Edge(index); }
  Edge() = default;
  bool is_leaf() const { return (bits_ & leaf_bit) != 0; }
  std::uint32_t index() const { return bits_ & ~leaf_bit; }
  std::uint32_t bits() const { return bits_; }
  friend bool operator==(Edge, Edge) = default;
  friend auto operator<=>(Edge, Edge) = default;

 private:
  static constexpr std::uint32_t leaf_bit = 0x8000'0000;
  explicit Edge(std::uint32_t bits) : bits_(bits) {}
  std::uint32_t bits_ = leaf_bit;
};

/// Thrown where a diagram outgrows the bound; whoever asked gives an approximate answer.
struct TooLarge : std::runtime_error {
  TooLarge() : std::runtime_error("the outcome diagram outgrew its bound") {}
};

/// Nodes of reduced ordered multi-valued decision diagrams, each once (Bryant 1986; Srinivasan, Kam, Malik and Brayton
/// 1990). A node asks one variable and has a child for each of its values; variables come in order on every path. No
/// recursion is deeper than the number of variables.
class Table {
 public:
  explicit Table(std::size_t max_nodes);

  Edge leaf(const Leaf& leaf);
  Edge value(Scalar value) { return leaf(Leaf::of_value(value)); }
  Edge no() const { return no_; }
  Edge yes() const { return yes_; }

  /// The node, or the child itself where all children are the same.
  Edge node(std::uint32_t variable, std::span<const Edge> children);
  Edge node(std::uint32_t variable, std::initializer_list<Edge> children) {
    return node(variable, std::span(children.begin(), children.size()));
  }

  const Leaf& leaf_of(Edge edge) const { return leaves_[edge.index()]; }
  std::uint32_t variable(Edge edge) const { return nodes_[edge.index()].variable; }
  std::uint32_t arity(Edge edge) const { return nodes_[edge.index()].arity; }
  Edge child(Edge edge, std::uint32_t value) const { return children_[nodes_[edge.index()].first + value]; }
  std::size_t node_count() const { return nodes_.size(); }

  Edge conjunction(Edge a, Edge b);
  Edge disjunction(Edge a, Edge b);
  Edge negation(Edge a);
  /// `then` where the condition (of yes and no leaves) holds, else `otherwise`. Any variables in any of the three.
  Edge choose(Edge condition, Edge then, Edge otherwise);

  /// What `f` makes of the leaves, pair by pair. What it returns may be a node of any variables.
  Edge combine(Edge a, Edge b, const std::function<Edge(const Leaf&, const Leaf&)>& f);
  /// The same for one diagram.
  Edge map(Edge a, const std::function<Edge(const Leaf&)>& f);

  /// Yes where the diagram ends in a leaf that `f` picks.
  Edge indicator(Edge a, const std::function<bool(const Leaf&)>& f);

  /// Each leaf that can be reached, once, in no particular order.
  std::vector<Edge> leaves(Edge a) const;
  /// Each variable on some path, in order.
  std::vector<std::uint32_t> support(Edge a) const;

  void clear();  // forgets everything but keeps its memory; edges of before are void

 private:
  struct Node {
    std::uint32_t variable;
    std::uint32_t first;
    std::uint32_t arity;
  };
  struct LeafHash {
    std::size_t operator()(const Leaf& leaf) const;
  };
  using PairMemo = std::unordered_map<std::uint64_t, Edge>;

  std::uint32_t top(Edge a) const { return a.is_leaf() ? 0xffff'ffff : variable(a); }
  Edge down(Edge a, std::uint32_t variable, std::uint32_t value) const;
  Edge boolean(bool conjunction, Edge a, Edge b);
  void grow();
  void walk(Edge a, const std::function<void(Edge)>& visit) const;

  std::size_t max_nodes_;
  std::vector<Node> nodes_;
  std::vector<Edge> children_;
  std::vector<Leaf> leaves_;
  std::unordered_map<Leaf, std::uint32_t, LeafHash> leaf_index_;  // of all but the first few leaves
  std::vector<std::uint32_t> buckets_;  // open addressing over nodes_; 0 is empty, else the node's index + 1
  PairMemo and_memo_, or_memo_;
  std::unordered_map<std::uint32_t, Edge> not_memo_;
  Edge no_, yes_;
};

}  // namespace duly
