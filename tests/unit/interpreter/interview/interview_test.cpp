#include "interpreter/interview/interview.hpp"

#include <algorithm>

#include "interpreter/interview/words.hpp"
#include "interpreter/report/case_json.hpp"
#include "tests/property/shipped.hpp"
#include "tests/unit/interpreter/report/compiled_policy.hpp"

namespace duly {
namespace {

const Program& program() {
  static const CompiledPolicy policy(R"(policy page "When a visit needs a second person"
source guide "Visiting: a guide" by "A council"
  provision pairs_1 "Two go where there is a known risk"
  provision dogs_1 "Dogs count"
fact home.risk "There is a known risk at the home" : yes/no ask "Is there a known risk at this home?"
fact home.dogs "Number of dogs" : number from 0 to 9 ask "How many dogs are there?"
fact manager.allows "The manager allows one person alone" : yes/no
fact remark "A remark" : text
fact seen "Something was seen" : yes/no
decision crew "How many people make the visit?" single "One person." double "Two people." otherwise single
define danger "Something could go wrong" means any of
  - known: home.risk [guide.pairs_1]
  - dogs: home.dogs is at least 3 [guide.dogs_1]
rule pair "Two go where something could go wrong" crew is double when danger
rule alone "The manager's word is enough" crew is single when manager.allows despite pair
action note "Write it down"
rule note_it "Notes" must note when seen and crew is double
record visit_record "Record" field what "A remark" : text from remark
)");
  return policy.program();
}

Interview visit() { return Interview(program(), program().default_decision, Case(program())); }

std::string asks(const Interview& interview) {
  const auto question = interview.question();
  return question ? at(interview.program().facts, question->fact).name : "nothing";
}

Status status(const Interview& interview) { return interview.decision().of(*interview.asked()).status; }

TEST_CASE("interview: asks in order, passes over what cannot matter, and stops when it is settled") {
  Interview interview = visit();
  CHECK(asks(interview) == "home.risk");
  CHECK(interview.at_most() == 3);
  interview.answer(1);
  CHECK(asks(interview) == "manager.allows");  // the dogs no longer matter
  CHECK(interview.at_most() == 1);
  interview.answer(1);
  CHECK(status(interview) == Status::decided);
  CHECK(asks(interview) == "nothing");
  CHECK_FALSE(interview.duties_are_open());
}

TEST_CASE("interview: goes on with the duties only when that is wanted") {
  Interview interview = visit();
  interview.answer(1);
  interview.answer(0);
  CHECK(status(interview) == Status::decided);
  CHECK(interview.duties_are_open());
  CHECK(asks(interview) == "nothing");
  interview.ask_duties(true);
  CHECK(asks(interview) == "seen");
  CHECK(interview.at_most() == 1);
  interview.answer(1);
  CHECK(asks(interview) == "nothing");
  CHECK(interview.at_most() == 0);
}

TEST_CASE("interview: what nobody knows stays unknown, and is not asked again") {
  Interview interview = visit();
  interview.answer(std::nullopt);
  CHECK(asks(interview) == "home.dogs");
  CHECK(interview.at_most() == 2);
  interview.answer(0);
  CHECK(asks(interview) == "manager.allows");
  interview.answer(0);
  CHECK(asks(interview) == "nothing");
  CHECK(status(interview) == Status::undecided);
  REQUIRE(interview.not_known().size() == 1);
  CHECK(at(program().facts, interview.not_known().front()).name == "home.risk");
}

TEST_CASE("interview: what is not known and no longer matters is not listed") {
  Interview interview = visit();
  interview.answer(std::nullopt);
  interview.answer(3);
  interview.answer(0);
  CHECK(status(interview) == Status::decided);
  CHECK(interview.not_known().empty());
}

TEST_CASE("interview: back takes the last answer away and asks for it again") {
  Interview interview = visit();
  CHECK_FALSE(interview.back().has_value());
  interview.answer(0);
  interview.answer(4);
  CHECK(interview.back() == program().find_fact("home.dogs"));
  CHECK(asks(interview) == "home.dogs");
  CHECK_FALSE(interview.facts().known(*program().find_fact("home.dogs")));
  CHECK(interview.answers().size() == 1);
  interview.answer(std::nullopt);
  CHECK(interview.back() == program().find_fact("home.dogs"));
  CHECK(interview.back() == program().find_fact("home.risk"));
  CHECK(asks(interview) == "home.risk");
}

TEST_CASE("interview: a changed answer drops what no longer matters, and only that") {
  Interview interview = visit();
  interview.answer(0);
  interview.answer(4);
  interview.answer(1);
  const auto dropped = interview.change(0, 1);
  REQUIRE(dropped.size() == 1);
  CHECK(at(program().facts, dropped.front().fact).name == "home.dogs");
  CHECK(dropped.front().value == 4);
  CHECK(interview.answers().size() == 2);  // the manager's word still counts
  CHECK(interview.facts().known(*program().find_fact("manager.allows")));
  CHECK(status(interview) == Status::decided);

  CHECK(interview.change(1, std::nullopt).empty());
  CHECK(status(interview) == Status::undecided);
  CHECK(interview.change(7, 1).empty());  // no such answer
}

TEST_CASE("interview: starts from what a case knows, which stays and can be changed") {
  const CaseReading reading = read_case_json(program(), R"({"facts": {"home.dogs": 4, "remark": "A gate"}})");
  Interview interview(program(), program().default_decision, *reading.facts);
  CHECK(asks(interview) == "manager.allows");
  REQUIRE(interview.answers().size() == 1);
  CHECK(interview.answers().front().given);
  CHECK_FALSE(interview.back().has_value());
  interview.answer(0);
  interview.change(0, 0);
  CHECK(interview.facts().text(*program().find_fact("remark")) == "A gate");
  CHECK(asks(interview) == "home.risk");
}

TEST_CASE("interview: says why it asks, down to the item of a list, and what an answer settles") {
  Interview interview = visit();
  interview.answer(0);
  const Question question = *interview.question();
  CHECK(say_asked_for(program(), interview.asked_for(question)) ==
        std::vector<std::string>{"Two go where something could go wrong", "Something could go wrong [guide.dogs_1]"});
  const auto consequences = interview.consequences(question);
  REQUIRE(consequences.size() == 2);
  CHECK(say_within(program(), question.fact, consequences[0]) == "under 3");
  CHECK(say_consequence(program(), question, consequences[0]) == "settles it: One person.");
  CHECK(say_within(program(), question.fact, consequences[1]) == "3 or more");
  CHECK(say_consequence(program(), question, consequences[1]) == "settles \u201cSomething could go wrong\u201d");
  CHECK(say_question(program(), *program().find_fact("manager.allows")) == "The manager allows one person alone");
}

TEST_CASE("interview: a judgement waits for a plain fact that may make it unnecessary") {
  const CompiledPolicy policy(R"(policy page "A policy"
fact understands "Understands" : yes/no judgement
fact age "Age" : number from 0 to 17
fact weighs "Weighs it up" : yes/no judgement
decision who "Who decides?" child "The child" parent "A parent" otherwise parent
define able "The child can decide" : yes/no otherwise no
rule able_child "Understands" able is yes when understands
rule young "Under 12" able is no when age is under 12 despite able_child
rule child_decides "Able" who is child when able and weighs
)");
  Interview interview(policy.program(), policy.program().default_decision, Case(policy.program()));
  CHECK(asks(interview) == "age");
  CHECK(interview.at_most() == 3);
  interview.answer(12);
  CHECK(asks(interview) == "understands");
  interview.back();
  interview.answer(11);
  CHECK(status(interview) == Status::decided);
  CHECK(interview.answers().size() == 1);
}

TEST_CASE("interview: a policy without decisions is asked for its duties") {
  const CompiledPolicy policy(R"(policy page "A policy"
fact seen "Seen" : yes/no
action note "Write it down"
rule note_it "Notes" must note when seen
)");
  Interview interview(policy.program(), std::nullopt, Case(policy.program()));
  CHECK(asks(interview) == "nothing");
  interview.ask_duties(true);
  CHECK(asks(interview) == "seen");
  interview.answer(1);
  CHECK(asks(interview) == "nothing");
}

TEST_CASE("interview: Derby, an eleven-year-old at risk: settled in fewer than twelve questions") {
  std::size_t cases = 0, like_the_first = 0;
  for_each_shipped([&](const std::string& name, const Program& derby) {
    if (name != "derby") return;
    const FactId age = *derby.find_fact("child.age"), level = *derby.find_fact("concern.level");
    const FactId refused = *derby.find_fact("consent.parent"), grounds = *derby.find_fact("concern.grounds");
    for (const TestCase& test_case : derby.cases) {
      const Case whole = make_case(derby, test_case);
      const bool is_eleven = whole.known(age) && whole.value(age) == 11;
      const bool at_risk =
          whole.known(level) && derby.show(at(derby.facts, level).type, whole.value(level)) == "significant_harm";
      const Decision decided = Decider(derby).decide(whole);
      if (!is_eleven || !at_risk || decided.of(*derby.default_decision).status != Status::decided) continue;
      INFO(test_case.name);
      ++cases;
      Case start(derby);
      start.as_at = whole.as_at;
      Interview interview(derby, derby.default_decision, start);
      while (const auto question = interview.question()) {
        interview.answer(whole.known(question->fact) ? std::optional(whole.value(question->fact)) : std::nullopt);
      }
      const bool is_refused = derby.show(at(derby.facts, refused).type, whole.value(refused)) == "refused";
      if (is_refused && derby.show(at(derby.facts, grounds).type, whole.value(grounds)) == "reasonable_cause") {
        CHECK(interview.answers().size() < 12);
        ++like_the_first;
      }
      CHECK(interview.decision().of(*derby.default_decision).status == Status::decided);
      CHECK(interview.decision().of(*derby.default_decision).value == decided.of(*derby.default_decision).value);
    }
  });
  CHECK(cases > 0);
  CHECK(like_the_first > 0);
}

}  // namespace
}  // namespace duly
