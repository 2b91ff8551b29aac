// The flowchart with so many rules more that no case touches: each asks for one area of sixty, which is another.

#include <benchmark/benchmark.h>

#include "tests/bench/policies.hpp"

namespace duly::bench {
namespace {

void irrelevant(benchmark::State& state) {
  constexpr std::size_t count = 1'000;
  const Compiled compiled = compile_text("flowchart.policy", with_irrelevant(static_cast<std::size_t>(state.range(0))));
  const Program& program = *compiled.program;
  const std::vector<Case> cases = cases_in_no_area(program, count);
  Decider decider(program);
  Decision decision;
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
BENCHMARK(irrelevant)->Arg(0)->Arg(5'000);

}  // namespace
}  // namespace duly::bench
