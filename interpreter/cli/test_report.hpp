#pragma once

#include <string>
#include <vector>

#include "interpreter/cli/commands.hpp"
#include "interpreter/report/coverage.hpp"

namespace duly::cli {

/// A rule as a report names it.
struct NamedRule {
  std::string name, title, at;
};

struct FailedExpectation {
  std::string at;                   // `harbour.policy:70`
  std::string expected;             // `sharing is may_share`
  std::string found;                // `sharing is conflict`
  Status status = Status::decided;  // of what was found
  std::vector<NamedRule> rules;     // that decided it, or disagree
  std::vector<std::string> needs;   // facts, where more has to be known
};

struct CaseResult {
  std::string name;  // with its module
  std::string title, at;
  std::vector<FailedExpectation> failures;
  std::vector<NamedRule> broken;  // safeguards that broke and that it does not expect to

  bool only_needs_new_facts = false;  // an inherited case: nothing else differs than that this policy has more to ask

  bool passed() const { return failures.empty() && broken.empty(); }
};

struct PolicyResult {
  std::string file;         // as it was found
  std::string diagnostics;  // why it could not be tested; empty where it could
  std::vector<CaseResult> cases;
  std::size_t inherited = 0;                     // extended modules' cases that ran under this policy
  std::vector<CaseResult> come_out_differently;  // those of them that no longer end as they expect: no failures
};

struct TestResults {
  std::vector<PolicyResult> policies;
  std::size_t passed = 0;
  std::size_t failed = 0;
};

/// All results in a format. The text closes with `N passed, N failed` alone on its last line. `coverage`, where it is
/// not null, stands before the results in the text and beside them in the JSON; the other formats have no place for it.
std::string report_tests(const TestResults& results, Format format, const Coverage* coverage = nullptr);

}  // namespace duly::cli
