#include "interpreter/report/case_json.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/unit/interpreter/report/compiled_policy.hpp"

namespace duly {
namespace {

// The facts of the pages E0851 to E0863 in docs/errors/, and a few more.
const CompiledPolicy& policy() {
  static const CompiledPolicy policy(R"(policy page "The facts of the pages"
decision d "Which?" p "P" q "Q" otherwise q
choice answer "Answer" given "Given" refused "Refused" not_sought "Not sought"
choice thing "Thing" cup "Cup" spoon "Spoon" fork "Fork"
fact child.age "The child's age" : number of years from 0 to 17
fact child.at_home "The child is at home" : yes/no
fact child.born "The child's birthday" : date
fact consent.parent "The parent's answer" : answer
fact things "The things" : set of thing
fact note "A note" : text
fact count "A count" : number
fact child "There is a child" : yes/no
define adult "The child is 16 or over" means child.age is at least 16
action act "Act"
rule a "A" d is p when adult and child.at_home and consent.parent is given and things includes cup and count is over 1 and child
rule b "B" must act when child.born is after 2020-01-01
)");
  return policy;
}

CaseReading read(std::string_view text) { return read_case_json(policy().program(), text); }

Case good(std::string_view text) {
  CaseReading reading = read(text);
  CAPTURE(text);
  for (const CaseError& error : reading.errors) MESSAGE(error.message);
  REQUIRE(reading.facts.has_value());
  return *reading.facts;
}

CaseError bad(std::string_view text) {
  const CaseReading reading = read(text);
  CAPTURE(text);
  CHECK_FALSE(reading.facts.has_value());
  REQUIRE(reading.errors.size() == 1);
  return reading.errors.front();
}

FactId fact(std::string_view name) { return *policy().program().find_fact(name); }

TEST_CASE("a case gives facts of every type, nested, dotted or mixed") {
  const Case facts = good(R"({"facts": {
    "child": {"age": 11, "at_home": null}, "child.born": "2024-02-29", "consent": {"parent": "refused"},
    "things": ["fork", "cup"], "note": "Ünder 13", "count": -9223372036854775808},
    "as_at": "2026-11-22", "id": 7})");
  CHECK(facts.value(fact("child.age")) == 11);
  CHECK_FALSE(facts.known(fact("child.at_home")));
  CHECK(facts.value(fact("child.born")) == parse_date("2024-02-29")->days);
  CHECK(facts.value(fact("consent.parent")) == 1);
  CHECK(facts.value(fact("things")) == 0b101);
  CHECK(facts.text(fact("note")) == "Ünder 13");
  CHECK(facts.value(fact("count")) == INT64_MIN);
  CHECK(facts.as_at == parse_date("2026-11-22"));
}

TEST_CASE("a case may say next to nothing") {
  for (const char* text : {"{}", R"({"facts": {}})", R"({"as_at": null, "id": null})", R"({"facts": {"child": {}}})"}) {
    const Case facts = good(text);
    for (std::uint32_t i = 0; i < policy().program().facts.size(); ++i) CHECK_FALSE(facts.known(FactId{i}));
    CHECK(facts.as_at == today());
  }
  CHECK(good(R"({"facts": {"things": []}})").known(fact("things")));
}

TEST_CASE("a fact may be called like a group of facts") {
  CHECK(good(R"({"facts": {"child": true, "child.age": 3}})").value(fact("child")) == 1);
  CHECK(good(R"({"facts": {"child": {"age": 3}}})").value(fact("child.age")) == 3);
}

TEST_CASE("a case's name is copied as it stands") {
  CHECK(read(R"({"id": "4\"2"})").id == R"("4\"2")");
  CHECK(read(R"({"id": 17})").id == "17");
  CHECK(bad(R"({"id": 1.5})").code == Code::E0853);
  CHECK(bad(R"({"id": []})").path == "id");
}

