// The flowchart with so many rules more that no case touches: each asks for one area of sixty, which is another.

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include "tests/bench/policies.hpp"

namespace duly::bench {
namespace {

std::string with_irrelevant(std::size_t rules) {
  std::string text = read_text("tests/bench/flowchart.policy");
  text += "\nchoice area \"Areas\"\n";
  for (int i = 0; i < 60; ++i) text += fmt::format("  area_{} \"Area {}\"\n", i, i);
  text += "fact case.area \"The area\" : area ask \"Which?\"\n";
  for (std::size_t i = 0; i < rules; ++i) {
    text += fmt::format("rule other_{} \"R\" sharing is seek_advice when case.area is area_{} and child.age is {}\n", i,
                        1 + i % 59, i % 18);
  }
  return text;
}

void irrelevant(benchmark::State& state) {
  constexpr std::size_t count = 1'000;
  const Compiled compiled = compile_text("flowchart.policy", with_irrelevant(static_cast<std::size_t>(state.range(0))));
  const Program& program = *compiled.program;
  std::vector<Case> cases = random_cases(program, count);
  for (Case& each : cases) each.set(*program.find_fact("case.area"), 0);  // nobody's
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
