#include <fmt/format.h>

#include "interpreter/cli/case_argument.hpp"
#include "interpreter/cli/commands.hpp"
#include "interpreter/cli/stepper/full_screen.hpp"
#include "interpreter/cli/stepper/stepper.hpp"
#include "interpreter/report/decision_text.hpp"
#include "interpreter/trace/guess.hpp"
#include "interpreter/trace/steps.hpp"
#include "interpreter/trace/two_paths.hpp"
#include "interpreter/trace/words.hpp"

namespace duly::cli {
namespace {

/// What the options ask for, once it has all been found.
struct Asked {
  const StepOptions& options;
  const Program& program;
  const SourceMap& sources;
  std::optional<SubjectId> decision;
  Decider& decider;
  trace::Path path;
  std::vector<trace::Change> changes;

  bool guess() const { return options.guess && decision.has_value(); }
  std::size_t steps_shown() const {
    return guess() ? trace::steps_before_outcome(program, path.recording, *decision) : path.recording.size();
  }
  /// The case with all changes made.
  trace::Path changed() const {
    Case facts = path.facts;
    for (const trace::Change& change : changes) trace::apply(facts, change);
    return trace::follow(program, decider, std::move(facts), decision);
  }
};

/// Null, and said, where one of them is no change.
std::optional<std::vector<trace::Change>> read_changes(Terminal& terminal, const Program& program,
                                                       const std::vector<std::string>& texts) {
  std::vector<trace::Change> changes;
  for (const std::string& text : texts) {
    const trace::ChangeReading reading = trace::read_change(program, text);
    if (!reading.change) {
      terminal.error(reading.problem, reading.help);
      return std::nullopt;
    }
    changes.push_back(*reading.change);
  }
  return changes;
}

std::string heading(const Asked& asked) {
  const Module& policy = asked.program.policy();
  std::string result = fmt::format("Policy {}: {}\n", policy.name, policy.title);
  if (const auto found = asked.program.find_case(asked.options.case_argument)) {
    const TestCase& test_case = at(asked.program.cases, *found);
    result += fmt::format("Case {}: {}\n", test_case.name, test_case.title);
  }
  return result + fmt::format("As at {}\n\n", date_in_words(asked.path.facts.as_at));
}

std::string outcomes_to_choose(const Asked& asked) {
  const Subject& decision = at(asked.program.subjects, *asked.decision);
  std::string result = fmt::format("\nFrom here on the steps would give the answer away.\n{}\n", decision.title);
  std::size_t number = 0;
  for (const ChoiceValue& value : at(asked.program.choices, decision.type.choice).values) {
    result += fmt::format("  {}. {}\n", ++number, value.title);
  }
  return result +
         fmt::format("  {}. The policy gives no answer here.\n\nWithout --guess, every step is shown.\n", ++number);
}

void print_text(Terminal& terminal, const Asked& asked) {
  const std::size_t width = terminal.width();
  terminal.out(heading(asked));
  if (!asked.changes.empty()) {
    const trace::Path after = asked.changed();
    terminal.out(trace::two_paths_text(asked.program, asked.sources,
                                       trace::compare(asked.program, asked.path, after, asked.changes, asked.decision),
                                       width));
    return;
  }
  terminal.out(trace::steps_text(asked.program, asked.sources, asked.path.recording, asked.steps_shown(), width));
  if (asked.guess()) {
    terminal.out(outcomes_to_choose(asked));
    return;
  }
  const DecisionView view{.program = asked.program,
                          .sources = asked.sources,
                          .facts = asked.path.facts,
                          .decision = asked.path.decision,
                          .decider = asked.decider,
                          .asked = asked.decision};
  terminal.out("\n");
  terminal.out(decision_text(explain(view, Depth::brief), {terminal.colors_out(), width}));
}

void print_json(Terminal& terminal, const Asked& asked) {
  JsonWriter json;
  if (asked.changes.empty()) {
    trace::write_steps(json, asked.program, asked.sources, asked.path.recording, asked.steps_shown());
  } else {
    const trace::Path after = asked.changed();
    trace::write_two_paths(json, asked.program, asked.sources,
                           trace::compare(asked.program, asked.path, after, asked.changes, asked.decision));
  }
  terminal.out(json.take());
}

}  // namespace

int step(Terminal& terminal, const SearchPath& path, const StepOptions& options) {
  const OpenedPolicy opened = open_policy(terminal, path, options.policy);
  if (!opened.compiled) return opened.exit_code;
  const Program& program = *opened.compiled->program;

  const ChosenDecision chosen = choose_decision(terminal, program, options.decision);
  if (!chosen.exists) return misused;
  const auto changes = read_changes(terminal, program, options.what_if);
  if (!changes) return misused;
  if (options.guess && !changes->empty()) {
    return terminal.error("`--guess` hides the outcome, and `--what-if` shows it", "Leave one of them out.");
  }
  OpenedCase given = open_case(terminal, program, options.case_argument);
  if (!given.facts) return given.exit_code;
  if (options.as_at) given.facts->as_at = *options.as_at;

  Decider decider(program);
  Asked asked{options,        program, opened.compiled->sources,
              chosen.subject, decider, trace::follow(program, decider, std::move(*given.facts), chosen.subject),
              *changes};
  if (options.format == Format::json) {
    print_json(terminal, asked);
    return done;
  }
  if (!options.plain && stepper::at_a_terminal()) {
    stepper::Stepper stepper(program, asked.sources, decider, asked.path, chosen.subject,
                             fmt::format("{}, {}", program.policy().name, options.case_argument), asked.guess());
    if (!changes->empty()) stepper.what_if(*changes);
    if (const auto problem = stepper::run_full_screen(stepper)) {
      terminal.err(fmt::format("note: {}; the steps follow as plain text\n", *problem));
    } else {
      return done;
    }
  }
  print_text(terminal, asked);
  return done;
}

}  // namespace duly::cli
