#include "interpreter/report/handout.hpp"

#include <algorithm>

#include "interpreter/report/markup.hpp"
#include "tests/unit/interpreter/report/visit_policy.hpp"

namespace duly {
namespace {

Handout of_cases(const CompiledPolicy& policy, std::initializer_list<const char*> names,
                 std::optional<SubjectId> asked = {}) {
  std::vector<HandoutRequest> requests;
  for (const char* name : names) {
    const std::optional<CaseId> found = policy.program().find_case(name);
    REQUIRE(found.has_value());
    requests.push_back({found, "", make_case(policy.program(), at(policy.program().cases, *found)), ""});
  }
  return make_handout(policy.program(), policy.sources(), requests, asked, "");
}

TEST_CASE("handout: what a group sees of a case") {
  const Handout handout = of_cases(visit_policy(), {"risky"});
  CHECK(handout.title == "When a visit needs a second person");
  CHECK(handout.policy == "Policy visit 1.2: When a visit needs a second person.");
  REQUIRE(handout.cases.size() == 1);
  const HandoutCase& risky = handout.cases.front();
  CHECK(risky.title == "A risk is on file");
  REQUIRE(risky.facts.size() == 1);
  CHECK(risky.facts.front().title == "Number of dogs");
  CHECK(risky.facts.front().value == "0");
  CHECK(risky.so == std::vector<std::string>{"There is a known risk at the home"});
  CHECK(risky.not_so == std::vector<std::string>{"The manager allows one person alone"});
  CHECK(!risky.day);  // nothing in this policy hangs on it
  REQUIRE(risky.questions.size() == 1);
  CHECK(risky.questions.front().question == "How many people make the visit?");
  CHECK(risky.questions.front().outcomes.size() == 4);
}

TEST_CASE("handout: answers are explanations, and what they cite is listed once") {
  const Handout handout = of_cases(visit_policy(), {"risky", "allowed"});
  REQUIRE(handout.cases.size() == 2);
  CHECK(handout.cases[0].answers.front().answer == "Two people make the visit.");
  CHECK(handout.cases[1].answers.front().answer == "One person makes the visit.");
  for (const HandoutCase& each : handout.cases) {
    for (const Section& section : each.answers.front().sections) CHECK(section.part != Part::sources);
  }
  REQUIRE(handout.sources.size() == 1);
  CHECK(handout.sources.front().title == "Visiting: a guide (A council, 1 February 2024)");
  std::vector<std::string> names;
  for (const HandoutProvision& provision : handout.sources.front().provisions) names.push_back(provision.name);
  CHECK(names == std::vector<std::string>{"guide.pairs_1", "guide.pairs_2", "guide.notes_1"});
}

TEST_CASE("handout: a case asks about the decisions that it expects, the policy's own first") {
  const CompiledPolicy policy(R"(policy page "Two decisions"
decision first "First?"  a "A."  b "B."  otherwise a
decision second "Second?"  c "C."  d "D."  otherwise c
fact x "X" : yes/no
action note "Write it down"
rule r "R" first is b when x
rule s "S" second is d when x
rule t "T" must note when x
case both "Both" facts x is yes expect second is d first is b
case other "The other" facts x is yes expect second is d
case neither "Neither" facts x is yes expect must note
)");
  const Handout handout = of_cases(policy, {"both", "other", "neither"});
  const auto asks = [&](std::size_t i) {
    std::string all;
    for (const HandoutQuestion& question : handout.cases[i].questions) all += question.question;
    return all;
  };
  CHECK(asks(0) == "First?Second?");
  CHECK(asks(1) == "Second?");
  CHECK(asks(2) == "First?");
  REQUIRE(handout.cases[0].answers.size() == 2);
  const auto tells_duties = [](const Explanation& answer) {
    return std::any_of(answer.sections.begin(), answer.sections.end(),
                       [](const Section& section) { return section.part == Part::duties; });
  };
  CHECK(tells_duties(handout.cases[0].answers[0]));
  CHECK(!tells_duties(handout.cases[0].answers[1]));
  CHECK(of_cases(policy, {"both"}, policy.program().find_decision("second")).cases[0].questions.size() == 1);
}

TEST_CASE("handout: a policy without a decision asks about duties alone") {
  const CompiledPolicy policy(R"(policy page "No decision"
fact x "X" : yes/no
action note "Write it down"
rule t "T" must note when x
case once "Once" story "Water." facts x is yes expect must note
)");
  const Handout handout = of_cases(policy, {"once"});
  CHECK(handout.cases[0].questions.empty());
  REQUIRE(handout.cases[0].answers.size() == 1);
  CHECK(handout_markdown(handout).find("- Write it down") != std::string::npos);
  CHECK(handout_html(handout).find("<li>Write it down</li>") != std::string::npos);
}

TEST_CASE("markup: authors' words are never taken for marks") {
  CHECK(html_escaped(R"(<a href="x">&amp;)") == "&lt;a href=&quot;x&quot;&gt;&amp;amp;");
  CHECK(markdown_escaped("*a* _b_ `c` [d](e) <f> &g; ~h~\n| #") ==
        R"(\*a\* \_b\_ \`c\` \[d\](e) \<f\> \&g; \~h\~ \| \#)");
  CHECK(markdown_escaped("12. of May") == "12\\. of May");
  CHECK(markdown_escaped("- x") == "\\- x");
  CHECK(markdown_escaped("12 years") == "12 years");
  CHECK(markdown_escaped("12") == "12");
  CHECK(markdown_escaped("").empty());
}

}  // namespace
}  // namespace duly
