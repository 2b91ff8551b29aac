#include "interpreter/report/record.hpp"

#include <doctest/doctest.h>

#include "interpreter/report/case_json.hpp"
#include "tests/unit/interpreter/report/compiled_policy.hpp"

namespace duly {
namespace {

const CompiledPolicy& policy() {
  static const CompiledPolicy policy(R"(policy page "Visits"
  version "4"
choice place_kind "A place" home "At home" school "At school"
source guide "A guide" provision pairs "Two go where there is a risk" provision write "It is written down"
fact home.risk "There is a risk" : yes/no judgement
fact home.dogs "Number of dogs" : number from 0 to 9
fact crime "A crime is known" : yes/no sensitive
fact place "Where" : place_kind
fact note "A note" : text
decision crew "How many go?" single "One goes." double "Two go." otherwise single
rule pair "Two go where there is a risk" crew is double when home.risk or home.dogs is over 3 cite guide.pairs
rule crime "Two go after a crime" crew is double when crime
define last_crime "What is known" : yes/no otherwise crime
record visit_record "Record of the visit" cite guide.write
  field crew "How many went" : text from crew
  field where "Where it was" : place_kind from place
  field crime "Whether a crime is known" : yes/no from last_crime
  field who "Who went" : text
  field dogs "How many dogs were seen" : number from 0 to 9
  field on "The day" : date
  field calm "It went calmly" : yes/no when crew is double
record risk_record "Record of a risk" when home.risk
  field who "Who went" : text
  field places "Where else" : set of place_kind
)");
  return policy;
}

class Sheet {
 public:
  explicit Sheet(const std::string& facts, std::optional<RecordId> only = std::nullopt)
      : decided_(policy(), read(facts)), view_(decided_.view()), sheet(open_sheet(view_, only)) {}

  Sheet& fill(const std::string& json) {
    fill_in(view_, sheet, json);
    return *this;
  }

  std::string json(bool unmask = false) { return record_json(view_, sheet, unmask); }
  std::string markdown(bool unmask = false) { return record_markdown(view_, sheet, unmask); }
  std::string skeleton() { return skeleton_json(view_, sheet); }

  bool has_problem(const std::string& path, const std::string& words) const {
    for (const RecordProblem& problem : sheet.problems) {
      const std::string all = problem.message + " / " + problem.help;
      if (problem.path == path && all.find(words) != std::string::npos) return true;
    }
    return false;
  }

 private:
  static Case read(const std::string& facts) {
    CaseReading reading = read_case_json(policy().program(), R"({"as_at": "2026-03-02", "facts": )" + facts + "}");
    REQUIRE(reading.facts.has_value());
    return *reading.facts;
  }

  DecidedCase decided_;
  DecisionView view_;

 public:
  RecordSheet sheet;
};

constexpr const char* known = R"({"home.risk": true, "home.dogs": 0, "crime": false, "place": "home"})";
constexpr const char* filled = R"({"who": "Ada", "dogs": 2, "on": "2026-03-01", "calm": true, "places": ["school"],
  "judgements": {"home.risk": {"reason": "Broken window", "role": "Manager"}}})";

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

TEST_CASE("what the case calls for: the records and fields whose condition holds") {
  const Sheet risk(known);
  CHECK(risk.sheet.problems.empty());
  CHECK(risk.sheet.records.size() == 2);
  CHECK(risk.sheet.records[0].fields.size() == 7);
  const Sheet calm(R"({"home.risk": false, "home.dogs": 0, "crime": false, "place": "home"})");
  CHECK(calm.sheet.records.size() == 1);
  CHECK(calm.sheet.records[0].fields.size() == 6);
  const Sheet one(known, RecordId{1});
  REQUIRE(one.sheet.records.size() == 1);
  CHECK(one.sheet.records[0].fields.size() == 2);
}

TEST_CASE("a skeleton lists each field once, and the judgements that counted") {
  CHECK(Sheet(known).skeleton() == R"({
  "who": null,
  "dogs": null,
  "on": null,
  "calm": null,
  "places": null,
  "judgements": {
    "home.risk": {
      "reason": null,
      "role": null
    }
  }
}
)");
}

