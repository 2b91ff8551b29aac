#include "interpreter/doc/precedence.hpp"

#include "tests/unit/interpreter/report/compiled_policy.hpp"

namespace duly::doc {
namespace {

TEST_CASE("precedence: what a rule stands before and behind, and the strongest first") {
  const CompiledPolicy policy(R"(policy page "P"
fact x "X" : yes/no
decision d "D?"  a "A."  b "B."  c "C."
rule weak "Weak" d is a when x
rule other "Other" d is a
rule strong "Strong" d is b when x despite weak
rule in_place "In its place" d is c instead of strong when x
rule top "Top" d is a when not x despite all
)");
  const Program& program = policy.program();
  const auto find = [&](std::string_view name) { return *program.find_rule(name); };
  const auto names = [&](const std::vector<RuleId>& rules) {
    std::string all;
    for (const RuleId rule : rules) all += at(program.rules, rule).name + " ";
    return all;
  };
  const Standing strong = standing_of(program, find("strong"));
  CHECK(names(strong.prevails_over) == "weak ");
  CHECK(names(strong.yields_to) == "in_place top ");
  CHECK(strong.in_place_of.empty());
  const Standing in_place = standing_of(program, find("in_place"));
  CHECK(names(in_place.in_place_of) == "strong ");
  CHECK(names(in_place.prevails_over) == "weak ");
  CHECK(names(strongest_first(program, *program.find_decision("d"))) == "top in_place strong weak other ");
}

}  // namespace
}  // namespace duly::doc
