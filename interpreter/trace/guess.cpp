#include "interpreter/trace/guess.hpp"

#include <algorithm>

namespace duly::trace {
namespace {

/// Whether an event says something of what the decision comes to.
struct Tells {
  const Program& program;
  SubjectId decision;

  bool about(RuleId rule) const { return at(program.rules, rule).subject == decision; }

  bool operator()(const QuestionReached&) const { return false; }
  bool operator()(const StepReached&) const { return false; }
  bool operator()(const StepAnswered& event) const { return event.outcome && about(*event.outcome); }
  bool operator()(const FactRead&) const { return false; }
  bool operator()(const ConditionTried& event) const {
    return event.rule && about(*event.rule) && event.truth != Truth::no;
  }
  bool operator()(const RuleTried& event) const { return about(event.rule) && event.applies != Extent::none; }
  bool operator()(const RuleSetAside& event) const { return about(event.rule); }
  bool operator()(const DutyLaid&) const { return false; }
  bool operator()(const ValueSettled& event) const { return event.subject == decision; }
  bool operator()(const SafeguardWatched&) const { return false; }
};

}  // namespace

std::size_t steps_before_outcome(const Program& program, const Recording& recording, SubjectId decision) {
  const auto telling = std::find_if(recording.begin(), recording.end(), [&](const Event& event) {
    return std::visit(Tells{program, decision}, event.what);
  });
  return static_cast<std::size_t>(telling - recording.begin());
}

}  // namespace duly::trace
