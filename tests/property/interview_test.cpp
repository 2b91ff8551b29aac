#include "interpreter/interview/interview.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <random>

#include "interpreter/analysis/witness.hpp"
#include "interpreter/outcome/residual.hpp"
#include "interpreter/report/case_json.hpp"
#include "tests/property/generated.hpp"
#include "tests/property/shipped.hpp"

/// Walks through interviews, with answers as they come, answers that nobody knows, steps back and changes.
namespace duly {
namespace {

using Random = std::mt19937;

/// Some value of the fact; of a number or date one that the consequences tell apart.
Scalar some_value(Interview& interview, const Question& question, Random& random) {
  const auto consequences = interview.consequences(question);
  REQUIRE_FALSE(consequences.empty());
  return consequences[random() % consequences.size()].value;
}

bool is_not_known(const Interview& interview, FactId fact) {
  return std::any_of(interview.answers().begin(), interview.answers().end(),
                     [&](const InterviewAnswer& answer) { return answer.fact == fact && !answer.value; });
}

/// The saved case decides as the interview ended.
void check_saved(Interview& interview) {
  const Program& program = interview.program();
  const CaseReading read = read_case_json(program, write_case_json(program, interview.facts()));
  REQUIRE(read.facts.has_value());
  Case saved = *read.facts;
  saved.as_at = read.as_at.value_or(saved.as_at);
  const Decision again = Decider(program).decide(saved);
  for (std::uint32_t i = 0; i < program.subjects.size(); ++i) {
    CHECK(again.found(SubjectId{i}).status == interview.decision().found(SubjectId{i}).status);
    CHECK(again.found(SubjectId{i}).value == interview.decision().found(SubjectId{i}).value);
  }
}

TEST_CASE("interviews of generated policies never ask what cannot matter") {
  std::size_t asked = 0;
  for (const std::uint32_t seed : seeds(120)) {
    const model::Policy policy = model::generate(seed);
    const auto texts = policy.texts();
    INFO("seed ", seed, "\n", texts[0], "\n", texts[1]);
    const Compiled compiled = compile_texts(texts);
    if (!compiled.program) continue;
    const Program& program = *compiled.program;
    const std::string& decision = at(program.subjects, *program.default_decision).name;
    const auto place =
        static_cast<std::size_t>(std::find_if(policy.values.begin(), policy.values.end(),
                                              [&](const model::Value& value) { return value.name == decision; }) -
                                 policy.values.begin());
    Random random(seed);
    for (int round = 0; round < 6; ++round) {
      model::Partial facts;
      Case start(program);
      start.as_at = Date{20000};
      Interview interview(program, program.default_decision, start);
      for (auto question = interview.question(); question; question = interview.question()) {
        ++asked;
        const std::string& name = at(program.facts, question->fact).name;
        const auto fact = static_cast<std::size_t>(std::find(model::fact_names.begin(), model::fact_names.end(), name) -
                                                   model::fact_names.begin());
        // Two ways of filling in the rest that differ in this fact alone end differently.
        bool matters = false;
        for (const model::Full& full : model::completions(facts)) {
          model::Full other = full;
          for (other[fact] = 0; other[fact] < model::fact_sizes[fact]; ++other[fact]) {
            matters = matters || !(policy.decide(full)[place] == policy.decide(other)[place]);
          }
        }
        CHECK(matters);
        if (random() % 4 == 0) {
          interview.answer(std::nullopt);
          continue;
        }
        facts[fact] = static_cast<int>(random() % static_cast<unsigned>(model::fact_sizes[fact]));
        interview.answer(*facts[fact]);
      }
      const Decision whole = Decider(program).decide(case_of(program, facts));
      CHECK(whole.of(*program.default_decision).status == interview.decision().of(*program.default_decision).status);
      CHECK(whole.of(*program.default_decision).value == interview.decision().of(*program.default_decision).value);
    }
  }
  CHECK(asked > 300);
}

/// Two cases that differ in the fact asked alone and in which what is asked about ends differently.
void check_matters(Interview& interview, const Question& question) {
  const Program& program = interview.program();
  const Diagrams diagrams(program, interview.facts().as_at, &interview.facts(), 1'000'000);
  const auto differ = [&](Scalar a, Scalar b) {
    Case first = interview.facts(), second = interview.facts();
    first.set(question.fact, a);
    second.set(question.fact, b);
    // Both over one table: what is left under each value, and where the two part.
    Residual left(diagrams, first, 1'000'000);
    const Edge x = left.of(diagrams.outcome(question.about));
    Table& table = left.table();
    Residual other(diagrams, second, 1'000'000);
    const Edge y = other.of(diagrams.outcome(question.about));
    const std::function<Edge(Edge)> brought = [&](Edge edge) -> Edge {
      if (edge.is_leaf()) return table.leaf(other.table().leaf_of(edge));
      std::vector<Edge> children;
      for (std::uint32_t i = 0; i < other.table().arity(edge); ++i) {
        children.push_back(brought(other.table().child(edge, i)));
      }
      return table.node(other.table().variable(edge), children);
    };
    const Edge parted = table.combine(
        x, brought(y), [&](const Leaf& one, const Leaf& two) { return one == two ? table.no() : table.yes(); });
    const auto path = shortest_path(table, parted, [](const Leaf& leaf) { return leaf.low != 0; });
    if (!path) return false;
    for (const PathStep& step : *path) {
      const Variable& variable = diagrams.variables().all()[step.variable];
      if (variable.kind != Variable::Kind::fact) continue;
      const Type& type = at(program.facts, variable.fact).type;
      Scalar value = step.value;
      if (type.kind == TypeKind::number || type.kind == TypeKind::date) {
        const auto regions = diagrams.variables().regions({false, variable.fact.index, Elapsed::none});
        value = representative(regions[step.value], type.kind, first.as_at);
      }
      first.set(variable.fact, value);
      second.set(variable.fact, value);
    }
    Decider decider(program);
    const Finding one = decider.decide(first).of(question.about), two = decider.decide(second).of(question.about);
    return one.status != two.status || one.value != two.value;
  };
  const auto values = interview.consequences(question);
  bool matters = false;
  for (std::size_t i = 0; i < values.size() && !matters; ++i) {
    for (std::size_t j = i + 1; j < values.size() && !matters; ++j) matters = differ(values[i].value, values[j].value);
  }
  CHECK_MESSAGE(matters, at(program.facts, question.fact).name);
}

TEST_CASE("every way through the interview of a shipped policy ends, within what it says, as it is decided") {
  for_each_shipped([&](const std::string& name, const Program& program) {
    if (!program.default_decision) return;
    for (const std::uint32_t seed : seeds(8)) {
      INFO(name, ", seed ", seed);
      Random random(seed);
      Case start(program);
      start.as_at = *parse_date("2026-11-23");
      Interview interview(program, program.default_decision, start);
      const unsigned one_in = seed % 2 == 0 ? 5 : 1'000'000;  // every other walk knows all answers
      std::size_t at_most = interview.at_most(), steps = 0;
      CHECK(at_most <= program.facts.size());
      while (true) {
        const auto question = interview.question();
        if (!question) {
          if (interview.duties_are_open() && random() % 2 == 0) {
            interview.ask_duties(true);
            at_most = interview.at_most();
            continue;
          }
          break;
        }
        REQUIRE(++steps < 20 * program.facts.size());
        if (question->about != *program.default_decision) {
          // The decision comes first: what it still needs has been asked for.
          for (const FactId need : interview.decision().of(*program.default_decision).needs) {
            CHECK(is_not_known(interview, need));
          }
        }
        if (steps < 12 && question->about == *program.default_decision) check_matters(interview, *question);
        const bool for_decision = question->about == *program.default_decision;
        const bool unknown = random() % one_in == 0;
        interview.answer(unknown ? std::nullopt : std::optional(some_value(interview, *question, random)));
        const bool still = interview.question() && interview.question()->about == *program.default_decision;
        if (for_decision && still && !unknown) {
          CHECK(interview.at_most() + 1 <= at_most);  // each answer brings the end nearer
        }
        at_most = interview.at_most();
        if (random() % one_in == 1) {
          const auto taken = interview.back();
          REQUIRE(taken.has_value());
          REQUIRE(interview.question().has_value());
          CHECK(interview.question()->fact == *taken);
          at_most = interview.at_most();
        }
        if (random() % one_in == 2 && !interview.answers().empty()) {
          const std::size_t place = random() % interview.answers().size();
          const FactId fact = interview.answers()[place].fact;
          const std::size_t before = interview.answers().size();
          const Type& type = at(program.facts, fact).type;
          const Scalar value = type.kind == TypeKind::yes_no ? static_cast<Scalar>(random() % 2)
                               : type.kind == TypeKind::choice
                                   ? static_cast<Scalar>(random() % static_cast<unsigned>(type.high + 1))
                                   : interview.answers()[place].value.value_or(std::max<Scalar>(type.low, 0));
          const auto dropped = interview.change(place, value);
          CHECK(interview.answers().size() + dropped.size() == before);
          CHECK(interview.answers()[place].fact == fact);
          CHECK(interview.facts().value(fact) == value);
          for (const InterviewAnswer& answer : dropped) CHECK_FALSE(interview.facts().known(answer.fact));
          at_most = interview.at_most();
        }
      }
      const Finding& end = interview.decision().of(*program.default_decision);
      // What is open then hangs on what nobody knew.
      CHECK((end.status != Status::undecided || !interview.not_known().empty()));
      for (const FactId need : end.needs) CHECK(is_not_known(interview, need));
      check_saved(interview);
    }
  });
}

}  // namespace
}  // namespace duly
