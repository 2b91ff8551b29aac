// What hosts in C get wrong: null, bad handles, bad numbers, the order of releasing.
#include <doctest/doctest.h>
#include <duly/duly.h>

#include <algorithm>
#include <cstring>
#include <utility>
#include <vector>

#include "visits.hpp"

namespace {

duly_policy* compiled() {
  duly_policy* policy = nullptr;
  REQUIRE(duly_compile(6, "visits", visits_policy.size(), visits_policy.data(), nullptr, 0, &policy, nullptr) ==
          DULY_OK);
  return policy;
}

}  // namespace

TEST_CASE("Null is refused or does nothing") {
  duly_error* error = nullptr;
  duly_policy* policy = nullptr;
  duly_text text{};
  duly_value value{};
  duly_fact fact{};
  duly_subject subject{};
  duly_record record{};

  CHECK(duly_compile(1, nullptr, 0, "", nullptr, 0, &policy, &error) == DULY_INVALID_ARGUMENT);
  CHECK(duly_compile(0, nullptr, 5, nullptr, nullptr, 0, &policy, &error) == DULY_INVALID_ARGUMENT);
  CHECK(duly_compile(1, "p", 1, "p", nullptr, 0, nullptr, &error) == DULY_INVALID_ARGUMENT);
  CHECK(duly_compile(1, "p", 1, "p", nullptr, 77, &policy, &error) == DULY_INVALID_ARGUMENT);
  CHECK(duly_compile(DULY_TERMINATED, nullptr, 0, "", nullptr, 0, &policy, &error) == DULY_INVALID_ARGUMENT);
  CHECK(duly_compile(0, nullptr, 0, nullptr, nullptr, 0, &policy, nullptr) == DULY_WRONG_POLICY);
  CHECK(duly_load(1, nullptr, nullptr, 0, &policy, &error) == DULY_INVALID_ARGUMENT);
  CHECK(duly_load(8, "national", nullptr, 0, nullptr, &error) == DULY_INVALID_ARGUMENT);
  CHECK(duly_found_text(nullptr, 0, "", 0, "") == DULY_INVALID_ARGUMENT);
  CHECK(error == nullptr);
  CHECK(policy == nullptr);

  CHECK(duly_policy_warnings(nullptr) == nullptr);
  CHECK(duly_policy_about(nullptr, 0, nullptr) == DULY_INVALID_ARGUMENT);
  CHECK(duly_fact_count(nullptr) == 0);
  CHECK(duly_fact_at(nullptr, 0).policy == 0);
  CHECK(duly_fact_find(nullptr, 1, "x", &fact, &error) == DULY_INVALID_ARGUMENT);
  CHECK(duly_fact_about(nullptr, fact, 0, nullptr) == DULY_INVALID_ARGUMENT);
  CHECK(duly_fact_answer(nullptr, fact, 0, 0, nullptr) == DULY_INVALID_ARGUMENT);
  CHECK(duly_subject_count(nullptr, DULY_DECISION) == 0);
  CHECK(duly_subject_at(nullptr, DULY_DECISION, 0).policy == 0);
  CHECK(duly_subject_find(nullptr, DULY_DECISION, 1, "x", &subject, &error) == DULY_INVALID_ARGUMENT);
  CHECK(duly_subject_about(nullptr, subject, 0, nullptr) == DULY_INVALID_ARGUMENT);
  CHECK(duly_subject_answer(nullptr, subject, 0, 0, nullptr) == DULY_INVALID_ARGUMENT);
  CHECK(duly_default_decision(nullptr).policy == 0);
  CHECK(duly_record_count(nullptr) == 0);
  CHECK(duly_record_at(nullptr, 0).policy == 0);
  CHECK(duly_record_find(nullptr, 1, "x", &record, &error) == DULY_INVALID_ARGUMENT);
  CHECK(duly_record_about(nullptr, record, 0, nullptr) == DULY_INVALID_ARGUMENT);

  CHECK(duly_days(2026, 1, 1, nullptr) == DULY_INVALID_ARGUMENT);
  CHECK(duly_case_create(nullptr, nullptr) == DULY_INVALID_ARGUMENT);
  CHECK(duly_set_yes_no(nullptr, fact, true) == DULY_INVALID_ARGUMENT);
  CHECK(duly_set_choice(nullptr, fact, 0) == DULY_INVALID_ARGUMENT);
  CHECK(duly_set_choice_named(nullptr, fact, 1, "x") == DULY_INVALID_ARGUMENT);
  CHECK(duly_set_number(nullptr, fact, 0) == DULY_INVALID_ARGUMENT);
  CHECK(duly_set_date(nullptr, fact, 0) == DULY_INVALID_ARGUMENT);
  CHECK(duly_set_set(nullptr, fact, 0) == DULY_INVALID_ARGUMENT);
  CHECK(duly_set_text(nullptr, fact, 0, nullptr) == DULY_INVALID_ARGUMENT);
  CHECK(duly_clear(nullptr, fact) == DULY_INVALID_ARGUMENT);
  CHECK(duly_case_clear(nullptr) == DULY_INVALID_ARGUMENT);
  CHECK(duly_get(nullptr, fact, sizeof value, &value) == DULY_INVALID_ARGUMENT);
  CHECK(duly_set_as_at(nullptr, 0) == DULY_INVALID_ARGUMENT);
  CHECK(duly_as_at(nullptr) == 0);
  CHECK(duly_case_from_json(nullptr, 2, "{}", &error) == DULY_INVALID_ARGUMENT);
  CHECK(duly_case_json(nullptr, &text) == DULY_INVALID_ARGUMENT);
  CHECK(text.size == 0);

  CHECK(duly_decision_create(nullptr, nullptr) == DULY_INVALID_ARGUMENT);
  CHECK(duly_decide(nullptr, nullptr) == DULY_INVALID_ARGUMENT);
  CHECK(duly_status_of(nullptr, subject) == DULY_NO_STATUS);
  CHECK(duly_value_of(nullptr, subject, sizeof value, &value) == DULY_INVALID_ARGUMENT);
  CHECK(duly_advised(nullptr, subject, sizeof value, &value) == DULY_INVALID_ARGUMENT);
  CHECK(duly_duty_of(nullptr, subject) == DULY_NO_DUTY);
  CHECK(duly_need_count(nullptr, subject) == 0);
  CHECK(duly_need_at(nullptr, subject, 0).policy == 0);
  CHECK_FALSE(duly_is_approximate(nullptr, subject));
  CHECK(duly_says(nullptr, subject, &text) == DULY_INVALID_ARGUMENT);
  CHECK(duly_timing(nullptr, subject, &text) == DULY_INVALID_ARGUMENT);
  CHECK(duly_warning_at(nullptr, 0, &text) == DULY_INVALID_ARGUMENT);
  CHECK(duly_broken_safeguard_at(nullptr, 0, &text, &text) == DULY_INVALID_ARGUMENT);
  CHECK(duly_reasons_create(nullptr, subject, nullptr) == DULY_INVALID_ARGUMENT);
  CHECK(duly_reason_count(nullptr) == 0);
  CHECK(duly_reason_at(nullptr, 0, 0, nullptr) == DULY_INVALID_ARGUMENT);
  CHECK(duly_reason_fact(nullptr, 0, 0).policy == 0);
  CHECK(duly_reason_cite(nullptr, 0, 0).size == 0);
  CHECK(duly_set_aside_at(nullptr, 0, &text, &text) == DULY_INVALID_ARGUMENT);
  CHECK(duly_explain(nullptr, subject, DULY_JSON, DULY_NORMAL, &text) == DULY_INVALID_ARGUMENT);
  CHECK(duly_record_form(nullptr, record, DULY_JSON, &text, &error) == DULY_INVALID_ARGUMENT);
  CHECK(duly_record_complete(nullptr, record, 2, "{}", DULY_JSON, false, &text, &error) == DULY_INVALID_ARGUMENT);

  CHECK(duly_observe(
            nullptr, subject, sizeof(duly_event), [](void*, const duly_event*) { return duly_code{DULY_OK}; },
            nullptr) == DULY_INVALID_ARGUMENT);

  CHECK(duly_error_code(nullptr) == DULY_OK);
  CHECK(duly_error_count(nullptr) == 0);
  CHECK(duly_error_message(nullptr).size == 0);
  CHECK(duly_error_text(nullptr).size == 0);
  CHECK(duly_error_at(nullptr, 0, 0, nullptr) == DULY_INVALID_ARGUMENT);

  duly_policy_release(nullptr);
  duly_case_release(nullptr);
  duly_decision_release(nullptr);
  duly_reasons_release(nullptr);
  duly_error_release(nullptr);
}

