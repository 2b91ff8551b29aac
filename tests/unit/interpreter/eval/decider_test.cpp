#include <doctest/doctest.h>

#include "interpreter/eval/decision.hpp"
#include "tests/golden/policy_texts.hpp"

using namespace duly;

namespace {

const Program& program_of(const Compiled& compiled) {
  REQUIRE(compiled.program.has_value());
  return *compiled.program;
}

constexpr auto numbers = R"(policy page "Page"
fact a "A" : number
fact b "B" : number
fact x "X" : yes/no
decision d "D" p "P" q "Q" otherwise q
rule r "R" d is p when a is over b
decision e "E" p "P" q "Q" otherwise q
rule s "S" e is p when a is over b or x
)";

}  // namespace

TEST_CASE("two unknown numbers that are compared: undecided, and said to be approximate") {
  const Compiled compiled = compile_text({{"page", numbers}}, "page");
  const Program& program = program_of(compiled);
  Decider decider(program);
  const Finding finding = decider.decide(Case(program)).of(*program.find_decision("d"));
  CHECK(finding.status == Status::undecided);
  CHECK(finding.approximate);
  CHECK(finding.needs == std::vector<FactId>{*program.find_fact("a"), *program.find_fact("b")});
}

TEST_CASE("where one of them is known the answer is exact") {
  const Compiled compiled = compile_text({{"page", numbers}}, "page");
  const Program& program = program_of(compiled);
  Decider decider(program);
  Case facts(program);
  facts.set(*program.find_fact("a"), 5);
  const Finding one = decider.decide(facts).of(*program.find_decision("d"));
  CHECK(one.status == Status::undecided);
  CHECK_FALSE(one.approximate);
  CHECK(one.needs == std::vector<FactId>{*program.find_fact("b")});
  facts.set(*program.find_fact("x"), 1);
  CHECK(decider.decide(facts).of(*program.find_decision("e")).status == Status::decided);
}

TEST_CASE("past the bound on diagrams the answer is undecided and approximate, never a wrong decided") {
  const Compiled compiled = compile_text({{"page", R"(policy page "Page"
fact a "A" : yes/no
fact b "B" : yes/no
decision d "D" p "P" q "Q"
rule r "R" d is p when a
rule s "S" d is p when not a
rule t "T" d is p when b
)"}},
                                         "page");
  const Program& program = program_of(compiled);
  CHECK(Decider(program).decide(Case(program)).of(*program.find_decision("d")).status == Status::decided);
  Decider bounded(program, Decider::Limits{.diagram_nodes = 1});
  const Finding finding = bounded.decide(Case(program)).of(*program.find_decision("d"));
  CHECK(finding.status == Status::undecided);
  CHECK(finding.approximate);
  CHECK(finding.needs.size() == 2);
}

TEST_CASE("an undecided decision has the rules behind each outcome that is still possible") {
  const Compiled compiled = compile_text({{"page", R"(policy page "Page"
fact a "A" : yes/no
decision d "D" p "P" q "Q"
rule r "R" d is p when a
rule s "S" d is q when not a
)"}},
                                         "page");
  const Program& program = program_of(compiled);
  Decider decider(program);
  const auto possible = decider.possible(Case(program), *program.find_decision("d"));
  REQUIRE(possible.size() == 2);
  REQUIRE(possible[0].rules.size() == 1);
  CHECK(program.rules[possible[0].rules[0].first.index].name == "r");
  CHECK(possible[0].rules[0].second == Extent::every);
  REQUIRE(possible[1].rules.size() == 1);
  CHECK(program.rules[possible[1].rules[0].first.index].name == "s");
}

TEST_CASE("a broken safeguard makes unsafe what it depends on, through definitions, and asks nothing") {
  const Compiled compiled = compile_text({{"page", R"(policy page "Page"
fact a "A" : yes/no
fact b "B" : yes/no
decision d "D" p "P" q "Q" otherwise q
rule r "R" d is p when a
define gone_ahead "Gone ahead" means d is p
safeguard kept "Kept" never gone_ahead and a
decision other "Other?" p "P" q "Q" otherwise q
rule o "O" other is p when b
)"}},
                                         "page");
  const Program& program = program_of(compiled);
  Decider decider(program);
  Case facts(program);
  facts.set(*program.find_fact("a"), 1);
  const Decision decision = decider.decide(facts);
  CHECK(decision.of(*program.find_decision("d")).status == Status::unsafe);
  CHECK(decision.of(*program.find_decision("other")).status == Status::undecided);
  CHECK(decision.broken.size() == 1);
  CHECK_FALSE(next_question(decision, *program.find_decision("d")).has_value());
}
