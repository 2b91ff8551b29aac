#include <doctest/doctest.h>

#include <duly/duly.hpp>
#include <stdexcept>

#include "visits.hpp"

using duly::Status;

namespace {

struct Visits {
  duly::Policy policy = duly::Policy::compile("visits.policy", visits_policy);
  duly::Case facts{policy};
  duly::Decision decision{policy};
  duly::Subject crew = policy.decision("crew"), danger = policy.value("danger"), note = policy.action("write_note");

  void decide(std::string_view json) {
    facts.from_json(json);
    decision.decide(facts);
  }
};

}  // namespace

TEST_CASE_FIXTURE(Visits, "A decision tells its outcome, values and duties") {
  decide(R"({"facts": {"home.risk": true, "home.area": "south", "visitor": "Ada"}})");
  CHECK(decision.status(crew) == Status::decided);
  CHECK(decision.outcome(crew) == "double");
  CHECK(decision.says(crew) == "Two people make the visit.");
  CHECK(decision.value(danger)->number == 1);
  CHECK(decision.value(policy.value("who"))->text == "Ada");
  CHECK(decision.says(policy.value("who")) == "Ada");
  CHECK(decision.duty(note) == duly::Duty::must);
  CHECK(decision.value(note)->text == "must");
  CHECK(decision.timing(note) == "on the same day");
  CHECK(decision.needs(crew).empty());
  CHECK_FALSE(decision.next_question(crew));
  CHECK_FALSE(decision.advised(crew));
  CHECK(decision.warnings().empty());
}

TEST_CASE_FIXTURE(Visits, "Where facts are missing it tells which can still matter, in the order of asking") {
  decide(R"({"facts": {"home.risk": false, "home.dogs": 4}})");
  CHECK(decision.status(crew) == Status::undecided);
  CHECK_FALSE(decision.value(crew));
  CHECK(decision.outcome(crew).empty());
  CHECK(decision.says(crew).empty());
  const auto needs = decision.needs(crew);
  REQUIRE(needs.size() == 3);
  CHECK(decision.next_question(crew) == needs[0]);
  CHECK_FALSE(decision.is_approximate(crew));
}

TEST_CASE_FIXTURE(Visits, "A broken safeguard makes it unsafe, with what is advised") {
  decide(R"({"facts": {"home.dogs": 6, "home.area": "north", "carried": ["alarm"], "last_visit": "2026-01-01"},
             "as_at": "2026-02-02"})");
  CHECK(decision.status(crew) == Status::unsafe);
  CHECK(decision.advised(crew)->text == "single");
  const auto broken = decision.broken_safeguards();
  REQUIRE(broken.size() == 1);
  CHECK(broken[0].name == "visits.no_lone_pack");
}

TEST_CASE_FIXTURE(Visits, "Reasons nest down to items and the facts that they read") {
  decide(R"({"facts": {"home.risk": true, "home.area": "south"}})");
  const duly::Reasons reasons = decision.reasons(crew);
  decide("{}");  // what is told of the earlier decision stays
  REQUIRE(reasons.size() == 3);
  CHECK(reasons[0].kind == duly::Reason::Kind::rule);
  CHECK(reasons[0].name == "visits.pair");
  CHECK(reasons[0].depth == 0);
  REQUIRE(reasons[0].cites.size() == 1);
  CHECK(reasons[0].cites[0] == "guide.pairs_1");
  CHECK(reasons[0].place.starts_with("visits.policy:"));
  CHECK(reasons[1].name == "visits.danger");
  CHECK(reasons[1].subject == danger);
  CHECK(reasons[1].depth == 1);
  CHECK(reasons[2].kind == duly::Reason::Kind::item);
  CHECK(reasons[2].depth == 2);
  REQUIRE(reasons[2].facts.size() == 1);
  CHECK(reasons[2].facts[0] == policy.fact("home.risk"));
  CHECK_THROWS_AS((void)reasons[3], duly::Error);
}

TEST_CASE_FIXTURE(Visits, "An observer is told how it came about, in order") {
  CHECK_THROWS_AS(decision.observe([](const duly::Event&) {}), duly::Error);  // nothing decided yet
  decide(R"({"facts": {"home.risk": true, "home.area": "south", "visitor": "Ada"}})");
  using Kind = duly::Event::Kind;
  std::vector<Kind> kinds;
  bool applied = false, settled = false, laid = false, watched = false, read = false;
  decision.observe([&](const duly::Event& event) {
    kinds.push_back(event.kind);
    if (event.kind == Kind::rule_tried && event.name == "visits.pair") applied = event.truth == duly::Truth::yes;
    if (event.kind == Kind::fact_read && event.fact == policy.fact("home.risk")) read = event.value->text == "yes";
    if (event.kind == Kind::value_settled && event.subject == crew) {
      settled = event.status == Status::decided && event.value->text == "double";
    }
    if (event.kind == Kind::duty_laid && event.subject == note) laid = event.value->text == "must";
    if (event.kind == Kind::safeguard_watched) watched = event.name == "visits.no_lone_pack";
  });
  REQUIRE_FALSE(kinds.empty());
  CHECK(kinds.front() == Kind::question_reached);
  CHECK(applied);
  CHECK(settled);
  CHECK(laid);
  CHECK(watched);
  CHECK(read);
  CHECK_THROWS_AS(decision.observe([](const duly::Event&) { throw std::runtime_error("enough"); }), std::runtime_error);
  CHECK_THROWS_AS(decision.observe({}), duly::Error);
  CHECK_THROWS_AS(decision.observe([](const duly::Event&) {}, danger), duly::Error);  // no decision
}