TEST_CASE("Null where something is to be written is refused") {
  duly_policy* const policy = compiled();
  duly_case* facts = nullptr;
  duly_decision* decision = nullptr;
  REQUIRE(duly_case_create(policy, &facts) == DULY_OK);
  REQUIRE(duly_decision_create(policy, &decision) == DULY_OK);
  REQUIRE(duly_decide(facts, decision) == DULY_OK);
  const duly_fact fact = duly_fact_at(policy, 0);
  const duly_subject crew = duly_default_decision(policy);
  duly_text text{};

  CHECK(duly_fact_find(policy, 9, "home.risk", nullptr, nullptr) == DULY_INVALID_ARGUMENT);
  CHECK(duly_fact_about(policy, fact, 8, nullptr) == DULY_INVALID_ARGUMENT);
  CHECK(duly_subject_about(policy, crew, 8, nullptr) == DULY_INVALID_ARGUMENT);
  CHECK(duly_case_create(policy, nullptr) == DULY_INVALID_ARGUMENT);
  CHECK(duly_case_json(facts, nullptr) == DULY_INVALID_ARGUMENT);
  CHECK(duly_decision_create(policy, nullptr) == DULY_INVALID_ARGUMENT);
  CHECK(duly_says(decision, crew, nullptr) == DULY_INVALID_ARGUMENT);
  CHECK(duly_explain(decision, crew, DULY_JSON, DULY_NORMAL, nullptr) == DULY_INVALID_ARGUMENT);
  CHECK(duly_record_form(decision, {0, 0}, DULY_JSON, nullptr, nullptr) == DULY_INVALID_ARGUMENT);
  CHECK(duly_reasons_create(decision, crew, nullptr) == DULY_INVALID_ARGUMENT);
  CHECK(duly_broken_safeguard_at(decision, 0, nullptr, &text) == DULY_INVALID_ARGUMENT);
  CHECK(duly_decide(nullptr, decision) == DULY_INVALID_ARGUMENT);
  CHECK(duly_status_of(decision, crew) == DULY_NO_STATUS);  // empty after an error

  duly_decision_release(decision);
  duly_case_release(facts);
  duly_policy_release(policy);
}

