#pragma once

#include <string>
#include <vector>

#include "interpreter/report/reasons.hpp"

namespace duly {

/// An expectation of a case that does not hold: what was written, what came out, and the rules that made it
/// so.
struct ExpectationFailure {
  Span span;                        // of the expectation
  std::string expected;             // in the policy's words: `sharing is may_share because derby.differing_views`
  std::string found;                // likewise: `sharing is do_not_share`
  Status status = Status::decided;  // of what was found
  std::vector<RuleId> rules;        // that decided it, or disagree about it; empty where none applied
  std::vector<FactId> needs;        // where more is needed
};

struct CaseOutcome {
  std::vector<ExpectationFailure> failures;
  std::vector<SafeguardId> broken;  // safeguards that broke and whose breaking no expectation names

  bool passed() const { return failures.empty() && broken.empty(); }
};

/// Decides a case and holds what comes out against what it expects.
CaseOutcome run_case(const Program& program, Decider& decider, const TestCase& test_case);

}  // namespace duly
