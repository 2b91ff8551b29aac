#include <fmt/format.h>

#include <algorithm>

#include "interpreter/cli/commands.hpp"
#include "interpreter/cli/output_file.hpp"
#include "interpreter/report/coverage_formats.hpp"

namespace duly::cli {
namespace {

std::string report(const Coverage& coverage, const CoverageOptions& options) {
  switch (options.format) {
    case CoverageFormat::text: return coverage_text(coverage, options.verbose);
    case CoverageFormat::json: return coverage_json(coverage);
    case CoverageFormat::html: return coverage_html(coverage);
    case CoverageFormat::lcov: return coverage_lcov(coverage);
  }
  return {};
}

bool report_failing_cases(Terminal& terminal, const Coverage& coverage) {
  bool any = false;
  for (const CoveredCase& test_case : coverage.cases) {
    if (test_case.failures.empty()) continue;
    any = true;
    terminal.error(
        fmt::format("The case `{}` does not end as it expects ({})", test_case.name, to_string(test_case.at)));
    for (const std::string& failure : test_case.failures) terminal.err(fmt::format("  {}\n", failure));
  }
  return any;
}

bool report_shortfall(Terminal& terminal, const Coverage& coverage, int percent) {
  bool any = false;
  for (const Measure measure : required_measures) {
    const Tally counts = tally(coverage, measure);
    if (counts.reaches(percent)) continue;
    any = true;
    terminal.error(fmt::format("{}: {} % ({} of {}), and {} % is required", to_string(measure), counts.percent(),
                               counts.covered, counts.total, percent));
    for (const std::string& line : missing(coverage, measure)) terminal.err(fmt::format("  {}\n", line));
  }
  return any;
}

}  // namespace

int coverage(Terminal& terminal, const SearchPath& path, const CoverageOptions& options) {
  int exit_code = done;
  const auto worse = [&](int other) { exit_code = std::max(exit_code, other); };
  std::vector<std::pair<std::string, OpenedPolicy>> opened;
  for (const std::string& argument : options.policies) {
    const auto found = policies_at(terminal, argument, options.policies.size() == 1);
    if (!found) worse(misused);
    for (const std::string& policy : found.value_or(std::vector<std::string>())) {
      OpenedPolicy next = open_policy(terminal, path, policy);
      worse(next.exit_code);
      if (next.compiled) opened.emplace_back(repository_file(policy), std::move(next));
    }
  }
  if (opened.empty()) return exit_code == done ? misused : exit_code;  // done: folders without policies alone

  std::vector<PolicyToCover> policies;
  for (const auto& [file, policy] : opened) policies.push_back({*policy.compiled, file});
  const Coverage covered = measure_coverage(policies);
  worse(write_output(terminal, options.output, report(covered, options)));
  for (const std::string& remark : covered.remarks) terminal.err(fmt::format("note: {}\n", remark));
  if (report_failing_cases(terminal, covered)) worse(wrong);
  if (options.require && report_shortfall(terminal, covered, *options.require)) worse(wrong);
  return exit_code;
}

}  // namespace duly::cli
