#include "interpreter/report/expectations.hpp"

#include "tests/unit/interpreter/report/compiled_policy.hpp"

namespace duly {
namespace {

CompiledPolicy policy_with(const std::string& expectation) {
  return CompiledPolicy(R"(policy page "P"
decision d "D?" a "A" b "B" c "C"
fact x "X" : yes/no
fact y "Y" : yes/no
fact n "N" : number from 0 to 9
define e "E" means x
define m "M" : number from 0 to 9 otherwise 0
rule m_is "M is N" m is n when x
rule first "One" d is a when e
rule second "Two" d is b when y
rule never_mind "Never mind" d is c when n is 7 despite first
action act "Act"
action bar "Bar"
rule do_act "Do" must act when x
rule not_bar "Do not" should not bar when x
safeguard small "Small" when n is 9 never d is a
case it "It"
  as at 2024-02-29
  facts )" + expectation +
                        "\n");
}

CaseOutcome run(const std::string& expectation) {
  const CompiledPolicy policy = policy_with(expectation);
  Decider decider(policy.program());
  return run_case(policy.program(), decider, policy.program().cases.front());
}

ExpectationFailure only_failure(const std::string& expectation) {
  const CaseOutcome outcome = run(expectation);
  CAPTURE(expectation);
  REQUIRE(outcome.failures.size() == 1);
  return outcome.failures.front();
}

TEST_CASE("expectations that hold") {
  for (const char* expectation : {
           "x is yes y is no n is 3 expect d is a",
           "x is yes y is no n is 3 expect d is a because first",
           "x is yes y is no n is 3 expect d is not b",
           "x is yes y is no n is 3 expect e is yes because e",
           "x is yes y is no n is 3 expect m is 3 because m_is",
           "x is yes y is no n is 7 expect d is c because never_mind",
           "x is yes y is yes n is 3 expect d is conflict",
           "x is no y is no n is 3 expect d is gap",
           "n is 3 expect d is undecided asks x",
           "x is no y is no n is 3 expect asks nothing",
           "x is yes y is no n is 9 expect d is unsafe",
           "x is yes n is 1 expect must act must act because do_act should not bar",
           "x is no n is 1 expect no duty act no duty bar",
           "n is 1 expect duty act is undecided",
       }) {
    CAPTURE(expectation);
    const CaseOutcome outcome = run(expectation);
    for (const ExpectationFailure& failure : outcome.failures) MESSAGE(failure.expected << ", found " << failure.found);
    CHECK(outcome.passed());
  }
}

TEST_CASE("expectations that do not hold say what came out, and why") {
  struct Example {
    const char* expectation;
    const char* expected;
    const char* found;
  };
  const Example examples[] = {
      {"x is yes y is no n is 3 expect d is b", "d is b", "d is a"},
      {"x is yes y is no n is 3 expect d is a because second", "d is a because page.second", "d is a"},
      {"x is yes y is no n is 3 expect d is not a", "d is not a", "d is a"},
      {"n is 3 expect d is not a", "d is not a", "d is undecided"},
      {"x is yes y is no n is 3 expect d is undecided", "d is undecided", "d is a"},
      {"x is yes y is yes n is 3 expect d is gap", "d is gap", "d is conflict"},
      {"x is yes y is no n is 3 expect m is 4", "m is 4", "m is 3"},
      {"x is yes y is no n is 3 expect e is no", "e is no", "e is yes"},
      {"x is yes y is no n is 3 expect no duty act", "no duty act", "must act"},
      {"x is yes y is no n is 3 expect should act", "should act", "must act"},
      {"x is no y is no n is 3 expect must act because do_act", "must act because page.do_act", "no duty act"},
      {"n is 3 expect must act", "must act", "duty act is undecided"},
      {"n is 3 expect asks y", "asks y", "asks x"},
      {"n is 3 expect asks nothing", "asks nothing", "asks x"},
      {"x is no y is no n is 3 expect asks x", "asks x", "asks nothing"},
  };
  for (const Example& example : examples) {
    const ExpectationFailure failure = only_failure(example.expectation);
    CHECK(failure.expected == example.expected);
    CHECK(failure.found == example.found);
  }
}

TEST_CASE("a failure names the rules that decided, or disagree, or what is needed") {
  const CompiledPolicy policy = policy_with("x is yes y is yes n is 3 expect d is a");
  const auto rule = [&](const char* name) { return *policy.program().find_rule(name); };
  CHECK(only_failure("x is yes y is yes n is 3 expect d is a").rules == std::vector{rule("first"), rule("second")});
  CHECK(only_failure("x is yes y is no n is 3 expect d is b").rules == std::vector{rule("first")});
  CHECK(only_failure("x is yes y is no n is 3 expect no duty act").rules == std::vector{rule("do_act")});
  const ExpectationFailure open = only_failure("x is yes n is 3 expect d is a");
  CHECK(open.status == Status::undecided);
  CHECK(open.needs == std::vector{*policy.program().find_fact("y")});
}

TEST_CASE("a safeguard that breaks unexpectedly fails the case") {
  const CaseOutcome outcome = run("x is yes y is no n is 9 expect must act");
  CHECK(outcome.failures.empty());
  CHECK(outcome.broken.size() == 1);
  CHECK_FALSE(outcome.passed());
}

}  // namespace
}  // namespace duly
