#pragma once

#include <cstddef>
#include <vector>

#include "interpreter/trace/events.hpp"

namespace duly::trace {

/// The events of one case, kept. Refers to nothing.
using Recording = std::vector<Event>;

/// Narrates into a recording.
Recording record(const Program& program, const Case& facts, const Decision& decision, std::optional<SubjectId> first);

/// What is known to a reader who has come up to an event, that event included.
struct State {
  struct Settled {
    SubjectId subject;
    Status status = Status::undecided;
    Scalar value = 0;  // where decided; of an action a Duty
    std::string text;  // of a text
    friend bool operator==(const Settled&, const Settled&) = default;
  };
  std::vector<FactId> facts;     // read so far, in order, known or not
  std::vector<SubjectId> open;   // questions that are being worked out, the outermost first
  std::vector<Settled> settled;  // in order
  std::vector<RuleId> applied;   // rules that apply in every way
  std::vector<RuleSetAside> set_aside;
  std::vector<SafeguardWatched> safeguards;

  bool has_read(FactId fact) const;
  /// Null where it is not settled yet.
  const Settled* find(SubjectId subject) const;

  friend bool operator==(const State&, const State&) = default;
};

/// The state after the event at `index`; the empty state for an empty recording.
State state_at(const Recording& recording, std::size_t index);

/// A place in a recording. Moving never changes the recording, so going back is exact. Keeps a reference.
class Cursor {
 public:
  explicit Cursor(const Recording& recording) : recording_(&recording) {}

  bool empty() const { return recording_->empty(); }
  std::size_t index() const { return index_; }
  const Event& event() const { return (*recording_)[index_]; }  // there must be one
  State state() const { return state_at(*recording_, index_); }

  // Each says whether it moved.
  bool next();
  bool back();
  bool start();
  bool end();
  bool go_to(std::size_t index);               // the last event where the index lies beyond it
  bool next_rule();                            // the next rule that is tried
  bool next_decision(const Program& program);  // the next decision that is settled

 private:
  template <class Wanted>
  bool next_where(Wanted wanted);

  const Recording* recording_;
  std::size_t index_ = 0;
};

}  // namespace duly::trace
