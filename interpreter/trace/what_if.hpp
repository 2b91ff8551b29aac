#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "interpreter/eval/case.hpp"
#include "interpreter/trace/recording.hpp"

/// What if one fact were otherwise: the change, and where the two paths part.
namespace duly::trace {

/// A fact with another value, or unknown.
struct Change {
  FactId fact;
  std::optional<Scalar> value;  // null: unknown
  std::string text;             // of a text
};

/// A change as it was asked for, or why it is none: a sentence without a full stop, and a way to mend it.
struct ChangeReading {
  std::optional<Change> change;
  std::string problem, help;
};

/// Reads `child.age=12` (or `child.age is 12`); the value as policies write it, or `unknown`.
ChangeReading read_change(const Program& program, std::string_view text);
/// The value alone, for a fact that is chosen.
ChangeReading read_change(const Program& program, FactId fact, std::string_view value);

void apply(Case& facts, const Change& change);
/// `The child's age: 12 years`
std::string in_words(const Program& program, const Change& change);

/// The answers that a fact can take, where they can be numbered; empty for numbers, dates, sets and texts.
std::vector<Scalar> answers_of(const Program& program, FactId fact);

/// Where two recordings of one program part: the first step that is not the same, other than the reading of the facts
/// that were changed.
struct Parting {
  std::size_t before = 0, after = 0;              // the steps; one past the end where that path is over
  std::optional<SubjectId> subject;               // what was being worked out; null for safeguards
  std::vector<RuleId> rules_before, rules_after;  // what that came to rest on, on either path
};
/// Null where all steps are the same.
std::optional<Parting> parting(const Recording& before, const Recording& after, const std::vector<FactId>& changed);

/// The rules on which a subject rests by a recording; empty where none did.
std::vector<RuleId> rests_on(const Recording& recording, SubjectId subject);

}  // namespace duly::trace
