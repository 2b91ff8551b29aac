#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "interpreter/analysis/differences.hpp"
#include "interpreter/cli/case_argument.hpp"
#include "interpreter/cli/commands.hpp"
#include "interpreter/report/comparison.hpp"
#include "interpreter/report/shared_cases.hpp"
#include "lang/diagnostics/near_names.hpp"

namespace duly::cli {
namespace {

constexpr std::size_t case_bytes = 16U << 20;
constexpr std::size_t examples_tried = 24;  // of each parting; those that differ in their reasons are shown

/// The policies, opened and kept while they are compared.
class Policies {
 public:
  /// False where one cannot be compared; the reason has been said, and `exit_code` is set.
  bool open(Terminal& terminal, const SearchPath& path, const CompareOptions& options) {
    for (const std::string& file : options.policies) {
      opened_.push_back(open_policy(terminal, path, file));
      if (!opened_.back().compiled) {
        exit_code = opened_.back().exit_code;
        return false;
      }
    }
    for (std::size_t i = 0; i < opened_.size(); ++i) {
      const Program& program = *opened_[i].compiled->program;
      const ChosenDecision chosen = choose_decision(terminal, program, options.decision);
      if (!chosen.subject) {
        if (chosen.exists) terminal.error(fmt::format("`{}` has no decision to compare", program.policy().name));
        exit_code = misused;
        return false;
      }
      compared.emplace_back(program, opened_[i].compiled->sources, *chosen.subject, options.policies[i],
                            label(i, options.policies[i]));
    }
    return same_decision(terminal);
  }

  std::vector<ComparedPolicy> compared;
  int exit_code = done;

 private:
  std::string label(std::size_t index, const std::string& file) const {
    const std::string& name = opened_[index].compiled->program->policy().name;
    const auto same = std::count_if(opened_.begin(), opened_.end(), [&](const OpenedPolicy& other) {
      return other.compiled->program->policy().name == name;
    });
    return same > 1 ? file : name;
  }

  bool same_decision(Terminal& terminal) {
    const auto name = [](const ComparedPolicy& policy) { return at(policy.program.subjects, policy.decision).name; };
    for (const ComparedPolicy& policy : compared) {
      if (name(policy) == name(compared.front())) continue;
      exit_code = terminal.error(fmt::format("`{}` decides `{}`, and `{}` decides `{}`", compared.front().label,
                                             name(compared.front()), policy.label, name(policy)),
                                 "Name one that they share with `--decision`.");
      return false;
    }
    return true;
  }

  std::vector<OpenedPolicy> opened_;
};

/// The cases that were asked for. Null, and said, where they cannot be read.
std::optional<SharedCases> read_cases(Terminal& terminal, const Policies& policies, const CompareOptions& options,
                                      int& exit_code) {
  const bool several = !options.cases_file.empty();
  const std::string& argument = several ? options.cases_file : options.case_argument;
  std::string title;
  FileText read;
  if (argument == "-") {
    read = read_standard_input(case_bytes);
  } else {
    for (const ComparedPolicy& policy : policies.compared) {
      const auto found = several ? std::nullopt : policy.program.find_case(argument);
      if (!found || read.text) continue;
      const TestCase& test_case = at(policy.program.cases, *found);
      title = test_case.title;
      read.text = write_case_json(policy.program, make_case(policy.program, test_case));
    }
    if (!read.text) read = read_file(argument, case_bytes);
  }
  if (!read.text) {
    const bool may_be_a_name = !several && argument.find_first_of("/.") == std::string::npos;
    exit_code =
        may_be_a_name
            ? terminal.error(fmt::format("None of the policies has a case `{}`, and there is no such file", argument),
                             "CASE is the name of a `case` in one of them, a JSON file, or `-`.")
            : report_unreadable(terminal, fmt::format("`{}` cannot be read: {}", argument, read.problem));
    return std::nullopt;
  }
  const std::string name = argument == "-" ? "standard input" : argument;
  SharedCases cases = several ? read_shared_cases(*read.text)
                              : read_shared_case(*read.text, argument == "-" ? std::string("case") : argument);
  if (cases.errors.empty()) {
    if (!title.empty()) cases.cases.front().title = title;
    return cases;
  }
  terminal.err(render_text(name, *read.text, cases.errors, terminal.colors_err()));
  exit_code = wrong;
  return std::nullopt;
}

/// Compares each case, or says what is wrong with one.
class CaseComparer {
 public:
  CaseComparer(Terminal& terminal, Policies& policies) : terminal_(terminal), policies_(policies.compared) {}

