#include <fmt/format.h>

#include <charconv>
#include <memory>

#include "interpreter/cli/arguments.hpp"

namespace duly::cli {

namespace {

CLI::Validator whole_number(std::uint64_t low, std::uint64_t high) {
  return CLI::Validator(
      [low, high](const std::string& text) {
        std::uint64_t number = 0;
        const char* const end = text.data() + text.size();
        const auto [read, problem] = std::from_chars(text.data(), end, number);
        const bool is_good = problem == std::errc() && read == end && number >= low && number <= high;
        return is_good ? std::string() : fmt::format("`{}` is no whole number from {} to {}", text, low, high);
      },
      "", "");
}

}  // namespace

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
      "batch", "Decide many cases: one a line in, one decision a line out, in order",
      "  duly batch examples/derby/derby.policy cases.jsonl > decisions.jsonl\n"
      "  duly batch national cases.jsonl --jobs 4 --format full > decisions.jsonl\n"
      "  echo '{\"id\": 17, \"facts\": {\"child.age\": 12}}' | duly batch national\n\n"
      "Each line is a case as JSON, as `duly decide` reads it, and may have an \"id\" (a text or a whole number), which is\n"
      "copied to the answer. An answer in compact form holds each decision and duty, or what it still needs; in full it\n"
      "is what `duly decide --format json` prints. A line that is no case is answered by an \"error\" that says what is\n"
      "wrong and how to mend it, and the run goes on. The exit code is 0 where every line was a case, else 1.\n"
      "More, also about many machines: docs/scaling.md");
  auto options = std::make_shared<BatchOptions>();
  Arguments::add_policy(command, options->policy);
  command->add_option("CASES", options->cases, "A file of cases, one a line; without it, or for -, standard input")
      ->type_name("");
  command->add_option("--decision", options->decision, "This decision alone; else all of the policy's")
      ->type_name("NAME");
  arguments.add_day(command, "The day of the decisions, 2026-11-22; else each case's, else today");
  command
      ->add_option("--jobs", options->jobs,
                   "How many threads decide, 1 to 256; else 1. Any number gives the same answers")
      ->type_name("N")
      ->check(whole_number(1, 256));
  command
      ->add_option("--first-line", options->first_line,
                   "The number of the first line in error messages, where CASES is a part of a longer file")
      ->type_name("N")
      ->check(whole_number(1, 1'000'000'000'000'000));
  arguments.add_format(command, {"compact", "full"});
  command->callback([&arguments, options] {
    options->full = arguments.format == "full";
    options->as_at = arguments.chosen_day();
    arguments.chosen = [&arguments, options](Terminal& terminal) { return batch(terminal, arguments.path, *options); };
  });
}

}  // namespace duly::cli
