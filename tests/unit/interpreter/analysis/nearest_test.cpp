#include "interpreter/analysis/nearest.hpp"

#include "interpreter/eval/decision.hpp"
#include "interpreter/report/case_json.hpp"
#include "tests/unit/interpreter/report/compiled_policy.hpp"

namespace duly {
namespace {

constexpr const char* outing = R"(policy page "Who goes on the outing"
choice body "A body" school "The school" club "The club"
choice need "A need" wheelchair "A wheelchair" diet "A diet" medicine "Medicine"
fact age "Age" : number of years from 0 to 17
fact born "Day of birth" : date
fact asked_by "Who asks" : body
fact agrees "A parent agrees" : yes/no
fact leader "A leader comes along" : yes/no
fact needs "Needs" : set of need
decision goes "May the child go?" goes "The child goes." stays "The child stays." otherwise stays
rule old_enough "Twelve or over" goes is goes when age is at least 12
rule accompanied "With a leader and a parent's word" goes is goes when agrees and leader
rule club "The club's own" goes is goes when asked_by is club and agrees
define equipped "The bus is equipped" means needs includes all of wheelchair, medicine
define two_leaders "Two leaders" : yes/no otherwise no
rule never "Cannot be" two_leaders is yes when agrees and not agrees
action phone "Phone the parent"
rule must_phone "Phone" must phone when needs includes medicine and not agrees
)";

class Outing {
 public:
  explicit Outing(std::string_view facts, const std::string& more = "") : policy_(outing + more) {
    CaseReading reading = read_case_json(policy_.program(), facts);
    REQUIRE(reading.facts.has_value());
    facts_ = *reading.facts;
    facts_->as_at = *parse_date("2026-03-02");
  }

  const Program& program() const { return policy_.program(); }

  /// `agrees: no -> yes; leader: ? -> yes`
  std::string to(const std::string& subject_name, Scalar value) {
    for (std::uint32_t i = 0; i < program().subjects.size(); ++i) {
      if (program().subjects[i].name == subject_name) {
        return show(NearestCases(program(), *facts_).to_value(SubjectId{i}, value), SubjectId{i}, value);
      }
    }
    return "no such subject";
  }

  std::string to_rule(const std::string& name) {
    const NearestCase found = NearestCases(program(), *facts_).to_rule(*program().find_rule(name));
    if (found.facts)
      CHECK(Decider(program()).decide(*found.facts).of(*program().find_rule(name)).left == Extent::every);
    return show(found);
  }

 private:
  std::string show(const NearestCase& found, SubjectId subject, Scalar value) const {
    if (found.facts) {
      const Finding there = Decider(program()).decide(*found.facts).of(subject);
      CHECK(there.status == Status::decided);
      CHECK(there.value == value);
    }
    return show(found);
  }

  std::string show(const NearestCase& found) const {
    if (found.search == NearestCase::Search::none) return "none";
    if (found.search == NearestCase::Search::too_large) return "too large";
    std::string text;
    for (const FactChange& change : found.changes) {
      const Fact& fact = at(program().facts, change.fact);
      if (!text.empty()) text += "; ";
      text += fact.name + ": " + (change.from ? program().show(fact.type, *change.from) : "?") + " -> " +
              program().show(fact.type, change.to);
    }
    return text;
  }