TEST_CASE_FIXTURE(Visits, "What was set aside is told with what set it aside") {
  decide(R"({"facts": {"home.risk": true, "home.area": "north", "carried": ["alarm"], "last_visit": "2026-01-01"},
             "as_at": "2026-02-02"})");
  CHECK(decision.outcome(crew) == "single");
  const duly::Reasons reasons = decision.reasons(crew);
  REQUIRE(reasons.set_aside().size() == 1);
  CHECK(reasons.set_aside()[0].rule == "visits.pair");
  CHECK(reasons.set_aside()[0].by == "visits.alone");
}

TEST_CASE_FIXTURE(Visits, "The words and the JSON of a decision") {
  CHECK_THROWS_AS(decision.explain(), duly::Error);  // nothing decided yet
  decide(R"({"facts": {"home.risk": true, "home.area": "south"}})");
  CHECK(decision.explain().find("Two people make the visit.") != std::string::npos);
  CHECK(decision.explain(duly::Format::markdown, duly::Depth::full).find("**Two people make the visit.**") !=
        std::string::npos);
  CHECK(decision.explain(duly::Format::plain, duly::Depth::brief).size() < decision.explain().size());
  CHECK(decision.json().find("\"outcome\": \"double\"") != std::string::npos);
  CHECK(decision.json(duly::Format::json_line).find('\n') == std::string::npos);
  CHECK(decision.json(duly::Format::json_compact) ==
        R"({"decisions":{"crew":"double"},"duties":{"write_note":"must"}})");
  CHECK_THROWS_AS(decision.explain(duly::Format{77}), duly::Error);
  CHECK_THROWS_AS(decision.explain(duly::Format::plain, duly::Depth{-1}), duly::Error);
  CHECK_THROWS_AS(decision.explain(duly::Format::json, duly::Depth::normal, danger), duly::Error);
}

TEST_CASE_FIXTURE(Visits, "A record asks for what is missing and is printed when it is complete") {
  CHECK_THROWS_AS(decision.record_form(), duly::Error);
  decide(R"({"facts": {"home.risk": true, "home.dogs": 1, "home.area": "south"}})");
  CHECK(decision.record_form().find("\"seen\": null") != std::string::npos);
  CHECK(decision.record_form(duly::Format::plain).find("What was seen") != std::string::npos);
  try {
    decision.complete_record("{\n\"sen\": \"Two dogs\"}");
    FAIL("it is not complete");
  } catch (const duly::Error& error) {
    CHECK(error.code() == duly::Code::record_incomplete);
    CHECK(error.problems().size() == 2);
    CHECK(error.text().find("seen") != std::string_view::npos);
  }
  CHECK(decision.complete_record("{\"seen\": \"Two dogs\"}").find("Two dogs") != std::string::npos);
  CHECK(decision.complete_record("{\"seen\": \"Two dogs\"}", duly::Format::json, policy.record("visit_record"))
            .starts_with("{"));
  CHECK_THROWS_AS(decision.complete_record("{}", duly::Format::plain), duly::Error);
}

TEST_CASE_FIXTURE(Visits, "A case and a decision of two policies do not go together") {
  const duly::Policy national = duly::Policy::load("national");
  duly::Case other(national);
  decide(R"({"facts": {"home.risk": true, "home.area": "south"}})");
  try {
    decision.decide(other);
    FAIL("they are of two policies");
  } catch (const duly::Error& error) {
    CHECK(error.code() == duly::Code::other_policy);
  }
  CHECK(decision.status(crew) == Status::none);  // nothing is left of the decision before
  CHECK(decision.status(national.default_decision()) == Status::none);
}

TEST_CASE_FIXTURE(Visits, "A case of the same policy, compiled again, can be decided") {
  const duly::Policy again = duly::Policy::compile("elsewhere/visits.policy", visits_policy);
  duly::Case other(again);
  other.from_json(R"({"facts": {"home.risk": true, "home.area": "south"}})");
  decision.decide(other);
  CHECK(decision.outcome(crew) == "double");
}

TEST_CASE_FIXTURE(Visits, "A day outside the policy's time is warned of") {
  const duly::Policy national = duly::Policy::load("national");
  duly::Case old(national);
  using namespace std::chrono_literals;
  REQUIRE(old.set_as_at(std::chrono::sys_days{2001y / 1 / 1}) == duly::Code::ok);
  duly::Decision found(national);
  found.decide(old);
  REQUIRE(found.warnings().size() == 1);
  CHECK(found.warnings()[0].find("2015-03-26") != std::string::npos);
}
