#include "interpreter/analysis/nearest.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <map>

#include "interpreter/eval/decision.hpp"
#include "tests/property/generated.hpp"
#include "tests/property/shipped.hpp"

/// The nearest case leads where it should, and there is no nearer one.
namespace duly {
namespace {

/// Changes of facts that nobody can change, changes, changes of known facts; compared in this order.
using Cost = std::array<std::size_t, 3>;

Cost cost_of(const Program& program, const NearestCase& nearest) {
  Cost cost{};
  for (const FactChange& change : nearest.changes) {
    cost[0] += change.from && !can_be_changed(program, change.fact);
    cost[1] += 1;
    cost[2] += change.from.has_value();
  }
  return cost;
}

/// Every assignment that keeps known facts known, with what it costs to get there.
void for_each_assignment(const model::Partial& from, const std::function<void(const model::Partial&, Cost)>& visit) {
  model::Partial to;
  const std::function<void(std::size_t, Cost)> go = [&](std::size_t fact, Cost cost) {
    if (fact == model::fact_count) return visit(to, cost);
    if (!from[fact]) {
      to[fact].reset();
      go(fact + 1, cost);
    }
    for (int value = 0; value < model::fact_sizes[fact]; ++value) {
      to[fact] = value;
      Cost next = cost;
      if (from[fact] != value) {
        const bool is_number = std::string_view(model::fact_names[fact]) == "count";
        next[0] += is_number && from[fact];
        next[1] += 1;
        next[2] += from[fact].has_value();
      }
      go(fact + 1, next);
    }
  };
  go(0, {});
}

/// The least cost at which each value surely comes out, by trying everything.
std::map<int, Cost> nearest_by_brute_force(const std::map<model::Full, std::vector<model::Result>>& all,
                                           const model::Partial& from, std::size_t value) {
  std::map<int, Cost> best;
  for_each_assignment(from, [&](const model::Partial& to, Cost cost) {
    std::optional<int> outcome;
    for (const model::Full& full : model::completions(to)) {
      const model::Result& result = all.at(full)[value];
      if (result.state != model::Result::State::value || (outcome && *outcome != result.value)) return;
      outcome = result.value;
    }
    const auto [found, fresh] = best.emplace(*outcome, cost);
    if (!fresh) found->second = std::min(found->second, cost);
  });
  return best;
}

TEST_CASE("generated policies: the nearest case comes out so, and nothing nearer does") {
  for (const std::uint32_t seed : seeds(60)) {
    const model::Policy policy = model::generate(seed);
    const auto texts = policy.texts();
    INFO("seed ", seed, "\n", texts[0], "\n", texts[1]);
    const Compiled compiled = compile_texts(texts);
    if (!compiled.program) continue;
    const Program& program = *compiled.program;
    Decider decider(program);
    std::map<model::Full, std::vector<model::Result>> all;
    for (const model::Full& full : model::completions({})) all.emplace(full, policy.decide(full));
    model::Random random(seed);
    for (const int percent : {100, 60, 0}) {
      const model::Partial from = some_facts(random, percent);
      NearestCases nearest(program, case_of(program, from));
      for (std::size_t i = 0; i < policy.values.size(); ++i) {
        const SubjectId subject = subject_of(program, policy.values[i]);
        const auto best = nearest_by_brute_force(all, from, i);
        for (int value = 0; value < policy.values[i].size; ++value) {
          INFO(policy.values[i].name, " is ", value, ", ", percent, " % known");
          const NearestCase found = nearest.to_value(subject, value);
          CHECK(found.exact);
          CHECK((found.search == NearestCase::Search::found) == (best.count(value) > 0));
          if (!found.facts || best.count(value) == 0) continue;
          CHECK(cost_of(program, found) == best.at(value));
          const Finding there = decider.decide(*found.facts).of(subject);
          CHECK(there.status == Status::decided);
          CHECK(there.value == value);
        }
      }
    }
  }
}

/// That nothing but the changes that are named differs.
void check_changes(const Program& program, const Case& from, const NearestCase& found) {
  std::size_t changed = 0;
  for (std::uint32_t i = 0; i < program.facts.size(); ++i) {
    const FactId fact{i};
    const bool same = from.known(fact) == found.facts->known(fact) &&
                      (!from.known(fact) || from.value(fact) == found.facts->value(fact));
    changed += !same;
  }
  CHECK(changed == found.changes.size());
}

TEST_CASE("shipped policies: every case leads to every outcome and rule to which it says that it does") {
  std::size_t searched = 0, reached = 0;
  for_each_shipped([&](const std::string& name, const Program& program) {
    Decider decider(program);
    for (const TestCase& test_case : program.cases) {
      if (test_case.module.index + 1 != program.modules.size()) continue;
      INFO(name, ": ", test_case.name);
      const Case from = make_case(program, test_case);
      const Decision before = decider.decide(from);
      NearestCases nearest(program, from);
      for (std::uint32_t i = 0; i < program.subjects.size(); ++i) {
        const SubjectId subject{i};
        const Subject& decision = program.subjects[i];
        if (decision.kind != SubjectKind::decision) continue;
        for (Scalar value = 0; value <= decision.type.high; ++value) {
          INFO(decision.name, " is ", program.show(decision.type, value));
          const NearestCase found = nearest.to_value(subject, value);
          ++searched;
          CHECK(found.search != NearestCase::Search::too_large);
          if (!found.facts) continue;
          ++reached;
          const Finding there = decider.decide(*found.facts).of(subject);
          CHECK(there.status == Status::decided);
          CHECK(there.value == value);
          check_changes(program, from, found);
          const Finding& was = before.of(subject);
          CHECK(found.changes.empty() == (was.status == Status::decided && was.value == value));
        }
        for (const RuleId rule : decision.rules) {
          INFO(at(program.rules, rule).full_name);
          const NearestCase found = nearest.to_rule(rule);
          if (!found.facts) continue;
          CHECK(decider.decide(*found.facts).of(rule).left == Extent::every);
          check_changes(program, from, found);
        }
      }
    }
  });
  CHECK(searched > 200);
  CHECK(reached * 2 > searched);
}

}  // namespace
}  // namespace duly
