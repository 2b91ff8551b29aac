// Does one thing so often, so that a tool can count its instructions: counted WHAT TIMES.

#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "tests/bench/policies.hpp"

namespace {

using namespace duly;
using namespace duly::bench;

int decide(const Program& program, const std::vector<Case>& cases, long times) {
  Decider decider(program);
  Decision decision;
  std::size_t decided = 0;
  for (long i = 0; i < times; ++i) {
    decider.decide(cases[static_cast<std::size_t>(i) % cases.size()], decision, Decider::Rules::cautious);
    decided += decision.of(*program.default_decision).status == Status::decided ? 1 : 0;
  }
  std::printf("%zu of %ld are decided\n", decided, times);
  return 0;
}

int decide(const char* file, std::size_t unknown, long times) {
  const Program& program = *policy(file).program;
  return decide(program, random_cases(program, 1'000, unknown), times);
}

int decide_beside_irrelevant(long times) {
  const Compiled compiled = compile_text("flowchart.policy", with_irrelevant(5'000));
  return decide(*compiled.program, cases_in_no_area(*compiled.program, 1'000), times);
}

/// KiB of memory that are resident and this program's own, as Linux tells: without code, which programs share.
long resident() {
  long pages = 0;
  long shared = 0;
  if (std::FILE* file = std::fopen("/proc/self/statm", "r")) {
    if (std::fscanf(file, "%*d %ld %ld", &pages, &shared) != 2) pages = shared = 0;
    std::fclose(file);
  }
  return (pages - shared) * (sysconf(_SC_PAGESIZE) / 1024);
}

/// What Derby takes, ready to decide, over a program that does nothing.
int memory() {
  const long before = resident();
  const Program& program = *policy("examples/derby/derby.policy").program;
  Decider decider(program);
  Decision decision;
  decider.decide(Case(program), decision);  // nothing is known: the diagrams are built too
  std::printf("%ld\n", resident() - before);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string_view what = argc == 3 ? argv[1] : "";
  const long times = argc == 3 ? std::atol(argv[2]) : 0;
  if (what == "flowchart") return decide("tests/bench/flowchart.policy", 0, times);
  if (what == "derby") return decide("examples/derby/derby.policy", 0, times);
  if (what == "unknown") return decide("examples/derby/derby.policy", 10, times);
  if (what == "irrelevant") return decide_beside_irrelevant(times);
  if (what == "memory") return memory();
  std::fputs("usage: duly_counted flowchart|derby|unknown|irrelevant|memory TIMES\n", stderr);
  return 2;
}
