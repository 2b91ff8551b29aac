#include <fmt/format.h>

#include <charconv>
#include <map>
#include <memory>

#include "interpreter/cli/arguments.hpp"

namespace duly::cli {
namespace {

/// A whole number from 0 to 100; null for anything else.
std::optional<int> percentage(std::string_view text) {
  int number = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (problem != std::errc() || end != text.data() + text.size() || number < 0 || number > 100) return std::nullopt;
  return number;
}

}  // namespace

void add_check(Arguments& arguments) {
  CLI::App* command = arguments.add_command("check", "Check policies, and say what is wrong with them",
                                            "  duly check examples/derby/derby.policy\n"
                                            "  duly check --strict national examples\n"
                                            "  duly check --format sarif my.policy > my.sarif");
  auto options = std::make_shared<CheckOptions>();
  command->add_option("PATH", options->policies, "Policies, folders of policies, standard policies")
      ->required()
      ->type_name("");
  arguments.add_format(command, {"text", "json", "sarif"});
  command->add_flag("--strict", options->strict, "Let warnings fail as errors do");
  command->callback([&arguments, options] {
    options->format = arguments.chosen_format();
    arguments.chosen = [&arguments, options](Terminal& terminal) { return check(terminal, arguments.path, *options); };
  });
}

void add_test(Arguments& arguments) {
  CLI::App* command = arguments.add_command("test", "Run the cases of policies",
                                            "  duly test examples\n"
                                            "  duly test examples/derby --filter refused\n"
                                            "  duly test national --format junit > results.xml");
  auto options = std::make_shared<TestOptions>();
  command->add_option("PATH", options->paths, "Policies, folders of policies, standard policies")
      ->required()
      ->type_name("");
  command->add_option("--filter", options->filter, "Only cases with this in their name or title")->type_name("TEXT");
  command->add_flag("--inherited", options->inherited,
                    "Run extended policies' cases too, and say which end otherwise under this one");
  command->add_flag("--coverage", options->coverage, "Show what the cases leave out, too, as `duly coverage` does")
      ->excludes("--filter");
  arguments.add_format(command, {"text", "json", "tap", "junit"});
  command->callback([&arguments, options] {
    options->format = arguments.chosen_format();
    arguments.chosen = [&arguments, options](Terminal& terminal) { return test(terminal, arguments.path, *options); };
  });
}

void add_fmt(Arguments& arguments) {
  CLI::App* command = arguments.add_command("fmt", "Lay policies out in the one layout, in place",
                                            "  duly fmt my.policy\n"
                                            "  duly fmt --check stdpolicy examples\n"
                                            "  duly fmt - < my.policy > laid_out.policy\n\n"
                                            "It names the files that it changed, or with --check would change.\n"
                                            "Comments stay, and no meaning changes.");
  auto options = std::make_shared<FmtOptions>();
  command->add_option("PATH", options->paths, "Files, folders of policies, or - for standard input")
      ->required()
      ->type_name("");
  command->add_flag("--check", options->check, "Change nothing; exit with 1 where a file is not laid out");
  command->callback([&arguments, options] {
    arguments.chosen = [options](Terminal& terminal) { return fmt_files(terminal, *options); };
  });
}

void add_coverage(Arguments& arguments) {
  CLI::App* command =
      arguments.add_command("coverage", "Show which guidance became which rules, and what the cases leave out",
                            "  duly coverage national examples/derby\n"
                            "  duly coverage stdpolicy examples --format html -o coverage.html\n"
                            "  duly coverage my.policy --require 100");
  auto options = std::make_shared<CoverageOptions>();
  Arguments::add_policies(command, options->policies);
  arguments.add_format(command, {"text", "json", "html", "lcov"});
  command
      ->add_option("--require", arguments.percent, "Fail where provisions, rules or list items fall below this, of 100")
      ->type_name("PERCENT")
      ->check(CLI::Validator(
          [](const std::string& text) {
            return percentage(text) ? std::string() : fmt::format("`{}` is no whole number from 0 to 100", text);
          },
          "", ""));
  command->add_option("-o,--output", options->output, "Write to this file")->type_name("FILE");
  command->add_flag("--verbose", options->verbose, "In text, list what is covered too");
  command->callback([&arguments, options] {
    static const std::map<std::string, CoverageFormat> formats{{"text", CoverageFormat::text},
                                                               {"json", CoverageFormat::json},
                                                               {"html", CoverageFormat::html},
                                                               {"lcov", CoverageFormat::lcov}};
    options->format = formats.at(arguments.format);
    options->require = percentage(arguments.percent);
    arguments.chosen = [&arguments, options](Terminal& terminal) {
      return coverage(terminal, arguments.path, *options);
    };
  });
}

void add_analyse(Arguments& arguments) {
  CLI::App* command =
      arguments.add_command("analyse", "Look at every case there is: conflicts, gaps, safeguards, idle rules",
                            "  duly analyse examples/derby/derby.policy\n"
                            "  duly analyse stdpolicy examples\n"
                            "  duly analyse national --format json");
  auto options = std::make_shared<AnalyseOptions>();
  Arguments::add_policies(command, options->policies);
  arguments.add_day(command, "A day of decision, 2026-11-22; else today");
  Arguments::add_nodes(command, options->max_nodes);
  arguments.add_format(command, {"text", "json"});
  command->callback([&arguments, options] {
    options->format = arguments.chosen_format();
    options->as_at = arguments.chosen_day();
    arguments.chosen = [&arguments, options](Terminal& terminal) {
      return analyse(terminal, arguments.path, *options);
    };
  });
}

void add_compare(Arguments& arguments) {
  CLI::App* command =
      arguments.add_command("compare", "Show how policies decide the same cases, or where two of them part",
                            "  duly compare national examples/derby/derby.policy\n"
                            "  duly compare national examples/derby/derby.policy --case nothing_unusual\n"
                            "  duly compare a.policy b.policy --cases cases.json --format markdown");
  auto options = std::make_shared<CompareOptions>();
  command->add_option("POLICY", options->policies, "Two policies or more")->required()->type_name("");
  CLI::Option* one = command->add_option("--case", options->case_argument, "A case's name, a JSON file, or -");
  one->type_name("CASE");
  command->add_option("--cases", options->cases_file, "A JSON file: an array of cases, each with its name")
      ->type_name("FILE")
      ->excludes(one);
  command->add_option("--decision", options->decision, "Which decision, where it is not the policies' default")
      ->type_name("NAME");
  Arguments::add_nodes(command, options->max_nodes);
  arguments.add_format(command, {"text", "json", "markdown"});
  command->callback([&arguments, options] {
    options->format = arguments.chosen_format();
    arguments.chosen = [&arguments, options](Terminal& terminal) {
      return compare(terminal, arguments.path, *options);
    };
  });
}

void add_doc(Arguments& arguments) {
  CLI::App* command =
      arguments.add_command("doc", "Write a policy as pages to read: rules with citations, flowcharts, cases, sources",
                            "  duly doc examples/derby/derby.policy -o derby-pages\n"
                            "  duly doc national -o /var/www/national\n\n"
                            "Open index.html in the folder. The pages need no network, and may be copied anywhere.");
  auto options = std::make_shared<DocumentOptions>();
  Arguments::add_policy(command, options->policy);
  command->add_option("-o,--output", options->folder, "Write into this folder; it is made where there is none")
      ->required()
      ->type_name("DIR");
  command->add_flag("--force", options->force, "Even where the folder holds other files; they stay");
  command->callback([&arguments, options] {
    arguments.chosen = [&arguments, options](Terminal& terminal) {
      return document(terminal, arguments.path, *options);
    };
  });
}

void add_explain(Arguments& arguments) {
  CLI::App* command = arguments.add_command("explain", "Explain an error or a warning by its code",
                                            "  duly explain E0203\n"
                                            "  duly explain           lists every code");
  auto options = std::make_shared<ExplainOptions>();
  command->add_option("CODE", options->code, "Such as E0203")->type_name("");
  command->callback([&arguments, options] {
    arguments.chosen = [options](Terminal& terminal) { return explain_code(terminal, *options); };
  });
}

}  // namespace duly::cli
