#include <fmt/format.h>

#include "interpreter/cli/case_argument.hpp"
#include "interpreter/cli/commands.hpp"
#include "interpreter/report/decision_json.hpp"
#include "interpreter/report/decision_text.hpp"
#include "interpreter/report/why_not.hpp"

namespace duly::cli {

int exit_code_of(Status status) {
  switch (status) {
    case Status::decided: return done;
    case Status::undecided: return undecided;
    case Status::conflict:
    case Status::gap:
    case Status::unsafe: return unsettled;
  }
  return wrong;
}

int decide(Terminal& terminal, const SearchPath& path, const DecideOptions& options) {
  const OpenedPolicy opened = open_policy(terminal, path, options.policy);
  if (!opened.compiled) return opened.exit_code;
  const Program& program = *opened.compiled->program;

  const ChosenDecision chosen = choose_decision(terminal, program, options.decision);
  if (!chosen.exists) return misused;
  WhyNotNaming asked;
  if (!options.why_not.empty()) {
    asked = find_why_not(program, chosen.subject, options.why_not);
    if (!asked.target) return terminal.error(asked.error, asked.help);
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
                          .asked = chosen.subject,
                          .only_asked = !options.decision.empty()};
  std::optional<WhyNot> found;
  if (asked.target) found = why_not(view, *asked.target);
  const auto explanation = [&] {
    return found ? explain_why_not(view, *found, options.depth) : explain(view, options.depth);
  };
  switch (options.format) {
    case Format::json: terminal.out(decision_json(view, JsonWriter::Style::pretty, found ? &*found : nullptr)); break;
    case Format::markdown: terminal.out(decision_markdown(explanation())); break;
    case Format::text:
    case Format::sarif:
    case Format::tap:
    case Format::junit: terminal.out(decision_text(explanation(), {terminal.colors_out(), terminal.width()})); break;
  }
  return chosen.subject ? exit_code_of(decision.of(*chosen.subject).status) : static_cast<int>(done);
}

}  // namespace duly::cli
