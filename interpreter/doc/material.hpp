#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "interpreter/report/coverage.hpp"
#include "lang/compile.hpp"

namespace duly::doc {

/// Something that reads a fact or a definition: a rule, a safeguard, a record.
struct Reader {
  enum class Kind : std::uint8_t { rule, safeguard, record };
  Kind kind = Kind::rule;
  std::uint32_t index = 0;
  friend constexpr auto operator<=>(const Reader&, const Reader&) = default;
};

/// What every page reads: the Program, what its cases put to use, and what reads what.
class Material {
 public:
  explicit Material(const Compiled& compiled);

  const Program& program;
  const SourceMap& sources;
  /// Of the policy and of every module that it builds on, each with its own cases, as `duly coverage` counts it.
  Coverage coverage;

  bool is_own(ModuleId module) const { return module.index + 1 == program.modules.size(); }

  /// What the cases show of a rule; null for a rule that nobody wrote.
  const RuleCoverage* covered(RuleId rule) const;
  /// A case by its number in the coverage; null where the policy does not have it.
  std::optional<CaseId> case_of(CaseNumber number) const;
  const CoveredCase* covered(CaseId test_case) const;
  /// The rules that are left in a case, once others have prevailed; in their order.
  const std::vector<RuleId>& left_in(CaseId test_case) const;
  /// The cases that expect a rule by name.
  const std::vector<CaseId>& expecting(RuleId rule) const;

  const std::vector<Reader>& readers_of(FactId fact) const;
  const std::vector<Reader>& readers_of(SubjectId subject) const;

 private:
  void note_cases();
  void note_readers();
  void note_reader(NodeId condition, Reader reader);
  void note_reader(const Term& term, Reader reader);

  std::map<std::string, const RuleCoverage*> rules_by_name_;
  std::map<std::string, CaseId> cases_by_name_;
  std::map<CaseId, const CoveredCase*> covered_cases_;
  std::map<CaseId, std::vector<RuleId>> left_in_;
  std::map<RuleId, std::vector<CaseId>> expecting_;
  std::map<FactId, std::vector<Reader>> fact_readers_;
  std::map<SubjectId, std::vector<Reader>> subject_readers_;
};

}  // namespace duly::doc
