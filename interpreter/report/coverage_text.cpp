#include <fmt/format.h>

#include <algorithm>

#include "interpreter/report/coverage_formats.hpp"

namespace duly {
namespace {

constexpr std::size_t cases_shown = 5;

std::string counted(std::size_t number, std::string_view what) {
  return fmt::format("{} {}{}", number, what, number == 1 ? "" : "s");
}

class TextReport {
 public:
  explicit TextReport(const Coverage& coverage) : coverage_(coverage) {}

  std::string write(bool verbose) {
    summary();
    failing_cases();
    for (const Measure measure : all_measures) {
      const std::vector<std::string> lines = missing(coverage_, measure);
      if (lines.empty()) continue;
      line("\nMissing: {}", to_string(measure));
      for (const std::string& each : lines) line("  {}", each);
    }
    if (verbose) everything();
    return std::move(out_);
  }

 private:
  template <class... Args>
  void line(fmt::format_string<Args...> format, Args&&... args) {
    fmt::format_to(std::back_inserter(out_), format, std::forward<Args>(args)...);
    out_ += '\n';
  }

  void summary() {
    std::vector<std::string> names;
    for (const PolicyCoverage& policy : coverage_.policies) names.push_back(policy.name);
    line("{}: {}", fmt::join(names, ", "), counted(coverage_.cases.size(), "case"));
    for (const Measure measure : all_measures) {
      const Tally counts = tally(coverage_, measure);
      if (counts.total == 0) {
        line("  {:<30}  there are none", to_string(measure));
      } else {
        line("  {:<30}  {:>5} % ({} of {})", to_string(measure), counts.percent(), counts.covered, counts.total);
      }
    }
  }

  void failing_cases() {
    bool any = false;
    for (const CoveredCase& test_case : coverage_.cases) {
      if (test_case.failures.empty()) continue;
      if (!any) line("\nCases that do not end as they expect");
      any = true;
      line("  {} \"{}\" ({})", test_case.name, test_case.title, to_string(test_case.at));
    }
  }

  // ---- with --verbose ----

  void everything() {
    for (const SourceCoverage& source : coverage_.sources) {
      line("\n{} \"{}\"", source.name, source.title);
      for (const ProvisionCoverage& each : source.provisions) provision(each);
    }
    for (const PolicyCoverage& policy : coverage_.policies) {
      line("\n{} ({})", policy.name, policy.file);
      for (const RuleCoverage& rule : policy.rules) {
        line("  rule {} \"{}\" ({}): applies in {}, not in {}; is left in {}", rule.name, rule.title,
             to_string(rule.at), counted(rule.applies.yes.size(), "case"), rule.applies.no.size(), rule.left.size());
      }
      for (const ItemCoverage& item : policy.items) {
        line("  list item {} \"{}\" ({}): {}", item.name, item.title, to_string(item.at), sides(item.holds));
      }
      for (const ConditionCoverage& condition : policy.conditions) {
        line("  condition `{}` in {} ({}): {}", condition.text, condition.owner, to_string(condition.at),
             sides(condition.holds));
      }
    }
  }

  void provision(const ProvisionCoverage& provision) {
    line("  {} \"{}\" ({})", provision.name, provision.says, to_string(provision.at));
    if (provision.is_judgement) line("    judgement: {}", provision.judgement);
    if (!provision.accounted_for()) line("    nothing cites it");
    for (const Citation& citation : provision.cited_by) {
      line("    {} {} \"{}\" ({}), cases: {}", to_string(citation.kind), citation.name, citation.title,
           to_string(citation.at), some_cases(coverage_, citation.cases, cases_shown));
    }
  }

  static std::string sides(const BothWays& sides) {
    return fmt::format("true in {}, false in {}", counted(sides.yes.size(), "case"), sides.no.size());
  }

  const Coverage& coverage_;
  std::string out_;
};

}  // namespace

std::string coverage_text(const Coverage& coverage, bool verbose) { return TextReport(coverage).write(verbose); }

}  // namespace duly
