#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "interpreter/report/citations.hpp"
#include "lang/compile.hpp"

/// Coverage: which sentence of guidance became which part of the policies, and what of them the cases show at work.
namespace duly {

struct FilePlace {
  std::string file;
  std::uint32_t line = 0;
};
std::string to_string(const FilePlace& place);  // `stdpolicy/national.policy:88`

using CaseNumber = std::uint32_t;  // an index into Coverage::cases

struct CoveredCase {
  std::string name;  // with its module
  std::string title;
  FilePlace at;
  std::vector<std::string> failures;  // a sentence each; none where it ends as it expects
};

/// The cases in which something is so, and in which it is not. Where more has to be known, neither.
struct BothWays {
  std::vector<CaseNumber> yes, no;
  bool seen() const { return !yes.empty() && !no.empty(); }
};

struct RuleCoverage {
  std::string name;  // with its module
  std::string title;
  FilePlace at;
  std::vector<std::string> cites;
  bool always = false;  // it has no condition, so it cannot be seen not to apply
  BothWays applies;
  std::vector<CaseNumber> left;  // and no other rule prevails over it
  bool covered() const { return always ? !applies.yes.empty() : applies.seen(); }
};

struct ItemCoverage {
  std::string name;  // with its module and its list
  std::string title;
  FilePlace at;
  std::vector<std::string> cites;
  BothWays holds;
};

/// One comparison in the condition of a rule, a definition or a safeguard.
struct ConditionCoverage {
  std::string text;   // as written
  std::string owner;  // the rule or safeguard
  FilePlace at;
  BothWays holds;
};

/// One of the policies that coverage was asked for.
struct PolicyCoverage {
  std::string name, title, version, file;
  std::vector<RuleCoverage> rules;  // as they stand in the file, like all that follows
  std::vector<ItemCoverage> items;
  std::vector<ConditionCoverage> conditions;
};

struct Citation {
  CitingKind kind = CitingKind::rule;
  std::string name, title;
  FilePlace at;
  std::vector<CaseNumber> cases;  // that put it to use
};

struct ProvisionCoverage {
  std::string name;  // `hmg2015.flow_1_purpose`
  std::string says;
  FilePlace at;
  bool is_judgement = false;
  std::string judgement;  // why no rule can decide it
  std::vector<Citation> cited_by;
  std::vector<CaseNumber> cases;  // that put anything to use which cites it

  bool accounted_for() const { return is_judgement || !cited_by.empty(); }
};

struct SourceCoverage {
  std::string name, title, by, dated, url;
  std::string policy;  // that declares it
  std::vector<ProvisionCoverage> provisions;
};

struct Coverage {
  std::vector<PolicyCoverage> policies;
  std::vector<SourceCoverage> sources;
  std::vector<CoveredCase> cases;
  std::vector<std::string> remarks;  // what makes it less than it looks, a sentence each
};

/// A policy to be covered: compiled without errors, and where it stands, for people and for tools.
struct PolicyToCover {
  const Compiled& compiled;
  std::string file;
};

/// Runs each policy's own cases under it. A local policy's cases put rules to use that it inherits; they count for the
/// inherited policy as well, where that is among those given.
Coverage measure_coverage(const std::vector<PolicyToCover>& policies);

// ---- what it comes to ----

enum class Measure : std::uint8_t { provisions_accounted_for, provisions_exercised, rules, items, conditions };
inline constexpr Measure all_measures[] = {Measure::provisions_accounted_for, Measure::provisions_exercised,
                                           Measure::rules, Measure::items, Measure::conditions};
/// Those that can be brought to 100 % in every policy, so that `--require` asks for them.
inline constexpr Measure required_measures[] = {Measure::provisions_accounted_for, Measure::rules, Measure::items};

std::string_view to_string(Measure measure);  // "rules both ways"
std::string_view json_key(Measure measure);   // "rules_both_ways"

struct Tally {
  std::size_t covered = 0;
  std::size_t total = 0;
  /// Of nothing, all is covered.
  bool reaches(int percent) const { return covered * 100 >= total * static_cast<std::size_t>(percent); }
  /// Rounded down, so that nothing but all shows as 100: `99.9`.
  std::string percent() const;
};
Tally tally(const Coverage& coverage, Measure measure);

/// What a measure is short of, a line each: what it is, where it stands, what was never seen.
std::vector<std::string> missing(const Coverage& coverage, Measure measure);

/// The names of cases: at most so many, then how many more there are.
std::string some_cases(const Coverage& coverage, const std::vector<CaseNumber>& cases, std::size_t most);

}  // namespace duly
