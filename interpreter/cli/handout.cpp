#include "interpreter/report/handout.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "interpreter/cli/case_argument.hpp"
#include "interpreter/cli/commands.hpp"
#include "interpreter/cli/output_file.hpp"
#include "interpreter/report/expectations.hpp"
#include "interpreter/report/wrapped.hpp"

namespace duly::cli {
namespace {

enum class Layout { markdown, html };

/// By the file's ending; null for any other.
std::optional<Layout> layout_for(const std::string& file) {
  std::string ending = file.substr(std::min(file.rfind('.'), file.size()));
  std::transform(ending.begin(), ending.end(), ending.begin(), [](unsigned char c) { return std::tolower(c); });
  if (file.empty() || ending == ".md") return Layout::markdown;
  if (ending == ".html") return Layout::html;
  return std::nullopt;
}

/// As it can be typed into a shell.
std::string typed(const std::string& word) {
  const bool plain = std::all_of(word.begin(), word.end(), [](unsigned char c) {
    return std::isalnum(c) != 0 || std::string_view("_-./:,+").find(static_cast<char>(c)) != std::string_view::npos;
  });
  if (plain && !word.empty()) return word;
  std::string result = "'";
  for (const char c : word) result += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return result + "'";
}

std::string steps_command(const HandoutOptions& options, const std::string& argument) {
  std::string command = fmt::format("duly step {} {}", typed(options.policy), typed(argument));
  if (!options.decision.empty()) command += fmt::format(" --decision {}", typed(options.decision));
  if (options.as_at) command += fmt::format(" --as-at {}", to_string(*options.as_at));
  return command;
}

int no_story(Terminal& terminal, const Program& program) {
  const std::string& policy = program.policy().name;
  if (program.cases.empty()) {
    return terminal.error(fmt::format("`{}` has no case, so there is nothing to hand out", policy),
                          "Write a `case` with a `story`, or name a JSON file behind the policy.");
  }
  return terminal.error(
      fmt::format("`{}` has no case of its own with a `story`", policy),
      fmt::format("Name the cases to hand out behind the policy, such as `{}`; or give a case a `story`.",
                  program.cases.back().full_name));
}

/// Whoever hands out answers should know where the policy itself expects others.
void note_surprise(Terminal& terminal, const Program& program, const TestCase& test_case, const std::string& policy) {
  Decider decider(program);
  if (run_case(program, decider, test_case).passed()) return;
  terminal.err(fmt::format("note: the case `{}` does not end as it expects; `duly test {}` says more\n", test_case.name,
                           typed(policy)));
}

}  // namespace

int handout(Terminal& terminal, const SearchPath& path, const HandoutOptions& options) {
  const std::optional<Layout> layout = layout_for(options.output);
  if (!layout) {
    return terminal.error(fmt::format("`{}` ends neither in `.md` nor in `.html`", options.output),
                          "The ending says how to write it: `.html` to print it from a browser, `.md` for Markdown.");
  }
  const OpenedPolicy opened = open_policy(terminal, path, options.policy);
  if (!opened.compiled) return opened.exit_code;
  const Program& program = *opened.compiled->program;

  std::optional<SubjectId> asked;
  if (!options.decision.empty()) {
    asked = choose_decision(terminal, program, options.decision).subject;
    if (!asked) return misused;
  }
  std::vector<std::string> names = options.cases;
  if (names.empty()) {
    for (const CaseId id : cases_with_story(program)) names.push_back(at(program.cases, id).name);
    if (names.empty()) return no_story(terminal, program);
  }
  std::vector<HandoutRequest> requests;
  for (const std::string& name : names) {
    OpenedCase given = open_case(terminal, program, name);
    if (!given.facts) return given.exit_code;
    if (options.as_at) given.facts->as_at = *options.as_at;
    HandoutRequest request{program.find_case(name), fmt::format("The case in {}", name), std::move(*given.facts),
                           steps_command(options, name)};
    if (request.declared) {
      note_surprise(terminal, program, at(program.cases, *request.declared), options.policy);
    } else if (name == "-") {
      request.title = "A case";
      request.steps.clear();
    }
    requests.push_back(std::move(request));
  }

  const Handout page = make_handout(program, opened.compiled->sources, requests, asked, options.title);
  const std::string text = *layout == Layout::html ? handout_html(page) : handout_markdown(page);
  if (const int code = write_output(terminal, options.output, text); code != done) return code;
  if (!options.output.empty()) {
    terminal.out(fmt::format("{}: {}, and the answers at the end.{}\n", options.output,
                             counted(page.cases.size(), "case"),
                             *layout == Layout::html ? " Open it in a web browser, and print it." : ""));
  }
  return done;
}

}  // namespace duly::cli
