#include "interpreter/trace/what_if.hpp"

#include "interpreter/trace/guess.hpp"
#include "interpreter/trace/two_paths.hpp"
#include "tests/unit/interpreter/report/visit_policy.hpp"

namespace duly::trace {
namespace {

const CompiledPolicy& kinds_policy() {
  static const CompiledPolicy policy(R"(policy page "Page"
choice colour "Colour" red "Red" green "Green" blue "Blue"
fact yes_or_no "Y" : yes/no ask "Y?"
fact shade "C" : colour ask "C?"
fact count "N" : number of years from 0 to 9 ask "N?"
fact day "D" : date ask "D?"
fact shades "S" : set of colour ask "S?"
fact note "T" : text ask "T?"
define some "Some" means yes_or_no or shade is red or count is over 3 or day is after 2020-01-01 or shades includes red
decision d "D?" p "P" q "Q" otherwise q
rule r "R" d is p when some
)");
  return policy;
}

ChangeReading read(std::string_view text) { return read_change(kinds_policy().program(), text); }

Scalar value(std::string_view text) {
  const ChangeReading reading = read(text);
  INFO(reading.problem);
  REQUIRE(reading.change.has_value());
  REQUIRE(reading.change->value.has_value());
  return *reading.change->value;
}

}  // namespace

TEST_CASE("a change is read as policies write values") {
  CHECK(value("yes_or_no=yes") == 1);
  CHECK(value("yes_or_no = no") == 0);
  CHECK(value("shade is green") == 1);
  CHECK(value("count=9") == 9);
  CHECK(value("day=1970-01-02") == 1);
  CHECK(value("shades=red, blue") == 0b101);
  CHECK(value("shades=empty") == 0);
  CHECK(read("note=some words").change->text == "some words");
  CHECK_FALSE(read("count=unknown").change->value.has_value());
}

TEST_CASE("what is no change is refused, with the nearest that is") {
  const auto refused = [](std::string_view text, std::string_view problem, std::string_view help) {
    const ChangeReading reading = read(text);
    CHECK_FALSE(reading.change.has_value());
    CHECK(reading.problem == problem);
    CHECK(reading.help == help);
  };
  refused("shde=red", "`page` has no fact `shde`", "Did you mean `shade`?");
  refused("some=yes", "`page` has no fact `some`", "The rules work it out; change a fact that they read.");
  refused("shade=gren", "`gren` is no answer for `shade`",
          "Did you mean `green`? Its answers are red, green, blue and unknown.");
  refused("count=10", "`10` is no answer for `count`", "It is a whole number from 0 to 9, or unknown.");
  refused("count=1.0", "`1.0` is no answer for `count`", "It is a whole number from 0 to 9, or unknown.");
  refused("count=99999999999999999999", "`99999999999999999999` is no answer for `count`",
          "It is a whole number from 0 to 9, or unknown.");
  refused("day=2026-02-30", "`2026-02-30` is no answer for `day`",
          "It is a date that exists, such as 2026-11-22, or unknown.");
  refused("shades=red,gren", "`gren` is no answer for `shades`",
          "Did you mean `green`? It is any of red, green, blue, with commas between them, or empty, or unknown.");
  refused("yes_or_no", "`yes_or_no` is given no value", "Its answers are yes, no and unknown.");
  refused("yes_or_no=", "`yes_or_no` is given no value", "Its answers are yes, no and unknown.");
  CHECK_FALSE(read("").change.has_value());
  CHECK_FALSE(read("=").change.has_value());
}

TEST_CASE("two paths part at the first step that differs, other than the reading of what was changed") {
  const Program& program = visit_policy().program();
  Decider decider(program);
  Case facts(program);
  for (const char* name : {"home.risk", "home.dogs", "manager.allows"}) facts.set(*program.find_fact(name), 0);
  const Path before = follow(program, decider, facts, program.default_decision);
  const Change change = *read_change(program, "home.risk=yes").change;
  apply(facts, change);
  const Path after = follow(program, decider, facts, program.default_decision);

  const auto parts = parting(before.recording, after.recording, {change.fact});
  REQUIRE(parts.has_value());
  CHECK(parts->before == parts->after);
  const auto* tried = std::get_if<ConditionTried>(&before.recording[parts->before].what);
  REQUIRE(tried != nullptr);
  CHECK(at(program.rules, *tried->rule).name == "danger");
  CHECK(*parts->subject == *program.find_subject("danger"));
  CHECK(parts->rules_before.empty());
  REQUIRE(parts->rules_after.size() == 1);

  const TwoPaths paths = compare(program, before, after, {change}, program.default_decision);
  CHECK(paths.before.outcome == "One person makes the visit. (single)");
  CHECK(paths.after.outcome == "Two people make the visit. (double)");

  CHECK_FALSE(parting(before.recording, before.recording, {}).has_value());
}

TEST_CASE("one recording may end where the other goes on") {
  const Program& program = visit_policy().program();
  Decider decider(program);
  const Recording whole = follow(program, decider, Case(program), program.default_decision).recording;
  const Recording part(whole.begin(), whole.begin() + 3);
  const auto parts = parting(part, whole, {});
  REQUIRE(parts.has_value());
  CHECK(parts->before == 3);
}

TEST_CASE("the steps before the outcome tell nothing of it") {
  const Program& program = visit_policy().program();
  Decider decider(program);
  Case facts(program);
  facts.set(*program.find_fact("home.risk"), 1);
  const Path path = follow(program, decider, facts, program.default_decision);
  const SubjectId crew = *program.default_decision;
  const std::size_t count = steps_before_outcome(program, path.recording, crew);
  REQUIRE(count > 0);
  REQUIRE(count < path.recording.size());
  CHECK(std::holds_alternative<ConditionTried>(path.recording[count].what));
  for (std::size_t i = 0; i < count; ++i) {
    const auto* tried = std::get_if<RuleTried>(&path.recording[i].what);
    if (tried) CHECK(at(program.rules, tried->rule).subject != crew);
    CHECK_FALSE(std::holds_alternative<DutyLaid>(path.recording[i].what));
  }
}

}  // namespace duly::trace
