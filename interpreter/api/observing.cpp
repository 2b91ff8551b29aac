#include "interpreter/api/face.hpp"
#include "interpreter/trace/narrate.hpp"
#include "lang/base/match.hpp"

namespace duly::api {
namespace {

/// Thrown through the narrator where the host wants no more.
struct Stopped {
  duly_code code;
};

duly_truth truth_of(Truth truth) {
  switch (truth) {
    case Truth::no: return DULY_NO;
    case Truth::yes: return DULY_YES;
    case Truth::unknown: return DULY_UNKNOWN;
  }
  return DULY_UNKNOWN;
}

duly_truth truth_of(Extent extent) {
  switch (extent) {
    case Extent::none: return DULY_NO;
    case Extent::every: return DULY_YES;
    case Extent::some: return DULY_UNKNOWN;
  }
  return DULY_UNKNOWN;
}

/// An event of the narrator as hosts see it. Texts are the program's or the event's own.
class Translator {
 public:
  explicit Translator(const Loaded& loaded) : loaded_(loaded), program_(loaded.program) {}

  duly_event translate(const trace::Event& event) const {
    duly_event result{};
    result.depth = event.depth;
    result.truth = DULY_YES;
    result.value.text = result.name = result.by = no_text();
    if (event.subject) result.subject = handle_of(loaded_, *event.subject);
    match(event.what, [&](const auto& what) { fill(result, what); });
    return result;
  }

 private:
  duly_text name_of(RuleId rule) const { return given(at(program_.rules, rule).full_name); }

  void give(duly_event& result, const Type& type, Scalar value) const {
    result.has_value = true;
    result.value = value_of(program_, type, value);
  }
  void give(duly_event& result, SubjectId subject, Scalar value) const {
    const Subject& found = at(program_.subjects, subject);
    result.has_value = true;
    result.value =
        found.kind == SubjectKind::action ? value_of(static_cast<Duty>(value)) : value_of(program_, found.type, value);
  }

  void fill(duly_event& result, const trace::QuestionReached& what) const {
    result.kind = DULY_QUESTION_REACHED;
    result.subject = handle_of(loaded_, what.subject);
  }
  void fill(duly_event& result, const trace::StepReached& what) const {
    result.kind = DULY_STEP_REACHED;
    result.name = given(at(program_.steps, what.step).name);
    result.truth = truth_of(what.reached);
  }
  void fill(duly_event& result, const trace::StepAnswered& what) const {
    result.kind = DULY_STEP_ANSWERED;
    const Step& step = at(program_.steps, what.step);
    result.name = given(step.name);
    result.truth = what.known ? DULY_YES : DULY_UNKNOWN;
    if (what.known) give(result, program_.type_of(at(program_.terms, step.on)), what.answer);
    if (what.outcome) result.by = name_of(*what.outcome);
  }
  void fill(duly_event& result, const trace::FactRead& what) const {
    result.kind = DULY_FACT_READ;
    result.fact = handle_of(loaded_, what.fact);
    result.truth = what.known ? DULY_YES : DULY_UNKNOWN;
    if (what.known) give(result, at(program_.facts, what.fact).type, what.value);
    if (what.known && result.value.type == DULY_TEXT) result.value.text = given(what.text);
  }
  void fill(duly_event& result, const trace::ConditionTried& what) const {
    result.kind = DULY_CONDITION_TRIED;
    if (what.rule) result.name = name_of(*what.rule);
    if (what.safeguard) result.name = given(at(program_.safeguards, *what.safeguard).full_name);
    result.truth = truth_of(what.truth);
  }
  void fill(duly_event& result, const trace::RuleTried& what) const {
    result.kind = DULY_RULE_TRIED;
    result.name = name_of(what.rule);
    result.truth = truth_of(what.applies);
    if (what.value) give(result, at(program_.rules, what.rule).subject, *what.value);
  }
  void fill(duly_event& result, const trace::RuleSetAside& what) const {
    result.kind = DULY_RULE_SET_ASIDE;
    result.name = name_of(what.rule);
    result.by = name_of(what.by);
  }
  void fill(duly_event& result, const trace::DutyLaid& what) const {
    result.kind = DULY_DUTY_LAID;
    result.subject = handle_of(loaded_, what.action);
    give(result, what.action, static_cast<Scalar>(what.duty));
  }
  void fill(duly_event& result, const trace::ValueSettled& what) const {
    result.kind = DULY_VALUE_SETTLED;
    result.subject = handle_of(loaded_, what.subject);
    result.status = status_of(what.status);
    if (what.status == Status::decided) give(result, what.subject, what.value);
    if (result.has_value && result.value.type == DULY_TEXT) result.value.text = given(what.text);
  }
  void fill(duly_event& result, const trace::SafeguardWatched& what) const {
    result.kind = DULY_SAFEGUARD_WATCHED;
    result.name = given(at(program_.safeguards, what.safeguard).full_name);
    result.truth = truth_of(what.holds);
  }

  const Loaded& loaded_;
  const Program& program_;
};

}  // namespace
}  // namespace duly::api

using namespace duly;
using namespace duly::api;

duly_code duly_observe(const duly_decision* decision, duly_subject subject, duly_observer observer, void* context) {
  return guarded([&]() -> duly_code {
    if (decision == nullptr || observer == nullptr) return DULY_INVALID_ARGUMENT;
    const Loaded& loaded = *decision->loaded;
    std::optional<SubjectId> first = loaded.program.default_decision;
    if (subject.policy != 0) {
      first = subject_of(loaded, subject);
      if (!first || at(loaded.program.subjects, *first).kind != SubjectKind::decision) return DULY_UNKNOWN_HANDLE;
    }
    if (!decision->decided) return DULY_NO_VALUE;
    const Translator translator(loaded);
    const auto tell = [&](const trace::Event& event) {
      const duly_event told = translator.translate(event);
      const duly_code code = observer(context, &told);
      if (code != DULY_OK) throw Stopped{code};
    };
    try {
      trace::narrate(loaded.program, decision->facts, decision->decision, first, tell);
    } catch (const Stopped& stopped) {
      return stopped.code;
    }
    return DULY_OK;
  });
}
