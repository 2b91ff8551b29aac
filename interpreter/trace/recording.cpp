#include "interpreter/trace/recording.hpp"

#include <algorithm>

#include "interpreter/trace/narrate.hpp"

namespace duly::trace {

Recording record(const Program& program, const Case& facts, const Decision& decision, std::optional<SubjectId> first) {
  Recording recording;
  narrate(program, facts, decision, first, [&](const Event& event) { recording.push_back(event); });
  return recording;
}

bool State::has_read(FactId fact) const { return std::find(facts.begin(), facts.end(), fact) != facts.end(); }

const State::Settled* State::find(SubjectId subject) const {
  const auto found =
      std::find_if(settled.begin(), settled.end(), [&](const Settled& each) { return each.subject == subject; });
  return found == settled.end() ? nullptr : &*found;
}

namespace {

/// Takes one event into what is known.
struct Reader {
  State& state;

  void operator()(const QuestionReached& event) { state.open.push_back(event.subject); }
  void operator()(const StepReached&) {}
  void operator()(const StepAnswered&) {}
  void operator()(const FactRead& event) { state.facts.push_back(event.fact); }
  void operator()(const ConditionTried&) {}
  void operator()(const RuleTried& event) {
    if (event.applies == Extent::every) state.applied.push_back(event.rule);
  }
  void operator()(const RuleSetAside& event) { state.set_aside.push_back(event); }
  void operator()(const DutyLaid& event) {
    settle({event.action, Status::decided, static_cast<Scalar>(event.duty), {}});
  }
  void operator()(const ValueSettled& event) { settle({event.subject, event.status, event.value, event.text}); }
  void operator()(const SafeguardWatched& event) { state.safeguards.push_back(event); }

  void settle(State::Settled settled) {
    if (!state.open.empty()) state.open.pop_back();  // questions close in the order in which they nest
    state.settled.push_back(std::move(settled));
  }
};

}  // namespace

State state_at(const Recording& recording, std::size_t index) {
  State state;
  for (std::size_t i = 0; i <= index && i < recording.size(); ++i) std::visit(Reader{state}, recording[i].what);
  return state;
}

bool Cursor::go_to(std::size_t index) {
  if (empty()) return false;
  index = std::min(index, recording_->size() - 1);
  const bool moved = index != index_;
  index_ = index;
  return moved;
}

bool Cursor::next() { return go_to(index_ + 1); }
bool Cursor::back() { return index_ > 0 && go_to(index_ - 1); }
bool Cursor::start() { return go_to(0); }
bool Cursor::end() { return !empty() && go_to(recording_->size() - 1); }

template <class Wanted>
bool Cursor::next_where(Wanted wanted) {
  for (std::size_t i = index_ + 1; i < recording_->size(); ++i) {
    if (wanted((*recording_)[i])) return go_to(i);
  }
  return false;
}

bool Cursor::next_rule() {
  return next_where([](const Event& event) { return std::holds_alternative<RuleTried>(event.what); });
}

bool Cursor::next_decision(const Program& program) {
  return next_where([&](const Event& event) {
    const auto* settled = std::get_if<ValueSettled>(&event.what);
    return settled != nullptr && at(program.subjects, settled->subject).kind == SubjectKind::decision;
  });
}

}  // namespace duly::trace
