#include <algorithm>

#include "interpreter/api/face.hpp"
#include "interpreter/report/values_json.hpp"

namespace duly::api {

duly_status status_of(Status status) {
  switch (status) {
    case Status::decided: return DULY_DECIDED;
    case Status::undecided: return DULY_UNDECIDED;
    case Status::conflict: return DULY_CONFLICT;
    case Status::gap: return DULY_GAP;
    case Status::unsafe: return DULY_UNSAFE;
  }
  return DULY_NO_STATUS;
}

namespace {

/// What came out for a subject; none where nothing was decided or the handle means nothing.
std::optional<Found> finding_of(const duly_decision* decision, duly_subject handle) {
  if (decision == nullptr || !decision->decided) return std::nullopt;
  const auto id = subject_of(*decision->loaded, handle);
  return id ? std::optional(decision->decision.found(*id)) : std::nullopt;
}

/// What a subject still needs; nothing where the handle means nothing.
std::span<const FactId> needs_of(const duly_decision* decision, duly_subject handle) {
  if (decision == nullptr || !decision->decided) return {};
  const auto id = subject_of(*decision->loaded, handle);
  return id ? decision->decision.needs(*id) : std::span<const FactId>();
}

/// The text fact whose text a definition copies.
duly_text text_of(const duly_decision& decision, Scalar value) {
  const std::string_view text = copied_text(decision.loaded->program, decision.facts, value);
  return text.data() == nullptr ? no_text() : duly_text{text.size(), text.data()};  // a whole string's: a zero follows
}

/// Hands the text to the host; it lives until the next one.
duly_code hand_over(duly_decision& decision, std::string made, duly_text* text) {
  decision.text = std::move(made);
  *text = given(decision.text);
  return DULY_OK;
}

/// Whether two policies were compiled from the same texts, so that what is made from one fits the other. The stamps
/// alone are too short to rely on here.
bool are_same(const LoadedRef& a, const LoadedRef& b) {
  if (a == b) return true;
  const auto& theirs = b->program.modules;
  return std::equal(a->program.modules.begin(), a->program.modules.end(), theirs.begin(), theirs.end(),
                    [](const Module& one, const Module& other) { return one.sha256 == other.sha256; });
}

std::optional<Scalar> advice_of(duly_decision& decision, SubjectId id) {
  if (at(decision.loaded->program.subjects, id).kind != SubjectKind::decision) return std::nullopt;
  return advised(decision.view(id), id);
}

}  // namespace
}  // namespace duly::api

using namespace duly;
using namespace duly::api;

duly_code duly_decision_create(const duly_policy* policy, duly_decision** made) {
  return guarded([&]() -> duly_code {
    if (made == nullptr) return DULY_INVALID_ARGUMENT;
    *made = nullptr;
    if (policy == nullptr) return DULY_INVALID_ARGUMENT;
    *made = new duly_decision(policy->loaded);
    return DULY_OK;
  });
}

void duly_decision_release(duly_decision* decision) { delete decision; }

duly_code duly_decide(const duly_case* facts, duly_decision* decision) {
  return guarded([&]() -> duly_code {
    if (decision == nullptr) return DULY_INVALID_ARGUMENT;
    decision->decided = false;
    if (facts == nullptr) return DULY_INVALID_ARGUMENT;
    if (!are_same(facts->loaded, decision->loaded)) return DULY_OTHER_POLICY;
    decision->facts = facts->facts;
    decision->decider.decide(decision->facts, decision->decision);
    decision->decided = true;
    return DULY_OK;
  });
}

duly_status duly_status_of(const duly_decision* decision, duly_subject subject) {
  const auto finding = finding_of(decision, subject);
  if (!finding) return DULY_NO_STATUS;
  return status_of(finding->status);
}

duly_code duly_value_of(const duly_decision* decision, duly_subject subject, size_t size, duly_value* value) {
  if (decision == nullptr) return DULY_INVALID_ARGUMENT;
  const auto id = subject_of(*decision->loaded, subject);
  if (!id) return DULY_UNKNOWN_HANDLE;
  const auto finding = finding_of(decision, subject);
  if (!finding || finding->status != Status::decided) return DULY_NO_VALUE;
  const Program& program = decision->loaded->program;
  const Subject& found = at(program.subjects, *id);
  if (found.kind == SubjectKind::action) return write_struct(value_of(finding->duty()), size, value);
  duly_value result = value_of(program, found.type, finding->value);
  if (finding->copies_text) result.text = text_of(*decision, finding->value);
  return write_struct(result, size, value);
}

