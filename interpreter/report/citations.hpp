#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "interpreter/eval/decision.hpp"
#include "interpreter/eval/walk.hpp"

/// What of a policy cites a provision of its sources: the links from guidance to rules.
namespace duly {

enum class CitingKind : std::uint8_t {
  rule,
  answer,  // of a procedure's step
  step,
  item,
  definition,
  decision,
  fact,
  action,
  choice,
  procedure,
  record,
  field,
  safeguard,
  agreement,
  test_case,
};

std::string_view to_string(CitingKind kind);  // "list item"

/// One case of a policy, run.
struct CaseRun {
  const Program& program;
  const TestCase& test_case;
  const Case& facts;
  const Walk& walk;
  const Decision& decision;
};

/// Something that cites, and when a case puts it to use: a rule that applies, an item that is true, a fact that is
/// known, a record that is to be filled in.
struct Citing {
  CitingKind kind = CitingKind::rule;
  std::string name;  // with its module
  std::string title;
  Span span;
  std::vector<ProvisionId> cites;  // never empty
  std::function<bool(const CaseRun&)> exercised;
};

/// All that cites anything, without what a `redefine` has replaced. Refers to the program in `exercised` alone.
std::vector<Citing> citing_things(const Program& program);

}  // namespace duly
