// Each allocation of a whole run fails in turn: no crash, no leak, and the host is told. Deciding again asks for no
// memory. A program of its own, for it replaces the allocator.
#include <duly/duly.hpp>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <new>
#include <string>
#include <utility>

#include "visits.hpp"

namespace {

long left = -1;       // allocations until one fails; negative: none does
long live = 0;        // blocks that are not yet freed
bool failed = false;  // one has failed
long made = 0;        // blocks that were ever asked for

void* allocate(std::size_t size) {
  if (left == 0) {
    left = -1;
    failed = true;
    throw std::bad_alloc();
  }
  if (left > 0) --left;
  void* const block = std::malloc(size == 0 ? 1 : size);
  if (block == nullptr) throw std::bad_alloc();
  ++live;
  ++made;
  return block;
}

void release(void* block) noexcept {
  if (block != nullptr) --live;
  std::free(block);
}

}  // namespace

void* operator new(std::size_t size) { return allocate(size); }
void* operator new[](std::size_t size) { return allocate(size); }
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  try {
    return allocate(size);
  } catch (const std::bad_alloc&) {
    return nullptr;
  }
}
void operator delete(void* block) noexcept { release(block); }
void operator delete[](void* block) noexcept { release(block); }
void operator delete(void* block, const std::nothrow_t&) noexcept { release(block); }
void operator delete(void* block, std::size_t) noexcept { release(block); }
void operator delete[](void* block, std::size_t) noexcept { release(block); }

