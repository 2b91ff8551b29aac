#include "interpreter/analysis/analyse.hpp"

#include <doctest/doctest.h>

#include "interpreter/analysis/witness.hpp"
#include "tests/unit/interpreter/report/compiled_policy.hpp"

namespace duly {
namespace {

constexpr const char* facts = R"(
choice weather_kind "The weather" ordered fine "Fine" wet "Wet" stormy "Stormy"
fact age "Age" : number from 0 to 17
fact agrees "A parent agrees" : yes/no
fact weather "The weather" : weather_kind
decision comes "Who comes?" yes_please "Comes" stays "Stays"
)";

class Analysed {
 public:
  explicit Analysed(const std::string& rules, std::size_t max_nodes = 1'000'000, const std::string& more = facts)
      : policy_("policy page \"A policy\"\n" + more + rules),
        analysis(analyse(policy_.program(), *parse_date("2026-03-02"), max_nodes)) {}

  const Program& program() const { return policy_.program(); }

  /// `conflict comes: agreed, storm`
  std::vector<std::string> found() const {
    std::vector<std::string> result;
    for (const Problem& problem : analysis.problems) {
      std::string line;
      switch (problem.kind) {
        case ProblemKind::conflict: line = "conflict " + at(program().subjects, problem.subject).name; break;
        case ProblemKind::gap: line = "gap " + at(program().subjects, problem.subject).name; break;
        case ProblemKind::broken_safeguard: line = "breaks " + at(program().safeguards, *problem.safeguard).name; break;
        case ProblemKind::never_applies: line = "never applies"; break;
        case ProblemKind::never_decides: line = "never decides"; break;
        case ProblemKind::idle_item: line = "idle " + at(program().items, *problem.item).name; break;
      }
      std::string separator = ": ";
      for (const RuleId rule : problem.rules) {
        line += separator + at(program().rules, rule).name;
        separator = ", ";
      }
      result.push_back(line);
      check_witness(problem);
    }
    return result;
  }

 private:
  void check_witness(const Problem& problem) const {
    if (!problem.witness) return;
    Decider decider(program());
    const Decision decision = decider.decide(*problem.witness);
    CHECK(is_shown(program(), decision, problem));
  }

  CompiledPolicy policy_;

 public:
  Analysis analysis;
};

using Lines = std::vector<std::string>;

TEST_CASE("a policy with an answer for every case has no findings") {
  const Analysed clean(R"(
rule agreed "Agreed" comes is yes_please when agrees
rule refused "Refused" comes is stays when not agrees
safeguard agreed_comes "Agreed comes" when agrees always comes is yes_please)");
  CHECK(clean.found() == Lines{});
  CHECK(clean.analysis.proves());
  CHECK(clean.analysis.subjects == 1);
  CHECK(clean.analysis.safeguards == 1);
}

TEST_CASE("rules that disagree, and cases that none decides") {
  const Analysed policy(R"(
rule agreed "Agreed" comes is yes_please when agrees
rule storm "Storm" comes is stays when weather is stormy
rule young "Young" comes is stays when not agrees and age is under 16)");
  CHECK(policy.found() == Lines{"conflict comes: agreed, storm", "gap comes"});
}

TEST_CASE("what comes before another rule does not disagree with it") {
  CHECK(Analysed(R"(
rule agreed "Agreed" comes is yes_please
rule storm "Storm" comes is stays when weather is stormy despite agreed)")
            .found() == Lines{});
}

TEST_CASE("duties disagree in two directions, not in strength") {
  CHECK(Analysed(R"(
rule any_case "All" comes is stays
action pack "Pack" rule a "A" must pack when agrees rule b "B" must not pack when weather is wet)")
            .found() == Lines{"conflict pack: a, b"});
  CHECK(Analysed(R"(
rule any_case "All" comes is stays
action pack "Pack" rule a "A" must pack when agrees rule b "B" should pack when weather is wet)")
            .found() == Lines{});
}

TEST_CASE("what only hands on a conflict is named with it") {
  const Analysed policy(R"(
define dry "Dry" : yes/no otherwise yes
rule a "A" dry is yes when agrees
rule b "B" dry is no when weather is stormy
rule c "C" comes is yes_please when dry
rule d "D" comes is stays when not dry)");
  REQUIRE(policy.found() == Lines{"conflict dry: a, b"});
  REQUIRE(policy.analysis.problems[0].also.size() == 1);
  CHECK(at(policy.program().subjects, policy.analysis.problems[0].also[0]).name == "comes");
}

TEST_CASE("a safeguard is proved, or a case shows that it breaks") {
  const Analysed policy(R"(
rule agreed "Agreed" comes is yes_please when agrees
rule refused "Refused" comes is stays when not agrees
safeguard small "Small children stay in the wet" when age is under 3 and weather is wet never comes is yes_please)");
  REQUIRE(policy.found() == Lines{"breaks small: agreed"});
  const Case& witness = *policy.analysis.problems[0].witness;
  Decider decider(policy.program());
  CHECK(expectations(policy.program(), decider.decide(witness), policy.analysis.problems[0]) ==
        Lines{"comes is unsafe"});
}

TEST_CASE("a safeguard that hangs on a conflict is that conflict's to report") {
  CHECK(Analysed(R"(
rule agreed "Agreed" comes is yes_please when agrees
rule refused "Refused" comes is stays when not agrees or weather is stormy
safeguard storm "Storm" when weather is stormy never comes is yes_please)")
            .found() == Lines{"conflict comes: agreed, refused"});
}

TEST_CASE("rules and items of the policy's own that can never decide") {
  const Analysed policy(R"(
define bad "Bad" means any of
  - both: weather is fine and weather is wet
  - storm: weather is stormy
define any_age "Any age" means all of
  - age: age is at least 0
  - agreed: agrees
rule any_case "All" comes is stays
rule never "Never" comes is yes_please when bad and any_age and weather is fine despite all
rule second "Second" comes is yes_please when agrees
rule first "First" comes is stays when agrees or weather is wet despite second)");
  CHECK(policy.found() ==
        Lines{"never applies: never", "never decides: second", "idle page.bad.both", "idle page.any_age.age"});
  const Problem& second = policy.analysis.problems[1];
  REQUIRE(second.give_way_to.size() == 1);
  CHECK(at(policy.program().rules, second.give_way_to[0]).name == "first");
  CHECK_FALSE(policy.analysis.problems[2].in_all_of);
  CHECK(policy.analysis.problems[3].in_all_of);
}

TEST_CASE("where values are compared with each other, a witness says how they compare") {
  const std::string dates = R"(
fact asked "Asked" : date
fact answered "Answered" : date
decision comes "Who comes?" yes_please "Comes" stays "Stays" otherwise stays
)";
  const Analysed policy(R"(
rule a "A" comes is yes_please when asked is before answered
rule b "B" comes is stays when answered is after 2024-05-01)",
                        1'000'000, dates);
  REQUIRE(policy.found() == Lines{"conflict comes: a, b"});
  const Case& witness = *policy.analysis.problems[0].witness;
  const FactId asked = *policy.program().find_fact("asked"), answered = *policy.program().find_fact("answered");
  CHECK(witness.value(asked) < witness.value(answered));
  CHECK(policy.analysis.proves());
}

