// Hosts at their worst: loaders that fail, texts cut anywhere, objects released in any order, calls within calls. There
// is nothing to find but codes; the sanitizers see to the rest.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <duly/duly.hpp>
#include <memory>
#include <random>
#include <stdexcept>
#include <utility>

#include "visits.hpp"

using namespace std::string_literals;

namespace {

const std::string_view child = "policy child \"Child\"\n  extends visits, vocabulary\n";

/// A copy that ends where the text ends: what is read past it is somebody else's.
std::unique_ptr<char[]> without_end(std::string_view text) {
  auto copy = std::make_unique<char[]>(text.size());
  std::copy(text.begin(), text.end(), copy.get());
  return copy;
}

duly_code compile(std::string_view text, const duly_loader* loader = nullptr) {
  const auto copy = without_end(text);
  duly_policy* policy = nullptr;
  duly_error* error = nullptr;
  const duly_code code = duly_compile(6, "visits", text.size(), copy.get(), loader, 0, &policy, &error);
  CHECK((code == DULY_OK) == (policy != nullptr));
  CHECK((code == DULY_OK || code == DULY_OUT_OF_MEMORY) == (error == nullptr));
  duly_problem problem;
  for (std::size_t i = 0; i < duly_error_count(error); ++i) {
    CHECK(duly_error_at(error, i, sizeof problem, &problem) == DULY_OK);
    CHECK(problem.message.size > 0);
    CHECK(problem.message.data[problem.message.size] == '\0');
  }
  duly_error_release(error);
  duly_policy_release(policy);
  return code;
}

/// What a loader in C does at one of its calls; before that it is as good as any.
struct Trouble {
  int left = 0;
  duly_code (*make)(duly_found* found) = nullptr;
};

duly_code load_with_trouble(void* context, duly_found* found, size_t size, const char* name, size_t, const char*) {
  auto& trouble = *static_cast<Trouble*>(context);
  if (trouble.left-- == 0) return trouble.make(found);
  if (std::string_view(name, size) != "visits") return DULY_OK;
  return duly_found_text(found, size, name, visits_policy.size(), visits_policy.data());
}

duly_code compile_with(Trouble trouble) {
  duly_loader loader{};
  loader.context = &trouble;
  loader.load = load_with_trouble;
  return compile(child, &loader);
}

}  // namespace

TEST_CASE("A loader in C fails at each of its calls, by each code and in each way") {
  for (int calls = 0; calls < 2; ++calls) {
    CAPTURE(calls);
    CHECK(compile_with({calls, [](duly_found*) { return duly_code{DULY_NOT_FOUND}; }}) == DULY_LOADER_FAILED);
    CHECK(compile_with({calls, [](duly_found*) { return duly_code{INT32_MIN}; }}) == DULY_LOADER_FAILED);
    CHECK(compile_with({calls, [](duly_found*) { return duly_code{INT32_MAX}; }}) == DULY_LOADER_FAILED);
    CHECK(compile_with({calls, [](duly_found*) { return duly_code{DULY_OUT_OF_MEMORY}; }}) == DULY_OUT_OF_MEMORY);
    CHECK(compile_with({calls, [](duly_found*) -> duly_code { throw 7; }}) == DULY_LOADER_FAILED);
    CHECK(compile_with({calls, [](duly_found*) -> duly_code { throw std::bad_alloc(); }}) == DULY_LOADER_FAILED);
    CHECK(compile_with({calls, [](duly_found* found) {  // a text, and all the same an error
                          CHECK(duly_found_text(found, 1, "x", 6, "policy") == DULY_OK);
                          return duly_code{DULY_INTERNAL};
                        }}) == DULY_LOADER_FAILED);
    CHECK(compile_with({calls, [](duly_found* found) {  // what it found is no text
                          return duly_found_text(found, 1, "x", 6, nullptr);
                        }}) == DULY_LOADER_FAILED);
    CHECK(compile_with({calls, [](duly_found* found) {  // the empty text
                          return duly_found_text(found, 0, nullptr, 0, nullptr);
                        }}) == DULY_WRONG_POLICY);
    CHECK(compile_with({calls, [](duly_found* found) {  // a name of any size, with zero bytes
                          const std::string name(5'000'000, '\0');
                          return duly_found_text(found, name.size(), name.data(), 9, "policy \"p");
                        }}) == DULY_WRONG_POLICY);
  }
  CHECK(compile_with({0, [](duly_found* found) {  // it thinks better of it: the last text counts
                        CHECK(duly_found_text(found, 1, "x", 6, "policy") == DULY_OK);
                        return duly_found_text(found, 6, "visits", visits_policy.size(), visits_policy.data());
                      }}) == DULY_OK);
}