TEST_CASE("Numbers and handles that mean nothing are refused") {
  duly_policy* const policy = compiled();
  duly_decision* decision = nullptr;
  duly_case* facts = nullptr;
  REQUIRE(duly_decision_create(policy, &decision) == DULY_OK);
  REQUIRE(duly_case_create(policy, &facts) == DULY_OK);
  REQUIRE(duly_decide(facts, decision) == DULY_OK);
  const std::uint32_t stamp = duly_fact_at(policy, 0).policy;
  duly_text text{};
  duly_value value{};

  CHECK(duly_fact_at(policy, SIZE_MAX).policy == 0);
  CHECK(duly_subject_count(policy, 0) == 0);
  CHECK(duly_subject_count(policy, -5) == 0);
  CHECK(duly_subject_at(policy, 99, 0).policy == 0);
  CHECK(duly_record_at(policy, 1).policy == 0);
  CHECK(duly_code_text(-1).size > 0);
  CHECK(duly_standard_policy(SIZE_MAX).size == 0);
  for (const duly_subject bad : {duly_subject{0, 0}, duly_subject{UINT32_MAX, stamp}, duly_subject{0, stamp + 1}}) {
    CHECK(duly_status_of(decision, bad) == DULY_NO_STATUS);
    CHECK(duly_value_of(decision, bad, sizeof value, &value) == DULY_UNKNOWN_HANDLE);
    CHECK(duly_advised(decision, bad, sizeof value, &value) == DULY_UNKNOWN_HANDLE);
    CHECK(duly_duty_of(decision, bad) == DULY_NO_DUTY);
    CHECK(duly_need_count(decision, bad) == 0);
    CHECK(duly_need_at(decision, bad, 0).policy == 0);
    CHECK(duly_says(decision, bad, &text) == DULY_UNKNOWN_HANDLE);
    CHECK(duly_timing(decision, bad, &text) == DULY_UNKNOWN_HANDLE);
    CHECK(duly_subject_about(policy, bad, 0, nullptr) == DULY_UNKNOWN_HANDLE);
    CHECK(duly_subject_answer(policy, bad, 0, 0, nullptr) == DULY_UNKNOWN_HANDLE);
  }
  CHECK(duly_record_form(decision, {5, stamp}, DULY_JSON, &text, nullptr) == DULY_UNKNOWN_HANDLE);
  CHECK(duly_record_form(decision, {0, stamp + 1}, DULY_JSON, &text, nullptr) == DULY_UNKNOWN_HANDLE);
  CHECK(duly_record_form(decision, {0, 0}, 99, &text, nullptr) == DULY_INVALID_ARGUMENT);
  CHECK(duly_explain(decision, {0, 0}, 0, DULY_NORMAL, &text) == DULY_INVALID_ARGUMENT);
  CHECK(duly_explain(decision, {7, stamp}, DULY_JSON, DULY_NORMAL, &text) == DULY_UNKNOWN_HANDLE);
  CHECK(duly_need_at(decision, duly_default_decision(policy), SIZE_MAX).policy == 0);
  CHECK(duly_fact_answer(policy, {0, stamp}, 0, 0, nullptr) == DULY_WRONG_TYPE);
  CHECK(duly_fact_answer(policy, {2, stamp}, 2, 0, nullptr) == DULY_OUT_OF_RANGE);
  int32_t days = 0;
  CHECK(duly_days(2023, 2, 29, &days) == DULY_OUT_OF_RANGE);
  CHECK(duly_days(INT32_MAX, 1, 1, &days) == DULY_OUT_OF_RANGE);
  CHECK(duly_days(1970, 1, 2, &days) == DULY_OK);
  CHECK(days == 1);

  duly_decision_release(decision);
  duly_case_release(facts);
  duly_policy_release(policy);
}

