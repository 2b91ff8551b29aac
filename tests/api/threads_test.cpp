// One compiled policy, many threads. ThreadSanitizer runs this too (preset tsan).
#include <doctest/doctest.h>

#include <array>
#include <duly/duly.hpp>
#include <random>
#include <thread>

namespace {

constexpr int cases_each = 150;

/// Decides cases and returns all that came out: the same for the same seed.
std::string run(const duly::Policy& policy, unsigned seed) {
  std::mt19937 random(seed);
  const auto below = [&](std::size_t bound) {
    return std::uniform_int_distribution<std::size_t>(0, bound - 1)(random);
  };
  const std::vector<duly::Fact> all = policy.facts();
  duly::Case facts(policy);
  duly::Decision decision(policy);
  std::string result;
  for (int i = 0; i < cases_each; ++i) {
    facts.clear();
    (void)facts.set_as_at(duly::Day{std::chrono::days{20'000}});
    for (const duly::Fact fact : all) {
      if (below(4) == 0) continue;  // unknown
      const duly::FactInfo info = policy.about(fact);
      if (info.type == duly::Type::yes_no) (void)facts.set_yes_no(fact, below(2) == 0);
      if (info.type == duly::Type::choice) {
        (void)facts.set_choice(fact, static_cast<std::uint32_t>(below(info.answers.size())));
      }
      if (info.type == duly::Type::number) (void)facts.set_number(fact, static_cast<std::int64_t>(below(18)));
    }
    decision.decide(facts);
    result += decision.json(duly::Format::json_compact);
    if (i % 10 == 0) result += decision.explain();
  }
  return result;
}

}  // namespace

TEST_CASE("Eight threads share one policy and decide as one thread does") {
  const duly::Policy policy = duly::Policy::load("national");
  std::array<std::string, 8> found;
  std::vector<std::thread> threads;
  for (unsigned i = 0; i < found.size(); ++i) {
    threads.emplace_back([&, i] { found[i] = run(policy, i); });
  }
  for (std::thread& thread : threads) thread.join();
  for (unsigned i = 0; i < found.size(); i += 3) CHECK(found[i] == run(policy, i));
}

TEST_CASE("Threads compile, decide and release on their own") {
  std::vector<std::thread> threads;
  std::array<std::string, 4> found;
  for (unsigned i = 0; i < found.size(); ++i) {
    threads.emplace_back([&, i] {
      std::optional<duly::Decision> decision;
      {
        const duly::Policy policy = duly::Policy::load("board_requests");
        decision.emplace(policy);
        decision->decide(duly::Case(policy));
      }
      found[i] = decision->json(duly::Format::json_compact);
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const std::string& text : found) CHECK(text == found[0]);
}

TEST_CASE("Threads read one error and one list of reasons") {
  const duly::Policy policy = duly::Policy::load("national");
  duly::Decision decision(policy);
  duly::Case facts(policy);
  facts.from_json(R"({"facts": {"purpose.legitimate": false}})");
  decision.decide(facts);
  const duly::Reasons reasons = decision.reasons(policy.default_decision());
  std::exception_ptr thrown;
  try {
    (void)policy.fact("nothing");
  } catch (...) {
    thrown = std::current_exception();
  }
  std::vector<std::thread> threads;
  std::array<std::size_t, 8> found{};
  for (std::size_t i = 0; i < found.size(); ++i) {
    threads.emplace_back([&, i] {
      for (std::size_t j = 0; j < reasons.size(); ++j) found[i] += reasons[j].name.size();
      try {
        std::rethrow_exception(thrown);
      } catch (const duly::Error& error) {
        found[i] += error.text().size();
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const std::size_t size : found) CHECK(size == found[0]);
  CHECK(found[0] > 0);
}
