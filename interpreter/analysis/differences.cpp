#include "interpreter/analysis/differences.hpp"

#include <algorithm>
#include <tuple>

#include "interpreter/analysis/analyse.hpp"
#include "interpreter/analysis/common_variables.hpp"
#include "interpreter/analysis/witness.hpp"

namespace duly {
namespace {

/// A decision's outcomes, and unsafe where a safeguard about it is broken: a leaf of no value stands for that.
Edge outcome_or_unsafe(Diagrams& diagrams, SubjectId decision) {
  Edge result = diagrams.outcome(decision);
  const auto& safeguards = diagrams.program().safeguards;
  for (std::uint32_t i = 0; i < safeguards.size(); ++i) {
    const auto& watches = safeguards[i].watches;
    if (!std::binary_search(watches.begin(), watches.end(), decision)) continue;
    const Edge holds = with_doubt_as_yes(diagrams, diagrams.holds(SafeguardId{i}));
    result = diagrams.table().choose(holds, result, diagrams.table().leaf(Leaf::none()));
  }
  return result;
}

NamedOutcome named_outcome(const PolicyDecision& policy, const Leaf& leaf) {
  switch (leaf.kind) {
    case Leaf::Kind::conflict: return {Status::conflict, {}};
    case Leaf::Kind::gap: return {Status::gap, {}};
    case Leaf::Kind::none: return {Status::unsafe, {}};
    case Leaf::Kind::value:
    case Leaf::Kind::unsplit: break;
  }
  return {Status::decided, policy.program.show(at(policy.program.subjects, policy.decision).type, leaf.low)};
}

class Differ {
 public:
  Differ(const PolicyDecision& first, const PolicyDecision& second, Date day, std::size_t examples,
         std::size_t max_nodes)
      : policies_{&first, &second},
        day_(day),
        examples_(examples),
        diagrams_{Diagrams(first.program, day, nullptr, max_nodes), Diagrams(second.program, day, nullptr, max_nodes)},
        table_(max_nodes),
        common_(diagrams_[0], diagrams_[1], table_),
        deciders_{Decider(first.program, {max_nodes}), Decider(second.program, {max_nodes})} {}

  Differences run() {
    const Edge first = brought(0);
    const Edge second = brought(1);
    const Edge parted = table_.combine(first, second, [&](const Leaf& a, const Leaf& b) {
      return a.low == b.low ? table_.value(alike) : table_.value(a.low * stride + b.low);
    });
    std::vector<Scalar> pairs;
    for (const Edge leaf : table_.leaves(parted)) {
      if (table_.leaf_of(leaf).low != alike) pairs.push_back(table_.leaf_of(leaf).low);
    }
    Differences result;
    result.not_shared = common_.not_shared();
    for (const Scalar pair : pairs) {
      Parting parting{outcomes_[static_cast<std::size_t>(pair / stride)],
                      outcomes_[static_cast<std::size_t>(pair % stride)],
                      {},
                      {}};
      const Edge here = table_.indicator(parted, [&](const Leaf& leaf) { return leaf.low == pair; });
      parting.facts = common_.facts_of(here);
      find_examples(here, parting);
      if (parting.examples.empty()) {
        result.approximate = true;
      } else {
        result.partings.push_back(std::move(parting));
      }
    }
    std::sort(result.partings.begin(), result.partings.end(), [](const Parting& a, const Parting& b) {
      return std::tie(a.first, a.second) < std::tie(b.first, b.second);
    });
    return result;
  }

 private:
  static constexpr Scalar alike = -1;
  static constexpr Scalar stride = 1'000'000;

  /// A policy's outcomes over the common variables; its leaves number the outcomes of both by name.
  Edge brought(int side) {
    const PolicyDecision& policy = *policies_[side];
    return common_.bring(side, outcome_or_unsafe(diagrams_[side], policy.decision), [&](const Leaf& leaf) {
      const NamedOutcome outcome = named_outcome(policy, leaf);
      auto found = std::find(outcomes_.begin(), outcomes_.end(), outcome);
      if (found == outcomes_.end()) found = outcomes_.insert(found, outcome);
      return table_.value(static_cast<Scalar>(found - outcomes_.begin()));
    });
  }

  void find_examples(Edge here, Parting& parting) {
    for (std::size_t tries = 0; tries < 2 * examples_ + 10 && parting.examples.size() < examples_; ++tries) {
      const auto path = shortest_path(table_, here, [](const Leaf& leaf) { return leaf.low != 0; });
      if (!path) return;
      Edge cube = table_.yes();
      for (auto step = path->rbegin(); step != path->rend(); ++step) {
        std::vector<Edge> children(step->arity, table_.no());
        children[step->value] = cube;
        cube = table_.node(step->variable, children);
      }
      here = table_.conjunction(here, table_.negation(cube));
      SharedWitness example{common_.case_of(0, *path, day_), common_.case_of(1, *path, day_)};
      if (outcome_in(0, example.first) == parting.first && outcome_in(1, example.second) == parting.second) {
        parting.examples.push_back(std::move(example));
      }
    }
  }

  NamedOutcome outcome_in(int side, const Case& facts) {
    const Decision decision = deciders_[side].decide(facts);
    return duly::named_outcome(*policies_[side], decision.of(policies_[side]->decision));
  }

  const PolicyDecision* policies_[2];
  Date day_;
  std::size_t examples_;
  Diagrams diagrams_[2];
  Table table_;
  CommonVariables common_;
  Decider deciders_[2];
  std::vector<NamedOutcome> outcomes_;
};

}  // namespace

NamedOutcome named_outcome(const PolicyDecision& policy, const Finding& finding) {
  if (finding.status != Status::decided) return {finding.status, {}};
  return {Status::decided, policy.program.show(at(policy.program.subjects, policy.decision).type, finding.value)};
}

Differences differences(const PolicyDecision& first, const PolicyDecision& second, Date day, std::size_t examples,
                        std::size_t max_nodes) {
  try {
    return Differ(first, second, day, examples, max_nodes).run();
  } catch (const TooLarge&) {
    Differences result;
    result.complete = false;
    return result;
  }
}

}  // namespace duly
