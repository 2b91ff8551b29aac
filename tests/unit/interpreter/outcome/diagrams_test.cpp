#include "interpreter/outcome/diagrams.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <random>

#include "interpreter/eval/walk.hpp"
#include "interpreter/outcome/residual.hpp"
#include "stdpolicy/standard_modules.hpp"
#include "tests/golden/policy_texts.hpp"

using namespace duly;

namespace {

/// Every shipped policy, compiled.
std::vector<std::pair<std::string, Compiled>> shipped() {
  std::vector<std::pair<std::string, Compiled>> result;
  for (const EmbeddedModule& module : standard_modules()) {
    const std::string name(module.name);
    result.emplace_back(name, compile_text({{name, std::string(module.text)}}, name));
  }
  for (const auto& entry : std::filesystem::recursive_directory_iterator(DULY_SOURCE_DIR "/examples")) {
    if (entry.path().extension() != ".policy") continue;
    const std::string name = entry.path().stem().string();
    result.emplace_back(name, compile_text({{name, read_text(entry.path())}}, name));
  }
  return result;
}

Scalar some_value(const Program& program, const Fact& fact, std::mt19937& random) {
  const auto below = [&](std::uint64_t bound) { return static_cast<Scalar>(random() % bound); };
  switch (fact.type.kind) {
    case TypeKind::yes_no: return below(2);
    case TypeKind::choice: return below(at(program.choices, fact.type.choice).values.size());
    case TypeKind::number:
      return fact.type.low == INT64_MIN
                 ? below(40)
                 : fact.type.low + below(static_cast<std::uint64_t>(fact.type.high - fact.type.low + 1));
    case TypeKind::date: return 15'000 + below(9'000);
    case TypeKind::set: return below(std::uint64_t{1} << at(program.choices, fact.type.choice).values.size());
    case TypeKind::text: break;
  }
  return 0;
}

std::string show(const Resolved& resolved) {
  switch (resolved.state) {
    case Resolved::State::value: return "value " + std::to_string(resolved.value);
    case Resolved::State::conflict: return "conflict";
    case Resolved::State::gap: return "gap";
    case Resolved::State::open: return "open";
  }
  return {};
}

std::string show(const Leaf& leaf) {
  if (leaf.kind == Leaf::Kind::value) return "value " + std::to_string(leaf.low);
  return leaf.kind == Leaf::Kind::conflict ? "conflict" : leaf.kind == Leaf::Kind::gap ? "gap" : "unsplit";
}

}  // namespace

TEST_CASE("on every shipped policy the walk and the diagrams say the same of every case tried") {
  for (const auto& policy : shipped()) {
    const std::string& name = policy.first;
    const Compiled& compiled = policy.second;
    INFO("policy ", name);
    REQUIRE(compiled.program.has_value());
    const Program& program = *compiled.program;
    const Date day{20'780};
    const Diagrams diagrams(program, day, nullptr, 1'000'000);
    Walk walk(program);
    const std::uint32_t seed = 7;
    INFO("seed ", seed);
    std::mt19937 random(seed);
    for (int round = 0; round < 200; ++round) {
      Case facts(program);
      facts.as_at = day;
      for (std::uint32_t i = 0; i < program.facts.size(); ++i) {
        if (program.facts[i].type.kind != TypeKind::text)
          facts.set(FactId{i}, some_value(program, program.facts[i], random));
      }
      walk.run(facts);
      Residual residual(diagrams, facts, 1'000'000);
      for (std::uint32_t i = 0; i < program.subjects.size(); ++i) {
        INFO("value ", program.subjects[i].name, ", round ", round);
        const Edge end = residual.of(diagrams.outcome(SubjectId{i}));
        REQUIRE(end.is_leaf());
        CHECK(show(walk.of(SubjectId{i})) == show(residual.table().leaf_of(end)));
      }
      for (std::uint32_t i = 0; i < program.rules.size(); ++i) {
        const Edge left = residual.of(diagrams.left(RuleId{i}));
        REQUIRE(left.is_leaf());
        CHECK((walk.left(RuleId{i}) == Truth::yes) == (residual.table().leaf_of(left).low == 1));
      }
    }
  }
}

TEST_CASE("the diagrams of the shipped policies stay small") {
  for (const auto& policy : shipped()) {
    const std::string& name = policy.first;
    const Compiled& compiled = policy.second;
    INFO("policy ", name);
    REQUIRE(compiled.program.has_value());
    const Diagrams diagrams(*compiled.program, Date{20'780}, nullptr, 1'000'000);
    CHECK(diagrams.table().node_count() < 20'000);
  }
}

TEST_CASE("numbers are cut where rules compare them, and copies share their cuts") {
  const Compiled compiled = compile_text({{"page", R"(policy page "Page"
fact age "Age" : number from 0 to 17
define counted "Counted" : number otherwise age
decision d "D" p "P" q "Q" otherwise q
rule young "Young" d is p when counted is under 12
)"}},
                                         "page");
  REQUIRE(compiled.program.has_value());
  const Variables variables(*compiled.program, Date{0}, nullptr);
  const auto regions = variables.regions({false, compiled.program->find_fact("age")->index, Elapsed::none});
  REQUIRE(regions.size() == 2);
  CHECK(regions[0] == Range{0, 11});
  CHECK(regions[1] == Range{12, 17});
}