TEST_CASE("Structs of earlier and of later headers are filled in as far as they go") {
  duly_policy* const policy = compiled();
  duly_fact_info info;
  std::memset(&info, 0x7f, sizeof info);
  CHECK(duly_fact_about(policy, duly_fact_at(policy, 0), sizeof info.type, &info) == DULY_OK);
  CHECK(info.type == DULY_YES_NO);
  CHECK(info.name.size == 0x7f7f'7f7f'7f7f'7f7f);  // not touched
  struct {
    duly_fact_info info;
    std::uint64_t later = 0x7f;
  } longer;
  CHECK(duly_fact_about(policy, duly_fact_at(policy, 0), sizeof longer, &longer.info) == DULY_OK);
  CHECK(longer.later == 0);
  duly_policy_release(policy);
}

TEST_CASE("A size that no struct has is refused, and nothing is written") {
  duly_policy* const policy = compiled();
  duly_case* facts = nullptr;
  duly_decision* decision = nullptr;
  duly_reasons* reasons = nullptr;
  duly_error* error = nullptr;
  REQUIRE(duly_case_create(policy, &facts) == DULY_OK);
  REQUIRE(duly_decision_create(policy, &decision) == DULY_OK);
  const char* const json = R"({"facts": {"home.risk": true, "home.area": "south"}})";
  REQUIRE(duly_case_from_json(facts, DULY_TERMINATED, json, nullptr) == DULY_OK);
  REQUIRE(duly_decide(facts, decision) == DULY_OK);
  const duly_subject crew = duly_default_decision(policy);
  REQUIRE(duly_reasons_create(decision, crew, &reasons) == DULY_OK);
  duly_fact fact{};
  REQUIRE(duly_fact_find(policy, 1, "x", &fact, &error) == DULY_NOT_FOUND);
  const std::uint32_t stamp = crew.policy;
  for (const std::size_t size : {std::size_t{4097}, SIZE_MAX / 2, SIZE_MAX}) {
    duly_policy_info about{};
    duly_fact_info of_fact{};
    duly_answer answer{};
    duly_subject_info of_subject{};
    duly_record_info of_record{};
    duly_value value{};
    duly_reason reason{};
    duly_problem problem{};
    CHECK(duly_policy_about(policy, size, &about) == DULY_INVALID_ARGUMENT);
    CHECK(duly_fact_about(policy, {0, stamp}, size, &of_fact) == DULY_INVALID_ARGUMENT);
    CHECK(duly_fact_answer(policy, {2, stamp}, 0, size, &answer) == DULY_INVALID_ARGUMENT);
    CHECK(duly_subject_about(policy, crew, size, &of_subject) == DULY_INVALID_ARGUMENT);
    CHECK(duly_subject_answer(policy, crew, 0, size, &answer) == DULY_INVALID_ARGUMENT);
    CHECK(duly_record_about(policy, duly_record_at(policy, 0), size, &of_record) == DULY_INVALID_ARGUMENT);
    CHECK(duly_get(facts, {0, stamp}, size, &value) == DULY_INVALID_ARGUMENT);
    CHECK(duly_value_of(decision, crew, size, &value) == DULY_INVALID_ARGUMENT);
    CHECK(duly_reason_at(reasons, 0, size, &reason) == DULY_INVALID_ARGUMENT);
    CHECK(duly_error_at(error, 0, size, &problem) == DULY_INVALID_ARGUMENT);
    CHECK(about.name.data == nullptr);
    CHECK(value.type == 0);
  }
  duly_value value{};
  CHECK(duly_value_of(decision, crew, 0, &value) == DULY_OK);  // nothing of it is wanted
  CHECK(value.type == 0);
  duly_error_release(error);
  duly_reasons_release(reasons);
  duly_decision_release(decision);
  duly_case_release(facts);
  duly_policy_release(policy);
}

TEST_CASE("Indices past the last, enumerators of no enum, and handles of another kind are refused") {
  duly_policy* const policy = compiled();
  duly_case* facts = nullptr;
  duly_decision* decision = nullptr;
  duly_reasons* reasons = nullptr;
  REQUIRE(duly_case_create(policy, &facts) == DULY_OK);
  REQUIRE(duly_decision_create(policy, &decision) == DULY_OK);
  const duly_subject crew = duly_default_decision(policy), danger = duly_subject_at(policy, DULY_VALUE, 0),
                     note = duly_subject_at(policy, DULY_ACTION, 0);
  duly_text text{}, other{};
  duly_value value{};
  duly_error* error = nullptr;
  const auto tell = [](void*, const duly_event*) { return duly_code{DULY_OK}; };

  // before anything is decided
  CHECK(duly_observe(decision, crew, sizeof(duly_event), tell, nullptr) == DULY_NO_VALUE);
  CHECK(duly_explain(decision, crew, DULY_PLAIN, DULY_NORMAL, &text) == DULY_NO_VALUE);
  CHECK(duly_value_of(decision, crew, sizeof value, &value) == DULY_NO_VALUE);
  CHECK(duly_advised(decision, crew, sizeof value, &value) == DULY_NO_VALUE);
  CHECK(duly_says(decision, crew, &text) == DULY_OK);
  CHECK(duly_timing(decision, note, &text) == DULY_OK);
  CHECK(duly_warning_at(decision, 0, &text) == DULY_OK);
  CHECK(duly_broken_safeguard_at(decision, 0, &text, &other) == DULY_OUT_OF_RANGE);
  CHECK(duly_record_form(decision, {0, 0}, DULY_JSON, &text, &error) == DULY_NO_VALUE);
  CHECK(error == nullptr);
  CHECK(duly_reasons_create(decision, crew, &reasons) == DULY_OK);
  CHECK(duly_reason_count(reasons) == 0);
  CHECK(duly_set_aside_at(reasons, 0, &text, &other) == DULY_OUT_OF_RANGE);
  duly_reasons_release(reasons);

  REQUIRE(duly_decide(facts, decision) == DULY_OK);
  REQUIRE(duly_reasons_create(decision, note, &reasons) == DULY_OK);
  for (const std::size_t index : {std::size_t{100}, SIZE_MAX - 1, SIZE_MAX}) {
    duly_reason reason{};
    CHECK(duly_reason_at(reasons, index, sizeof reason, &reason) == DULY_OUT_OF_RANGE);
    CHECK(duly_reason_fact(reasons, index, 0).policy == 0);
    CHECK(duly_reason_fact(reasons, 0, index).policy == 0);
    CHECK(duly_reason_cite(reasons, index, 0).size == 0);
    CHECK(duly_reason_cite(reasons, 0, index).size == 0);
    CHECK(duly_set_aside_at(reasons, index, &text, &other) == DULY_OUT_OF_RANGE);
    CHECK(duly_subject_at(policy, DULY_DECISION, index).policy == 0);
    CHECK(duly_warning_at(decision, index, &text) == DULY_OK);
    CHECK(text.size == 0);
    CHECK(duly_broken_safeguard_at(decision, index, &text, &other) == DULY_OUT_OF_RANGE);
  }
  for (const std::int32_t number : {INT32_MIN, -1, 0, 6, 255, INT32_MAX}) {
    CHECK(duly_explain(decision, crew, number, DULY_NORMAL, &text) == DULY_INVALID_ARGUMENT);
    CHECK(duly_record_form(decision, {0, 0}, number, &text, nullptr) == DULY_INVALID_ARGUMENT);
    CHECK(duly_record_complete(decision, {0, 0}, 2, "{}", number, false, &text, nullptr) == DULY_INVALID_ARGUMENT);
    CHECK(duly_subject_count(policy, number) == 0);
    duly_subject subject{};
    CHECK(duly_subject_find(policy, number, 4, "crew", &subject, nullptr) == DULY_INVALID_ARGUMENT);
    if (number != 0) CHECK(duly_code_text(number).size > 0);
    CHECK(duly_explain(decision, crew, DULY_PLAIN, number, &text) == DULY_INVALID_ARGUMENT);
  }
  CHECK(duly_duty_of(decision, crew) == DULY_NO_DUTY);
  CHECK(duly_subject_answer(policy, note, 0, 0, nullptr) == DULY_WRONG_TYPE);
  CHECK(duly_subject_answer(policy, danger, 0, 0, nullptr) == DULY_WRONG_TYPE);
  CHECK(duly_observe(decision, note, sizeof(duly_event), tell, nullptr) == DULY_UNKNOWN_HANDLE);
  CHECK(duly_observe(decision, crew, sizeof(duly_event), nullptr, nullptr) == DULY_INVALID_ARGUMENT);
  CHECK(duly_explain(decision, danger, DULY_PLAIN, DULY_NORMAL, &text) == DULY_UNKNOWN_HANDLE);
  duly_reasons_release(reasons);
  duly_decision_release(decision);
  duly_case_release(facts);
  duly_policy_release(policy);
}

TEST_CASE("Objects are released in any order") {
  std::vector<int> order{0, 1, 2, 3};
  do {
    duly_policy* policy = compiled();
    duly_case* facts = nullptr;
    duly_decision* decision = nullptr;
    duly_reasons* reasons = nullptr;
    const duly_subject crew = duly_default_decision(policy);
    REQUIRE(duly_case_create(policy, &facts) == DULY_OK);
    REQUIRE(duly_decision_create(policy, &decision) == DULY_OK);
    const char* const json = R"({"facts": {"home.risk": true, "home.area": "south"}})";
    REQUIRE(duly_case_from_json(facts, DULY_TERMINATED, json, nullptr) == DULY_OK);
    REQUIRE(duly_decide(facts, decision) == DULY_OK);
    REQUIRE(duly_reasons_create(decision, crew, &reasons) == DULY_OK);
    for (const int next : order) {
      if (next == 0) duly_policy_release(policy);
      if (next == 1) duly_case_release(std::exchange(facts, nullptr));
      if (next == 2) duly_decision_release(std::exchange(decision, nullptr));
      if (next == 3) duly_reasons_release(std::exchange(reasons, nullptr));
      duly_text text{};
      duly_value value{};
      duly_reason reason{};
      if (facts != nullptr) CHECK(duly_case_json(facts, &text) == DULY_OK);
      if (facts != nullptr) CHECK(duly_get(facts, {2, crew.policy}, sizeof value, &value) == DULY_OK);
      if (decision != nullptr) CHECK(duly_explain(decision, crew, DULY_PLAIN, DULY_FULL, &text) == DULY_OK);
      if (reasons != nullptr) CHECK(duly_reason_at(reasons, 0, sizeof reason, &reason) == DULY_OK);
    }
  } while (std::next_permutation(order.begin(), order.end()));
}
