#include <fmt/format.h>

#include "interpreter/api/face.hpp"
#include "lang/diagnostics/near_names.hpp"

namespace duly::api {

duly_type type_of(TypeKind kind) {
  switch (kind) {
    case TypeKind::yes_no: return DULY_YES_NO;
    case TypeKind::choice: return DULY_CHOICE;
    case TypeKind::number: return DULY_NUMBER;
    case TypeKind::date: return DULY_DATE;
    case TypeKind::set: return DULY_SET;
    case TypeKind::text: return DULY_TEXT;
  }
  return DULY_TEXT;
}

duly_type type_of(const Subject& subject) {
  return subject.kind == SubjectKind::action ? DULY_DUTY : type_of(subject.type.kind);
}

namespace {

constexpr std::size_t longest_name = 1024;  // past it, no name is looked for nearby

const std::vector<ChoiceValue>* answers_of(const Program& program, const Type& type) {
  if (type.kind != TypeKind::choice && type.kind != TypeKind::set) return nullptr;
  return &at(program.choices, type.choice).values;
}

/// Outcomes of a subject; an action has none.
const std::vector<ChoiceValue>* answers_of(const Program& program, const Subject& subject) {
  return subject.kind == SubjectKind::action ? nullptr : answers_of(program, subject.type);
}

duly_code answer_at(const std::vector<ChoiceValue>* answers, std::size_t index, std::size_t size, duly_answer* answer) {
  if (answers == nullptr) return DULY_WRONG_TYPE;
  if (index >= answers->size()) return DULY_OUT_OF_RANGE;
  const ChoiceValue& value = (*answers)[index];
  return write_struct(duly_answer{given(value.name), given(value.title)}, size, answer);
}

duly_code not_found(duly_error** error, std::string_view what, std::string_view name,
                    const std::vector<std::string>& names) {
  std::string help;
  if (name.size() <= longest_name) {
    if (const auto near = nearest(name, names)) help = fmt::format("Did you mean `{}`?", *near);
  }
  return fail(error, DULY_NOT_FOUND, fmt::format("The policy has no {} `{}`", what, name.substr(0, longest_name)),
              help);
}

/// The subjects of a kind; null where there is no such kind.
const std::vector<SubjectId>* subjects_of(const duly_policy* policy, duly_kind kind) {
  const auto index = static_cast<std::size_t>(kind) - 1;
  if (policy == nullptr || index >= policy->loaded->subjects.size()) return nullptr;
  return &policy->loaded->subjects[index];
}

std::string_view in_words(duly_kind kind) {
  switch (kind) {
    case DULY_DECISION: return "decision";
    case DULY_VALUE: return "definition or agreement's value";
    case DULY_ACTION: return "action";
  }
  return "subject";
}

duly_kind kind_of(SubjectKind kind) {
  switch (kind) {
    case SubjectKind::decision: return DULY_DECISION;
    case SubjectKind::definition:
    case SubjectKind::agreement: return DULY_VALUE;
    case SubjectKind::action: return DULY_ACTION;
  }
  return DULY_VALUE;
}

}  // namespace
}  // namespace duly::api

using namespace duly;
using namespace duly::api;

duly_code duly_policy_about(const duly_policy* policy, size_t size, duly_policy_info* info) {
  if (policy == nullptr) return DULY_INVALID_ARGUMENT;
  const Module& module = policy->loaded->program.policy();
  return write_struct(
      duly_policy_info{given(module.name), given(module.title), given(module.version), given(module.sha256)}, size,
      info);
}

size_t duly_fact_count(const duly_policy* policy) {
  return policy == nullptr ? 0 : policy->loaded->program.facts.size();
}

duly_fact duly_fact_at(const duly_policy* policy, size_t index) {
  if (index >= duly_fact_count(policy)) return {0, 0};
  return {static_cast<std::uint32_t>(index), policy->loaded->stamp};
}

duly_code duly_fact_find(const duly_policy* policy, size_t size, const char* name, duly_fact* fact,
                         duly_error** error) {
  return guarded([&]() -> duly_code {
    if (error != nullptr) *error = nullptr;
    const auto wanted = passed(size, name);
    if (policy == nullptr || fact == nullptr || !wanted) return DULY_INVALID_ARGUMENT;
    *fact = {0, 0};
    const Loaded& loaded = *policy->loaded;
    if (const auto found = loaded.program.find_fact(*wanted)) {
      *fact = handle_of(loaded, *found);
      return DULY_OK;
    }
    std::vector<std::string> names;
    for (const Fact& each : loaded.program.facts) names.push_back(each.name);
    return not_found(error, "fact", *wanted, names);
  });
}

duly_code duly_fact_about(const duly_policy* policy, duly_fact fact, size_t size, duly_fact_info* info) {
  if (policy == nullptr) return DULY_INVALID_ARGUMENT;
  const auto id = fact_of(*policy->loaded, fact);
  if (!id) return DULY_UNKNOWN_HANDLE;
  const Program& program = policy->loaded->program;
  const Fact& found = at(program.facts, *id);
  const auto* answers = answers_of(program, found.type);
  duly_fact_info result{};
  result.type = type_of(found.type.kind);
  result.judgement = found.judgement;
  result.sensitive = found.sensitive;
  result.low = found.type.low;
  result.high = found.type.high;
  result.answers = answers == nullptr ? 0 : answers->size();
  result.name = given(found.name);
  result.title = given(found.title);
  result.ask = given(found.ask);
  result.help = given(found.help);
  result.unit = given(found.type.unit);
  return write_struct(result, size, info);
}

