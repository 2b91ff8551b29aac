#include "interpreter/outcome/table.hpp"

#include <algorithm>
#include <map>
#include <unordered_set>

namespace duly {
namespace {

std::uint64_t mix(std::uint64_t hash, std::uint64_t value) {
  hash ^= value + 0x9e37'79b9'7f4a'7c15 + (hash << 6) + (hash >> 2);
  hash *= 0xff51'afd7'ed55'8ccd;
  return hash ^ (hash >> 33);
}

constexpr std::size_t few_leaves = 16;  // are found sooner by looking at each

std::uint64_t pair_key(Edge a, Edge b) { return std::uint64_t{a.bits()} << 32 | b.bits(); }

}  // namespace

std::size_t Table::LeafHash::operator()(const Leaf& leaf) const {
  std::uint64_t hash = mix(static_cast<std::uint64_t>(leaf.kind), static_cast<std::uint64_t>(leaf.low));
  hash = mix(hash, static_cast<std::uint64_t>(leaf.high));
  return mix(hash, std::uint64_t{leaf.of} << 2 | (leaf.of_subject ? 2u : 0u) | (leaf.of_conflict ? 1u : 0u));
}

Table::Table(std::size_t max_nodes) : max_nodes_(max_nodes) { clear(); }

void Table::clear() {
  nodes_.clear();
  children_.clear();
  leaves_.clear();
  leaf_index_.clear();
  if (buckets_.empty()) buckets_.resize(64);
  std::fill(buckets_.begin(), buckets_.end(), 0);
  and_memo_.clear();
  or_memo_.clear();
  not_memo_.clear();
  no_ = value(0);
  yes_ = value(1);
}

Edge Table::leaf(const Leaf& leaf) {
  const auto few = static_cast<std::uint32_t>(std::min<std::size_t>(leaves_.size(), few_leaves));
  for (std::uint32_t index = 0; index < few; ++index) {
    if (leaves_[index] == leaf) return Edge::to_leaf(index);
  }
  const auto next = static_cast<std::uint32_t>(leaves_.size());
  if (next >= few_leaves) {
    const auto [found, fresh] = leaf_index_.emplace(leaf, next);
    if (!fresh) return Edge::to_leaf(found->second);
  }
  leaves_.push_back(leaf);
  return Edge::to_leaf(next);
}

Edge Table::node(std::uint32_t variable, std::span<const Edge> children) {
  if (std::all_of(children.begin(), children.end(), [&](Edge child) { return child == children.front(); })) {
    return children.front();
  }
  std::uint64_t hash = variable;
  for (const Edge child : children) hash = mix(hash, child.bits());
  const auto matches = [&](const Node& node) {
    return node.variable == variable && node.arity == children.size() &&
           std::equal(children.begin(), children.end(), children_.begin() + node.first);
  };
  std::size_t slot = hash & (buckets_.size() - 1);
  for (; buckets_[slot] != 0; slot = (slot + 1) & (buckets_.size() - 1)) {
    const std::uint32_t index = buckets_[slot] - 1;
    if (matches(nodes_[index])) return Edge::to_node(index);
  }
  if (nodes_.size() >= max_nodes_) throw TooLarge();
  const auto index = static_cast<std::uint32_t>(nodes_.size());
  nodes_.push_back(
      {variable, static_cast<std::uint32_t>(children_.size()), static_cast<std::uint32_t>(children.size())});
  children_.insert(children_.end(), children.begin(), children.end());
  buckets_[slot] = index + 1;
  if (nodes_.size() * 2 > buckets_.size()) grow();
  return Edge::to_node(index);
}

void Table::grow() {
  buckets_.assign(buckets_.size() * 2, 0);
  for (std::uint32_t index = 0; index < nodes_.size(); ++index) {
    const Node& node = nodes_[index];
    std::uint64_t hash = node.variable;
    for (std::uint32_t i = 0; i < node.arity; ++i) hash = mix(hash, children_[node.first + i].bits());
    std::size_t slot = hash & (buckets_.size() - 1);
    while (buckets_[slot] != 0) slot = (slot + 1) & (buckets_.size() - 1);
    buckets_[slot] = index + 1;
  }
}

Edge Table::down(Edge a, std::uint32_t variable, std::uint32_t value) const {
  return top(a) == variable ? child(a, value) : a;
}

Edge Table::conjunction(Edge a, Edge b) { return boolean(true, a, b); }
Edge Table::disjunction(Edge a, Edge b) { return boolean(false, a, b); }

Edge Table::boolean(bool conjunction, Edge a, Edge b) {
  const Edge stop = conjunction ? no_ : yes_;
  const Edge neutral = conjunction ? yes_ : no_;
  if (a == stop || b == stop) return stop;
  if (a == neutral || a == b) return b;
  if (b == neutral) return a;
  if (b < a) std::swap(a, b);
  PairMemo& memo = conjunction ? and_memo_ : or_memo_;
  if (const auto found = memo.find(pair_key(a, b)); found != memo.end()) return found->second;
  const std::uint32_t variable = std::min(top(a), top(b));
  const std::uint32_t values = arity(top(a) == variable ? a : b);
  std::vector<Edge> children(values);
  for (std::uint32_t i = 0; i < values; ++i)
    children[i] = boolean(conjunction, down(a, variable, i), down(b, variable, i));
  const Edge result = node(variable, children);
  memo.emplace(pair_key(a, b), result);
  return result;
}

Edge Table::negation(Edge a) {
  if (a.is_leaf()) return a == yes_ ? no_ : yes_;
  if (const auto found = not_memo_.find(a.bits()); found != not_memo_.end()) return found->second;
  std::vector<Edge> children(arity(a));
  for (std::uint32_t i = 0; i < children.size(); ++i) children[i] = negation(child(a, i));
  const Edge result = node(variable(a), children);
  not_memo_.emplace(a.bits(), result);
  return result;
}

Edge Table::choose(Edge condition, Edge then, Edge otherwise) {
  std::map<std::array<std::uint32_t, 3>, Edge> memo;
  const std::function<Edge(Edge, Edge, Edge)> go = [&](Edge c, Edge t, Edge e) -> Edge {
    if (c == yes_ || t == e) return t;
    if (c == no_) return e;
    const std::array<std::uint32_t, 3> key = {c.bits(), t.bits(), e.bits()};
    if (const auto found = memo.find(key); found != memo.end()) return found->second;
    const std::uint32_t first = std::min({top(c), top(t), top(e)});
    const std::uint32_t values = arity(top(c) == first ? c : top(t) == first ? t : e);
    std::vector<Edge> children(values);
    for (std::uint32_t i = 0; i < values; ++i)
      children[i] = go(down(c, first, i), down(t, first, i), down(e, first, i));
    return memo[key] = node(first, children);
  };
  return go(condition, then, otherwise);
}

Edge Table::combine(Edge a, Edge b, const std::function<Edge(const Leaf&, const Leaf&)>& f) {
  // Where `f` itself splits a pair of leaves, its nodes need not come after those above them; `choose` sorts that out.
  PairMemo memo;
  const std::function<Edge(Edge, Edge)> go = [&](Edge x, Edge y) -> Edge {
    if (const auto found = memo.find(pair_key(x, y)); found != memo.end()) return found->second;
    Edge result;
    if (x.is_leaf() && y.is_leaf()) {
      const Leaf left = leaf_of(x);
      const Leaf right = leaf_of(y);
      result = f(left, right);
    } else {
      const std::uint32_t first = std::min(top(x), top(y));
      const std::uint32_t values = arity(top(x) == first ? x : y);
      std::vector<Edge> children(values);
      bool in_order = true;
      for (std::uint32_t i = 0; i < values; ++i) {
        children[i] = go(down(x, first, i), down(y, first, i));
        in_order = in_order && top(children[i]) > first;
      }
      if (in_order) {
        result = node(first, children);
      } else {
        result = children.back();
        for (std::uint32_t i = 0; i + 1 < values; ++i) {
          std::vector<Edge> just(values, no_);
          just[i] = yes_;
          result = choose(node(first, just), children[i], result);
        }
      }
    }
    memo.emplace(pair_key(x, y), result);
    return result;
  };
  return go(a, b);
}

Edge Table::map(Edge a, const std::function<Edge(const Leaf&)>& f) {
  return combine(a, yes_, [&](const Leaf& leaf, const Leaf&) { return f(leaf); });
}

Edge Table::indicator(Edge a, const std::function<bool(const Leaf&)>& f) {
  return map(a, [&](const Leaf& leaf) { return f(leaf) ? yes_ : no_; });
}

void Table::walk(Edge a, const std::function<void(Edge)>& visit) const {
  std::unordered_set<std::uint32_t> seen{a.bits()};
  std::vector<Edge> open{a};
  while (!open.empty()) {
    const Edge edge = open.back();
    open.pop_back();
    visit(edge);
    if (edge.is_leaf()) continue;
    for (std::uint32_t i = 0; i < arity(edge); ++i) {
      if (seen.insert(child(edge, i).bits()).second) open.push_back(child(edge, i));
    }
  }
}

std::vector<Edge> Table::leaves(Edge a) const {
  std::vector<Edge> result;
  walk(a, [&](Edge edge) {
    if (edge.is_leaf()) result.push_back(edge);
  });
  return result;
}

std::vector<std::uint32_t> Table::support(Edge a) const {
  std::vector<std::uint32_t> result;
  walk(a, [&](Edge edge) {
    if (!edge.is_leaf()) result.push_back(variable(edge));
  });
  std::sort(result.begin(), result.end());
  result.erase(std::unique(result.begin(), result.end()), result.end());
  return result;
}

}  // namespace duly
