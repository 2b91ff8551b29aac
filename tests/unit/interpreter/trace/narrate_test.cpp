#include "interpreter/trace/narrate.hpp"

#include <algorithm>

#include "interpreter/report/decision_json.hpp"
#include "interpreter/report/reasons.hpp"
#include "interpreter/report/truths.hpp"
#include "interpreter/trace/recording.hpp"
#include "lang/program/reads.hpp"
#include "tests/unit/interpreter/report/visit_policy.hpp"
#include "tests/unit/interpreter/trace/shipped_policies.hpp"

namespace duly::trace {
namespace {

Recording recorded(const Program& program, const Case& facts, std::optional<SubjectId> first) {
  Decider decider(program);
  return record(program, facts, decider.decide(facts), first);
}

Recording visit(std::string_view facts) {
  const Program& program = visit_policy().program();
  CaseReading reading = read_case_json(program, facts);
  REQUIRE(reading.facts.has_value());
  reading.facts->as_at = *parse_date("2026-11-22");
  return recorded(program, *reading.facts, program.default_decision);
}

template <class Wanted>
std::vector<Wanted> all(const Recording& recording) {
  std::vector<Wanted> result;
  for (const Event& event : recording) {
    if (const auto* wanted = std::get_if<Wanted>(&event.what)) result.push_back(*wanted);
  }
  return result;
}

std::vector<std::string> names(const Program& program, const std::vector<FactRead>& reads) {
  std::vector<std::string> result;
  for (const FactRead& read : reads) result.push_back(at(program.facts, read.fact).name);
  return result;
}

/// The condition of a rule, by the rule's name.
ConditionTried condition_of(const Program& program, const Recording& recording, std::string_view rule) {
  for (const ConditionTried& tried : all<ConditionTried>(recording)) {
    if (tried.rule && at(program.rules, *tried.rule).name == rule) return tried;
  }
  FAIL("no condition told of ", std::string(rule));
  return {};
}

}  // namespace

TEST_CASE("told: a question, what it reads, its rules, what sets them aside, and what it comes to") {
  const Program& program = visit_policy().program();
  const Recording recording = visit(R"({"facts": {"home.risk": true, "home.dogs": 1, "manager.allows": true}})");
  CHECK(std::get<QuestionReached>(recording.front().what).subject == *program.default_decision);
  CHECK(names(program, all<FactRead>(recording)) ==
        std::vector<std::string>{"home.risk", "home.dogs", "manager.allows"});

  const auto aside = all<RuleSetAside>(recording);
  REQUIRE(aside.size() == 1);
  CHECK(at(program.rules, aside[0].rule).name == "pair");
  CHECK(at(program.rules, aside[0].by).name == "alone");

  const auto settled = all<ValueSettled>(recording);
  REQUIRE(settled.size() == 2);
  CHECK(at(program.subjects, settled[0].subject).name == "danger");
  CHECK(at(program.subjects, settled[1].subject).name == "crew");
  CHECK(program.show(at(program.subjects, settled[1].subject).type, settled[1].value) == "single");
  REQUIRE(settled[1].rules.size() == 1);
  CHECK(at(program.rules, settled[1].rules[0]).name == "alone");

  const auto duties = all<DutyLaid>(recording);
  REQUIRE(duties.size() == 1);
  CHECK(duties[0].duty == Duty::must);
  REQUIRE(all<SafeguardWatched>(recording).size() == 1);
  CHECK(all<SafeguardWatched>(recording)[0].holds == Truth::yes);
}

TEST_CASE("told: each part of a condition with its truth, list items by their id") {
  const Program& program = visit_policy().program();
  const ConditionTried tried =
      condition_of(program, visit(R"({"facts": {"home.risk": false, "home.dogs": 4}})"), "danger");
  CHECK(tried.truth == Truth::yes);
  REQUIRE(tried.parts.size() == 2);
  CHECK(tried.parts[0].truth == Truth::no);
  CHECK(tried.parts[1].truth == Truth::yes);
  REQUIRE(tried.parts[0].item.has_value());
  CHECK(at(program.items, *tried.parts[0].item).name == "visit.danger.known");
  CHECK(at(program.node_spans, tried.parts[1].node).begin > at(program.node_spans, tried.parts[0].node).begin);

  const ConditionTried open = condition_of(program, visit(R"({"facts": {"home.risk": false}})"), "danger");
  CHECK(open.truth == Truth::unknown);
  CHECK(open.parts[1].truth == Truth::unknown);
}

TEST_CASE("told: what is not known, and which facts can still matter") {
  const Program& program = visit_policy().program();
  const Recording recording = visit(R"({"facts": {}})");
  for (const FactRead& read : all<FactRead>(recording)) CHECK_FALSE(read.known);
  for (const RuleTried& tried : all<RuleTried>(recording)) {
    CHECK(tried.applies == (at(program.rules, tried.rule).name == "note" ? Extent::every : Extent::some));
  }
  const auto settled = all<ValueSettled>(recording);
  CHECK(settled.back().status == Status::undecided);
  REQUIRE_FALSE(settled.back().needs.empty());
  CHECK(at(program.facts, settled.back().needs.front()).name == "home.risk");
}

TEST_CASE("told: a safeguard that is broken, and the decision that it makes unsafe") {
  const Recording recording = visit(R"({"facts": {"home.risk": false, "home.dogs": 8, "manager.allows": true}})");
  CHECK(all<SafeguardWatched>(recording)[0].holds == Truth::no);
  CHECK(all<ValueSettled>(recording).back().status == Status::unsafe);
}

TEST_CASE("a procedure is told step by step, and no further than the step whose answer decides") {
  const CompiledPolicy policy(R"(policy page "Page"
fact a "A" : yes/no ask "A?"
fact b "B" : yes/no ask "B?"
fact c "C" : yes/no ask "C?"
decision d "D?" p "P" q "Q"
procedure way "The way" decides d
  step first "First?" on a
    yes: continue
    no: q
  step second "Second?" on b
    yes: p
    no: continue
  step third "Third?" on c
    yes: p
    no: q
)");
  const Program& program = policy.program();
  const auto told = [&](std::initializer_list<std::pair<const char*, Scalar>> given) {
    Case facts(program);
    for (const auto& [name, value] : given) facts.set(*program.find_fact(name), value);
    return recorded(program, facts, program.default_decision);
  };
  const Recording decided = told({{"a", 1}, {"b", 1}, {"c", 0}});
  CHECK(all<StepReached>(decided).size() == 2);
  CHECK(names(program, all<FactRead>(decided)) == std::vector<std::string>{"a", "b"});
  const auto answers = all<StepAnswered>(decided);
  CHECK_FALSE(answers[0].outcome.has_value());
  REQUIRE(answers[1].outcome.has_value());
  CHECK(at(program.rules, *answers[1].outcome).name == "second.yes");
  REQUIRE(all<RuleTried>(decided).size() == 1);

  // The second answer is not known: the third step may be reached, and the first decides nothing.
  const Recording open = told({{"a", 1}, {"c", 1}});
  CHECK(all<StepReached>(open).size() == 3);
  CHECK(all<StepReached>(open)[2].reached == Truth::unknown);
  CHECK_FALSE(all<StepAnswered>(open)[1].known);
  CHECK(all<ValueSettled>(open).back().status == Status::decided);  // p, either way

  // A first answer that is not known may still end at the second step.
  const Recording ended = told({{"b", 1}});
  CHECK(all<StepReached>(ended).size() == 2);
}

TEST_CASE("a rule that cannot stand in its place says in whose place it would") {
  const CompiledPolicy policy(R"(policy page "Page"
fact a "A" : yes/no ask "A?"
fact b "B" : yes/no ask "B?"
decision d "D?" p "P" q "Q" otherwise q
rule r "R" d is p when a
rule s "S" d is q instead of r when b
)");
  const Program& program = policy.program();
  Case facts(program);
  facts.set(*program.find_fact("a"), 0);
  facts.set(*program.find_fact("b"), 1);
  const RuleTried tried = all<RuleTried>(recorded(program, facts, program.default_decision)).back();
  CHECK(tried.applies == Extent::none);
  CHECK(tried.condition_holds);
  REQUIRE(tried.in_place_of.size() == 1);
  CHECK(at(program.rules, tried.in_place_of[0]).name == "r");
}

TEST_CASE("a text is told as it was given, and copied by a definition") {
  const CompiledPolicy policy(R"(policy page "Page"
fact who "Who" : text ask "Who?"
define copy "The copy" : text
rule copies "It is copied" copy is who
decision d "D?" p "P" q "Q" otherwise q
record paper "Paper" field name "Name" : text from copy
rule r "R" d is p when x
fact x "X" : yes/no ask "X?"
)");
  const Program& program = policy.program();
  Case facts(program);
  facts.set_text(*program.find_fact("who"), "Ada");
  const Recording recording = recorded(program, facts, program.find_subject("copy"));
  CHECK(all<FactRead>(recording)[0].text == "Ada");
  CHECK(all<ValueSettled>(recording)[0].text == "Ada");
}

TEST_CASE("on every shipped case the story comes to the decision, once for each question, in the order of asking") {
  each_shipped_case([](const Program& program, const TestCase& test_case) {
    const Case facts = make_case(program, test_case);
    Decider decider(program);
    const Decision decision = decider.decide(facts);
    const Recording recording = record(program, facts, decision, program.default_decision);
    REQUIRE_FALSE(recording.empty());

    // The last state is the decision, for everything that was told.
    const State last = state_at(recording, recording.size() - 1);
    CHECK(last.open.empty());
    std::vector<bool> told(program.subjects.size(), false);
    for (const State::Settled& settled : last.settled) {
      CHECK_FALSE(told[settled.subject.index]);
      told[settled.subject.index] = true;
      const Finding& finding = decision.of(settled.subject);
      CHECK(settled.status == finding.status);
      if (finding.status == Status::decided && !finding.copies_text) CHECK(settled.value == finding.value);
    }
    for (std::uint32_t i = 0; i < program.subjects.size(); ++i) {
      const Subject& subject = program.subjects[i];
      const bool has_to_be =
          subject.kind == SubjectKind::decision || (subject.kind == SubjectKind::action && !subject.rules.empty());
      if (has_to_be) CHECK(told[i]);
      if (!told[i] && subject.kind != SubjectKind::decision) continue;
      // Every rule of what was told that applies was told, and what set it aside.
      for (const RuleId rule : subject.rules) {
        const bool applies = std::find(last.applied.begin(), last.applied.end(), rule) != last.applied.end();
        CHECK(applies == (decision.of(rule).applies == Extent::every));
      }
      for (const SetAside& pair : set_aside(program, decision, SubjectId{i})) {
        const RuleSetAside wanted{pair.rule, pair.by};
        CHECK(std::find(last.set_aside.begin(), last.set_aside.end(), wanted) != last.set_aside.end());
      }
    }
    std::vector<SafeguardId> broken;
    for (const SafeguardWatched& watched : last.safeguards) {
      if (watched.holds == Truth::no) broken.push_back(watched.safeguard);
    }
    CHECK(broken == decision.broken);
    CHECK(last.safeguards.size() == program.safeguards.size());

    // The facts of the decision are read in the order of asking. (Where a procedure ends early, rules may read later
    // what it would have read.)
    if (!program.default_decision) return;
    const std::vector<FactId> order = asking_order(program, *program.default_decision);
    auto place = order.begin();
    for (const Event& event : recording) {
      if (const auto* settled = std::get_if<ValueSettled>(&event.what);
          settled && settled->subject == *program.default_decision) {
        break;
      }
      if (const auto* answered = std::get_if<StepAnswered>(&event.what); answered && answered->outcome) {
        const Step& step = at(program.steps, answered->step);
        if (at(program.procedures, step.procedure).steps.back() != answered->step) break;
      }
      const auto* read = std::get_if<FactRead>(&event.what);
      if (!read) continue;
      place = std::find(place, order.end(), read->fact);
      REQUIRE(place != order.end());
    }
  });
}

TEST_CASE("on every shipped case each truth that is told is that of the walk") {
  each_shipped_case([](const Program& program, const TestCase& test_case) {
    const Case facts = make_case(program, test_case);
    Walk walk(program);
    walk.run(facts);
    for (const ConditionTried& tried : all<ConditionTried>(recorded(program, facts, program.default_decision))) {
      const Truth whole = walk.condition(tried.node);
      if (whole != Truth::unknown) CHECK(tried.truth == whole);
      for (const ConditionPart& part : tried.parts) {
        const Truth truth = walk.condition(part.node);
        if (truth != Truth::unknown) CHECK(part.truth == truth);
      }
    }
  });
}

TEST_CASE("the decision and its reasons are the same with and without an observer") {
  each_shipped_case([](const Program& program, const TestCase& test_case) {
    const Case facts = make_case(program, test_case);
    const SourceMap no_sources = shipped_policies().front().compiled.sources;
    Decider decider(program);
    const auto answer = [&](const Decision& decision) {
      return compact_json({.program = program,
                           .sources = no_sources,
                           .facts = facts,
                           .decision = decision,
                           .decider = decider,
                           .asked = program.default_decision});
    };
    const Decision without = decider.decide(facts);
    const std::string before = answer(without);
    std::size_t events = 0;
    narrate(program, facts, without, program.default_decision, [&](const Event&) { ++events; });
    CHECK(events > 0);
    CHECK(answer(without) == before);
    CHECK(answer(decider.decide(facts)) == before);
  });
}

}  // namespace duly::trace