TEST_CASE("fields of one name and different types are filled in by their records") {
  const CompiledPolicy clashing(R"(policy page "Visits"
fact x "X" : yes/no
decision d "Which?" a "A" b "B" otherwise a
record first "First"
  field ground "The ground" : text
  field who "Who" : text
record second "Second"
  field ground "The other ground" : number from 0 to 9
  field who "Who else" : text
)");
  DecidedCase decided(clashing, Case(clashing.program()));
  const DecisionView view = decided.view();
  CHECK(skeleton_json(view, open_sheet(view, std::nullopt)) == R"({
  "first.ground": null,
  "who": null,
  "second.ground": null
}
)");
  const auto problems = [&](const std::string& json) {
    RecordSheet sheet = open_sheet(view, std::nullopt);
    fill_in(view, sheet, json);
    std::string all;
    for (const RecordProblem& each : sheet.problems) all += each.message + " / " + each.help + "\n";
    return all;
  };
  CHECK(problems(R"({"first.ground": "The law", "second.ground": 3, "who": "Ada"})").empty());
  CHECK(problems(R"({"first.ground": "The law", "page.second.ground": 3, "second.who": "Ben", "first.who": "Ada"})")
            .empty());
  CHECK(problems(R"({"ground": "The law", "who": "Ada"})") ==
        "`ground` does not say which field is meant: text in `page.first`, or number in `page.second` / "
        "Write each with its record in front: `first.ground`, `second.ground`.\n");
  const std::string missing = problems(R"({"who": "Ada"})");
  CHECK(contains(missing, "`first.ground` is missing"));
  CHECK(contains(missing, "`second.ground` is missing"));
  CHECK(contains(problems(R"({"first.grund": "The law", "second.ground": 3, "who": "A"})"),
                 "Did you mean `first.ground`?"));

  // Alone, neither clashes.
  CHECK(contains(skeleton_json(view, open_sheet(view, RecordId{0})), R"("ground": null)"));

  // What is said of one record holds for it, whichever comes first.
  for (const char* json : {R"({"who": "Ada", "second.who": "Ben", "first.ground": "L", "second.ground": 3})",
                           R"({"second.who": "Ben", "who": "Ada", "first.ground": "L", "second.ground": 3})"}) {
    RecordSheet sheet = open_sheet(view, std::nullopt);
    fill_in(view, sheet, json);
    CHECK(sheet.problems.empty());
    CHECK(sheet.records[0].fields[1].value->text == "Ada");
    CHECK(sheet.records[1].fields[1].value->text == "Ben");
  }
}

