#include <doctest/doctest.h>

#include <algorithm>
#include <duly/duly.hpp>
#include <type_traits>

#include "visits.hpp"

using namespace std::string_literals;

static_assert(!std::is_copy_constructible_v<duly::Policy> && std::is_nothrow_move_constructible_v<duly::Policy>);

TEST_CASE("A policy from memory tells what it is") {
  const duly::Policy policy = duly::Policy::compile("visits.policy", visits_policy);
  CHECK(policy.name() == "visits");
  CHECK(policy.title() == "When a visit needs a second person");
  CHECK(policy.version() == "1.2");
  CHECK(policy.sha256().size() == 64);
}

TEST_CASE("Facts tell their type, question, help, answers, range and flags") {
  const duly::Policy policy = duly::Policy::compile("visits.policy", visits_policy);
  CHECK(policy.facts().size() == 6);

  const duly::FactInfo risk = policy.about(policy.fact("home.risk"));
  CHECK(risk.type == duly::Type::yes_no);
  CHECK(risk.title == "There is a known risk at the home");
  CHECK(risk.ask == "Is there a known risk at this home?");
  CHECK(risk.help == "Look at the file.");
  CHECK(risk.answers.empty());

  const duly::FactInfo dogs = policy.about(policy.fact("home.dogs"));
  CHECK(dogs.type == duly::Type::number);
  CHECK(dogs.low == 0);
  CHECK(dogs.high == 9);
  CHECK(dogs.unit == "dogs");

  const duly::FactInfo area = policy.about(policy.fact("home.area"));
  CHECK(area.type == duly::Type::choice);
  REQUIRE(area.answers.size() == 2);
  CHECK(area.answers[1].name == "south");
  CHECK(area.answers[1].title == "The south");

  CHECK(policy.about(policy.fact("last_visit")).type == duly::Type::date);
  CHECK(policy.about(policy.fact("carried")).type == duly::Type::set);
  CHECK(policy.about(policy.fact("visitor")).sensitive);
}

TEST_CASE("Decisions, values, actions and records are listed") {
  const duly::Policy policy = duly::Policy::compile("visits.policy", visits_policy);
  REQUIRE(policy.decisions().size() == 1);
  const duly::SubjectInfo crew = policy.about(policy.decision("crew"));
  CHECK(policy.default_decision() == policy.decision("crew"));
  CHECK(crew.kind == duly::SubjectInfo::Kind::decision);
  CHECK(crew.title == "How many people make the visit?");
  REQUIRE(crew.answers.size() == 2);
  CHECK(crew.answers[0].title == "One person makes the visit.");

  CHECK(policy.values().size() == 2);
  CHECK(policy.about(policy.value("danger")).type == duly::Type::yes_no);

  const duly::SubjectInfo note = policy.about(policy.action("write_note"));
  CHECK(note.type == duly::Type::duty);
  CHECK(note.by == "the visitor");
  CHECK(note.to == "the office");
  CHECK(note.answers.empty());

  REQUIRE(policy.records().size() == 1);
  CHECK(policy.about(policy.record("visit_record")).name == "visits.visit_record");
  CHECK(policy.about(policy.record("visits.visit_record")).title == "Record of the visit");
}

TEST_CASE("A name that is not there is an error that offers the nearest") {
  const duly::Policy policy = duly::Policy::compile("visits.policy", visits_policy);
  try {
    (void)policy.fact("home.rsik");
    FAIL("there is no such fact");
  } catch (const duly::Error& error) {
    CHECK(error.code() == duly::Code::not_found);
    CHECK(error.what() == "The policy has no fact `home.rsik`"s);
    REQUIRE(error.problems().size() == 1);
    CHECK(error.problems()[0].help == "Did you mean `home.risk`?");
  }
  CHECK_THROWS_AS((void)policy.decision("danger"), duly::Error);
  CHECK_THROWS_AS((void)policy.record("visits"), duly::Error);
  CHECK_THROWS_AS((void)policy.action(std::string(5'000'000, 'x')), duly::Error);
}

TEST_CASE("The standard policies are there by name") {
  const auto names = duly::Policy::standard();
  CHECK(std::find(names.begin(), names.end(), "national") != names.end());
  const duly::Policy national = duly::Policy::load("national");
  CHECK(national.name() == "national");
  try {
    duly::Policy::load("nationl");
    FAIL("there is no such policy");
  } catch (const duly::Error& error) {
    CHECK(error.code() == duly::Code::not_found);
    CHECK(error.text().find("Did you mean `national`?") != std::string_view::npos);
  }
}

TEST_CASE("Every error of a policy is told with its place") {
  try {
    duly::Policy::compile("wrong.policy", "policy wrong \"W\"\nfact a \"A\" : nonsense\nfact b \"B\" : yes/no ask 3\n");
    FAIL("it has errors");
  } catch (const duly::Error& error) {
    CHECK(error.code() == duly::Code::wrong_policy);
    const auto problems = error.problems();
    REQUIRE(problems.size() >= 2);
    CHECK(problems[0].file == "wrong.policy");
    CHECK(problems[0].line == 2);
    CHECK(problems[0].column == 14);
    CHECK(problems[0].end_line == 2);
    CHECK(problems[0].end_column == 22);
    CHECK(problems[0].code.substr(0, 1) == "E");
    CHECK_FALSE(problems[0].is_warning);
    CHECK(std::string(error.what()).starts_with("wrong.policy:2:14: "));
    CHECK(error.text().find("nonsense") != std::string_view::npos);
    const duly::Error copy = error;  // shares what it tells
    CHECK(copy.problems().size() == problems.size());
  }
}

TEST_CASE("Warnings are kept with the policy, unless they are not wanted") {
  const std::string text = "policy p \"P\"\nsource s \"S\" by \"B\"\n  provision uncited \"Uncited\"\n";
  const duly::Policy policy = duly::Policy::compile("p.policy", text);
  REQUIRE(policy.warnings().size() == 1);
  CHECK(policy.warnings()[0].is_warning);
  CHECK(policy.warnings()[0].code == "W0302");
  CHECK(policy.warnings()[0].line == 3);
  CHECK(duly_error_code(duly_policy_warnings(policy.get())) == DULY_OK);
  CHECK(duly_error_message(duly_policy_warnings(policy.get())).size > 0);
  CHECK(duly::Policy::compile("visits.policy", visits_policy, {}, false).warnings().empty());
}

TEST_CASE("An empty policy, one too long and one of stray bytes are errors") {
  CHECK_THROWS_AS(duly::Policy::compile("", ""), duly::Error);
  CHECK_THROWS_AS(duly::Policy::compile("long", std::string(20'000'000, ' ')), duly::Error);
  CHECK_THROWS_AS(duly::Policy::compile("stray", "policy p \"\xff\xfe\"\n"), duly::Error);
  CHECK_THROWS_AS(duly::Policy::compile("zero", "policy p\0 \"P\"\n"s), duly::Error);
}
