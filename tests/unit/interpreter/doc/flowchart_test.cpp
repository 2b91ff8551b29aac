#include "interpreter/doc/flowchart.hpp"

#include <algorithm>

#include "tests/unit/interpreter/report/compiled_policy.hpp"

namespace duly::doc {
namespace {

const CompiledPolicy& gate_policy() {
  static const CompiledPolicy policy(R"(policy gate "Who may enter"
choice colour "Colour of the badge"  red "Red"  green "Green"  blue "Blue"
fact badge "The badge" : colour  ask "Which colour?"
fact known "The visitor is known" : yes/no  ask "Known?"
fact fire "There is a fire" : yes/no  ask "Fire?"
fact guest "The visitor is a guest" : yes/no  ask "Guest?"
fact late "It is late" : yes/no  ask "Late?"
decision entry "May the visitor enter?"  enter "Enter."  wait "Wait."  leave "Leave."  otherwise wait
procedure door "At the door" decides entry
  step known "Is the visitor known?" on known
    no: leave
    yes: continue
  step badge "Which badge?" on badge
    green: enter
    otherwise: wait
rule alarm "In a fire nobody enters" entry is leave when fire despite all
rule host "A host fetches guests" entry is enter instead of known.no when guest
rule night "At night guests wait" entry is wait instead of host when late
rule night_watch "At night nobody simply enters" entry is wait when late despite badge.green
)",
                                     "gate.policy");
  return policy;
}

TEST_CASE("flowchart: every answer leads to its ending, or on") {
  const Program& program = gate_policy().program();
  const Flowchart chart = flowchart_of(program, ProcedureId{0});
  REQUIRE(chart.steps.size() == 2);
  const FlowStep& known = chart.steps[0];
  CHECK(known.title == "Is the visitor known?");
  REQUIRE(known.answers.size() == 2);
  CHECK(known.answers[0].answers == std::vector<std::string>{"no"});
  CHECK(known.answers[0].outcome == "Leave.");
  CHECK(known.answers[1].answers == std::vector<std::string>{"yes"});
  CHECK(!known.answers[1].rule);

  const FlowStep& badge = chart.steps[1];
  REQUIRE(badge.answers.size() == 2);
  CHECK(badge.answers[0].answers == std::vector<std::string>{"Green"});
  CHECK(badge.answers[1].answers == std::vector<std::string>{"Red", "Blue"});  // otherwise
  CHECK(badge.answers[1].outcome == "Wait.");
}

TEST_CASE("flowchart: what comes before every ending is told apart from what stands in the place of one") {
  const Program& program = gate_policy().program();
  const Flowchart chart = flowchart_of(program, ProcedureId{0});
  const auto name = [&](RuleId rule) { return at(program.rules, rule).name; };
  REQUIRE(chart.before_all.size() == 1);
  CHECK(name(chart.before_all.front()) == "alarm");

  const FlowAnswer& no = chart.steps[0].answers[0];
  REQUIRE(no.instead.size() == 2);
  CHECK(name(no.instead[0].rule) == "night");  // in the place of what stands there: the stronger
  CHECK(name(no.instead[1].rule) == "host");
  CHECK(no.instead[1].outcome == "Enter.");
  CHECK(no.before.empty());

  const FlowAnswer& green = chart.steps[1].answers[0];
  CHECK(green.instead.empty());
  REQUIRE(green.before.size() == 1);
  CHECK(name(green.before.front()) == "night_watch");
}

TEST_CASE("flowchart: a step that asks for what a module redefines says so") {
  const auto load = [](std::string_view, std::string_view) {
    return std::optional(LoadedModule{"base.policy", R"(policy base "Base"
fact a "A" : yes/no
fact b "B" : yes/no
define reason "There is a reason" means a
decision d "D?"  x "X."  y "Y."
procedure p "P" decides d
  step ground "A reason?" on reason
    yes: x
    no: y
)"});
  };
  const Compiled compiled = compile({"top.policy", R"(policy top "Top" extends base
redefine reason "Our reason" means b
)"},
                                    Loader{load, {}}, CompileOptions{});
  REQUIRE(compiled.program.has_value());
  const Flowchart chart = flowchart_of(*compiled.program, ProcedureId{0});
  REQUIRE(chart.steps.front().redefined.has_value());
  CHECK(at(compiled.program->rules, *chart.steps.front().redefined).full_name == "top.reason");
}

}  // namespace
}  // namespace duly::doc
