#include "interpreter/eval/walk.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <random>

#include "interpreter/eval/decision.hpp"
#include "interpreter/outcome/diagrams.hpp"
#include "interpreter/outcome/residual.hpp"
#include "tests/unit/interpreter/report/compiled_policy.hpp"

using namespace duly;

namespace {

/// Many rules that one choice tells apart, so that most are passed over: about a decision, definitions and duties, some
/// before others, some in others' places, beside rules that nothing is known to rule out.
std::string many_rules(std::mt19937& random) {
  const auto up_to = [&](int most) { return std::uniform_int_distribution<int>(0, most)(random); };
  std::string text = "policy page \"Page\"\nchoice area \"Areas\"\n";
  for (int i = 0; i < 12; ++i) text += fmt::format("  a{} \"A\"\n", i);
  text += "fact where \"Where\" : area ask \"Where?\"\nfact age \"Age\" : number from 0 to 17 ask \"Age?\"\n";
  text += "fact far \"Far\" : number ask \"How far?\"\n";
  for (int i = 0; i < 4; ++i) text += fmt::format("fact f{} \"F\" : yes/no ask \"F?\"\n", i);
  text += "decision d \"D?\"\n  p \"P\"\n  q \"Q\"\n  r \"R\"\n  otherwise r\naction act \"Act\"\n";
  text += "define v \"V\" : yes/no\n";  // without `otherwise`: it may have a gap
  text += "define w \"W\" : yes/no otherwise no\n";
  text += "rule first \"First\" d is p when f0 and age is under 9\n";
  text += "rule any_area \"Any\" v is yes when f1 or where is one of a1, a2\n";
  const char* conclusions[] = {"d is p",   "d is q",   "v is yes",   "v is no",
                               "w is yes", "must act", "should act", "must not act"};
  std::vector<std::vector<std::string>> about(4);
  for (int i = 0; i < 70; ++i) {
    const int conclusion = up_to(7);
    const int subject = conclusion < 2 ? 0 : conclusion < 4 ? 1 : conclusion == 4 ? 2 : 3;
    const std::string extra = up_to(2) == 0                   ? fmt::format(" and f{}", up_to(3))
                              : up_to(2) == 0                 ? fmt::format(" and age is at least {}", 1 + up_to(16))
                              : up_to(3) == 0                 ? fmt::format(" and far is over {}", up_to(5))
                              : up_to(4) == 0 && subject != 1 ? std::string(" and v")
                                                              : std::string();
    text += fmt::format("rule r{} \"R\" {} when where is one of a{}, a{}{}", i, conclusions[conclusion], up_to(5),
                        6 + up_to(5), extra);
    auto& others = about[static_cast<std::size_t>(subject)];
    if (!others.empty() && up_to(3) == 0) {
      text += fmt::format(" {} {}", up_to(1) == 0 ? "despite" : "instead of",
                          others[static_cast<std::size_t>(up_to(static_cast<int>(others.size()) - 1))]);
    }
    text += '\n';
    others.push_back(fmt::format("r{}", i));
  }
  return text;
}

Case random_case(const Program& program, std::mt19937& random, int unknown_of_ten) {
  Case facts(program);
  facts.as_at = Date{20'000};
  for (std::uint32_t i = 0; i < program.facts.size(); ++i) {
    if (std::uniform_int_distribution<int>(0, 9)(random) < unknown_of_ten) continue;
    const Type& type = program.facts[i].type;
    const Scalar high = type.high > 100 ? 7 : type.high;
    facts.set(FactId{i}, std::uniform_int_distribution<Scalar>(std::max(type.low, Scalar{0}), high)(random));
  }
  return facts;
}

bool same(const Finding& a, const Finding& b) {
  return a.status == b.status && (a.status != Status::decided || a.value == b.value) && a.needs == b.needs &&
         a.approximate == b.approximate && a.copies_text == b.copies_text;
}

}  // namespace

TEST_CASE("rules that a known fact rules out are passed over, and nothing comes out otherwise for that") {
  for (std::uint32_t seed = 1; seed <= 12; ++seed) {
    INFO("seed ", seed);
    std::mt19937 random(seed);
    const CompiledPolicy policy(many_rules(random));
    const Program& program = policy.program();
    const Diagrams diagrams(program, Date{20'000}, nullptr, 1'000'000);
    Walk walk(program);
    REQUIRE(!walk.plan()->guards().empty());
    Residual residual(1'000'000);
    for (int round = 0; round < 150; ++round) {
      const Case facts = random_case(program, random, round % 3 == 0 ? 0 : round % 5);
      INFO("round ", round);
      walk.run(facts);
      residual.start(diagrams, facts);
      for (std::uint32_t i = 0; i < program.subjects.size(); ++i) {
        const Resolved found = walk.of(SubjectId{i});
        const Edge end = residual.of(diagrams.outcome(SubjectId{i}));
        if (found.state == Resolved::State::open) continue;
        INFO("value ", program.subjects[i].name);
        REQUIRE(end.is_leaf());
        const Leaf& leaf = residual.table().leaf_of(end);
        CHECK((found.state == Resolved::State::value) == (leaf.kind == Leaf::Kind::value));
        CHECK((found.state == Resolved::State::conflict) == (leaf.kind == Leaf::Kind::conflict));
        if (leaf.kind == Leaf::Kind::value) CHECK(found.value == leaf.low);
      }
      for (std::uint32_t i = 0; i < program.rules.size(); ++i) {
        INFO("rule ", program.rules[i].name);
        for (const bool left : {false, true}) {
          const Truth truth = left ? walk.left(RuleId{i}) : walk.applies(RuleId{i});
          if (truth == Truth::unknown) continue;
          const Edge end = residual.of(left ? diagrams.left(RuleId{i}) : diagrams.applies(RuleId{i}));
          REQUIRE(end.is_leaf());
          CHECK((truth == Truth::yes) == (residual.table().leaf_of(end).low == 1));
        }
      }
    }
  }
}

TEST_CASE("a decision that is used again says the same as a new one") {
  std::mt19937 random(5);
  const CompiledPolicy policy(many_rules(random));
  const CompiledPolicy other("policy page \"Page\"\ndecision d \"D?\"\n  p \"P\"\n  otherwise p\n");
  Decider decider(policy.program());
  Decider same_program(policy.program());
  Decider other_decider(other.program());
  Decision again;
  for (int round = 0; round < 300; ++round) {
    INFO("round ", round);
    const Case facts = random_case(policy.program(), random, round % 4);
    if (round % 50 == 49) other_decider.decide(Case(other.program()), again);  // another program's in between
    if (round % 7 == 0) decider.decide(facts, again, Decider::Rules::cautious);
    if (round % 11 == 0) same_program.decide(random_case(policy.program(), random, 5), again);
    decider.decide(facts, again);
    const Decision fresh = Decider(policy.program()).decide(facts);
    for (std::uint32_t i = 0; i < policy.program().subjects.size(); ++i) {
      CHECK(same(again.of(SubjectId{i}), fresh.of(SubjectId{i})));
    }
    for (std::uint32_t i = 0; i < policy.program().rules.size(); ++i) {
      CHECK(again.of(RuleId{i}).applies == fresh.of(RuleId{i}).applies);
      CHECK(again.of(RuleId{i}).left == fresh.of(RuleId{i}).left);
    }
  }
}
