// One compiled policy, many threads. ThreadSanitizer runs this too (preset tsan).
#include <doctest/doctest.h>

#include <array>
#include <duly/duly.hpp>
#include <optional>
#include <random>
#include <string>
#include <thread>
#include <vector>

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

namespace {

/// One of the things that hosts do with a policy, a few times over; returns all that came out.
std::string busy(const duly::Policy& policy, std::size_t what) {
  const duly::Subject asked = policy.default_decision();
  duly::Case facts(policy);
  duly::Decision decision(policy);
  std::string result;
  facts.from_json(R"({"facts": {"purpose.legitimate": true, "child.age": 11}, "as_at": "2026-11-22"})");
  for (int round = 0; round < 5; ++round) {
    switch (what) {
      case 0: result += duly::Policy::load("national").sha256(); break;
      case 1:
        while (const duly::Fact next = decision.next_question(asked)) {
          const duly::FactInfo info = policy.about(next);
          result += info.name;
          if (info.type == duly::Type::yes_no) (void)facts.set_yes_no(next, false);
          if (info.type == duly::Type::choice) (void)facts.set_choice(next, 0);
          if (info.type == duly::Type::number) (void)facts.set_number(next, info.low);
          decision.decide(facts);
        }
        facts.from_json(R"({"facts": {"purpose.legitimate": true}, "as_at": "2026-11-22"})");
        decision.decide(facts);
        break;
      case 2:
        decision.decide(facts);
        decision.observe([&](const duly::Event& event) { result += event.words; });
        break;
      case 3:
        decision.decide(facts);
        result += decision.json();
        break;
      case 4:
        decision.decide(facts);
        result += decision.explain(duly::Format::markdown, duly::Depth::full);
        break;
      case 5: {
        facts.from_json(R"({"facts": {"obligation.court_order": true}, "as_at": "2026-11-22"})");
        decision.decide(facts);
        const duly::Reasons reasons = decision.reasons(asked);
        for (std::size_t i = 0; i < reasons.size(); ++i) result += reasons[i].title;
        break;
      }
      case 6:
        for (const duly::Fact fact : policy.facts()) result += policy.about(fact).ask;
        for (const duly::Subject action : policy.actions()) result += policy.about(action).title;
        break;
      default:
        facts.from_json(facts.json());
        result += facts.json();
        try {
          (void)policy.fact("child.agge");
        } catch (const duly::Error& error) {
          result += error.text();
        }
    }
  }
  return result;
}

}  // namespace

TEST_CASE("Eight threads do eight different things with one policy at once") {
  const duly::Policy policy = duly::Policy::load("national");
  std::array<std::string, 8> found;
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < found.size(); ++i) {
    threads.emplace_back([&, i] {
      for (std::size_t step = 0; step < found.size(); ++step) found[i] += busy(policy, (i + step) % found.size());
    });
  }
  for (std::thread& thread : threads) thread.join();
  std::array<std::string, 8> alone;
  for (std::size_t i = 0; i < alone.size(); ++i) alone[i] = busy(policy, i);
  for (std::size_t i = 0; i < found.size(); ++i) {
    std::string expected;
    for (std::size_t step = 0; step < alone.size(); ++step) expected += alone[(i + step) % alone.size()];
    CHECK(found[i] == expected);
    CHECK_FALSE(alone[i].empty());
  }
}

TEST_CASE("Threads release a policy, and what is made from it, in any order") {
  for (int round = 0; round < 20; ++round) {
    std::optional<duly::Policy> policy = duly::Policy::load("board_requests", {}, false);
    std::vector<std::thread> threads;
    std::array<std::string, 4> found;
    for (std::string& text : found) {
      threads.emplace_back([&text, decision = duly::Decision(*policy), facts = duly::Case(*policy)]() mutable {
        decision.decide(facts);
        text = decision.json();
      });
    }
    policy.reset();
    for (std::thread& thread : threads) thread.join();
    for (const std::string& text : found) CHECK(text == found[0]);
    CHECK_FALSE(found[0].empty());
  }
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