TEST_CASE("A loader in C++ throws at each of its calls, whatever it likes") {
  struct Odd {};
  for (int calls = 0; calls < 2; ++calls) {
    const auto loader = [calls](auto failure) {
      return [failure, left = calls](std::string_view name, std::string_view) mutable {
        if (left-- == 0) failure();
        return name == "visits" ? std::optional(duly::Found{"visits", std::string(visits_policy)}) : std::nullopt;
      };
    };
    CAPTURE(calls);
    CHECK_THROWS_AS(duly::Policy::compile("child", child, loader([] { throw Odd(); })), Odd);
    CHECK_THROWS_AS(duly::Policy::compile("child", child, loader([] { throw std::bad_alloc(); })), std::bad_alloc);
    CHECK_THROWS_AS(duly::Policy::compile("child", child, loader([] { duly::Policy::load("nowhere"); })), duly::Error);
    CHECK_THROWS_WITH(duly::Policy::compile("child", child, loader([] { throw std::runtime_error("gone"); })), "gone");
  }
}

TEST_CASE("A loader compiles, and an observer decides, while they are called") {
  const duly::Policy policy = duly::Policy::compile("child", child, [](std::string_view name, std::string_view) {
    const duly::Policy inner = duly::Policy::load("national");
    return name == "visits" && inner.fact("child.age")
               ? std::optional(duly::Found{"visits", std::string(visits_policy)})
               : std::nullopt;
  });
  duly::Case facts(policy);
  duly::Decision decision(policy), other(policy);
  decision.decide(facts);
  std::size_t told = 0, told_within = 0;
  decision.observe([&](const duly::Event&) {
    if (++told > 3) return;
    other.decide(facts);
    other.observe([&](const duly::Event&) { ++told_within; });
  });
  CHECK(told_within == 3 * told);
}

TEST_CASE("A policy that is cut anywhere is whole or has errors") {
  int wrong = 0;
  for (std::size_t size = 0; size < visits_policy.size(); size += 3) {
    const duly_code code = compile(visits_policy.substr(0, size));
    CHECK((code == DULY_OK || code == DULY_WRONG_POLICY));
    if (code == DULY_WRONG_POLICY) ++wrong;
  }
  CHECK(wrong > 100);
}

TEST_CASE("A policy with a byte that is otherwise is whole or has errors") {
  std::mt19937 random(7);
  for (int i = 0; i < 400; ++i) {
    std::string text(visits_policy);
    const char bytes[] = {'\0', '\xff', '"', '(', '\n', '9', '\xc3'};
    text[random() % text.size()] = bytes[static_cast<std::size_t>(i) % std::size(bytes)];
    const duly_code code = compile(text);
    CHECK((code == DULY_OK || code == DULY_WRONG_POLICY));
  }
}

TEST_CASE("A case that is cut anywhere, or has a byte that is otherwise, is whole or has errors") {
  const duly::Policy policy = duly::Policy::compile("visits.policy", visits_policy);
  const std::string json = R"({"facts": {"home": {"risk": true, "dogs": 3, "area": "north"}, "carried": ["alarm"],
    "last_visit": "2026-01-01", "visitor": "Ada \u00d6kafor"}, "as_at": "2026-11-22"})";
  std::mt19937 random(11);
  for (std::size_t i = 0; i < 2 * json.size(); ++i) {
    std::string text = i < json.size() ? json.substr(0, i) : json;
    const char bytes[] = {'\0', '\xff', '"', '{', '\\', '9', '['};
    if (i >= json.size()) text[random() % text.size()] = bytes[i % std::size(bytes)];
    const auto copy = without_end(text);
    duly_case* facts = nullptr;
    duly_error* error = nullptr;
    REQUIRE(duly_case_create(policy.get(), &facts) == DULY_OK);
    const duly_code code = duly_case_from_json(facts, text.size(), copy.get(), &error);
    CHECK((code == DULY_OK || code == DULY_WRONG_CASE));
    CHECK((code == DULY_OK) == (duly_error_count(error) == 0));
    duly_error_release(error);
    duly_case_release(facts);
  }
}

