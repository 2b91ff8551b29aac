#include "lang/check/nodes.hpp"

namespace duly {

NodeId add_node(Program& program, Node node, Span span) {
  program.nodes.push_back(node);
  program.node_spans.push_back(span);
  return NodeId{static_cast<std::uint32_t>(program.nodes.size() - 1)};
}

NodeId add_constant(Program& program, bool value, Span span) {
  return add_node(program, {Op::constant, Relation::equal, value ? 1u : 0u, 0}, span);
}

NodeId add_group(Program& program, Op op, const std::vector<NodeId>& parts, Span span,
                 const std::vector<std::optional<ItemId>>& items) {
  const auto first = static_cast<std::uint32_t>(program.children.size());
  for (std::size_t i = 0; i < parts.size(); ++i) {
    program.children.push_back(parts[i]);
    program.child_items.push_back(items.empty() ? std::nullopt : items[i]);
  }
  return add_node(program, {op, Relation::equal, first, static_cast<std::uint32_t>(parts.size())}, span);
}

NodeId add_range(Program& program, TermId term, Range range, Span span) {
  program.ranges.push_back(range);
  return add_node(program,
                  {Op::in_range, Relation::equal, term.index, static_cast<std::uint32_t>(program.ranges.size() - 1)},
                  span);
}

NodeId add_day_range(Program& program, Range range, Span span) {
  program.uses_day = true;
  program.ranges.push_back(range);
  return add_node(program, {Op::day_in, Relation::equal, 0, static_cast<std::uint32_t>(program.ranges.size() - 1)},
                  span);
}

}  // namespace duly
