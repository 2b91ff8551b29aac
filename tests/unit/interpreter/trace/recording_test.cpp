#include "interpreter/trace/recording.hpp"

#include "tests/unit/interpreter/report/visit_policy.hpp"
#include "tests/unit/interpreter/trace/shipped_policies.hpp"

namespace duly::trace {
namespace {

Recording recorded(const Program& program, const Case& facts) {
  Decider decider(program);
  return record(program, facts, decider.decide(facts), program.default_decision);
}

}  // namespace

TEST_CASE("stepping to the end and back passes through the same states, on every shipped case") {
  each_shipped_case([](const Program& program, const TestCase& test_case) {
    const Recording recording = recorded(program, make_case(program, test_case));
    Cursor cursor(recording);
    std::vector<State> forwards{cursor.state()};
    while (cursor.next()) forwards.push_back(cursor.state());
    CHECK(forwards.size() == recording.size());
    CHECK_FALSE(cursor.next());
    bool same = cursor.state() == forwards.back();
    for (std::size_t i = forwards.size() - 1; i > 0; --i) {
      REQUIRE(cursor.back());
      same = same && cursor.state() == forwards[i - 1];
    }
    CHECK(same);
    CHECK_FALSE(cursor.back());
    CHECK(cursor.index() == 0);
  });
}

TEST_CASE("a state grows with each fact that is read and each value that is settled") {
  const Program& program = visit_policy().program();
  Case facts(program);
  facts.set(*program.find_fact("home.risk"), 1);
  const Recording recording = recorded(program, facts);
  const SubjectId danger = *program.find_subject("danger");
  const FactId risk = *program.find_fact("home.risk");
  for (std::size_t i = 0; i < recording.size(); ++i) {
    if (const auto* read = std::get_if<FactRead>(&recording[i].what); read && read->fact == risk) {
      CHECK_FALSE(state_at(recording, i - 1).has_read(risk));
      CHECK(state_at(recording, i).has_read(risk));
    }
    if (const auto* settled = std::get_if<ValueSettled>(&recording[i].what); settled && settled->subject == danger) {
      CHECK(state_at(recording, i - 1).find(danger) == nullptr);
      REQUIRE(state_at(recording, i).find(danger) != nullptr);
      CHECK(state_at(recording, i).find(danger)->value == 1);
    }
  }
}

TEST_CASE("a cursor jumps to rules and decisions, and says where there is nothing to jump to") {
  const Program& program = visit_policy().program();
  const Recording recording = recorded(program, Case(program));
  Cursor cursor(recording);
  REQUIRE(cursor.next_rule());
  CHECK(std::holds_alternative<RuleTried>(cursor.event().what));
  REQUIRE(cursor.next_decision(program));
  CHECK(std::get<ValueSettled>(cursor.event().what).subject == *program.default_decision);
  CHECK_FALSE(cursor.next_decision(program));
  CHECK(cursor.end());
  CHECK_FALSE(cursor.next_rule());
  CHECK(cursor.start());
  CHECK_FALSE(cursor.start());
  CHECK(cursor.go_to(1'000'000));
  CHECK(cursor.index() == recording.size() - 1);
}

TEST_CASE("an empty recording has nothing to step through") {
  const Recording recording;
  Cursor cursor(recording);
  CHECK(cursor.empty());
  CHECK_FALSE(cursor.next());
  CHECK_FALSE(cursor.back());
  CHECK_FALSE(cursor.end());
  CHECK(cursor.state() == State());
}

}  // namespace duly::trace
