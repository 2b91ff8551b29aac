#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "interpreter/trace/events.hpp"
#include "lang/diagnostics/diagnostic.hpp"

namespace duly::trace {

/// A part of a condition as a step shows it.
struct PartWords {
  std::string text;
  std::uint32_t level = 0;
  Truth truth = Truth::unknown;
};

/// An event for people: one sentence, and below it the parts of a condition where there are any.
struct StepWords {
  std::string text;
  std::vector<PartWords> parts;
  std::vector<ProvisionId> cites;  // what it rests on, each once
  Span span = nowhere;             // where the policy says so
};

/// The words for an event of this program.
StepWords words(const Program& program, const Event& event);

/// `met`, `not met`, `not known`: of a part of a condition, for `no: not: …` is hard to read.
std::string_view to_string(Truth truth);

/// A fact with what is known of it: `The child's age: 11 years`, `The child's age: not known`.
std::string fact_in_words(const Program& program, FactId fact, bool known, Scalar value, std::string_view text);

/// Likewise a subject: `Whose consent counts: A parent`.
std::string subject_in_words(const Program& program, SubjectId subject, bool known, Scalar value);

/// What a subject came to: `A parent`, `must`, `not known yet`, `the rules disagree`.
std::string outcome_in_words(const Program& program, SubjectId subject, Status status, Scalar value,
                             std::string_view text);

/// What a rule says, in words: an outcome, a value, or a duty. `value` is null where it is not known.
std::string saying(const Program& program, RuleId rule, std::optional<Scalar> value);

/// The full name of a provision, and its title.
std::string provision_in_words(const Program& program, ProvisionId provision);

}  // namespace duly::trace
