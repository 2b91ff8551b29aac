#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "interpreter/cli/commands.hpp"
#include "interpreter/cli/test_report.hpp"
#include "interpreter/report/coverage_formats.hpp"
#include "interpreter/report/expectations.hpp"
#include "interpreter/report/view.hpp"
#include "lang/diagnostics/near_names.hpp"
#include "lang/diagnostics/render.hpp"

namespace duly::cli {
namespace {

/// Runs the cases of one policy.
class PolicyTester {
 public:
  PolicyTester(const Compiled& compiled, const TestOptions& options)
      : sources_(compiled.sources), program_(*compiled.program), options_(options), decider_(program_) {}

  void run(PolicyResult& result) {
    for (const TestCase& test_case : program_.cases) {
      const bool own = test_case.module.index + 1 == program_.modules.size();
      if (!matches(test_case) || (!own && !options_.inherited)) continue;
      CaseResult outcome = run(test_case);
      if (own) {
        result.cases.push_back(std::move(outcome));
        continue;
      }
      ++result.inherited;
      if (!outcome.passed()) result.come_out_differently.push_back(std::move(outcome));
    }
  }

 private:
  bool matches(const TestCase& test_case) const {
    return test_case.full_name.find(options_.filter) != std::string::npos ||
           test_case.title.find(options_.filter) != std::string::npos;
  }

  CaseResult run(const TestCase& test_case) {
    CaseResult result;
    result.name = test_case.full_name;
    result.title = test_case.title;
    result.at = place(sources_, test_case.span);
    const CaseOutcome outcome = run_case(program_, decider_, test_case);
    for (const ExpectationFailure& failure : outcome.failures) {
      FailedExpectation failed{place(sources_, failure.span), failure.expected, failure.found, failure.status, {}, {}};
      for (const RuleId id : failure.rules) {
        const Rule& rule = at(program_.rules, id);
        failed.rules.push_back({rule.full_name, rule.title, place(sources_, rule.span)});
      }
      for (const FactId fact : failure.needs) failed.needs.push_back(at(program_.facts, fact).name);
      result.failures.push_back(std::move(failed));
    }
    for (const SafeguardId id : outcome.broken) {
      const Safeguard& safeguard = at(program_.safeguards, id);
      result.broken.push_back({safeguard.full_name, safeguard.title, place(sources_, safeguard.span)});
    }
    result.only_needs_new_facts = outcome.broken.empty() && !outcome.failures.empty() &&
                                  std::all_of(outcome.failures.begin(), outcome.failures.end(), [&](const auto& each) {
                                    return each.status == Status::undecided && are_new_to(test_case, each.needs);
                                  });
    return result;
  }

  /// Facts of modules that the case's module does not build on, so that the case could not give them.
  bool are_new_to(const TestCase& test_case, const std::vector<FactId>& facts) const {
    const Module& own = at(program_.modules, test_case.module);
    return !facts.empty() && std::all_of(facts.begin(), facts.end(), [&](FactId id) {
      const ModuleId module = at(program_.facts, id).module;
      return module != test_case.module &&
             std::find(own.all_extends.begin(), own.all_extends.end(), module) == own.all_extends.end();
    });
  }

  const SourceMap& sources_;
  const Program& program_;
  const TestOptions& options_;
  Decider decider_;
};

/// Every policy that the paths mean, each once. Null where a path means nothing.
std::optional<std::vector<std::string>> policies_below(Terminal& terminal, const std::vector<std::string>& paths) {
  std::vector<std::string> result;
  std::set<std::string> seen;
  bool all_there = true;
  for (const std::string& path : paths) {
    const auto found = policies_at(terminal, path, paths.size() == 1);
    all_there = all_there && found.has_value();
    if (!found) continue;
    for (const std::string& policy : *found) {
      std::error_code ignored;
      const std::string same =
          is_standard_policy(policy) ? policy : std::filesystem::weakly_canonical(policy, ignored).string();
      if (seen.insert(same).second) result.push_back(policy);
    }
  }
  if (!all_there || result.empty()) return std::nullopt;
  return result;
}

Coverage coverage_of(const std::vector<std::pair<std::string, OpenedPolicy>>& opened) {
  std::vector<PolicyToCover> policies;
  for (const auto& [file, policy] : opened) policies.push_back({*policy.compiled, file});
  return measure_coverage(policies);
}

}  // namespace

int test(Terminal& terminal, const SearchPath& path, const TestOptions& options) {
  const auto policies = policies_below(terminal, options.paths);
  if (!policies) return misused;

  TestResults results;
  std::vector<std::pair<std::string, OpenedPolicy>> covered;  // where coverage is asked for
  bool all_read = true;
  std::size_t cases = 0;
  for (const std::string& policy : *policies) {
    PolicyResult result;
    result.file = policy;
    OpenedPolicy opened = read_policy(terminal, path, policy, /*lint=*/false);
    if (!opened.compiled) {
      result.diagnostics = fmt::format("`{}` cannot be read", policy);
      all_read = false;
    } else if (!opened.compiled->program) {
      const Compiled& compiled = *opened.compiled;
      terminal.err(render_text(compiled.sources, compiled.diagnostics, {terminal.colors_err()}));
      result.diagnostics = render_text(compiled.sources, compiled.diagnostics);
    } else {
      PolicyTester(*opened.compiled, options).run(result);
      if (options.coverage) covered.emplace_back(repository_file(policy), std::move(opened));
    }
    if (!result.diagnostics.empty()) ++results.failed;
    for (const CaseResult& outcome : result.cases) ++(outcome.passed() ? results.passed : results.failed);
    cases += result.cases.size() + result.inherited;
    results.policies.push_back(std::move(result));
  }
  const std::optional<Coverage> coverage = options.coverage ? std::optional(coverage_of(covered)) : std::nullopt;
  terminal.out(report_tests(results, options.format, coverage ? &*coverage : nullptr));
  if (coverage && options.format != Format::text && options.format != Format::json) {
    terminal.err(coverage_text(*coverage, /*verbose=*/false));
  }
  if (coverage) {
    for (const std::string& remark : coverage->remarks) terminal.err(fmt::format("note: {}\n", remark));
  }
  if (!all_read) return misused;
  if (cases == 0 && results.failed == 0 && !options.filter.empty()) {
    return terminal.error(fmt::format("No case has `{}` in its name or title", options.filter));
  }
  return results.failed > 0 ? wrong : done;
}

}  // namespace duly::cli