namespace {

int passed = 0, broken = 0, done_without = 0;

void check(bool holds, const char* what, long at) {
  if (holds) return;
  ++broken;
  if (broken < 20) std::printf("allocation %ld: %s\n", at, what);
}

duly_code load(void*, duly_found* found, std::size_t size, const char* name, std::size_t, const char*) {
  if (std::string_view(name, size) != "visits") return DULY_OK;
  return duly_found_text(found, size, name, visits_policy.size(), visits_policy.data());
}

/// What a host does; stops at the first code that is not ok and returns it.
duly_code host(duly_policy** policy, duly_case** facts, duly_decision** decision, duly_reasons** reasons,
               duly_error** error) {
  duly_loader loader{};
  loader.load = load;
  duly_text text{};
  duly_fact fact{};
  const auto ok = [](duly_code code) { return code == DULY_OK; };
  duly_code code = DULY_OK;
  const auto run = [&](duly_code next) { return ok(code = next); };
  const char* const json =
      R"({"facts": {"home": {"risk": true, "area": "south", "dogs": 2}, "visitor": "Ada Okafor"}})";
  if (!run(duly_load(6, "visits", &loader, 0, policy, error))) return code;
  if (!run(duly_case_create(*policy, facts))) return code;
  if (!run(duly_decision_create(*policy, decision))) return code;
  const duly_subject crew = duly_default_decision(*policy);
  if (!run(duly_decide(*facts, *decision))) return code;  // undecided: builds diagrams
  if (!run(duly_explain(*decision, crew, DULY_JSON, DULY_NORMAL, &text))) return code;
  if (!run(duly_fact_find(*policy, 7, "visitor", &fact, error))) return code;
  if (!run(duly_set_text(*facts, fact, 40, "a text that is longer than a short string"))) return code;
  if (!run(duly_case_from_json(*facts, DULY_TERMINATED, json, error))) return code;
  if (!run(duly_case_json(*facts, &text))) return code;
  if (!run(duly_decide(*facts, *decision))) return code;
  if (!run(duly_says(*decision, crew, &text))) return code;
  const duly_subject note = duly_subject_at(*policy, DULY_ACTION, 0);
  if (!run(duly_timing(*decision, note, &text))) return code;
  if (!run(duly_warning_at(*decision, 0, &text))) return code;
  if (!run(duly_observe(
          *decision, crew, sizeof(duly_event), [](void*, const duly_event*) { return duly_code{DULY_OK}; }, nullptr))) {
    return code;
  }
  if (!run(duly_reasons_create(*decision, crew, reasons))) return code;
  if (!run(duly_explain(*decision, crew, DULY_PLAIN, DULY_FULL, &text))) return code;
  if (!run(duly_explain(*decision, crew, DULY_MARKDOWN, DULY_FULL, &text))) return code;
  if (!run(duly_explain(*decision, crew, DULY_JSON_LINE, DULY_NORMAL, &text))) return code;
  if (!run(duly_explain(*decision, crew, DULY_JSON_COMPACT, DULY_NORMAL, &text))) return code;
  if (!run(duly_record_form(*decision, {0, 0}, DULY_JSON, &text, error))) return code;
  if (!run(duly_record_form(*decision, {0, 0}, DULY_PLAIN, &text, error))) return code;
  if (!run(duly_record_complete(*decision, {0, 0}, DULY_TERMINATED, "{\"seen\": \"Two dogs\"}", DULY_JSON, true, &text,
                                error))) {
    return code;
  }
  if (!run(duly_record_complete(*decision, {0, 0}, DULY_TERMINATED, "{\"seen\": \"Two dogs\"}", DULY_MARKDOWN, false,
                                &text, error))) {
    return code;
  }
  return code;
}

/// Errors on purpose: what tells of them allocates as well.
duly_code wrong_host(duly_policy** policy, duly_case** facts, duly_decision** decision, duly_error** error) {
  duly_fact fact{};
  duly_code code =
      duly_compile(1, "w", DULY_TERMINATED, "policy w \"W\"\nfact a \"A\" : b\n", nullptr, 0, policy, error);
  if (code != DULY_WRONG_POLICY) return code;
  duly_error_release(std::exchange(*error, nullptr));
  code = duly_compile(6, "visits", visits_policy.size(), visits_policy.data(), nullptr, 0, policy, error);
  if (code != DULY_OK) return code;
  code = duly_fact_find(*policy, 9, "home.rsik", &fact, error);
  if (code != DULY_NOT_FOUND) return code;
  duly_error_release(std::exchange(*error, nullptr));
  duly_subject subject{};
  code = duly_subject_find(*policy, DULY_DECISION, 4, "crow", &subject, error);
  if (code != DULY_NOT_FOUND) return code;
  duly_error_release(std::exchange(*error, nullptr));
  duly_record record{};
  code = duly_record_find(*policy, 4, "crow", &record, error);
  if (code != DULY_NOT_FOUND) return code;
  duly_error_release(std::exchange(*error, nullptr));
  code = duly_case_create(*policy, facts);
  if (code != DULY_OK) return code;
  code = duly_decision_create(*policy, decision);
  if (code != DULY_OK) return code;
  code = duly_decide(*facts, *decision);
  if (code != DULY_OK) return code;
  duly_text text{};
  code = duly_record_complete(*decision, {0, 0}, 2, "{}", DULY_JSON, false, &text, error);
  if (code != DULY_RECORD_INCOMPLETE) return code;
  duly_error_release(std::exchange(*error, nullptr));
  code = duly_case_from_json(*facts, DULY_TERMINATED, "{\"facts\": {\"home.rsik\": 1}}", error);
  return code == DULY_WRONG_CASE ? DULY_OK : code;
}

/// Runs with the allocation `at` failing; whether there was one.
bool run_once(long at, bool right) {
  duly_policy* policy = nullptr;
  duly_case* facts = nullptr;
  duly_decision* decision = nullptr;
  duly_reasons* reasons = nullptr;
  duly_error* error = nullptr;
  const long before = live;
  failed = false;
  left = at;
  const duly_code code =
      right ? host(&policy, &facts, &decision, &reasons, &error) : wrong_host(&policy, &facts, &decision, &error);
  left = -1;
  const bool had_one = failed;
  // What can do without (a sort without its buffer, an error without its words) goes on.
  check(code == DULY_OK || (had_one && code == DULY_OUT_OF_MEMORY), duly_code_text(code).data, at);
  if (had_one && code == DULY_OK) ++done_without;
  if (decision != nullptr && facts != nullptr && right) {  // it can be used again
    check(duly_decide(facts, decision) == DULY_OK, "deciding again fails", at);
  }
  duly_error_release(error);
  duly_reasons_release(reasons);
  duly_decision_release(decision);
  duly_case_release(facts);
  duly_policy_release(policy);
  check(live == before, "something leaks", at);
  return had_one;
}

/// The same through duly.hpp, which makes objects of its own on the way.
void host_in_cpp() {
  const duly::Policy policy = duly::Policy::load("visits", [](std::string_view name, std::string_view) {
    return name == "visits" ? std::optional(duly::Found{"visits", std::string(visits_policy)}) : std::nullopt;
  });
  duly::Case facts(policy);
  duly::Decision decision(policy);
  const duly::Subject crew = policy.decision("crew");
  decision.decide(facts);
  for (const duly::Fact need : decision.needs(crew)) (void)policy.about(need);
  facts.from_json(R"({"facts": {"home": {"risk": true, "area": "south", "dogs": 2}}})");
  decision.decide(facts);
  std::size_t events = 0;
  decision.observe([&](const duly::Event& event) { events += event.cites.size(); });
  const duly::Reasons reasons = decision.reasons(crew);
  for (std::size_t i = 0; i < reasons.size(); ++i) (void)reasons[i];
  (void)(decision.says(crew) + decision.json() + facts.json() + decision.record_form());
  try {
    facts.from_json("{\"facts\": {\"home.rsik\": 1}}");
  } catch (const duly::Error& error) {
    (void)error.problems();
  }
}

bool run_once_in_cpp(long at) {
  const long before = live;
  failed = false;
  left = at;
  bool out_of_memory = false;
  try {
    host_in_cpp();
  } catch (const std::bad_alloc&) {
    out_of_memory = true;
  } catch (...) {
    check(false, "something else is thrown", at);
  }
  left = -1;
  const bool had_one = failed;
  check(had_one || !out_of_memory, "memory runs out by itself", at);
  if (had_one && !out_of_memory) ++done_without;
  check(live == before, "something leaks in C++", at);
  return had_one;
}

/// A case that could not be read for want of memory is as it was.
void keeps_the_case() {
  duly_policy* policy = nullptr;
  duly_case* facts = nullptr;
  duly_text text{};
  check(duly_compile(6, "visits", visits_policy.size(), visits_policy.data(), nullptr, 0, &policy, nullptr) == DULY_OK,
        "it does not compile", 0);
  check(duly_case_create(policy, &facts) == DULY_OK, "there is no case", 0);
  const char* const first = R"({"facts": {"home": {"dogs": 2}, "visitor": "Ada Okafor, from the office"}})";
  const char* const second = R"({"facts": {"home": {"risk": true}, "visitor": "Somebody else, with a longer name"}})";
  check(duly_case_from_json(facts, DULY_TERMINATED, first, nullptr) == DULY_OK, "the first case is wrong", 0);
  check(duly_case_json(facts, &text) == DULY_OK, "it cannot be written", 0);
  const std::string was = text.data;
  for (long at = 0;; ++at) {
    failed = false;
    left = at;
    const duly_code code = duly_case_from_json(facts, DULY_TERMINATED, second, nullptr);
    left = -1;
    check(duly_case_json(facts, &text) == DULY_OK, "it cannot be written", at);
    if (code == DULY_OK) break;
    check(code == DULY_OUT_OF_MEMORY && was == text.data, "the case has changed", at);
  }
  check(was != text.data, "the second case is not there", 0);
  duly_case_release(facts);
  duly_policy_release(policy);
}

/// Setting facts and deciding on a case and a decision that were used before.
void decide_again_and_again() {
  duly_policy* policy = nullptr;
  duly_case* facts = nullptr;
  duly_decision* decision = nullptr;
  check(duly_load(8, "national", nullptr, 0, &policy, nullptr) == DULY_OK, "national does not compile", 0);
  check(duly_case_create(policy, &facts) == DULY_OK, "there is no case", 0);
  check(duly_decision_create(policy, &decision) == DULY_OK, "there is no decision", 0);
  const std::size_t count = duly_fact_count(policy);
  const duly_subject sharing = duly_default_decision(policy);
  long before = 0;
  int decided = 0;
  for (unsigned round = 0; round < 200; ++round) {
    if (round == 100) before = made;
    for (std::size_t i = 0; i < count; ++i) {
      const duly_fact fact = duly_fact_at(policy, i);
      duly_fact_info info;
      (void)duly_fact_about(policy, fact, sizeof info, &info);
      const auto bits = static_cast<std::uint32_t>((round + 1) * 2654435761u * (i + 1)) >> 20;  // some of each
      switch (info.type) {
        case DULY_YES_NO: check(duly_set_yes_no(facts, fact, bits % 2 == 0) == DULY_OK, "yes/no", round); break;
        case DULY_CHOICE:
          check(duly_set_choice(facts, fact, static_cast<std::uint32_t>(bits % info.answers)) == DULY_OK, "choice",
                round);
          break;
        case DULY_NUMBER: check(duly_set_number(facts, fact, bits % 18) == DULY_OK, "number", round); break;
        case DULY_DATE: check(duly_set_date(facts, fact, 20'000) == DULY_OK, "date", round); break;
        case DULY_SET: check(duly_set_set(facts, fact, 1) == DULY_OK, "set", round); break;
        case DULY_TEXT: check(duly_set_text(facts, fact, 5, "short") == DULY_OK, "text", round); break;
        default: check(false, "a type that is none", round);
      }
    }
    check(duly_decide(facts, decision) == DULY_OK, "it does not decide", round);
    if (duly_status_of(decision, sharing) == DULY_DECIDED) ++decided;
  }
  check(made == before, "deciding again allocates", made - before);
  check(decided > 100, "too few cases are decided", decided);
  duly_decision_release(decision);
  duly_case_release(facts);
  duly_policy_release(policy);
}

}  // namespace

int main() {
  decide_again_and_again();
  if (broken == 0) ++passed;
  for (const bool right : {true, false}) {
    run_once(-1, right);  // what is allocated once in a process is allocated now
    long at = 0;
    done_without = 0;
    while (run_once(at, right)) ++at;
    std::printf("%ld allocations failed in turn\n", at);
    check(at > 100, "the run allocates less than it should", at);
    check(done_without < at / 10, "failed allocations are passed over", at);
    if (broken == 0) ++passed;
  }
  run_once_in_cpp(-1);
  long at = 0;
  done_without = 0;
  while (run_once_in_cpp(at)) ++at;
  std::printf("%ld allocations failed in turn in C++\n", at);
  check(at > 100, "the run in C++ allocates less than it should", at);
  check(done_without < at / 10, "failed allocations are passed over in C++", at);
  keeps_the_case();
  if (broken == 0) ++passed;
  std::printf("%d passed, %d failed\n", passed, broken == 0 ? 0 : 1);
  return broken == 0 ? 0 : 1;
}