TEST_CASE("what is wrong with a case is named with its path, and a way to mend it") {
  struct Example {
    std::string_view text;
    Code code;
    std::string_view path;
    std::string_view message;
    std::string_view help;  // begins with
  };
  const Example examples[] = {
      {R"([])", Code::E0853, "", "A case is an object, and this is an array", "Write"},
      {R"({"facts": []})", Code::E0853, "facts", "`facts` is an object, and this is an array", "Write"},
      {R"({"fact": {}})", Code::E0853, "fact", "A case has no `fact`", "Did you mean `facts`?"},
      {R"({"child.age": 3})", Code::E0853, "child.age", "A case has no `child.age`", "Facts stand inside `facts`"},
      {R"({"as_at": 3})", Code::E0856, "as_at", "`as_at` is a date, and this is the number 3", "Write a date"},
      {R"({"as_at": "2023-02-30"})", Code::E0860, "as_at", "`as_at` is a date, and the text \"2023-02-30\" is none",
       "Write a date"},
      {R"({"facts": {"consent": {"parnt": "given"}}})", Code::E0854, "facts.consent.parnt",
       "This policy has no fact `consent.parnt`", "Did you mean `consent.parent`?"},
      {R"({"facts": {"consent": {"mother": "given"}}})", Code::E0854, "facts.consent.mother",
       "This policy has no fact `consent.mother`", "The group `consent` has `consent.parent`."},
      {R"({"facts": {"parnt": null}})", Code::E0854, "facts.parnt", "This policy has no fact `parnt`",
       "Did you mean `consent.parent`?"},
      {R"({"facts": {"consent": true}})", Code::E0854, "facts.consent", "This policy has no fact `consent`",
       "`consent` is a group of facts"},
      {R"({"facts": {"weather": {}}})", Code::E0854, "facts.weather", "This policy has no fact `weather`", "Only"},
      {R"({"facts": {"": 1}})", Code::E0854, "facts.", "This policy has no fact ``", "Only"},
      {R"({"facts": {"adult": true}})", Code::E0855, "facts.adult",
       "`adult` is a definition that rules work out, so it is not given", "Take it away"},
      {R"({"facts": {"d": "p"}})", Code::E0855, "facts.d", "`d` is a decision that rules work out, so it is not given",
       "Take it away"},
      {R"({"facts": {"act": true}})", Code::E0855, "facts.act", "`act` is an action, and no fact of a case", "Duties"},
      {R"({"facts": {"child.at_home": "yes"}})", Code::E0856, "facts.child.at_home",
       "`child.at_home` takes `true` or `false`, and this is the text \"yes\"", "Write `true`, without quotes."},
      {R"({"facts": {"child.at_home": 0}})", Code::E0856, "facts.child.at_home",
       "`child.at_home` takes `true` or `false`, and this is the number 0", "Write `false`"},
      {R"({"facts": {"child.at_home": {}}})", Code::E0856, "facts.child.at_home",
       "`child.at_home` takes `true` or `false`, and this is an object", "Write `true`, `false`, or `null`"},
      {R"({"facts": {"child.age": "11"}})", Code::E0856, "facts.child.age",
       "`child.age` takes a whole number, and this is the text \"11\"", "Write 11 without quotes."},
      {R"({"facts": {"child.age": true}})", Code::E0856, "facts.child.age",
       "`child.age` takes a whole number, and this is `true`", "Write a whole number from 0 to 17."},
      {R"({"facts": {"child.age": 11.0}})", Code::E0858, "facts.child.age",
       "`child.age` is a whole number, and 11.0 is not written as one", "Write it without"},
      {R"({"facts": {"child.age": 1e1}})", Code::E0858, "facts.child.age",
       "`child.age` is a whole number, and 1e1 is not written as one", "Write it without"},
      {R"({"facts": {"count": 9223372036854775808}})", Code::E0858, "facts.count",
       "9223372036854775808 does not fit 64 bits", "Write a whole number that fits"},
      {R"({"facts": {"child.age": 18}})", Code::E0859, "facts.child.age",
       "`child.age` lies between 0 and 17, and this is 18", "Is it"},
      {R"({"facts": {"child.age": -1}})", Code::E0859, "facts.child.age",
       "`child.age` lies between 0 and 17, and this is -1", "Is it"},
      {R"({"facts": {"child.born": "2023-02-29"}})", Code::E0860, "facts.child.born",
       "`child.born` is a date, and the text \"2023-02-29\" is none", "Write a date that exists"},
      {R"({"facts": {"child.born": 2023}})", Code::E0856, "facts.child.born",
       "`child.born` takes a date in double quotes, and this is the number 2023", "Write a date as"},
      {R"({"facts": {"consent.parent": "givn"}})", Code::E0857, "facts.consent.parent",
       "`givn` is not a value of `consent.parent`",
       "Did you mean `given`? Its values are `given`, `refused`, `not_sought`."},
      {R"({"facts": {"consent.parent": true}})", Code::E0856, "facts.consent.parent",
       "`consent.parent` takes the name of a choice's value in double quotes, and this is `true`", "Its values are"},
      {R"({"facts": {"things": "cup"}})", Code::E0856, "facts.things",
       "`things` takes an array, since the fact is a set, and this is the text \"cup\"", "Write [\"cup\"]."},
      {R"({"facts": {"things": ["cupp"]}})", Code::E0857, "facts.things[0]",
       "`cupp` is not a value of an element of `things`", "Did you mean `cup`?"},
      {R"({"facts": {"things": ["cup", null]}})", Code::E0862, "facts.things[1]",
       "An element of the set `things` cannot be unknown", "Leave it out"},
      {R"({"facts": {"things": ["cup", "cup"]}})", Code::E0862, "facts.things[1]",
       "`cup` stands twice in the set `things`", "Keep one"},
      {R"({"facts": {"things": [3]}})", Code::E0856, "facts.things[0]",
       "An element of the set `things` is a name in double quotes, and this is the number 3", "Its values are"},
      {R"({"facts": {"note": 3}})", Code::E0856, "facts.note", "`note` takes a text, and this is the number 3",
       "Write it"},
      {R"({"facts": {"child.age": 11, "child": {"age": 11}}})", Code::E0861, "facts.child.age",
       "The fact `child.age` is given twice", "Keep one"},
      {R"({"facts": {"child.age": null, "child": {"age": 11}}})", Code::E0861, "facts.child.age",
       "The fact `child.age` is given twice", "Keep one"},
  };
  for (const Example& example : examples) {
    CAPTURE(example.text);
    const CaseError error = bad(example.text);
    CHECK(name(error.code) == name(example.code));
    CHECK(error.path == example.path);
    CHECK(error.message == example.message);
    CAPTURE(error.help);
    CHECK(error.help.starts_with(example.help));
  }
}

