#include "interpreter/cli/case_argument.hpp"

#include <fmt/format.h>

#include <filesystem>

#include "interpreter/cli/policy_files.hpp"
#include "interpreter/report/case_json.hpp"
#include "lang/diagnostics/near_names.hpp"

namespace duly::cli {
namespace {

constexpr std::size_t case_bytes = 16u << 20;

OpenedCase read_text(Terminal& terminal, const Program& program, const std::string& name, FileText read) {
  if (!read.text) {
    return {{}, {}, report_unreadable(terminal, fmt::format("`{}` cannot be read: {}", name, read.problem))};
  }
  CaseReading reading = read_case_json(program, *read.text);
  if (reading.facts) return {std::move(reading.facts), std::move(reading.id), done};
  terminal.err(render_text(name, *read.text, reading.errors, terminal.colors_err()));
  return {{}, {}, wrong};
}

/// The cases of several extended modules that bear one name, and so must be written in full.
std::vector<std::string> cases_called(const Program& program, std::string_view name) {
  std::vector<std::string> found;
  for (const TestCase& test_case : program.cases) {
    if (test_case.name == name) found.push_back(test_case.full_name);
  }
  return found;
}

int no_such_case(Terminal& terminal, const Program& program, const std::string& argument) {
  if (const auto several = cases_called(program, argument); several.size() > 1) {
    return terminal.error(fmt::format("Several modules have a case `{}`", argument),
                          fmt::format("Write one in full: {}.", fmt::join(several, ", ")));
  }
  std::vector<std::string> names;
  for (const TestCase& test_case : program.cases) names.push_back(test_case.name);
  for (const TestCase& test_case : program.cases) names.push_back(test_case.full_name);
  std::string help = "A case is the name of a `case` in the policy, a JSON file, or `-` for standard input.";
  if (const auto meant = nearest(argument, names)) help = fmt::format("Did you mean `{}`? {}", *meant, help);
  return terminal.error(
      fmt::format("`{}` has no case `{}`, and there is no such file", program.policy().name, argument), help);
}

}  // namespace

OpenedCase open_case(Terminal& terminal, const Program& program, const std::string& argument) {
  if (argument == "-") return read_text(terminal, program, "standard input", read_standard_input(case_bytes));
  if (const auto found = program.find_case(argument)) {
    return {make_case(program, at(program.cases, *found)), std::nullopt, done};
  }
  std::error_code ignored;
  const bool is_path = argument.find('/') != std::string::npos || argument.ends_with(".json");
  if (!is_path && !std::filesystem::exists(argument, ignored)) {
    return {{}, {}, no_such_case(terminal, program, argument)};
  }
  return read_text(terminal, program, argument, read_file(argument, case_bytes));
}

ChosenDecision choose_decision(Terminal& terminal, const Program& program, const std::string& name) {
  if (name.empty()) return {program.default_decision, true};
  if (const auto found = program.find_decision(name)) return {found, true};
  std::vector<std::string> names;
  for (const Subject& subject : program.subjects) {
    if (subject.kind == SubjectKind::decision) names.push_back(subject.name);
  }
  std::string help = names.empty() ? "It has none." : fmt::format("It has {}.", fmt::join(names, ", "));
  if (const auto meant = nearest(name, names)) help = fmt::format("Did you mean `{}`? {}", *meant, help);
  terminal.error(fmt::format("`{}` has no decision `{}`", program.policy().name, name), help);
  return {std::nullopt, false};
}

}  // namespace duly::cli
