// The whole of Derby over national: every decision, duty and definition, with all facts and with some missing.

#include <benchmark/benchmark.h>

#include <map>

#include "interpreter/outcome/diagrams.hpp"
#include "tests/bench/policies.hpp"

namespace duly::bench {
namespace {

constexpr std::size_t count = 10'000;

const Program& derby() { return *policy("examples/derby/derby.policy").program; }

void decide_all(benchmark::State& state, std::size_t unknown) {
  static std::map<std::size_t, std::vector<Case>> made;
  const auto& cases = made.try_emplace(unknown, random_cases(derby(), count, unknown)).first->second;
  Decider decider(derby());
  Decision decision;
  decider.decide(cases.front(), decision);
  Order order(count);
  for (auto _ : state) {
    state.PauseTiming();
    const auto& shuffled = order.shuffled();
    state.ResumeTiming();
    for (const std::uint32_t i : shuffled) {
      decider.decide(cases[i], decision, Decider::Rules::cautious);
      benchmark::DoNotOptimize(decision);
    }
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(count));
}

void derby_whole(benchmark::State& state) { decide_all(state, 0); }
BENCHMARK(derby_whole);

void derby_ten_unknown(benchmark::State& state) { decide_all(state, 10); }
BENCHMARK(derby_ten_unknown);

void derby_diagrams(benchmark::State& state) {
  for (auto _ : state) {
    const Diagrams diagrams(derby(), Date{20000}, nullptr, 1'000'000);
    benchmark::DoNotOptimize(diagrams.table().node_count());
  }
}
BENCHMARK(derby_diagrams)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace duly::bench