TEST_CASE("past the bound nothing is claimed") {
  const Analysed policy(R"(
rule agreed "Agreed" comes is yes_please when agrees
rule storm "Storm" comes is stays when weather is stormy)",
                        1);
  CHECK_FALSE(policy.analysis.complete);
  CHECK_FALSE(policy.analysis.proves());
  CHECK(policy.found() == Lines{});
}

TEST_CASE("every case of a small policy, one by one, says what the analysis says") {
  // Each rule holds in a pseudo-random part of all cases; the analysis finds a conflict, a gap, an idle rule if and
  // only if some case has one.
  std::uint32_t state = 7;
  const auto random = [&](std::uint32_t below) { return (state = state * 1'664'525 + 1'013'904'223) / 65'536 % below; };
  for (int round = 0; round < 60; ++round) {
    const std::string conditions[] = {"agrees",
                                      "not agrees",
                                      "age is under 9",
                                      "age is at least 9",
                                      "weather is wet",
                                      "weather is at least wet",
                                      "age is from 5 to 12"};
    std::string rules;
    for (const std::string name : {"r", "s", "t"}) {
      rules += "rule " + name + " \"R\" comes is " + (random(2) ? "stays" : "yes_please") + " when " +
               conditions[random(7)] + (random(2) ? " and " : " or ") + conditions[random(7)];
      if (name != "r" && random(2)) rules += " despite r";
      rules += "\n";
    }
    CAPTURE(rules);
    const Analysed policy(rules);
    bool conflict = false, gap = false;
    std::vector<bool> decides(3, false);
    Decider decider(policy.program());
    for (Scalar age = 0; age < 18; ++age) {
      for (Scalar agrees = 0; agrees < 2; ++agrees) {
        for (Scalar weather = 0; weather < 3; ++weather) {
          Case each(policy.program());
          each.set(*policy.program().find_fact("age"), age);
          each.set(*policy.program().find_fact("agrees"), agrees);
          each.set(*policy.program().find_fact("weather"), weather);
          const Decision decision = decider.decide(each);
          const Status status = decision.of(*policy.program().find_decision("comes")).status;
          conflict = conflict || status == Status::conflict;
          gap = gap || status == Status::gap;
          for (std::uint32_t i = 0; i < 3; ++i) decides[i] = decides[i] || decision.of(RuleId{i}).left == Extent::every;
        }
      }
    }
    bool found_conflict = false, found_gap = false;
    std::vector<bool> found_idle(3, false);
    for (const Problem& problem : policy.analysis.problems) {
      found_conflict = found_conflict || problem.kind == ProblemKind::conflict;
      found_gap = found_gap || problem.kind == ProblemKind::gap;
      if (problem.kind == ProblemKind::never_applies || problem.kind == ProblemKind::never_decides) {
        found_idle[problem.rules.front().index] = true;
      }
    }
    policy.found();  // checks the witnesses
    CHECK(found_conflict == conflict);
    CHECK(found_gap == gap);
    for (std::size_t i = 0; i < 3; ++i) CHECK(found_idle[i] == !decides[i]);
  }
}

TEST_CASE("a case block has what is known, and the day where it matters") {
  const Analysed policy("rule any_case \"All\" comes is stays");
  Case known(policy.program());
  known.as_at = *parse_date("2026-03-02");
  known.set(*policy.program().find_fact("age"), 4);
  known.set(*policy.program().find_fact("weather"), 1);
  CHECK(write_case_block(policy.program(), known, "small", "A small one", {"comes is stays"}, true) ==
        "case small \"A small one\"\n  as at 2026-03-02\n  facts\n    age is 4\n    weather is wet\n  expect\n"
        "    comes is stays\n");
}

}  // namespace
}  // namespace duly