  std::optional<std::vector<CaseComparison>> compare(const std::vector<SharedCase>& cases) {
    std::vector<CaseComparison> result;
    for (const SharedCase& each : cases) {
      std::vector<Case> read;
      std::vector<std::vector<std::string>> left_out;
      for (const ComparedPolicy& policy : policies_) {
        SharedReading reading = read_for(policy.program, each, [&](const std::string& fact) { return is_known(fact); });
        for (const CaseError& error : reading.errors) report(each, policy, error);
        if (reading.facts) read.push_back(std::move(*reading.facts));
        left_out.push_back(std::move(reading.left_out));
      }
      if (read.size() < policies_.size()) continue;
      CaseComparison comparison = compare_case(policies_, read);
      comparison.name = each.name;
      comparison.title = each.title;
      for (std::size_t i = 0; i < policies_.size(); ++i) comparison.sides[i].left_out = std::move(left_out[i]);
      result.push_back(std::move(comparison));
    }
    if (!told_.empty()) return std::nullopt;
    return result;
  }

 private:
  bool is_known(const std::string& fact) const {
    return std::any_of(policies_.begin(), policies_.end(),
                       [&](const ComparedPolicy& policy) { return policy.program.find_fact(fact).has_value(); });
  }

  /// What is wrong under every policy is said once.
  void report(const SharedCase& shared, const ComparedPolicy& policy, const CaseError& error) {
    if (!told_.insert({shared.name, error.path, error.message}).second) return;
    terminal_.error(
        fmt::format("The case `{}`, as `{}` reads it: {}: {}", shared.name, policy.label, error.path, error.message),
        error.help);
  }

  Terminal& terminal_;
  std::vector<ComparedPolicy>& policies_;
  std::set<std::tuple<std::string, std::string, std::string>> told_;
};

int compare_cases(Terminal& terminal, Policies& policies, const CompareOptions& options) {
  int exit_code = done;
  const auto cases = read_cases(terminal, policies, options, exit_code);
  if (!cases) return exit_code;
  const auto compared = CaseComparer(terminal, policies).compare(cases->cases);
  if (!compared) return wrong;
  switch (options.format) {
    case Format::json: terminal.out(comparison_json(policies.compared, *compared)); break;
    case Format::markdown: terminal.out(comparison_markdown(policies.compared, *compared)); break;
    case Format::text:
    case Format::sarif:
    case Format::tap:
    case Format::junit: terminal.out(comparison_text(policies.compared, *compared, terminal.width())); break;
  }
  return done;
}

int compare_everywhere(Terminal& terminal, Policies& policies, const CompareOptions& options) {
  if (policies.compared.size() != 2) {
    return terminal.error(
        fmt::format("Without a case two policies are compared, and here are {}", policies.compared.size()),
        "Take two, or give `--case` or `--cases`.");
  }
  const ComparedPolicy& first = policies.compared[0];
  const ComparedPolicy& second = policies.compared[1];
  const Differences found = differences({first.program, first.decision}, {second.program, second.decision}, today(),
                                        examples_tried, options.max_nodes);
  const auto partings = compare_partings(policies.compared, found);
  switch (options.format) {
    case Format::json: terminal.out(partings_json(policies.compared, found, partings)); break;
    case Format::markdown: terminal.out(partings_markdown(policies.compared, found, partings)); break;
    case Format::text:
    case Format::sarif:
    case Format::tap:
    case Format::junit: terminal.out(partings_text(policies.compared, found, partings, terminal.width())); break;
  }
  return found.complete ? done : wrong;
}

}  // namespace

int compare(Terminal& terminal, const SearchPath& path, const CompareOptions& options) {
  if (options.policies.size() < 2) {
    return terminal.error("There is only one policy to compare", "Give two policies or more.");
  }
  Policies policies;
  if (!policies.open(terminal, path, options)) return policies.exit_code;
  const bool has_cases = !options.case_argument.empty() || !options.cases_file.empty();
  return has_cases ? compare_cases(terminal, policies, options) : compare_everywhere(terminal, policies, options);
}

}  // namespace duly::cli
