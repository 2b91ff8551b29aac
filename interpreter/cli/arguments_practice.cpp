#include <memory>

#include "interpreter/cli/arguments.hpp"

namespace duly::cli {

void add_ask(Arguments& arguments) {
  CLI::App* command =
      arguments.add_command("ask", "Ask what can still matter, until the decision is settled",
                            "  duly ask national\n"
                            "  duly ask examples/derby/derby.policy --case case.json   go on from a case\n"
                            "  printf 'yes\\nno\\n?\\n' | duly ask national --format json   one answer a line");
  auto options = std::make_shared<AskOptions>();
  Arguments::add_policy(command, options->policy);
  command->add_option("--case", options->case_argument, "Start from a case: its name, or a JSON file")
      ->type_name("CASE");
  Arguments::add_decision(command, options->decision);
  arguments.add_day(command, "The day of the decision, 2026-11-22; else the case's, else today");
  arguments.add_format(command, {"text", "json"});
  command->callback([&arguments, options] {
    options->format = arguments.chosen_format();
    options->as_at = arguments.chosen_day();
    arguments.chosen = [&arguments, options](Terminal& terminal) { return ask(terminal, arguments.path, *options); };
  });
}

void add_step(Arguments& arguments) {
  CLI::App* command =
      arguments.add_command("step", "Step through a case, forwards and back",
                            "  duly step examples/derby/derby.policy aged_11_parent_refuses\n"
                            "  duly step national nothing_unusual --guess\n"
                            "  duly step examples/derby/derby.policy case.json --plain > steps.txt\n"
                            "  duly step examples/derby/derby.policy aged_11_refused --plain --what-if child.age=12\n\n"
                            "At a terminal it takes the full screen: ? lists the keys, q leaves.");
  auto options = std::make_shared<StepOptions>();
  Arguments::add_policy(command, options->policy);
  Arguments::add_case(command, options->case_argument);
  Arguments::add_decision(command, options->decision);
  arguments.add_day(command, "The day of the decision, 2026-11-22; else the case's, else today");
  command->add_flag("--plain", options->plain, "Numbered steps on standard output, for paper and screen readers");
  command->add_flag("--guess", options->guess, "Begin with the outcome hidden");
  command
      ->add_option("--what-if", options->what_if,
                   "With this fact otherwise: where the two paths part (FACT=VALUE; may be repeated)")
      ->type_name("FACT=VALUE")
      ->allow_extra_args(false);
  arguments.add_format(command, {"text", "json"});
  command->callback([&arguments, options] {
    options->format = arguments.chosen_format();
    options->as_at = arguments.chosen_day();
    arguments.chosen = [&arguments, options](Terminal& terminal) { return step(terminal, arguments.path, *options); };
  });
}

void add_handout(Arguments& arguments) {
  CLI::App* command = arguments.add_command(
      "handout", "Print cases for a group: stories, questions, space to write, and the answers at the end",
      "  duly handout examples/derby/derby.policy -o handout.html\n"
      "  duly handout examples/derby/derby.policy aged_11_parent_refuses aged_12_refuses -o two.html\n"
      "  duly handout national --title \"Training in May\" > handout.md\n\n"
      "Print handout.html from a web browser. Without cases, all that the policy itself tells as a story are taken.");
  auto options = std::make_shared<HandoutOptions>();
  Arguments::add_policy(command, options->policy);
  command->add_option("CASE", options->cases, "Cases in this order: their names, JSON files, or -")->type_name("");
  command->add_option("-o,--output", options->output, "Write to this file: FILE.html or FILE.md")->type_name("FILE");
  command->add_option("--title", options->title, "What stands at the top; else the policy's title")->type_name("TEXT");
  command->add_option("--decision", options->decision, "Ask about this decision alone; else what each case is about")
      ->type_name("NAME");
  arguments.add_day(command, "The day of the decisions, 2026-11-22; else each case's, else today");
  command->callback([&arguments, options] {
    options->as_at = arguments.chosen_day();
    arguments.chosen = [&arguments, options](Terminal& terminal) {
      return handout(terminal, arguments.path, *options);
    };
  });
}

}  // namespace duly::cli
