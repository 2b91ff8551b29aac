#include <algorithm>

#include "interpreter/api/face.hpp"
#include "interpreter/report/case_json.hpp"
#include "lang/base/utf8.hpp"

namespace duly::api {

duly_value value_of(const Program& program, const Type& type, Scalar value) {
  duly_value result{type_of(type.kind), value, no_text()};
  switch (type.kind) {
    case TypeKind::yes_no: result.text = given_literal(value != 0 ? "yes" : "no"); break;
    case TypeKind::choice:
      result.text = given(at(program.choices, type.choice).values[static_cast<std::size_t>(value)].name);
      break;
    case TypeKind::text: result.number = 0; break;
    case TypeKind::number:
    case TypeKind::date:
    case TypeKind::set: break;
  }
  return result;
}

static_assert(static_cast<int>(Duty::may) == DULY_MAY && static_cast<int>(Duty::must_not) == DULY_MUST_NOT);

duly_value value_of(Duty duty) {
  const std::string_view words = to_string(duty);  // literals: a zero byte follows
  return {DULY_DUTY, static_cast<std::int64_t>(duty), {words.size(), words.data()}};
}

namespace {

constexpr std::size_t longest_text = 16u << 20;  // as a case in JSON

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    const std::size_t size = first_character(text).size;
    if (size == 0) return false;
    text.remove_prefix(size);
  }
  return true;
}

/// Finds the fact and sees that it is of the kind, then lets `set` do the rest.
template <class Set>
duly_code set_fact(duly_case* facts, duly_fact handle, TypeKind kind, Set&& set) {
  return guarded([&]() -> duly_code {
    if (facts == nullptr) return DULY_INVALID_ARGUMENT;
    const auto id = fact_of(*facts->loaded, handle);
    if (!id) return DULY_UNKNOWN_HANDLE;
    const Type& type = at(facts->loaded->program.facts, *id).type;
    if (type.kind != kind) return DULY_WRONG_TYPE;
    return set(*id, type);
  });
}

duly_code set_in_range(duly_case& facts, FactId id, const Type& type, Scalar value) {
  if (value < type.low || value > type.high) return DULY_OUT_OF_RANGE;
  facts.facts.set(id, value);
  return DULY_OK;
}

const std::vector<ChoiceValue>& answers(const duly_case& facts, const Type& type) {
  return at(facts.loaded->program.choices, type.choice).values;
}

bool is_day(std::int64_t days) { return days >= first_date.days && days <= last_date.days; }

/// The place of a byte in a text, counted from 1.
Position position_in(std::string_view text, std::size_t offset) {
  Position place;
  for (std::size_t i = 0; i < std::min(offset, text.size()); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte == '\n') {
      ++place.line;
      place.column = 1;
    } else if ((byte & 0xC0U) != 0x80U) {
      ++place.column;
    }
  }
  return place;
}

Problem problem_of(std::string_view json, const CaseError& error) {
  Problem result;
  const Position begin = position_in(json, error.begin);
  const Position end = position_in(json, error.end);
  result.line = begin.line;
  result.column = begin.column;
  result.end_line = end.line;
  result.end_column = end.column;
  result.code = name(error.code);
  result.message = error.message;
  result.help = error.help;
  result.path = error.path;
  return result;
}

}  // namespace
}  // namespace duly::api

using namespace duly;
using namespace duly::api;

duly_code duly_days(int32_t year, int32_t month, int32_t day, int32_t* days) {
  if (days == nullptr) return DULY_INVALID_ARGUMENT;
  const auto date = date_from_civil(year, month, day);
  if (!date) return DULY_OUT_OF_RANGE;
  *days = date->days;
  return DULY_OK;
}

duly_code duly_case_create(const duly_policy* policy, duly_case** made) {
  return guarded([&]() -> duly_code {
    if (made == nullptr) return DULY_INVALID_ARGUMENT;
    *made = nullptr;
    if (policy == nullptr) return DULY_INVALID_ARGUMENT;
    *made = new duly_case(policy->loaded);
    return DULY_OK;
  });
}

void duly_case_release(duly_case* facts) { delete facts; }

duly_code duly_set_yes_no(duly_case* facts, duly_fact fact, bool value) {
  return set_fact(facts, fact, TypeKind::yes_no, [&](FactId id, const Type&) -> duly_code {
    facts->facts.set(id, value ? 1 : 0);
    return DULY_OK;
  });
}

duly_code duly_set_choice(duly_case* facts, duly_fact fact, uint32_t answer) {
  return set_fact(facts, fact, TypeKind::choice, [&](FactId id, const Type& type) -> duly_code {
    if (answer >= answers(*facts, type).size()) return DULY_OUT_OF_RANGE;
    return set_in_range(*facts, id, type, answer);
  });
}

