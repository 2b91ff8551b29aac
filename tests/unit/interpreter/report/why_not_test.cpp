#include "interpreter/report/why_not.hpp"

#include "interpreter/report/case_json.hpp"
#include "interpreter/report/decision_json.hpp"
#include "interpreter/report/decision_text.hpp"
#include "tests/unit/interpreter/report/visit_policy.hpp"

namespace duly {
namespace {

std::string text(std::string_view facts, std::string_view asked, Depth depth = Depth::normal) {
  DecidedCase decided = decided_visit(facts);
  const DecisionView view = decided.view();
  const WhyNotNaming naming = find_why_not(view.program, view.asked, asked);
  REQUIRE(naming.target.has_value());
  return decision_text(explain_why_not(view, why_not(view, *naming.target), depth), {});
}

constexpr std::string_view risky = R"({"facts": {"home.risk": true, "home.dogs": 0, "manager.allows": false}})";
constexpr std::string_view allowed = R"({"facts": {"home.risk": true, "home.dogs": 0, "manager.allows": true}})";
constexpr std::string_view quiet = R"({"facts": {"home.risk": false, "home.dogs": 2, "manager.allows": false}})";

TEST_CASE("why not: a rule whose condition fails, down to the items of the definition it reads") {
  CHECK(text(quiet, "pair") == R"(Why not: Two go where something could go wrong
  It does not apply here. (visit.pair)

What failed
  - Something could go wrong (here: no) (danger, visit.policy:28)
    - There is a known risk at the home (here: no) [guide.pairs_1] (visit.danger.known,
      visit.policy:23)
    - Number of dogs: at least 3 (here: 2) (visit.danger.dogs, visit.policy:24)

What would have to be otherwise
  - There is a known risk at the home: yes, instead of no (home.risk)

Sources
  - Visiting: a guide (guide)
    - pairs_1: Two go where there is a known risk

As at 22 November 2026, by the policy visit.
)");
}

TEST_CASE("why not: a rule that is set aside, and by what") {
  const std::string said = text(allowed, "visit.pair");
  CHECK(said.find("It applies here, and another rule comes before it. (visit.pair)") != std::string::npos);
  CHECK(said.find("What set it aside\n  - Set aside by: The manager's word is enough [guide.pairs_2] (visit.alone)") !=
        std::string::npos);
  CHECK(said.find("- The manager allows one person alone: no, instead of yes (manager.allows)") != std::string::npos);
}

TEST_CASE("why not: an outcome, by each rule that would have led there") {
  const std::string said = text(risky, "single");
  CHECK(said.find("What came out: Two people make the visit. (crew: single)") != std::string::npos);
  CHECK(said.find("It is the answer where no rule applies. Here a rule does.") != std::string::npos);
  CHECK(said.find("The manager allows one person alone (here: no) (manager.allows, visit.policy:33)") !=
        std::string::npos);
  CHECK(said.find("What decided instead\n  - Two go where something could go wrong") != std::string::npos);
}

TEST_CASE("why not: what came out after all") {
  CHECK(text(risky, "double").find("That is what came out.") != std::string::npos);
  CHECK(text(risky, "double").find("otherwise") == std::string::npos);
  CHECK(text(risky, "pair").find("It does apply here, and nothing sets it aside.") != std::string::npos);
}

TEST_CASE("why not: where more has to be known") {
  const std::string said = text(R"({"facts": {"home.risk": true}})", "single");
  CHECK(said.find("What came out: not known yet.") != std::string::npos);
  CHECK(said.find("Not known yet: The manager allows one person alone (here: not known)") != std::string::npos);
  CHECK(said.find("The manager allows one person alone: yes (not known so far)") != std::string::npos);
}

TEST_CASE("why not: values of definitions, and duties") {
  CHECK(text(quiet, "danger=yes").find("Why not: Something could go wrong: yes") != std::string::npos);
  CHECK(text(quiet, "write_note=must_not").find("No case leads there, whatever the facts are") != std::string::npos);
  CHECK(text(quiet, "write_note=must not").find("No rule of this policy leads there.") != std::string::npos);
}

TEST_CASE("why not: in about five lines") {
  CHECK(text(quiet, "pair", Depth::brief) == R"(Why not: Two go where something could go wrong
  It does not apply here. (visit.pair)
What failed: Something could go wrong (here: no) (danger, visit.policy:28).
What would have to be otherwise: There is a known risk at the home: yes, instead of no
  (home.risk).
As at 22 November 2026, by the policy visit.
)");
}

TEST_CASE("why not: as JSON, after the other keys") {
  DecidedCase decided = decided_visit(quiet);
  const DecisionView view = decided.view();
  const WhyNot found = why_not(view, *find_why_not(view.program, view.asked, "double").target);
  const std::string json = decision_json(view, JsonWriter::Style::compact, &found);
  const std::string key = R"("warnings":[],"why_not":{)";
  const auto stripped = [](std::string text) {
    std::erase(text, ' ');
    return text;
  };
  CHECK(stripped(json).find(key) != std::string::npos);
  CHECK(stripped(json).find(R"("changes":[{"fact":"home.risk")") != std::string::npos);
  CHECK(decision_json(view).find("why_not") == std::string::npos);
}

std::string problem(std::string_view asked) {
  const Program& program = visit_policy().program();
  const WhyNotNaming naming = find_why_not(program, program.default_decision, asked);
  CHECK_FALSE(naming.target.has_value());
  return naming.error + " | " + naming.help;
}

TEST_CASE("why not: a name that is none is answered with the nearest") {
  CHECK(problem("sinlge").find("Did you mean `single`?") != std::string::npos);
  CHECK(problem("visit.alon").find("Did you mean `visit.alone`?") != std::string::npos);
  CHECK(problem("dangr=yes").find("Did you mean `danger`?") != std::string::npos);
  CHECK(problem("danger=maybe").find("It can be no, yes.") != std::string::npos);
  CHECK(problem("crew=doubl").find("Did you mean `double`?") != std::string::npos);
  CHECK(problem("write_note=shall").find("It can be may, should, must, should not, must not.") != std::string::npos);
  CHECK(problem("").find("Ask about an outcome (single, double)") != std::string::npos);
  CHECK(problem("=").find("has no definition") != std::string::npos);
}

TEST_CASE("near misses: a rule that fails in one part alone, and an outcome that one fact would have made") {
  const CompiledPolicy policy(R"(policy page "A policy"
fact rain "It rains" : yes/no
fact cold "It is cold" : yes/no
fact age "Age" : number of years from 0 to 17
decision plan "What is done?" stay "They stay." go "They go." otherwise go
rule wet "Wet and cold" plan is stay when rain and cold and age is under 12
rule icy "Ice" plan is stay when cold and not rain and age is over 15
)");
  Case facts(policy.program());
  facts.set(*policy.program().find_fact("rain"), 1);
  facts.set(*policy.program().find_fact("cold"), 1);
  facts.set(*policy.program().find_fact("age"), 12);
  DecidedCase decided(policy, facts);
  const std::string said = decision_text(explain(decided.view(), Depth::full), {});
  CHECK(said.find("Near misses: rules that do not apply for one part alone\n  - Wet and cold (page.wet)\n"
                  "    - Age: at most 11 years (here: 12 years) (age, page.policy:6)\n") != std::string::npos);
  CHECK(said.find("Rules that do not apply here\n  - Ice (page.icy)\n    - not: It rains (here: yes)") !=
        std::string::npos);
  CHECK(said.find("with one fact otherwise: Age: 11 years or less, instead of 12 years") != std::string::npos);
}

}  // namespace
}  // namespace duly
