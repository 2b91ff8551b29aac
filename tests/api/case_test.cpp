#include <doctest/doctest.h>

#include <duly/duly.hpp>

#include "visits.hpp"

using namespace std::chrono_literals;
using namespace std::string_literals;
using duly::Code;

namespace {

struct Visits {
  duly::Policy policy = duly::Policy::compile("visits.policy", visits_policy);
  duly::Case facts{policy};
  duly::Fact risk = policy.fact("home.risk"), dogs = policy.fact("home.dogs"), area = policy.fact("home.area"),
             last = policy.fact("last_visit"), carried = policy.fact("carried"), visitor = policy.fact("visitor");
};

}  // namespace

TEST_CASE_FIXTURE(Visits, "A fact of each type is set by handle and read again") {
  CHECK_FALSE(facts.value(risk));
  CHECK(facts.set_yes_no(risk, true) == Code::ok);
  CHECK(facts.set_number(dogs, 9) == Code::ok);
  CHECK(facts.set_choice(area, 1) == Code::ok);
  CHECK(facts.set_date(last, std::chrono::sys_days{2024y / 2 / 29}) == Code::ok);
  CHECK(facts.set_set(carried, 0b10) == Code::ok);
  CHECK(facts.set_text(visitor, "Ada Ökafor") == Code::ok);

  CHECK(facts.value(risk)->text == "yes");
  CHECK(facts.value(dogs)->number == 9);
  CHECK(facts.value(area)->text == "south");
  CHECK(facts.value(last)->number == 19782);
  CHECK(facts.value(carried)->number == 2);
  CHECK(facts.value(visitor)->text == "Ada Ökafor");

  CHECK(facts.set_choice(area, "north") == Code::ok);
  CHECK(facts.value(area)->number == 0);
  CHECK(facts.clear(dogs) == Code::ok);
  CHECK_FALSE(facts.value(dogs));
  facts.clear();
  CHECK_FALSE(facts.value(visitor));
}

TEST_CASE_FIXTURE(Visits, "A value of another type is refused, and the fact stays as it was") {
  REQUIRE(facts.set_number(dogs, 4) == Code::ok);
  CHECK(facts.set_yes_no(dogs, true) == Code::wrong_type);
  CHECK(facts.set_choice(dogs, 1) == Code::wrong_type);
  CHECK(facts.set_choice(dogs, "north") == Code::wrong_type);
  CHECK(facts.set_date(dogs, {}) == Code::wrong_type);
  CHECK(facts.set_set(dogs, 1) == Code::wrong_type);
  CHECK(facts.set_text(dogs, "4") == Code::wrong_type);
  CHECK(facts.set_number(risk, 1) == Code::wrong_type);
  CHECK(facts.value(dogs)->number == 4);
}

namespace {

template <class Value>
concept is_yes_no = requires(duly::Case& facts, duly::Fact fact, Value value) {
  facts.set_yes_no(fact, value);
};
template <class Value>
concept is_number = requires(duly::Case& facts, duly::Fact fact, Value value) {
  facts.set_number(fact, value);
};

}  // namespace

// What C++ would convert without a word does not compile.
static_assert(is_yes_no<bool> && !is_yes_no<const char*>);
static_assert(is_number<int> && is_number<std::int64_t> && !is_number<double> && !is_number<float>);

