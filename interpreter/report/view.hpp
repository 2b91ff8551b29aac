#pragma once

#include <optional>
#include <string>
#include <vector>

#include "interpreter/eval/decision.hpp"
#include "interpreter/report/reasons.hpp"
#include "lang/diagnostics/diagnostic.hpp"

namespace duly {

/// One decision and all that a report about it reads. Refers to everything; it lives as long as the report is
/// made.
struct DecisionView {
  const Program& program;
  const SourceMap& sources;
  const Case& facts;
  const Decision& decision;
  Decider& decider;                     // for the outcomes still possible
  std::optional<SubjectId> asked = {};  // the decision meant; null where the policy has none
  bool only_asked = false;              // leave the other decisions out
};

/// The decisions that a report shows, in the order of the program.
std::vector<SubjectId> decisions_shown(const DecisionView& view);

/// What a decision that is in conflict, has a gap or is unsafe advises; null for others, and where it has no
/// `otherwise`.
std::optional<Scalar> advised(const DecisionView& view, SubjectId subject);

/// Where a span stands, for people: `national.policy:88`.
std::string place(const SourceMap& sources, Span span);

/// What reports call a rule, item or value: always with its module.
std::string full_name(const Program& program, const Reason& reason);
std::string title(const Program& program, const Reason& reason);
Span span(const Program& program, const Reason& reason);

/// The reason's own citations, without those of what it rests on.
const std::vector<ProvisionId>& own_cites(const Program& program, const Reason& reason);

/// All timings of the rules that lay a duty, joined by `; `; empty where there is none.
std::string timing(const Program& program, const std::vector<Reason>& reasons);

/// What a reader of this decision should be told beside it: a day outside the policy's time in force, an
/// answer that may be more careful than it had to be.
std::vector<std::string> decision_warnings(const DecisionView& view);

}  // namespace duly
