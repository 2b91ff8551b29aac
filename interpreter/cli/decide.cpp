#include <fmt/format.h>

#include "interpreter/cli/case_argument.hpp"
#include "interpreter/cli/commands.hpp"
#include "interpreter/report/decision_json.hpp"
#include "interpreter/report/decision_text.hpp"

namespace duly::cli {
namespace {

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

}  // namespace

int decide(Terminal& terminal, const SearchPath& path, const DecideOptions& options) {
  const OpenedPolicy opened = open_policy(terminal, path, options.policy);
  if (!opened.compiled) return opened.exit_code;
  const Program& program = *opened.compiled->program;

  const ChosenDecision chosen = choose_decision(terminal, program, options.decision);
  if (!chosen.exists) return misused;
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
  switch (options.format) {
    case Format::json: terminal.out(decision_json(view)); break;
    case Format::markdown: terminal.out(decision_markdown(explain(view, options.depth))); break;
    case Format::text:
    case Format::sarif:
    case Format::tap:
    case Format::junit:
      terminal.out(decision_text(explain(view, options.depth), {terminal.colors_out(), terminal.width()}));
      break;
  }
  return chosen.subject ? exit_code_of(decision.of(*chosen.subject).status) : static_cast<int>(done);
}

}  // namespace duly::cli