duly_code duly_fact_answer(const duly_policy* policy, duly_fact fact, size_t index, size_t size, duly_answer* answer) {
  if (policy == nullptr) return DULY_INVALID_ARGUMENT;
  const auto id = fact_of(*policy->loaded, fact);
  if (!id) return DULY_UNKNOWN_HANDLE;
  const Program& program = policy->loaded->program;
  return answer_at(answers_of(program, at(program.facts, *id).type), index, size, answer);
}

size_t duly_subject_count(const duly_policy* policy, duly_kind kind) {
  const auto* const subjects = subjects_of(policy, kind);
  return subjects == nullptr ? 0 : subjects->size();
}

duly_subject duly_subject_at(const duly_policy* policy, duly_kind kind, size_t index) {
  const auto* const subjects = subjects_of(policy, kind);
  if (subjects == nullptr || index >= subjects->size()) return {0, 0};
  return handle_of(*policy->loaded, (*subjects)[index]);
}

duly_code duly_subject_find(const duly_policy* policy, duly_kind kind, size_t size, const char* name,
                            duly_subject* subject, duly_error** error) {
  return guarded([&]() -> duly_code {
    if (error != nullptr) *error = nullptr;
    const auto wanted = passed(size, name);
    const auto* const subjects = subjects_of(policy, kind);
    if (subjects == nullptr || subject == nullptr || !wanted) return DULY_INVALID_ARGUMENT;
    *subject = {0, 0};
    const Program& program = policy->loaded->program;
    for (const SubjectId id : *subjects) {
      if (at(program.subjects, id).name != *wanted) continue;
      *subject = handle_of(*policy->loaded, id);
      return DULY_OK;
    }
    std::vector<std::string> names;
    for (const SubjectId id : *subjects) names.push_back(at(program.subjects, id).name);
    return not_found(error, in_words(kind), *wanted, names);
  });
}

duly_subject duly_default_decision(const duly_policy* policy) {
  if (policy == nullptr || !policy->loaded->program.default_decision) return {0, 0};
  return handle_of(*policy->loaded, *policy->loaded->program.default_decision);
}

duly_code duly_subject_about(const duly_policy* policy, duly_subject subject, size_t size, duly_subject_info* info) {
  if (policy == nullptr) return DULY_INVALID_ARGUMENT;
  const auto id = subject_of(*policy->loaded, subject);
  if (!id) return DULY_UNKNOWN_HANDLE;
  const Program& program = policy->loaded->program;
  const Subject& found = at(program.subjects, *id);
  const auto* answers = answers_of(program, found);
  duly_subject_info result{};
  result.kind = kind_of(found.kind);
  result.type = type_of(found);
  result.answers = answers == nullptr ? 0 : answers->size();
  result.name = given(found.name);
  result.title = given(found.title);
  result.by = given(found.by);
  result.to = given(found.to);
  result.unit = given(found.type.unit);
  return write_struct(result, size, info);
}

duly_code duly_subject_answer(const duly_policy* policy, duly_subject subject, size_t index, size_t size,
                              duly_answer* answer) {
  if (policy == nullptr) return DULY_INVALID_ARGUMENT;
  const auto id = subject_of(*policy->loaded, subject);
  if (!id) return DULY_UNKNOWN_HANDLE;
  const Program& program = policy->loaded->program;
  return answer_at(answers_of(program, at(program.subjects, *id)), index, size, answer);
}

size_t duly_record_count(const duly_policy* policy) {
  return policy == nullptr ? 0 : policy->loaded->program.records.size();
}

duly_record duly_record_at(const duly_policy* policy, size_t index) {
  if (index >= duly_record_count(policy)) return {0, 0};
  return {static_cast<std::uint32_t>(index), policy->loaded->stamp};
}

duly_code duly_record_find(const duly_policy* policy, size_t size, const char* name, duly_record* record,
                           duly_error** error) {
  return guarded([&]() -> duly_code {
    if (error != nullptr) *error = nullptr;
    const auto wanted = passed(size, name);
    if (policy == nullptr || record == nullptr || !wanted) return DULY_INVALID_ARGUMENT;
    *record = {0, 0};
    const auto& records = policy->loaded->program.records;
    std::vector<std::string> names;
    for (std::uint32_t i = 0; i < records.size(); ++i) {
      if (records[i].full_name == *wanted) {
        *record = {i, policy->loaded->stamp};
        return DULY_OK;
      }
      if (records[i].name == *wanted) *record = {i, policy->loaded->stamp};  // the policy's own come last
      names.push_back(records[i].full_name);
    }
    if (record->policy != 0) return DULY_OK;
    return not_found(error, "record", *wanted, names);
  });
}

duly_code duly_record_about(const duly_policy* policy, duly_record record, size_t size, duly_record_info* info) {
  if (policy == nullptr) return DULY_INVALID_ARGUMENT;
  const auto id = record_of(*policy->loaded, record);
  if (!id) return DULY_UNKNOWN_HANDLE;
  const Record& found = at(policy->loaded->program.records, *id);
  return write_struct(duly_record_info{given(found.full_name), given(found.title)}, size, info);
}
