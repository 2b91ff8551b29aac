#include "interpreter/cli/case_argument.hpp"
#include "interpreter/cli/commands.hpp"
#include "interpreter/cli/conversation.hpp"
#include "interpreter/report/case_json.hpp"
#include "interpreter/report/decision_json.hpp"
#include "interpreter/report/values_json.hpp"

namespace duly::cli {
namespace {

/// JSON that was made by itself, set into an object two blanks further in.
std::string indented(std::string json) {
  while (!json.empty() && json.back() == '\n') json.pop_back();
  std::string result;
  for (const char c : json) {
    result += c;
    if (c == '\n') result += "  ";
  }
  return result;
}

/// What was answered and what came out, for programs.
std::string result_json(const Interview& interview, const DecisionView& view) {
  JsonWriter json;
  json.open_object().key("case").raw(indented(write_case_json(view.program, view.facts)));
  json.key("answers").open_array();
  for (const InterviewAnswer& answer : interview.answers()) {
    const Fact& fact = at(view.program.facts, answer.fact);
    json.open_object().key("fact").text(fact.name).key("value");
    answer.value ? write_value(json, view.program, fact.type, *answer.value) : void(json.null());
    json.key("given").boolean(answer.given).close_object();
  }
  json.close_array().key("not_known").open_line();
  for (const FactId fact : interview.not_known()) json.text(at(view.program.facts, fact).name);
  json.close_array().key("decision").raw(indented(decision_json(view)));
  return json.close_object().take();
}

}  // namespace

int ask(Terminal& terminal, const SearchPath& path, const AskOptions& options) {
  if (options.case_argument == "-") {
    return terminal.error("The case and the answers cannot both come from standard input", "Give the case as a file.");
  }
  const OpenedPolicy opened = open_policy(terminal, path, options.policy);
  if (!opened.compiled) return opened.exit_code;
  const Program& program = *opened.compiled->program;
  const ChosenDecision chosen = choose_decision(terminal, program, options.decision);
  if (!chosen.exists) return misused;
  Case start(program);
  if (!options.case_argument.empty()) {
    OpenedCase given = open_case(terminal, program, options.case_argument);
    if (!given.facts) return given.exit_code;
    start = std::move(*given.facts);
  }
  if (options.as_at) start.as_at = *options.as_at;

  Interview interview(program, chosen.subject, std::move(start));
  const bool to_err = options.format == Format::json;
  const auto reader = make_line_reader(terminal, to_err);
  Conversation conversation(terminal, *reader, interview, opened.compiled->sources,
                            {options.policy, to_err, !options.decision.empty()});
  conversation.run();
  if (to_err) terminal.out(result_json(interview, conversation.view()));
  if (!chosen.subject) return done;
  return exit_code_of(interview.decision().of(*chosen.subject).status);
}

}  // namespace duly::cli
