// The national flowchart, in short: Duly, the same by hand in C++, the same in Lua. All three must agree on every case.

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "tests/bench/flowchart_by_hand.hpp"
#include "tests/bench/flowchart_in_lua.hpp"
#include "tests/bench/policies.hpp"

namespace duly::bench {
namespace {

constexpr std::size_t count = 10'000;

/// Reads an answer's lists of rules from a decision, as a host does that shows reasons.
class FlowchartInDuly {
 public:
  explicit FlowchartInDuly(const Program& program) : program_(program), decider_(program) {
    sharing_ = *program.find_decision("sharing");
    for (std::uint32_t i = 0; i < program.subjects.size(); ++i) {
      if (program.subjects[i].kind != SubjectKind::action) continue;
      const auto name = std::find(hand_actions.begin(), hand_actions.end(), program.subjects[i].name);
      actions_[static_cast<std::size_t>(name - hand_actions.begin())] = SubjectId{i};
    }
    numbers_.assign(program.rules.size(), 0);
    for (std::uint32_t rule = 0; rule < program.rules.size(); ++rule) {
      for (std::uint8_t number = 0; number < hand_rules.size(); ++number) {
        if (program.rules[rule].name == hand_rules[number]) numbers_[rule] = number;
      }
    }
  }

  void decide(const Case& facts, FlowchartAnswer& answer) {
    decider_.decide(facts, decision_, Decider::Rules::cautious);
    answer.sharing = static_cast<Outcome>(decision_.found(sharing_).value);
    list(sharing_, answer.because);
    for (std::size_t i = 0; i < actions; ++i) {
      answer.duties[i] = static_cast<std::uint8_t>(decision_.found(actions_[i]).value);
      list(actions_[i], answer.duties_because[i]);
    }
  }

 private:
  void list(SubjectId subject, ReasonList& reasons) {
    reasons.count = 0;
    for (const RuleId rule : at(program_.subjects, subject).rules) {
      reasons.add_if(decision_.of(rule).left == Extent::every, numbers_[rule.index]);
    }
  }

  const Program& program_;
  Decider decider_;
  Decision decision_;
  SubjectId sharing_;
  std::array<SubjectId, actions> actions_{};
  std::vector<std::uint8_t> numbers_;
};

FlowchartFacts facts_by_hand(const Program& program, const Case& given) {
  const auto value = [&](const char* name) { return given.value(*program.find_fact(name)); };
  FlowchartFacts f{};
  f.legitimate = value("purpose.legitimate") != 0;
  f.identifies = value("information.identifies") != 0;
  f.confidential = value("information.confidential") != 0;
  f.age = static_cast<std::int8_t>(value("child.age"));
  f.child = static_cast<Said>(value("consent.child"));
  f.parent = static_cast<Said>(value("consent.parent"));
  f.informed = value("consent.informed") != 0;
  f.function = value("grounds.function") != 0;
  f.vital = value("grounds.vital") != 0;
  f.statutory = value("obligation.statutory") != 0;
  f.concern = static_cast<Level>(value("concern.level"));
  f.raises_risk = value("informing.raises_risk") != 0;
  f.in_doubt = value("practitioner.in_doubt") != 0;
  f.recipient_needs = value("recipient.needs") != 0;
  return f;
}

struct Workload {
  const Program& program = *policy("tests/bench/flowchart.policy").program;
  std::vector<Case> cases = random_cases(program, count);
  std::vector<FlowchartFacts> by_hand;
  Workload() {
    for (const Case& each : cases) by_hand.push_back(facts_by_hand(program, each));
    check();
  }

  static bool same(const ReasonList& a, const ReasonList& b) {
    return a.count == b.count && std::equal(a.rules.begin(), a.rules.begin() + a.count, b.rules.begin());
  }
  static bool same(const FlowchartAnswer& a, const FlowchartAnswer& b) {
    if (a.sharing != b.sharing || a.duties != b.duties || !same(a.because, b.because)) return false;
    for (std::size_t i = 0; i < actions; ++i) {
      if (!same(a.duties_because[i], b.duties_because[i])) return false;
    }
    return true;
  }
  void check() {
    FlowchartInDuly duly(program);
    FlowchartInLua lua(by_hand);
    FlowchartAnswer from_duly{}, hand{};
    for (std::size_t i = 0; i < count; ++i) {
      duly.decide(cases[i], from_duly);
      decide_by_hand(by_hand[i], hand);
      if (same(from_duly, hand) && same(lua.answer(i), hand)) continue;
      std::fprintf(stderr, "the three do not agree on case %zu\n", i);
      std::exit(1);
    }
  }
};

const Workload& workload() {
  static const Workload made;
  return made;
}

void flowchart_duly(benchmark::State& state) {
  const Workload& work = workload();
  FlowchartInDuly duly(work.program);
  Order order(count);
  FlowchartAnswer answer{};
  for (auto _ : state) {
    state.PauseTiming();
    const auto& shuffled = order.shuffled();
    state.ResumeTiming();
    for (const std::uint32_t i : shuffled) {
      duly.decide(work.cases[i], answer);
      benchmark::DoNotOptimize(answer);
    }
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(count));
}
BENCHMARK(flowchart_duly);

void flowchart_by_hand(benchmark::State& state) {
  const Workload& work = workload();
  Order order(count);
  FlowchartAnswer answer{};
  for (auto _ : state) {
    state.PauseTiming();
    const auto& shuffled = order.shuffled();
    state.ResumeTiming();
    for (const std::uint32_t i : shuffled) {
      decide_by_hand(work.by_hand[i], answer);
      benchmark::DoNotOptimize(answer);
    }
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(count));
}
BENCHMARK(flowchart_by_hand);

void flowchart_lua(benchmark::State& state) {
  const Workload& work = workload();
  FlowchartInLua lua(work.by_hand);
  Order order(count);
  for (auto _ : state) {
    state.PauseTiming();
    const auto& shuffled = order.shuffled();
    state.ResumeTiming();
    for (const std::uint32_t i : shuffled) benchmark::DoNotOptimize(lua.decide(i));
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(count));
}
BENCHMARK(flowchart_lua);

}  // namespace
}  // namespace duly::bench