TEST_CASE_FIXTURE(Visits, "A value that the fact does not take is refused") {
  CHECK(facts.set_number(dogs, 10) == Code::out_of_range);
  CHECK(facts.set_number(dogs, -1) == Code::out_of_range);
  CHECK(facts.set_number(dogs, INT64_MIN) == Code::out_of_range);
  CHECK(facts.set_choice(area, 2) == Code::out_of_range);
  CHECK(facts.set_choice(area, UINT32_MAX) == Code::out_of_range);
  CHECK(facts.set_choice(area, "west") == Code::out_of_range);
  CHECK(facts.set_choice(area, "north\0"s) == Code::out_of_range);
  CHECK(facts.set_set(carried, 0b100) == Code::out_of_range);
  CHECK(facts.set_set(carried, ~std::uint64_t{0}) == Code::out_of_range);
  CHECK(facts.set_date(last, std::chrono::sys_days{10000y / 1 / 1}) == Code::out_of_range);
  CHECK(facts.set_date(last, std::chrono::sys_days{std::chrono::days{-5'000'000'000}}) == Code::out_of_range);
  CHECK(facts.set_text(visitor, "\xc3") == Code::out_of_range);
  CHECK(facts.set_as_at(std::chrono::sys_days{0y / 12 / 31}) == Code::out_of_range);
  for (const duly::Fact fact : policy.facts()) CHECK_FALSE(facts.value(fact));
}

TEST_CASE_FIXTURE(Visits, "A bad handle is refused") {
  const duly::Policy other = duly::Policy::load("national");
  duly::Fact beyond = risk;
  beyond.handle.index = 1000;
  for (const duly::Fact bad : {duly::Fact{}, beyond, other.fact("child.age"), duly::Fact{{UINT32_MAX, UINT32_MAX}}}) {
    CHECK(facts.set_yes_no(bad, true) == Code::unknown_handle);
    CHECK(facts.set_text(bad, "x") == Code::unknown_handle);
    CHECK(facts.clear(bad) == Code::unknown_handle);
    CHECK_FALSE(facts.value(bad));
    CHECK_THROWS_AS((void)policy.about(bad), duly::Error);
  }
}

TEST_CASE_FIXTURE(Visits, "Handles hold for a policy compiled again from the same texts") {
  const duly::Policy again = duly::Policy::compile("elsewhere", visits_policy);
  CHECK(again.fact("home.dogs") == dogs);
  duly::Case same(again);
  CHECK(same.set_number(dogs, 3) == Code::ok);
}

TEST_CASE_FIXTURE(Visits, "A case comes from JSON as a whole, and goes back") {
  REQUIRE(facts.set_yes_no(risk, true) == Code::ok);
  facts.from_json(R"({"facts": {"home": {"dogs": 3, "area": "north"}, "carried": ["alarm"]}, "as_at": "2026-11-22"})");
  CHECK_FALSE(facts.value(risk));
  CHECK(facts.value(dogs)->number == 3);
  CHECK(facts.as_at() == std::chrono::sys_days{2026y / 11 / 22});
  duly::Case again(policy);
  again.from_json(facts.json());
  CHECK(again.json() == facts.json());
}

TEST_CASE_FIXTURE(Visits, "Wrong JSON is told with paths and places, and the case stays as it was") {
  REQUIRE(facts.set_number(dogs, 2) == Code::ok);
  try {
    facts.from_json("{\"facts\": {\n  \"home.dogs\": 10,\n  \"home.aera\": \"north\"\n}}");
    FAIL("it is wrong");
  } catch (const duly::Error& error) {
    CHECK(error.code() == Code::wrong_case);
    const auto problems = error.problems();
    REQUIRE(problems.size() == 2);
    CHECK(problems[0].path == "facts.home.dogs");
    CHECK(problems[0].line == 2);
    CHECK(problems[1].help.find("home.area") != std::string_view::npos);
    CHECK(error.text().find("home.aera") != std::string_view::npos);
  }
  CHECK(facts.value(dogs)->number == 2);
  for (const char* text : {"", "{", "[]", "null", "{\"facts\": 3}", "\xff", "{\"facts\": {\"home.dogs\": 1.0}}"}) {
    CHECK_THROWS_AS(facts.from_json(text), duly::Error);
  }
  CHECK_THROWS_AS(facts.from_json(std::string(100'000, '[')), duly::Error);
  CHECK_THROWS_AS(facts.from_json(std::string(20'000'000, ' ')), duly::Error);
}