TEST_CASE("Names and texts need no zero byte at their end, and may hold some") {
  const duly::Policy policy = duly::Policy::compile("visits.policy", visits_policy);
  duly::Case facts(policy);
  duly::Decision decision(policy);
  duly_fact fact{};
  duly_text text{};
  const auto name = without_end("home.area"), south = without_end("south"), ada = without_end("A\0a"s);
  CHECK(duly_fact_find(policy.get(), 9, name.get(), &fact, nullptr) == DULY_OK);
  CHECK(duly_set_choice_named(facts.get(), fact, 5, south.get()) == DULY_OK);
  CHECK(duly_fact_find(policy.get(), 10, "home.area\0", &fact, nullptr) == DULY_NOT_FOUND);

  CHECK(duly_set_text(facts.get(), policy.fact("visitor").handle, 3, ada.get()) == DULY_OK);
  CHECK(facts.value(policy.fact("visitor"))->text == "A\0a"s);
  duly::Case again(policy);
  again.from_json(facts.json());
  CHECK(again.value(policy.fact("visitor"))->text == "A\0a"s);

  facts.from_json(R"({"facts": {"home": {"risk": true, "area": "south", "dogs": 1}}})");
  decision.decide(facts);
  const auto fields = without_end("{\"seen\": \"x\"}");
  CHECK(duly_record_complete(decision.get(), {0, 0}, 13, fields.get(), DULY_JSON, false, &text, nullptr) == DULY_OK);
  for (std::size_t size = 0; size < 13; ++size) {
    const auto part = without_end(std::string_view(fields.get(), size));
    CHECK(duly_record_complete(decision.get(), {0, 0}, size, part.get(), DULY_JSON, false, &text, nullptr) ==
          DULY_RECORD_INCOMPLETE);
  }
}

