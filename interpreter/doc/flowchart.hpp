#pragma once

#include <optional>
#include <string>
#include <vector>

#include "lang/program/program.hpp"

namespace duly::doc {

/// A procedure as its reader follows it: steps from top to bottom, and where each answer leads.
struct FlowInstead {
  RuleId rule;          // that stands in an ending's place
  std::string outcome;  // in words
};

struct FlowAnswer {
  std::vector<std::string> answers;  // in words: `yes`, `Consent was given`
  std::optional<RuleId> rule;        // the ending; null where it leads on to the next step
  std::string outcome;               // of the ending, in words
  std::vector<FlowInstead> instead;  // the strongest first
  std::vector<RuleId> before;        // others that prevail over this ending, but not over every ending
};

struct FlowStep {
  StepId step;
  std::string title;
  std::optional<RuleId> redefined;  // a `redefine` of what the step asks for
  std::vector<FlowAnswer> answers;  // in the order of the values; what leads on comes last, as one
};

struct Flowchart {
  ProcedureId procedure;
  std::vector<FlowStep> steps;
  std::vector<RuleId> before_all;  // rules of the decision that prevail over every ending, the strongest first
};

Flowchart flowchart_of(const Program& program, ProcedureId procedure);

}  // namespace duly::doc
