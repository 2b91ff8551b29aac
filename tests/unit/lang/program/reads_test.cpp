#include "lang/program/reads.hpp"

#include <doctest/doctest.h>

#include "tests/golden/policy_texts.hpp"

using namespace duly;

namespace {

std::vector<std::string> asked(const Compiled& compiled, std::string_view decision) {
  REQUIRE(compiled.program.has_value());
  std::vector<std::string> names;
  for (const FactId fact : asking_order(*compiled.program, *compiled.program->find_decision(decision))) {
    names.push_back(compiled.program->facts[fact.index].name);
  }
  return names;
}

}  // namespace

TEST_CASE("facts are asked procedures first, then rules as declared, depth first, from left to right") {
  const Compiled compiled = compile_text({{"page", R"(policy page "Page"
fact a "A" : yes/no
fact b "B" : yes/no
fact c "C" : yes/no
fact e "E" : yes/no
rule early "Declared before the procedure" d is p when e
define inner "Inner" means c and b
procedure flow "Flow" decides d
  step first "First?" on inner
    yes: p
  step second "Second?" on a
    yes: p
    no: q
decision d "D" p "P" q "Q"
)"}},
                                         "page");
  CHECK(asked(compiled, "d") == std::vector<std::string>{"c", "b", "a", "e"});
}

TEST_CASE("the more basic module comes first, and what is copied after the condition that copies it") {
  const Compiled compiled = compile_text({{"basic", R"(policy basic "Basic"
fact a "A" : yes/no
fact b "B" : yes/no
define value "Value" : yes/no otherwise b
decision d "D" p "P" q "Q" otherwise q
rule r "R" d is p when value
)"},
                                          {"page", R"(policy page "Page"
extends basic
fact c "C" : yes/no
fact e "E" : yes/no
rule s "S" value is e when c
rule t "T" d is p when a
)"}},
                                         "page");
  CHECK(asked(compiled, "d") == std::vector<std::string>{"c", "e", "b", "a"});
}

TEST_CASE("a condition in words is put together from titles") {
  const Compiled compiled = compile_text({{"page", R"(policy page "Page"
choice level "Level" ordered low "Low" high "High"
fact concern "How serious it is" : level
fact at_home "The child lives at home" : yes/no
decision d "D" p "P" q "Q" otherwise q
rule r "R" d is p when any of
  - concern is at least high
  - not at_home
)"}},
                                         "page");
  REQUIRE(compiled.program.has_value());
  REQUIRE(compiled.program->items.size() == 2);
  CHECK(compiled.program->items[0].title == "How serious it is: at least High");
  CHECK(compiled.program->items[1].title == "not: The child lives at home");
}
