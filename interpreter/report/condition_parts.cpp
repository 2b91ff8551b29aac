#include "interpreter/report/condition_parts.hpp"

#include <algorithm>

#include "lang/program/reads.hpp"

namespace duly {
namespace {

void add_parts(const Program& program, const Walk& walk, NodeId id, std::optional<ItemId> item,
               std::vector<ConditionPart>& parts) {
  const Node& node = at(program.nodes, id);
  if (node.op == Op::constant && node.a != 0) return;  // nothing that could fail
  if (node.op != Op::all) {
    parts.push_back({id, item, walk.condition(id)});
    return;
  }
  for (std::uint32_t i = 0; i < node.b; ++i) {
    add_parts(program, walk, program.children[node.a + i], program.child_items[node.a + i], parts);
  }
}

}  // namespace

std::vector<ConditionPart> condition_parts(const Program& program, const Walk& walk, NodeId condition) {
  std::vector<ConditionPart> parts;
  add_parts(program, walk, condition, std::nullopt, parts);
  return parts;
}

std::vector<ConditionPart> alternatives(const Program& program, const Walk& walk, NodeId part) {
  std::vector<ConditionPart> parts;
  const Node& node = at(program.nodes, part);
  if (node.op != Op::any) return parts;
  for (std::uint32_t i = 0; i < node.b; ++i) {
    const NodeId child = program.children[node.a + i];
    parts.push_back({child, program.child_items[node.a + i], walk.condition(child)});
  }
  return parts;
}

std::vector<Term> terms_read(const Program& program, NodeId part) {
  std::vector<Term> terms;
  for_each_read(program, part, [&](const Term& term) {
    const auto same = [&](const Term& other) {
      return other.is_subject == term.is_subject && other.index == term.index;
    };
    if (std::none_of(terms.begin(), terms.end(), same)) terms.push_back(term);
  });
  return terms;
}

}  // namespace duly
