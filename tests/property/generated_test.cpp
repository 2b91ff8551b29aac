#include <doctest/doctest.h>

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <map>

#include "interpreter/eval/decision.hpp"
#include "lang/compile.hpp"
#include "lang/diagnostics/render.hpp"
#include "lang/lower/lower.hpp"
#include "tests/property/generated.hpp"
#include "tests/property/model.hpp"

/// Properties of generated policies. A failure prints the seed and the policy; DULY_SEED=N runs that one alone,
/// DULY_SEEDS=N the first N.
namespace {

using namespace duly;

std::string show(const model::Result& result) {
  if (result.state == model::Result::State::conflict) return "conflict";
  if (result.state == model::Result::State::gap) return "gap";
  return fmt::format("value {}", result.value);
}

std::string show(const Finding& finding) {
  return finding.status == Status::decided ? fmt::format("value {}", finding.value)
                                           : std::string(to_string(finding.status));
}

/// What brute force over all completions says of one value.
std::string by_brute_force(const std::map<model::Full, std::vector<model::Result>>& all, std::size_t value) {
  std::string first;
  for (const auto& [full, results] : all) {
    const std::string here = show(results[value]);
    if (first.empty()) first = here;
    if (first != here) return "undecided";
  }
  return first;
}

std::vector<std::string> needs_by_brute_force(const std::map<model::Full, std::vector<model::Result>>& all,
                                              const model::Partial& facts, std::size_t value) {
  std::vector<std::string> needs;
  for (std::size_t i = 0; i < model::fact_count; ++i) {
    if (facts[i]) continue;
    bool matters = false;
    for (const auto& [full, results] : all) {
      model::Full other = full;
      other[i] = 0;
      matters = matters || !(all.at(other)[value] == results[value]);
    }
    if (matters) needs.push_back(model::fact_names[i]);
  }
  std::sort(needs.begin(), needs.end());
  return needs;
}

std::vector<std::string> names(const Program& program, const std::vector<FactId>& facts) {
  std::vector<std::string> result;
  for (const FactId fact : facts) result.push_back(program.facts[fact.index].name);
  std::sort(result.begin(), result.end());
  return result;
}

}  // namespace

TEST_CASE("generated policies decide as the model says, exactly under unknown facts too") {
  for (const std::uint32_t seed : seeds(400)) {
    const model::Policy policy = model::generate(seed);
    const auto texts = policy.texts();
    INFO("seed ", seed, "\n", texts[0], "\n", texts[1]);
    const Compiled compiled = compile_texts(texts);
    if (!compiled.program) {
      // A circle, or a rule of one module that comes before what another module has closed.
      const auto& errors = compiled.diagnostics.all();
      const bool closed =
          std::any_of(errors.begin(), errors.end(), [](const Diagnostic& error) { return error.code == Code::E0503; });
      CHECK((closed || policy.is_circular()));
      continue;
    }
    CHECK_FALSE(policy.is_circular());
    if (policy.is_circular()) continue;
    const Program& program = *compiled.program;
    CHECK(broken_invariant(program) == "");
    Decider decider(program);
    model::Random random(seed);
    for (int round = 0; round < 12; ++round) {
      const model::Partial facts = some_facts(random, round < 3 ? 100 : round < 8 ? 60 : 20);
      std::map<model::Full, std::vector<model::Result>> all;
      for (const model::Full& full : model::completions(facts)) all.emplace(full, policy.decide(full));
      const Decision decision = decider.decide(case_of(program, facts));
      for (std::size_t i = 0; i < policy.values.size(); ++i) {
        INFO("value ", policy.values[i].name, " in round ", round);
        const Finding& finding = decision.of(subject_of(program, policy.values[i]));
        CHECK(show(finding) == by_brute_force(all, i));
        CHECK(names(program, finding.needs) == needs_by_brute_force(all, facts, i));
        CHECK_FALSE(finding.approximate);
      }
    }
  }
}

TEST_CASE("the order of declarations never changes an outcome") {
  for (const std::uint32_t seed : seeds(150)) {
    const model::Policy policy = model::generate(seed);
    model::Random random(seed);
    const auto texts = policy.texts();
    const auto shuffled = policy.texts(&random);
    INFO("seed ", seed, "\n", shuffled[0], "\n", shuffled[1]);
    const Compiled a = compile_texts(texts);
    const Compiled b = compile_texts(shuffled);
    CHECK(a.program.has_value() == b.program.has_value());
    if (!a.program || !b.program) continue;
    Decider decide_a(*a.program), decide_b(*b.program);
    for (int round = 0; round < 8; ++round) {
      const model::Partial facts = some_facts(random, 60);
      const Decision in_order = decide_a.decide(case_of(*a.program, facts));
      const Decision out_of_order = decide_b.decide(case_of(*b.program, facts));
      for (const model::Value& value : policy.values) {
        const Finding& x = in_order.of(subject_of(*a.program, value));
        const Finding& y = out_of_order.of(subject_of(*b.program, value));
        CHECK(show(x) == show(y));
        CHECK(names(*a.program, x.needs) == names(*b.program, y.needs));
      }
    }
  }
}

TEST_CASE("a fact learnt never changes a decided outcome, and the next question always matters") {
  for (const std::uint32_t seed : seeds(150)) {
    const model::Policy policy = model::generate(seed);
    const auto texts = policy.texts();
    INFO("seed ", seed, "\n", texts[0], "\n", texts[1]);
    const Compiled compiled = compile_texts(texts);
    if (!compiled.program) continue;
    const Program& program = *compiled.program;
    Decider decider(program);
    model::Random random(seed);
    const SubjectId choose = *program.default_decision;
    for (int round = 0; round < 6; ++round) {
      const model::Full truth = model::completions(some_facts(random, 100)).front();
      model::Partial facts = some_facts(random, 15);
      for (std::size_t i = 0; i < model::fact_count; ++i) {
        if (facts[i]) facts[i] = truth[i];
      }
      std::size_t asked = 0;
      for (Decision decision = decider.decide(case_of(program, facts));; ++asked) {
        const auto question = next_question(decision, choose);
        CHECK((decision.of(choose).status == Status::undecided) == question.has_value());
        if (!question) break;
        CHECK(asked < model::fact_count);
        if (asked >= model::fact_count) break;
        const std::string& name = program.facts[question->index].name;
        const auto i = static_cast<std::size_t>(std::find(model::fact_names.begin(), model::fact_names.end(), name) -
                                                model::fact_names.begin());
        REQUIRE(i < model::fact_count);
        CHECK_FALSE(facts[i].has_value());
        facts[i] = truth[i];
        Decision next = decider.decide(case_of(program, facts));
        for (std::uint32_t subject = 0; subject < program.subjects.size(); ++subject) {
          if (decision.of(SubjectId{subject}).status != Status::undecided)
            CHECK(show(decision.of(SubjectId{subject})) == show(next.of(SubjectId{subject})));
        }
        decision = std::move(next);
      }
    }
  }
}