duly_code duly_advised(const duly_decision* decision, duly_subject subject, size_t size, duly_value* value) {
  return guarded([&]() -> duly_code {
    if (decision == nullptr) return DULY_INVALID_ARGUMENT;
    const auto id = subject_of(*decision->loaded, subject);
    if (!id) return DULY_UNKNOWN_HANDLE;
    if (!decision->decided) return DULY_NO_VALUE;
    // The view wants a decider that can be changed; `advised` does not ask it.
    const auto advice = advice_of(const_cast<duly_decision&>(*decision), *id);
    if (!advice) return DULY_NO_VALUE;
    const Program& program = decision->loaded->program;
    return write_struct(value_of(program, at(program.subjects, *id).type, *advice), size, value);
  });
}

duly_duty duly_duty_of(const duly_decision* decision, duly_subject action) {
  const auto finding = finding_of(decision, action);
  if (!finding || finding->status != Status::decided) return DULY_NO_DUTY;
  const Subject& subject = decision->loaded->program.subjects[action.index];
  if (subject.kind != SubjectKind::action) return DULY_NO_DUTY;
  return static_cast<duly_duty>(finding->duty());
}

size_t duly_need_count(const duly_decision* decision, duly_subject subject) {
  return needs_of(decision, subject).size();
}

duly_fact duly_need_at(const duly_decision* decision, duly_subject subject, size_t index) {
  const auto needs = needs_of(decision, subject);
  if (index >= needs.size()) return {0, 0};
  return handle_of(*decision->loaded, needs[index]);
}

bool duly_is_approximate(const duly_decision* decision, duly_subject subject) {
  const auto finding = finding_of(decision, subject);
  return finding && finding->approximate;
}

duly_code duly_says(duly_decision* decision, duly_subject subject, duly_text* text) {
  return guarded([&]() -> duly_code {
    if (text == nullptr) return DULY_INVALID_ARGUMENT;
    *text = no_text();
    if (decision == nullptr) return DULY_INVALID_ARGUMENT;
    const auto id = subject_of(*decision->loaded, subject);
    if (!id) return DULY_UNKNOWN_HANDLE;
    const auto finding = finding_of(decision, subject);
    if (!finding) return DULY_OK;
    const Program& program = decision->loaded->program;
    const Subject& found = at(program.subjects, *id);
    if (finding->status == Status::decided) {
      if (found.kind == SubjectKind::action) {
        return hand_over(*decision, std::string(to_string(finding->duty())), text);
      }
      if (finding->copies_text) {
        return hand_over(*decision, std::string(copied_text(program, decision->facts, finding->value)), text);
      }
      return hand_over(*decision, program.say(found.type, finding->value), text);
    }
    if (const auto advice = advice_of(*decision, *id)) {
      return hand_over(*decision, program.say(found.type, *advice), text);
    }
    return DULY_OK;
  });
}

duly_code duly_timing(duly_decision* decision, duly_subject action, duly_text* text) {
  return guarded([&]() -> duly_code {
    if (text == nullptr) return DULY_INVALID_ARGUMENT;
    *text = no_text();
    if (decision == nullptr) return DULY_INVALID_ARGUMENT;
    const auto id = subject_of(*decision->loaded, action);
    if (!id) return DULY_UNKNOWN_HANDLE;
    if (!decision->decided) return DULY_OK;
    const Program& program = decision->loaded->program;
    return hand_over(*decision, timing(program, reasons(program, decision->facts, decision->decision, *id)), text);
  });
}

duly_code duly_warning_at(duly_decision* decision, size_t index, duly_text* text) {
  return guarded([&]() -> duly_code {
    if (text == nullptr) return DULY_INVALID_ARGUMENT;
    *text = no_text();
    if (decision == nullptr) return DULY_INVALID_ARGUMENT;
    if (!decision->decided) return DULY_OK;
    std::vector<std::string> warnings = decision_warnings(decision->view(std::nullopt));
    if (index >= warnings.size()) return DULY_OK;
    return hand_over(*decision, std::move(warnings[index]), text);
  });
}

duly_code duly_broken_safeguard_at(const duly_decision* decision, size_t index, duly_text* name, duly_text* title) {
  if (decision == nullptr || name == nullptr || title == nullptr) return DULY_INVALID_ARGUMENT;
  *name = *title = no_text();
  if (!decision->decided || index >= decision->decision.broken.size()) return DULY_OUT_OF_RANGE;
  const Safeguard& safeguard = at(decision->loaded->program.safeguards, decision->decision.broken[index]);
  *name = given(safeguard.full_name);
  *title = given(safeguard.title);
  return DULY_OK;
}