TEST_CASE("all independent errors of a case are reported, in the order of the text") {
  const CaseReading reading = read(R"({"facts": {"child": {"age": 99, "at_home": 1}, "weather": true,
    "things": ["cup", "cup", null]}, "as_at": "today", "other": 1})");
  std::vector<std::string> paths;
  for (const CaseError& error : reading.errors) paths.push_back(error.path);
  CHECK(paths == std::vector<std::string>{"facts.child.age", "facts.child.at_home", "facts.weather", "facts.things[1]",
                                          "facts.things[2]", "as_at", "other"});
}

TEST_CASE("a case with a thousand errors reports the first of them") {
  std::string text = "{\"facts\": {";
  for (int i = 0; i < 1000; ++i) text += "\"x" + std::to_string(i) + "\": 1, ";
  CHECK(read(text + "\"y\": 1}}").errors.size() == 50);
}

TEST_CASE("errors are quoted with their line") {
  const std::string text = "{\"facts\": {\n  \"child\": {\"agee\": 11}}}\n";
  CHECK(render_text("case.json", text, read(text).errors) == R"(error[E0854]: This policy has no fact `child.agee`
 --> case.json:2:13
  |
2 |   "child": {"agee": 11}}}
  |             ^^^^^^ facts.child.agee
  = help: Did you mean `child.age`?

1 error
)");
}

TEST_CASE("a case that is written reads the same") {
  const Case facts =
      good(R"({"facts": {"child.born": "2024-02-29", "consent": {"parent": "refused"}, "things": ["fork", "cup"],
    "note": "a \"note\"", "count": 3}, "as_at": "2026-11-22"})");
  const std::string written = write_case_json(policy().program(), facts);
  const Case again = good(written);
  for (std::uint32_t i = 0; i < policy().program().facts.size(); ++i) {
    const FactId id{i};
    REQUIRE(facts.known(id) == again.known(id));
    if (facts.known(id)) CHECK(facts.value(id) == again.value(id));
  }
  CHECK(facts.as_at == again.as_at);
  CHECK(write_case_json(policy().program(), again) == written);
}

TEST_CASE("a case that is written nests by the dots") {
  const CompiledPolicy nested(R"(policy page "Nested"
decision d "Which?" p "P" q "Q" otherwise q
fact a.b "A" : yes/no
fact a.c.e "B" : number
fact f "C" : yes/no
fact a.c.d "D" : yes/no
rule x "X" d is p when a.b and a.c.e is 1 and f and a.c.d
)");
  Case facts(nested.program());
  for (std::uint32_t i = 0; i < 4; ++i) facts.set(FactId{i}, 1);
  facts.as_at = *parse_date("2026-11-22");
  CHECK(write_case_json(nested.program(), facts) == R"({
  "facts": {
    "a": {
      "b": true,
      "c": {
        "e": 1,
        "d": true
      }
    },
    "f": true
  },
  "as_at": "2026-11-22"
}
)");
}

// Each page's examples do what the page says.
TEST_CASE("the pages of a case's errors are right") {
  for (int number = 851; number <= 863; ++number) {
    const std::string code = "E0" + std::to_string(number);
    CAPTURE(code);
    std::ifstream file(std::filesystem::path(DULY_SOURCE_DIR) / "docs" / "errors" / (code + ".md"));
    std::stringstream page;
    page << file.rdbuf();
    const std::string text = page.str();
    REQUIRE(text.starts_with("# " + code + ": "));
    const auto example = [&](const std::string& fence) {
      const std::size_t begin = text.find(fence);
      if (begin == std::string::npos) return std::string();
      const std::size_t first = begin + fence.size();
      return text.substr(first, text.find("```", first) - first);
    };
    const std::string bad_example = example("```json bad\n"), good_example = example("```json good\n");
    REQUIRE_FALSE(good_example.empty());
    good(good_example);
    if (code == "E0863") continue;  // a page is UTF-8 itself
    REQUIRE_FALSE(bad_example.empty());
    const CaseReading reading = read(bad_example);
    REQUIRE_FALSE(reading.errors.empty());
    for (const CaseError& error : reading.errors) CHECK(name(error.code) == code);
  }
}

}  // namespace
}  // namespace duly
