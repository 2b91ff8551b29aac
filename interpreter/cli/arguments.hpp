#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "interpreter/cli/commands.hpp"

/// How each command is written on a command line. Only the files named `arguments…` and `command_line.cpp` see CLI11.
namespace duly::cli {

/// The command line as it is declared and then read. What the chosen command needs lives here as long as it runs.
struct Arguments {
  Arguments();

  CLI::App app;
  SearchPath path;
  std::string color = "auto";
  std::function<int(Terminal&)> chosen;  // the command that was named, with its options; empty where none was

  // What several commands take; one command alone is read.
  std::string format = "text", depth = "normal", day, percent;

  /// `examples` is a line or several, each with two spaces in front.
  CLI::App* add_command(const char* name, const char* description, const char* examples);
  void add_format(CLI::App* command, std::vector<std::string> names);
  void add_day(CLI::App* command, const char* description);
  void add_depth(CLI::App* command);
  static void add_nodes(CLI::App* command, std::size_t& nodes);
  static void add_policy(CLI::App* command, std::string& policy);
  static void add_policies(CLI::App* command, std::vector<std::string>& policies);
  static void add_case(CLI::App* command, std::string& case_argument);
  static void add_decision(CLI::App* command, std::string& decision);

  Format chosen_format() const;
  Depth chosen_depth() const;
  /// The day of `--as-at`; null where it is not given.
  std::optional<Date> chosen_day() const { return parse_date(day); }

  /// CLI11's own check says the same less plainly.
  static CLI::Validator one_of(std::vector<std::string> words);
};

// arguments_policies.cpp: commands about policies
void add_check(Arguments& arguments);
void add_test(Arguments& arguments);
void add_fmt(Arguments& arguments);
void add_coverage(Arguments& arguments);
void add_analyse(Arguments& arguments);
void add_compare(Arguments& arguments);
void add_doc(Arguments& arguments);
void add_explain(Arguments& arguments);

// arguments_cases.cpp: commands about a case
void add_decide(Arguments& arguments);
void add_record(Arguments& arguments);
void add_batch(Arguments& arguments);

// arguments_practice.cpp: commands for practitioners and trainers
void add_step(Arguments& arguments);
void add_ask(Arguments& arguments);
void add_handout(Arguments& arguments);

}  // namespace duly::cli