  CompiledPolicy policy_;
  std::optional<Case> facts_;
};

TEST_CASE("nearest: an age is changed last, even where that is one change instead of two") {
  const std::string young = R"({"facts": {"age": 9, "agrees": false, "leader": false, "asked_by": "school"}})";
  CHECK(Outing(young).to("goes", 0) == "agrees: no -> yes; leader: no -> yes");
  CHECK(Outing(young).to_rule("old_enough") == "age: 9 -> 12");
}

TEST_CASE("nearest: of a number the value that lies nearest to what is known") {
  CHECK(Outing(R"({"facts": {"age": 16, "agrees": false}})").to("goes", 1) == "age: 16 -> 11");
  CHECK(Outing(R"({"facts": {"age": 3}})").to_rule("old_enough") == "age: 3 -> 12");
}

TEST_CASE("nearest: a body is as it is, like an age") {
  const Outing policy("{}");
  const Program& program = policy.program();
  CHECK_FALSE(can_be_changed(program, *program.find_fact("age")));
  CHECK_FALSE(can_be_changed(program, *program.find_fact("born")));
  CHECK_FALSE(can_be_changed(program, *program.find_fact("asked_by")));
  CHECK(can_be_changed(program, *program.find_fact("agrees")));
  CHECK(can_be_changed(program, *program.find_fact("needs")));
  CHECK(Outing(R"({"facts": {"age": 9, "agrees": true, "leader": false, "asked_by": "school"}})").to("goes", 0) ==
        "leader: no -> yes");
}

TEST_CASE("nearest: nothing has to change where it is so already") {
  CHECK(Outing(R"({"facts": {"age": 12}})").to("goes", 0) == "");
}

TEST_CASE("nearest: unknown facts are filled in only where they matter") {
  CHECK(Outing("{}").to("goes", 0) == "age: ? -> 12");
  // The child stays whatever the leader does, once the age and the parent's no are known.
  CHECK(Outing("{}").to("goes", 1) == "age: ? -> 0; agrees: ? -> no");
}

TEST_CASE("nearest: a set is one fact, however many of its elements change") {
  CHECK(Outing(R"({"facts": {"needs": ["diet"]}})").to("equipped", 1) == "needs: diet -> wheelchair, diet, medicine");
  CHECK(Outing("{}").to("equipped", 1) == "needs: ? -> wheelchair, medicine");
  CHECK(Outing(R"({"facts": {"needs": ["wheelchair", "medicine"]}})").to("equipped", 0) ==
        "needs: wheelchair, medicine -> medicine");
}

TEST_CASE("nearest: duties") {
  CHECK(Outing(R"({"facts": {"needs": ["medicine"], "agrees": false}})").to("phone", 0) == "needs: medicine -> empty");
}

TEST_CASE("nearest: some things never come out") {
  CHECK(Outing("{}").to("two_leaders", 1) == "none");
  CHECK(Outing("{}").to_rule("never") == "none");
}

TEST_CASE("nearest: an outcome counts only where no safeguard is broken") {
  const std::string young = R"({"facts": {"age": 12, "agrees": false, "leader": false, "asked_by": "school"}})";
  CHECK(Outing(young, "safeguard parents \"A parent always agrees\" when agrees is no never goes is goes\n")
            .to("goes", 0) == "agrees: no -> yes");
}

TEST_CASE("nearest: past the bound it says so") {
  const Outing policy("{}");
  Case facts(policy.program());
  const NearestCase found = NearestCases(policy.program(), facts, 2).to_value(*policy.program().default_decision, 0);
  CHECK(found.search == NearestCase::Search::too_large);
}

TEST_CASE("nearest: values that are compared with each other") {
  const CompiledPolicy policy(R"(policy page "A policy"
fact first "First" : number
fact second "Second" : number
fact sure "Sure" : yes/no
decision order "Which is greater?" second "The second" first "The first" otherwise first
rule less "Less" order is second when first is under second and sure
)");
  const Program& program = policy.program();
  Case facts(program);
  facts.set(*program.find_fact("first"), 7);
  facts.set(*program.find_fact("second"), 7);
  facts.set(*program.find_fact("sure"), 1);
  const NearestCase found = NearestCases(program, facts).to_value(*program.default_decision, 0);
  REQUIRE(found.facts.has_value());
  CHECK(found.changes.size() == 1);
  CHECK(Decider(program).decide(*found.facts).of(*program.default_decision).value == 0);
}

}  // namespace
}  // namespace duly
