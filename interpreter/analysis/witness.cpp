#include "interpreter/analysis/witness.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <set>
#include <unordered_map>

#include "lang/program/reads.hpp"

namespace duly {
namespace {

/// The number of facts on the shortest way to a wanted leaf; a large number where there is none.
class Distances {
 public:
  Distances(const Table& table, const std::function<bool(const Leaf&)>& wanted) : table_(table), wanted_(wanted) {}

  std::uint32_t of(Edge edge) {
    if (edge.is_leaf()) return wanted_(table_.leaf_of(edge)) ? 0 : unreachable;
    if (const auto found = memo_.find(edge.bits()); found != memo_.end()) return found->second;
    std::uint32_t best = unreachable;
    for (std::uint32_t i = 0; i < table_.arity(edge); ++i) best = std::min(best, of(table_.child(edge, i)));
    const std::uint32_t result = best == unreachable ? best : best + 1;
    memo_.emplace(edge.bits(), result);
    return result;
  }

  static constexpr std::uint32_t unreachable = 0xffff'ffff;

 private:
  const Table& table_;
  const std::function<bool(const Leaf&)>& wanted_;
  std::unordered_map<std::uint32_t, std::uint32_t> memo_;
};

/// The numbers and dates among the facts that some condition compares with another value.
std::vector<FactId> facts_compared(const Program& program) {
  std::set<FactId> facts;
  for (const Node& node : program.nodes) {
    if (node.op != Op::compare) continue;
    for (const std::uint32_t index : {node.a, node.b}) {
      const Term& term = program.terms[index];
      const TypeKind kind = program.type_of({term.is_subject, term.index, Elapsed::none}).kind;
      if (!term.is_subject && (kind == TypeKind::number || kind == TypeKind::date)) facts.insert(term.fact());
    }
  }
  return {facts.begin(), facts.end()};
}

/// Values that are worth trying: the ends of the parts in which the fact may lie, and what stands next to them.
std::vector<Scalar> values_to_try(const Diagrams& diagrams, const Case& witness, FactId fact) {
  std::set<Scalar> values;
  for (const Range& range : diagrams.variables().regions({false, fact.index, Elapsed::none})) {
    const bool inside = !witness.known(fact) || (witness.value(fact) >= range.low && witness.value(fact) <= range.high);
    if (!inside) continue;
    const Scalar low = range.low == INT64_MIN ? std::min<Scalar>(range.high, 0) - 1 : range.low;
    const Scalar high = range.high == INT64_MAX ? std::max<Scalar>(low, 0) + 1 : range.high;
    for (const Scalar value : {low, low + 1, high - 1, high}) {
      if (value >= range.low && value <= range.high) values.insert(value);
    }
  }
  return {values.begin(), values.end()};
}

/// Sets the fact so that the variable has the value; elements of a set are added to those that it has.
void set_variable(const Diagrams& diagrams, const Variable& variable, std::uint32_t value, Case& facts) {
  const Program& program = diagrams.program();
  const Type& type = at(program.facts, variable.fact).type;
  if (variable.kind == Variable::Kind::fact) {
    if (type.kind != TypeKind::number && type.kind != TypeKind::date) return facts.set(variable.fact, value);
    const auto regions = diagrams.variables().regions({false, variable.fact.index, Elapsed::none});
    return facts.set(variable.fact, representative(regions[value], type.kind, facts.as_at));
  }
  auto bits = facts.known(variable.fact) ? static_cast<std::uint64_t>(facts.value(variable.fact)) : 0;
  if (value == 1 && variable.kind == Variable::Kind::element) bits |= std::uint64_t{1} << variable.element;
  if (value == 1 && variable.kind == Variable::Kind::rest) {
    const std::uint64_t others = ~diagrams.variables().mentioned({false, variable.fact.index, Elapsed::none});
    bits |= std::uint64_t{1} << std::countr_zero(others);
  }
  facts.set(variable.fact, static_cast<Scalar>(bits));
}

}  // namespace

Scalar representative(const Range& range, TypeKind kind, Date as_at) {
  if (kind == TypeKind::date) {
    if (range.low > first_date.days) return range.low;
    if (range.high < last_date.days) return range.high;
    return as_at.days;
  }
  if (range.low != INT64_MIN) return range.low;
  if (range.high != INT64_MAX) return range.high;
  return 0;
}

std::optional<Path> shortest_path(const Table& table, Edge diagram, const std::function<bool(const Leaf&)>& wanted) {
  Distances distances(table, wanted);
  if (distances.of(diagram) == Distances::unreachable) return std::nullopt;
  Path path;
  for (Edge edge = diagram; !edge.is_leaf(); edge = table.child(edge, path.back().value)) {
    std::uint32_t best = 0;
    for (std::uint32_t i = 1; i < table.arity(edge); ++i) {
      if (distances.of(table.child(edge, i)) < distances.of(table.child(edge, best))) best = i;
    }
    path.push_back({table.variable(edge), best, table.arity(edge)});
  }
  return path;
}

std::optional<Case> find_witness(const Diagrams& diagrams, Edge diagram, const std::function<bool(const Leaf&)>& wanted,
                                 Date as_at) {
  const auto path = shortest_path(diagrams.table(), diagram, wanted);
  if (!path) return std::nullopt;
  Case facts(diagrams.program());
  facts.as_at = as_at;
  for (const auto& [variable, value, arity] : *path) {
    if (diagrams.is_hidden(variable) || diagrams.is_auxiliary(variable)) continue;
    set_variable(diagrams, diagrams.variables().all()[variable], value, facts);
  }
  return facts;
}

std::vector<Case> filled_in(const Diagrams& diagrams, const Case& witness) {
  constexpr std::size_t most = 500;
  if (!diagrams.variables().depends_on_case()) return {};
  std::vector<Case> cases{witness};
  for (const FactId fact : facts_compared(diagrams.program())) {
    std::vector<Case> next;
    for (const Case& each : cases) {
      for (const Scalar value : values_to_try(diagrams, witness, fact)) {
        if (next.size() >= most) break;
        next.push_back(each);
        next.back().set(fact, value);
      }
    }
    cases = std::move(next);
  }
  return cases;
}

std::string write_case_block(const Program& program, const Case& facts, const std::string& name,
                             const std::string& title, const std::vector<std::string>& expectations, bool day) {
  std::string text = fmt::format("case {} \"{}\"\n", name, title);
  if (day) text += fmt::format("  as at {}\n", to_string(facts.as_at));
  std::string given;
  for (std::uint32_t i = 0; i < program.facts.size(); ++i) {
    const FactId fact{i};
    if (!facts.known(fact) || program.facts[i].type.kind == TypeKind::text) continue;
    given +=
        fmt::format("    {} is {}\n", program.facts[i].name, program.show(program.facts[i].type, facts.value(fact)));
  }
  if (!given.empty()) text += "  facts\n" + given;
  if (!expectations.empty()) text += "  expect\n";
  for (const std::string& expectation : expectations) text += fmt::format("    {}\n", expectation);
  return text;
}

}  // namespace duly