TEST_CASE("Huge texts are refused, and what was there before stays") {
  const duly::Policy policy = duly::Policy::compile("visits.policy", visits_policy);
  duly::Case facts(policy);
  const duly::Fact visitor = policy.fact("visitor");
  REQUIRE(facts.set_text(visitor, "Ada") == duly::Code::ok);
  CHECK(facts.set_text(visitor, std::string((16u << 20) + 1, 'x')) == duly::Code::out_of_range);
  CHECK(facts.value(visitor)->text == "Ada");
  CHECK(facts.set_text(visitor, std::string(16u << 20, 'x')) == duly::Code::ok);
  CHECK(compile(std::string(50'000'000, '(')) == DULY_WRONG_POLICY);
  CHECK(compile("policy p \"" + std::string(1'000'000, 'x') + "\"\n") != DULY_INTERNAL);
  CHECK(compile("policy p \"P\"\ndefine a \"A\" means " + std::string(500'000, '(')) == DULY_WRONG_POLICY);
  CHECK(compile("policy p \"P\"\nfact b \"B\" : yes/no\n  ask \"B?\"\ndefine a \"A\" means " + [] {
          std::string nots;
          for (int i = 0; i < 100'000; ++i) nots += "not ";
          return nots;
        }() + "b\n") == DULY_WRONG_POLICY);
}

namespace {

/// A policy whose decision hangs on so many definitions, each on the one before, and all on the fact `b`.
duly::Policy chain_of(std::uint32_t links) {
  std::string text = "policy p \"P\"\nfact b \"B\" : yes/no\ndefine a0 \"A\" means b\n";
  for (std::uint32_t i = 1; i < links; ++i) {
    text += "define a" + std::to_string(i) + " \"A\" means a" + std::to_string(i - 1) + " or b\n";
  }
  text += "decision d \"D?\"\n  x \"X\"\n  y \"Y\"\n  otherwise x\n";
  text += "rule r \"R\"\n  d is y\n  when a" + std::to_string(links - 1) + "\n";
  return duly::Policy::compile("p", text, {}, false);
}

}  // namespace

// So long that one call a link would outgrow the usual eight megabytes.
TEST_CASE("Definitions in a long chain need no more stack than a short one") {
  constexpr std::uint32_t links = 10'000;
  const duly::Policy policy = chain_of(links);
  duly::Case facts(policy);
  duly::Decision decision(policy);
  REQUIRE(facts.set_yes_no(policy.fact("b"), true) == duly::Code::ok);
  decision.decide(facts);
  std::uint32_t deepest = 0;
  decision.observe([&](const duly::Event& event) { deepest = std::max(deepest, event.depth); });
  CHECK(deepest == links + 1);
  CHECK(decision.outcome(policy.default_decision()) == "y");
  CHECK(decision.reasons(policy.default_decision()).size() > 0);
  CHECK_FALSE(decision.json().empty());
}

TEST_CASE("What a chain of definitions needs is the fact at its end") {
  const duly::Policy policy = chain_of(1'000);
  const duly::Case facts(policy);
  duly::Decision decision(policy);
  decision.decide(facts);
  CHECK(decision.needs(policy.default_decision()).size() == 1);
}

namespace {

/// What a host holds of one policy: everything that can be made, and used for as long as it is there.
struct Held {
  duly_policy* policy = nullptr;
  duly_case* facts = nullptr;
  duly_decision* decision = nullptr;
  duly_reasons* reasons = nullptr;
  duly_error* error = nullptr;
  duly_subject subject{};

  void make(int what) {
    const std::string_view json = R"({"facts": {"home": {"risk": true, "area": "south"}}})";
    if (what == 0 && policy == nullptr) {
      REQUIRE(duly_compile(6, "visits", visits_policy.size(), visits_policy.data(), nullptr, 0, &policy, nullptr) ==
              DULY_OK);
      subject = duly_default_decision(policy);
    }
    if (what == 1 && policy != nullptr && facts == nullptr) {
      REQUIRE(duly_case_create(policy, &facts) == DULY_OK);
      REQUIRE(duly_case_from_json(facts, json.size(), json.data(), nullptr) == DULY_OK);
    }
    if (what == 2 && policy != nullptr && decision == nullptr) {
      REQUIRE(duly_decision_create(policy, &decision) == DULY_OK);
    }
    if (what == 3 && decision != nullptr && reasons == nullptr) {
      REQUIRE(duly_reasons_create(decision, subject, &reasons) == DULY_OK);
    }
    duly_fact fact{};
    if (what == 4 && policy != nullptr && error == nullptr) {
      REQUIRE(duly_fact_find(policy, 3, "hom", &fact, &error) == DULY_NOT_FOUND);
    }
  }

  void use() {
    duly_text text{};
    duly_value value{};
    duly_reason reason{};
    duly_policy_info info{};
    if (policy != nullptr) CHECK(duly_policy_about(policy, sizeof info, &info) == DULY_OK);
    if (facts != nullptr) CHECK(duly_case_json(facts, &text) == DULY_OK);
    if (facts != nullptr && decision != nullptr) {
      CHECK(duly_decide(facts, decision) == DULY_OK);
      CHECK(duly_value_of(decision, subject, sizeof value, &value) == DULY_OK);
    }
    if (decision != nullptr && duly_status_of(decision, subject) == DULY_DECIDED) {
      CHECK(duly_explain(decision, subject, DULY_JSON, DULY_FULL, &text) == DULY_OK);
    }
    for (std::size_t i = 0; i < duly_reason_count(reasons); ++i) {
      CHECK(duly_reason_at(reasons, i, sizeof reason, &reason) == DULY_OK);
      CHECK(std::strlen(reason.name.data) == reason.name.size);
    }
    if (error != nullptr) CHECK(duly_error_text(error).size > 0);
  }

  void release(int what) {
    if (what == 0) duly_policy_release(std::exchange(policy, nullptr));
    if (what == 1) duly_case_release(std::exchange(facts, nullptr));
    if (what == 2) duly_decision_release(std::exchange(decision, nullptr));
    if (what == 3) duly_reasons_release(std::exchange(reasons, nullptr));
    if (what == 4) duly_error_release(std::exchange(error, nullptr));
  }
};

}  // namespace

TEST_CASE("Objects are made, used and released in any order, again and again") {
  for (unsigned seed = 0; seed < 40; ++seed) {
    CAPTURE(seed);
    std::mt19937 random(seed);
    Held held;
    for (int i = 0; i < 60; ++i) {
      const int what = static_cast<int>(random() % 5);
      if (random() % 3 != 0) {
        held.make(what);
      } else {
        held.release(what);
      }
      held.use();
    }
    std::array<int, 5> order{0, 1, 2, 3, 4};
    std::shuffle(order.begin(), order.end(), random);
    for (const int what : order) {
      held.release(what);
      held.use();
    }
  }
}
