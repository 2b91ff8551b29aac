#include "interpreter/analysis/differences.hpp"

#include <doctest/doctest.h>

#include "tests/unit/interpreter/report/compiled_policy.hpp"

namespace duly {
namespace {

const Date day = *parse_date("2026-03-02");

struct Two {
  Two(const std::string& a, const std::string& b)
      : first("policy page \"One\"\n" + a), second("policy page \"Other\"\n" + b) {}

  static PolicyDecision decision(const CompiledPolicy& policy) {
    return {policy.program(), *policy.program().default_decision};
  }

  Differences compare(std::size_t max_nodes = 1'000'000) const {
    return differences(decision(first), decision(second), day, 8, max_nodes);
  }

  /// `a/b`, checked with each policy's Decider.
  std::vector<std::string> partings() const {
    std::vector<std::string> result;
    const auto name = [](const NamedOutcome& outcome) {
      return outcome.status == Status::decided ? outcome.outcome : std::string(to_string(outcome.status));
    };
    Decider a(first.program()), b(second.program());
    for (const Parting& parting : compare().partings) {
      result.push_back(name(parting.first) + "/" + name(parting.second));
      REQUIRE_FALSE(parting.examples.empty());
      for (const SharedWitness& example : parting.examples) {
        CHECK(named_outcome(decision(first), a.decide(example.first).of(decision(first).decision)) == parting.first);
        CHECK(named_outcome(decision(second), b.decide(example.second).of(decision(second).decision)) ==
              parting.second);
      }
    }
    return result;
  }

  CompiledPolicy first, second;
};

using Lines = std::vector<std::string>;

constexpr const char* base = R"(
fact age "Age" : number from 0 to 17
fact agrees "Agrees" : yes/no
decision d "D?" p "P" q "Q" otherwise q
)";

TEST_CASE("a policy decides like itself, however it is written") {
  const Two same(std::string(base) + "rule r \"R\" d is p when agrees and age is under 12",
                 std::string(base) + "rule s \"S\" d is p when not (not agrees or age is at least 12)");
  CHECK(same.partings() == Lines{});
  CHECK(same.compare().complete);
}

TEST_CASE("numbers are cut where either policy cuts them") {
  const Two two(std::string(base) + "rule r \"R\" d is p when age is under 12",
                std::string(base) + "rule r \"R\" d is p when age is under 16");
  CHECK(two.partings() == Lines{"q/p"});
  const Differences found = two.compare();
  CHECK(found.partings[0].facts == Lines{"age"});
  CHECK(found.partings[0].examples.front().first.value(*two.first.program().find_fact("age")) == 12);
}

TEST_CASE("facts that one policy has and ranges that differ") {
  const Two two(std::string(base) + "rule r \"R\" d is p when agrees", R"(
fact agrees "Agrees" : yes/no
fact pressing "Pressing" : yes/no
fact age "Age" : number from 10 to 30
decision d "D?" q "Q" p "P" otherwise q
rule r "R" d is p when agrees or (pressing and age is over 15))");
  CHECK(two.partings() == Lines{"q/p"});
  CHECK(two.compare().partings[0].facts == Lines{"agrees", "age", "pressing"});
}

TEST_CASE("of choices the values that both have; a fact of another kind stands for itself") {
  const Two two(R"(
fact kind "Kind" : one of a, b, c
fact other "Other" : yes/no
decision d "D?" p "P" q "Q" otherwise q
rule r "R" d is p when kind is one of a, c
rule s "S" d is p when other despite r)",
                R"(
fact kind "Kind" : one of b, a
fact other "Other" : number from 0 to 3
decision d "D?" p "P" q "Q" otherwise q
rule r "R" d is p when kind is a or other is 3)");
  CHECK(two.partings() == Lines{"p/q", "q/p"});
  CHECK(two.compare().not_shared == Lines{"other"});
}

TEST_CASE("sets, by the elements that either policy mentions") {
  const std::string thing =
      "choice thing \"Thing\" cup \"Cup\" fork \"Fork\" spoon \"Spoon\"\n"
      "fact things \"Things\" : set of thing\ndecision d \"D?\" p \"P\" q \"Q\" otherwise q\n";
  CHECK(Two(thing + "rule r \"R\" d is p when things includes cup",
            thing + "rule r \"R\" d is p when things includes any of cup, fork")
            .partings() == Lines{"q/p"});
  CHECK(Two(thing + "rule r \"R\" d is p when not (things is empty)",
            thing + "rule r \"R\" d is p when things includes any of cup, fork, spoon")
            .partings() == Lines{});
  CHECK(Two(thing + "rule r \"R\" d is p when not (things is empty)",
            thing + "rule r \"R\" d is p when things includes any of cup, fork")
            .partings() == Lines{"p/q"});
}

TEST_CASE("conflicts, gaps and broken safeguards are outcomes as well") {
  const std::string open =
      "fact agrees \"Agrees\" : yes/no\nfact age \"Age\" : number from 0 to 17\n"
      "decision d \"D?\" p \"P\" q \"Q\"\n";
  const Two two(open + "rule r \"R\" d is p when agrees rule s \"S\" d is q when age is under 3",
                open + "rule r \"R\" d is p safeguard g \"G\" when age is 17 never d is p");
  CHECK(two.partings() == Lines{"p/unsafe", "q/p", "conflict/p", "gap/p", "gap/unsafe"});
}

TEST_CASE("past the bound nothing is claimed") {
  const Two two(std::string(base) + "rule r \"R\" d is p when agrees",
                std::string(base) + "rule r \"R\" d is p when age is 3");
  CHECK_FALSE(two.compare(1).complete);
}

}  // namespace
}  // namespace duly