TEST_CASE("what is to be filled in, as a page") {
  const CompiledPolicy one(R"(policy page "Visits"
fact x "X" : yes/no
decision d "Which?" a "A" b "B" otherwise a
record first "First"
  field ground "The ground" : text
  field x "Whether X" : yes/no from x
)");
  DecidedCase decided(one, Case(one.program()));
  const DecisionView view = decided.view();
  CHECK(skeleton_markdown(view, open_sheet(view, std::nullopt)) == R"(# First

**What is still to be filled in.**

## To be written down

- The ground (a text) (`ground`)
- Whether X (true or false); or give \`x\` in the case (`x`)
)");
}

TEST_CASE("a judgement that could not have changed the answer asks for no reason") {
  CHECK(Sheet(R"({"home.risk": false, "home.dogs": 5, "crime": true, "place": "home"})").sheet.judgements.empty());
  CHECK(Sheet(R"({"home.risk": false, "home.dogs": 0, "crime": false, "place": "home"})").sheet.judgements.size() == 1);
}

TEST_CASE("a complete record has everything, sensitive values masked") {
  Sheet sheet(known);
  sheet.fill(filled);
  for (const RecordProblem& problem : sheet.sheet.problems) MESSAGE(problem.message);
  REQUIRE(sheet.sheet.problems.empty());
  const std::string json = sheet.json();
  CHECK(contains(json, R"("outcome": "double")"));
  CHECK(contains(json, R"("provision": "guide.pairs")"));
  CHECK(contains(json, R"("field": "crime",
          "title": "Whether a crime is known",
          "value": null,
          "masked": true)"));
  CHECK(contains(sheet.json(true), R"("value": false,
          "masked": false,
          "from": "last_crime")"));
  const std::string page = sheet.markdown();
  for (const char* part :
       {"# Record of a decision", "Who went: Ada", "Broken window", "Judged by: Manager", "2 March 2026",
        "Two go where there is a risk", "Where it was: At home", "not shown here", "--unmask"}) {
    CHECK_MESSAGE(contains(page, part), part);
  }
  CHECK_FALSE(contains(sheet.markdown(true), "not shown here"));
}

TEST_CASE("reasons do not give sensitive values away") {
  Sheet sheet(R"({"home.risk": false, "home.dogs": 0, "crime": true, "place": "home"})");
  sheet.fill(R"({"who": "Ada", "dogs": 2, "on": "2026-03-01", "calm": true})");
  REQUIRE(sheet.sheet.problems.empty());
  CHECK(contains(sheet.markdown(), "A crime is known: (sensitive: not shown here)"));
  CHECK(contains(sheet.markdown(true), "A crime is known: yes"));
  CHECK_FALSE(contains(sheet.json(), R"("crime": true)"));
}

TEST_CASE("a fact that the case does not give is filled in by hand") {
  Sheet sheet(R"({"home.risk": true, "home.dogs": 0, "crime": false})", RecordId{0});
  CHECK(contains(sheet.skeleton(), R"("where": null)"));
  sheet.fill(R"({"where": "school", "who": "Ada", "dogs": 2, "on": "2026-03-01", "calm": true,
    "judgements": {"home.risk": {"reason": "r", "role": "m"}}})");
  CHECK(sheet.sheet.problems.empty());
  CHECK(contains(sheet.markdown(true), "Where it was: At school"));
}

TEST_CASE("every problem is named, with a way to mend it") {
  Sheet sheet(known);
  sheet.fill(R"({"whoo": "Ada", "dogs": 12, "on": "2026-02-30", "calm": "yes", "crew": "double", "places": ["scool"],
    "judgements": {"home.risk": {"reason": " ", "rol": "Manager"}, "home.dogs": {"reason": "r", "role": "m"}}})");
  CHECK(sheet.has_problem("who", "missing"));
  CHECK(sheet.has_problem("whoo", "Did you mean `who`?"));
  CHECK(sheet.has_problem("dogs", "between 0 and 9"));
  CHECK(sheet.has_problem("on", "A date that exists"));
  CHECK(sheet.has_problem("calm", "`true` or `false`"));
  CHECK(sheet.has_problem("crew", "filled from `crew`"));
  CHECK(sheet.has_problem("places", "Did you mean `school`?"));
  CHECK(sheet.has_problem("judgements.home.risk", "reason for this judgement is missing"));
  CHECK(sheet.has_problem("judgements.home.risk", "role of the person"));
  CHECK(sheet.has_problem("judgements.home.risk.rol", "Did you mean `role`?"));
  CHECK(sheet.has_problem("judgements.home.dogs", "no judgement"));
}

TEST_CASE("an empty form lacks everything") {
  Sheet sheet(known);
  sheet.fill("{}");
  CHECK(sheet.sheet.problems.size() == 6);
  CHECK(sheet.has_problem("judgements.home.risk", "missing"));
  Sheet blank(known);
  blank.fill(R"({"who": "  ", "dogs": null})");
  CHECK(blank.has_problem("who", "It is empty"));
  CHECK(blank.has_problem("dogs", "missing"));
}

TEST_CASE("text that is no form") {
  for (const char* text : {"", "[]", "{\"who\": \"a\", \"who\": \"b\"}", "{", "3"}) {
    CAPTURE(text);
    Sheet sheet(known);
    sheet.fill(text);
    CHECK_FALSE(sheet.sheet.problems.empty());
  }
}

TEST_CASE("what is not decided, or not called for, is not recorded") {
  CHECK(Sheet(R"({})").has_problem("", "`crew` is not decided yet"));
  CHECK(Sheet(R"({"crime": true})").has_problem("", "Whether `page.risk_record` is called for is not known yet"));
}

}  // namespace
}  // namespace duly
