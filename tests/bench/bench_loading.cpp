// From text to what deciding needs: policies of so many rules.

#include <benchmark/benchmark.h>

#include "interpreter/eval/plan.hpp"
#include "tests/bench/policies.hpp"

namespace duly::bench {
namespace {

void load(benchmark::State& state) {
  const std::string text = generated_rules(static_cast<std::size_t>(state.range(0)));
  for (auto _ : state) {
    const Compiled compiled = compile_text("generated.policy", text);
    const Plan plan(*compiled.program);
    benchmark::DoNotOptimize(plan.entries().size());
  }
}
BENCHMARK(load)->Arg(500)->Arg(10'000)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace duly::bench
