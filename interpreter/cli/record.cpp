#include "interpreter/report/record.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "interpreter/cli/case_argument.hpp"
#include "interpreter/cli/commands.hpp"
#include "lang/diagnostics/near_names.hpp"

namespace duly::cli {
namespace {

constexpr std::size_t fields_bytes = 16U << 20;

/// The record that `--record` names; null, and said, where there is none.
std::optional<RecordId> find_record(Terminal& terminal, const Program& program, const std::string& name) {
  std::optional<RecordId> found;
  std::vector<std::string> names;
  for (std::uint32_t i = 0; i < program.records.size(); ++i) {
    const Record& record = program.records[i];
    if (record.full_name == name) return RecordId{i};
    if (record.name == name) found = RecordId{i};  // the policy's own come last
    names.push_back(record.full_name);
  }
  if (found) return found;
  std::string help = names.empty() ? "It has none." : fmt::format("It has {}.", fmt::join(names, ", "));
  if (const auto meant = nearest(name, names)) help = fmt::format("Did you mean `{}`? {}", *meant, help);
  terminal.error(fmt::format("`{}` has no record `{}`", program.policy().name, name), help);
  return std::nullopt;
}

int report(Terminal& terminal, const RecordSheet& sheet, const std::string& name, const std::string& text) {
  for (const RecordProblem& problem : sheet.problems) {
    std::string where;
    if (problem.in_text) {
      const auto line = 1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(problem.offset), '\n');
      where = fmt::format("{}:{}: ", name, line);
    }
    const bool named = problem.path.empty() || problem.message.find(problem.path) != std::string::npos;
    terminal.error(fmt::format("{}{}{}", where, named ? "" : problem.path + ": ", problem.message), problem.help);
  }
  return wrong;
}

}  // namespace

int record(Terminal& terminal, const SearchPath& path, const RecordOptions& options) {
  if (options.fields == "-" && options.case_argument == "-") {
    return terminal.error("The case and the fields cannot both come from standard input",
                          "Give one of them as a file.");
  }
  const OpenedPolicy opened = open_policy(terminal, path, options.policy);
  if (!opened.compiled) return opened.exit_code;
  const Program& program = *opened.compiled->program;
  const ChosenDecision chosen = choose_decision(terminal, program, options.decision);
  if (!chosen.exists) return misused;
  std::optional<RecordId> only;
  if (!options.record.empty()) {
    only = find_record(terminal, program, options.record);
    if (!only) return misused;
  }
  OpenedCase given = open_case(terminal, program, options.case_argument);
  if (!given.facts) return given.exit_code;
  if (options.as_at) given.facts->as_at = *options.as_at;

  Decider decider(program);
  const Decision decision = decider.decide(*given.facts);
  const DecisionView view{.program = program,
                          .sources = opened.compiled->sources,
                          .facts = *given.facts,
                          .decision = decision,
                          .decider = decider,
                          .asked = chosen.subject};
  RecordSheet sheet = open_sheet(view, only);
  for (const RecordId id : sheet.left_out) {
    terminal.err(
        fmt::format("note: `{0}` is left out: it is about another decision, which this case leaves open; "
                    "`--record {0}` takes it all the same\n",
                    at(program.records, id).full_name));
  }
  if (options.fields.empty()) {
    if (!sheet.problems.empty()) return report(terminal, sheet, {}, {});
    if (options.format == Format::markdown) {
      terminal.out(skeleton_markdown(view, sheet));
      return done;
    }
    terminal.err(skeleton_text(view, sheet));
    terminal.out(skeleton_json(view, sheet));
    return done;
  }

  const bool from_input = options.fields == "-";
  const std::string name = from_input ? "standard input" : options.fields;
  const FileText read = from_input ? read_standard_input(fields_bytes) : read_file(options.fields, fields_bytes);
  if (!read.text) return report_unreadable(terminal, fmt::format("`{}` cannot be read: {}", name, read.problem));
  fill_in(view, sheet, *read.text);
  if (!sheet.problems.empty()) return report(terminal, sheet, name, *read.text);
  terminal.out(options.format == Format::json ? record_json(view, sheet, options.unmask)
                                              : record_markdown(view, sheet, options.unmask));
  return done;
}

}  // namespace duly::cli
