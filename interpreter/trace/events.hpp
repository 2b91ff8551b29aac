#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "interpreter/eval/decision.hpp"
#include "interpreter/eval/walk.hpp"
#include "lang/program/program.hpp"

/// What a reader comes upon who works out a case with the policy in hand: one stream of events, for stepping,
/// explaining, coverage and hosts. An event holds ids, numbers and short copies; it refers to nothing.
namespace duly::trace {

/// A decision, a definition, an agreement's value or an action's duty has to be worked out. Each is worked out once.
struct QuestionReached {
  SubjectId subject;
  friend bool operator==(const QuestionReached&, const QuestionReached&) = default;
};

/// A procedure has come to one of its steps.
struct StepReached {
  StepId step;
  std::uint32_t number = 1;    // its place in the procedure, from 1
  Truth reached = Truth::yes;  // unknown where an earlier answer is not known; never no
  friend bool operator==(const StepReached&, const StepReached&) = default;
};

/// The answer to that step, and where it leads.
struct StepAnswered {
  StepId step;
  std::uint32_t number = 1;
  bool known = false;
  Scalar answer = 0;              // where known
  std::optional<RuleId> outcome;  // the answer's rule, where it leads to an outcome; else on to the next step
  friend bool operator==(const StepAnswered&, const StepAnswered&) = default;
};

/// A fact was looked up. Each is told once, where it is first read.
struct FactRead {
  FactId fact;
  bool known = false;
  Scalar value = 0;  // where known, and no text
  std::string text;  // of a text
  friend bool operator==(const FactRead&, const FactRead&) = default;
};

/// What a comparison looked up: a fact, a value, the duty about an action. Where it counts time, the date.
struct ValueRead {
  Term term;
  bool known = false;
  Scalar value = 0;  // where known
  friend bool operator==(const ValueRead&, const ValueRead&) = default;
};

/// A part of a condition: one side of `and` or `or`, an item of a list.
struct ConditionPart {
  NodeId node;
  std::optional<ItemId> item;
  std::uint32_t level = 0;  // parts of parts lie one deeper and come right after their whole
  Truth truth = Truth::unknown;
  std::vector<ValueRead> reads = {};  // of a single comparison; else empty
  friend bool operator==(const ConditionPart&, const ConditionPart&) = default;
};

/// The condition of a rule, or what a safeguard watches, with the truth of each part.
struct ConditionTried {
  std::optional<RuleId> rule;
  std::optional<SafeguardId> safeguard;
  NodeId node;
  Truth truth = Truth::unknown;
  std::vector<ConditionPart> parts = {};  // empty where the condition is a single comparison
  std::vector<ValueRead> reads = {};      // of that comparison
  friend bool operator==(const ConditionTried&, const ConditionTried&) = default;
};

/// Whether a rule applies. Answers of a procedure are told only where they apply or may.
struct RuleTried {
  RuleId rule;
  Extent applies = Extent::none;  // `some`: more has to be known
  bool condition_holds = false;   // and where it does not apply all the same, no rule applies in whose place it stands
  std::vector<RuleId> in_place_of;
  std::optional<Scalar> value;  // what it says: an outcome, a value, a Duty; null for texts and for what is not known
  friend bool operator==(const RuleTried&, const RuleTried&) = default;
};

/// A rule applies, and gives way to another.
struct RuleSetAside {
  RuleId rule;
  RuleId by;
  friend bool operator==(const RuleSetAside&, const RuleSetAside&) = default;
};

/// A duty holds.
struct DutyLaid {
  SubjectId action;
  Duty duty = Duty::none;
  std::vector<RuleId> rules;  // that lay it in that strength
  friend bool operator==(const DutyLaid&, const DutyLaid&) = default;
};

/// What a question came to. An action without a duty is settled too, with Duty::none.
struct ValueSettled {
  SubjectId subject;
  Status status = Status::undecided;
  Scalar value = 0;           // where decided
  std::string text;           // of a text
  std::vector<FactId> needs;  // where undecided
  std::vector<RuleId> rules;  // left, and so what it rests on; those that disagree where it is in conflict
  friend bool operator==(const ValueSettled&, const ValueSettled&) = default;
};

/// A safeguard was held against what came out.
struct SafeguardWatched {
  SafeguardId safeguard;
  Truth holds = Truth::unknown;
  friend bool operator==(const SafeguardWatched&, const SafeguardWatched&) = default;
};

/// How the parts of a condition, or of a part of it, come to the whole.
enum class Joint : std::uint8_t { none, all, any, not_all, not_any };

/// `none`: a single comparison, which has no parts.
Joint joint(const Program& program, NodeId condition);

using What = std::variant<QuestionReached, StepReached, StepAnswered, FactRead, ConditionTried, RuleTried, RuleSetAside,
                          DutyLaid, ValueSettled, SafeguardWatched>;

struct Event {
  std::uint32_t depth = 0;           // how many questions stand open around it
  std::optional<SubjectId> subject;  // the innermost of them; null for safeguards
  What what;
  friend bool operator==(const Event&, const Event&) = default;
};

/// Receives the events in order. What it is given may be kept.
using Observer = std::function<void(const Event&)>;

}  // namespace duly::trace