duly_code duly_set_choice_named(duly_case* facts, duly_fact fact, size_t size, const char* name) {
  return set_fact(facts, fact, TypeKind::choice, [&](FactId id, const Type& type) -> duly_code {
    const auto wanted = passed(size, name);
    if (!wanted) return DULY_INVALID_ARGUMENT;
    const auto& values = answers(*facts, type);
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (values[i].name == *wanted) return set_in_range(*facts, id, type, static_cast<Scalar>(i));
    }
    return DULY_OUT_OF_RANGE;
  });
}

duly_code duly_set_number(duly_case* facts, duly_fact fact, int64_t value) {
  return set_fact(facts, fact, TypeKind::number,
                  [&](FactId id, const Type& type) -> duly_code { return set_in_range(*facts, id, type, value); });
}

duly_code duly_set_date(duly_case* facts, duly_fact fact, int32_t days) {
  return set_fact(facts, fact, TypeKind::date, [&](FactId id, const Type& type) -> duly_code {
    if (!is_day(days)) return DULY_OUT_OF_RANGE;
    return set_in_range(*facts, id, type, days);
  });
}

duly_code duly_set_set(duly_case* facts, duly_fact fact, uint64_t elements) {
  return set_fact(facts, fact, TypeKind::set, [&](FactId id, const Type& type) -> duly_code {
    const std::size_t count = answers(*facts, type).size();
    if (count < 64 && elements >> count != 0) return DULY_OUT_OF_RANGE;
    facts->facts.set(id, static_cast<Scalar>(elements));
    return DULY_OK;
  });
}

duly_code duly_set_text(duly_case* facts, duly_fact fact, size_t size, const char* text) {
  return set_fact(facts, fact, TypeKind::text, [&](FactId id, const Type&) -> duly_code {
    const auto whole = passed(size, text);
    if (!whole) return DULY_INVALID_ARGUMENT;
    if (whole->size() > longest_text || !is_utf8(*whole)) return DULY_OUT_OF_RANGE;
    facts->facts.set_text(id, std::string(*whole));
    return DULY_OK;
  });
}

duly_code duly_clear(duly_case* facts, duly_fact fact) {
  if (facts == nullptr) return DULY_INVALID_ARGUMENT;
  const auto id = fact_of(*facts->loaded, fact);
  if (!id) return DULY_UNKNOWN_HANDLE;
  facts->facts.clear(*id);
  return DULY_OK;
}

duly_code duly_case_clear(duly_case* facts) {
  return guarded([&]() -> duly_code {
    if (facts == nullptr) return DULY_INVALID_ARGUMENT;
    facts->facts.clear();
    facts->facts.as_at = today();
    return DULY_OK;
  });
}

duly_code duly_get(const duly_case* facts, duly_fact fact, size_t size, duly_value* value) {
  if (facts == nullptr) return DULY_INVALID_ARGUMENT;
  const auto id = fact_of(*facts->loaded, fact);
  if (!id) return DULY_UNKNOWN_HANDLE;
  if (!facts->facts.known(*id)) return DULY_NO_VALUE;
  const Program& program = facts->loaded->program;
  const Type& type = at(program.facts, *id).type;
  duly_value result = value_of(program, type, facts->facts.value(*id));
  if (type.kind == TypeKind::text) result.text = given(facts->facts.text(*id));
  return write_struct(result, size, value);
}

duly_code duly_set_as_at(duly_case* facts, int32_t days) {
  if (facts == nullptr) return DULY_INVALID_ARGUMENT;
  if (!is_day(days)) return DULY_OUT_OF_RANGE;
  facts->facts.as_at = Date{days};
  return DULY_OK;
}

int32_t duly_as_at(const duly_case* facts) { return facts == nullptr ? 0 : facts->facts.as_at.days; }

duly_code duly_case_from_json(duly_case* facts, size_t size, const char* json, duly_error** error) {
  return guarded([&]() -> duly_code {
    if (error != nullptr) *error = nullptr;
    const auto text = passed(size, json);
    if (facts == nullptr || !text) return DULY_INVALID_ARGUMENT;
    CaseReading reading = read_case_json(facts->loaded->program, *text);
    if (reading.facts) {
      facts->facts = std::move(*reading.facts);
      return DULY_OK;
    }
    if (error == nullptr) return DULY_WRONG_CASE;
    std::vector<Problem> problems;
    for (const CaseError& each : reading.errors) problems.push_back(problem_of(*text, each));
    return fail(error, DULY_WRONG_CASE, std::move(problems), render_text("the case", *text, reading.errors));
  });
}

duly_code duly_case_json(duly_case* facts, duly_text* json) {
  return guarded([&]() -> duly_code {
    if (json == nullptr) return DULY_INVALID_ARGUMENT;
    *json = no_text();
    if (facts == nullptr) return DULY_INVALID_ARGUMENT;
    facts->text = write_case_json(facts->loaded->program, facts->facts);
    *json = given(facts->text);
    return DULY_OK;
  });
}
