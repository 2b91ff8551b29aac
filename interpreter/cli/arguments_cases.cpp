#include <memory>

#include "interpreter/cli/arguments.hpp"

namespace duly::cli {

void add_decide(Arguments& arguments) {
  CLI::App* command = arguments.add_command("decide", "Decide a case, and explain the decision",
                                            "  duly decide national nothing_unusual\n"
                                            "  duly decide examples/derby/derby.policy case.json --depth full\n"
                                            "  duly decide national nothing_unusual --why-not do_not_share\n"
                                            "  echo '{\"facts\": {}}' | duly decide national - --format json");
  auto options = std::make_shared<DecideOptions>();
  Arguments::add_policy(command, options->policy);
  Arguments::add_case(command, options->case_argument);
  Arguments::add_decision(command, options->decision);
  arguments.add_day(command, "The day of the decision, 2026-11-22; else the case's, else today");
  arguments.add_format(command, {"text", "json", "markdown"});
  arguments.add_depth(command);
  command
      ->add_option("--why-not", options->why_not,
                   "Why a rule or an outcome did not come out, and what would have to be otherwise")
      ->type_name("RULE|OUTCOME");
  command->callback([&arguments, options] {
    options->format = arguments.chosen_format();
    options->as_at = arguments.chosen_day();
    options->depth = arguments.chosen_depth();
    arguments.chosen = [&arguments, options](Terminal& terminal) { return decide(terminal, arguments.path, *options); };
  });
}

void add_record(Arguments& arguments) {
  CLI::App* command =
      arguments.add_command("record", "Complete and check the record of a decision",
                            "  duly record examples/derby/derby.policy case.json > fields.json   what to fill in\n"
                            "  duly record examples/derby/derby.policy case.json --fields fields.json");
  auto options = std::make_shared<RecordOptions>();
  Arguments::add_policy(command, options->policy);
  Arguments::add_case(command, options->case_argument);
  command->add_option("--fields", options->fields, "What to fill in, a JSON file, or -; without it, what there is")
      ->type_name("FILE");
  command->add_option("--record", options->record, "One record; else all that the case calls for")->type_name("NAME");
  Arguments::add_decision(command, options->decision);
  arguments.add_day(command, "The day of the decision, 2026-11-22; else the case's, else today");
  command->add_flag("--unmask", options->unmask, "Show sensitive values");
  arguments.add_format(command, {"json", "markdown"});
  command->callback([&arguments, options] {
    if (arguments.format == "json") options->format = Format::json;
    if (arguments.format == "markdown") options->format = Format::markdown;
    options->as_at = arguments.chosen_day();
    arguments.chosen = [&arguments, options](Terminal& terminal) { return record(terminal, arguments.path, *options); };
  });
}

void add_batch(Arguments& arguments) {
  CLI::App* command = arguments.add_command(
      "batch", "Decide many cases: JSON lines in, JSON lines out, in order",
      "  duly batch examples/derby/derby.policy < cases.jsonl > decisions.jsonl\n"
      "  duly batch national cases.jsonl --jobs 4 --format full > decisions.jsonl\n\n"
      "Each line of input is a case as `duly decide` takes it, and may have an \"id\", which is copied. A line that is\n"
      "no case yields an object with \"error\" in its place, and the run goes on; the exit code is then 1.");
  auto options = std::make_shared<BatchOptions>();
  Arguments::add_policy(command, options->policy);
  command->add_option("CASES", options->cases, "A file of cases, one a line, or - for standard input")->type_name("");
  Arguments::add_decision(command, options->decision);
  arguments.add_day(command, "The day of the decisions of cases that name none; else today");
  command->add_option("--jobs", options->jobs, "How many threads decide; what comes out is the same for any number")
      ->type_name("N")
      ->check(CLI::Range(1u, 256u));
  arguments.add_format(command, {"compact", "full"});
  command->callback([&arguments, options] {
    options->full = arguments.format == "full";
    options->as_at = arguments.chosen_day();
    arguments.chosen = [&arguments, options](Terminal& terminal) { return batch(terminal, arguments.path, *options); };
  });
}

}  // namespace duly::cli
