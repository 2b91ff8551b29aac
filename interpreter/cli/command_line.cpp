#include "interpreter/cli/command_line.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "interpreter/cli/arguments.hpp"
#include "lang/diagnostics/near_names.hpp"

#ifndef DULY_VERSION
#define DULY_VERSION "0"
#endif

namespace duly::cli {
namespace {

/// Reads the command line, and says what is wrong with it. To add a command: a function `add_…` in arguments.hpp, a
/// line in the constructor.
class CommandLine {
 public:
  CommandLine() {
    arguments_.app.set_version_flag("--version", "duly " DULY_VERSION);
    arguments_.app
        .add_option("--path", arguments_.path.folders, "Look for modules in this folder too (may be repeated)")
        ->type_name("DIR")
        ->allow_extra_args(false);
    arguments_.app.add_option("--color", arguments_.color, "Colours: auto, always or never (NO_COLOR is heeded)")
        ->type_name("WHEN")
        ->check(Arguments::one_of({"auto", "always", "never"}));
    arguments_.app.footer(
        "A POLICY is a .policy file or the name of a standard policy; a CASE is the name of a case in the policy,\n"
        "a JSON file, or - for standard input.\n\n"
        "Examples:\n"
        "  duly check examples/derby/derby.policy\n"
        "  duly decide national nothing_unusual\n"
        "  echo '{\"facts\": {\"child\": {\"age\": 12}}}' | duly decide national -\n"
        "  duly test stdpolicy examples\n"
        "  duly COMMAND --help\n\n"
        "Exit codes: 0 done, decided; 1 a policy, case or test is wrong; 2 wrong use, or an unreadable file;\n"
        "3 undecided; 4 conflict, gap or unsafe.");
    add_check(arguments_);
    add_decide(arguments_);
    add_step(arguments_);
    add_ask(arguments_);
    add_handout(arguments_);
    add_test(arguments_);
    add_fmt(arguments_);
    add_coverage(arguments_);
    add_analyse(arguments_);
    add_compare(arguments_);
    add_record(arguments_);
    add_batch(arguments_);
    add_doc(arguments_);
    add_explain(arguments_);
  }

  Request read(int count, char** arguments) {
    Request request;
    try {
      arguments_.app.parse(count, arguments);
    } catch (const CLI::CallForHelp&) {
      request.output = help_of_chosen();
      return request;
    } catch (const CLI::CallForVersion& version) {
      request.output = fmt::format("{}\n", version.what());
      return request;
    } catch (const CLI::ParseError& error) {
      request.color = color_mode();
      explain(request, error, count, arguments);
      return request;
    }
    request.color = color_mode();
    if (arguments_.chosen) {
      request.run = std::move(arguments_.chosen);
    } else {
      request.error = "No command is given";
      request.help = fmt::format("Commands are {}; `duly --help` tells more.", fmt::join(command_names(), ", "));
    }
    return request;
  }

 private:
  ColorMode color_mode() const {
    return arguments_.color == "always"  ? ColorMode::always
           : arguments_.color == "never" ? ColorMode::never
                                         : ColorMode::automatic;
  }

  std::vector<std::string> command_names() {
    std::vector<std::string> names;
    for (const CLI::App* command : arguments_.app.get_subcommands([](CLI::App*) { return true; })) {
      names.push_back(command->get_name());
    }
    return names;
  }

  CLI::App* chosen_command() {
    const std::vector<CLI::App*> commands = arguments_.app.get_subcommands();
    return commands.empty() ? nullptr : commands.front();
  }

  std::string help_of_chosen() {
    CLI::App* command = chosen_command();
    return command != nullptr ? command->help("duly") : arguments_.app.help();
  }

  // What CLI11 found wrong, with the nearest right word where one was misspelt.
  void explain(Request& request, const CLI::ParseError& error, int count, char** arguments) {
    CLI::App* command = chosen_command();
    request.error = error.what();
    if (const std::size_t end = request.error.find_last_not_of(" \n"); end != std::string::npos) {
      request.error.resize(end + 1);
    }
    if (command == nullptr) {
      request.help = fmt::format("Commands are {}; `duly --help` tells more.", fmt::join(command_names(), ", "));
      const std::string word = first_word(count, arguments);
      if (word.empty()) return;
      request.error = fmt::format("There is no command `{}`", word);
      if (const auto meant = nearest(word, command_names())) {
        request.help = fmt::format("Did you mean `{}`? {}", *meant, request.help);
      }
      return;
    }
    request.help = fmt::format("`duly {} --help` tells more.", command->get_name());
    for (int i = 1; i < count; ++i) {
      const std::string_view argument =
          std::string_view(arguments[i]).substr(0, std::string_view(arguments[i]).find('='));
      if (!argument.starts_with("--") || has_option(command, argument)) continue;
      request.error = fmt::format("`duly {}` has no option `{}`", command->get_name(), argument);
      if (const auto meant = nearest(argument, option_names(command))) {
        request.help = fmt::format("Did you mean `{}`? {}", *meant, request.help);
      }
      return;
    }
  }

  // The first argument that is neither an option nor an option's value.
  static std::string first_word(int count, char** arguments) {
    for (int i = 1; i < count; ++i) {
      const std::string_view argument = arguments[i];
      if (argument == "--path" || argument == "--color") {
        ++i;
      } else if (!argument.starts_with("-")) {
        return std::string(argument);
      }
    }
    return {};
  }

  std::vector<std::string> option_names(CLI::App* command) {
    std::vector<std::string> names;
    for (CLI::App* each : {command, &arguments_.app}) {
      for (const CLI::Option* option : each->get_options()) {
        for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
      }
    }
    return names;
  }

  bool has_option(CLI::App* command, std::string_view name) {
    const std::vector<std::string> names = option_names(command);
    return name == "--" || std::find(names.begin(), names.end(), name) != names.end();
  }

  Arguments arguments_;
};

}  // namespace

Request read_command_line(int count, char** arguments) {
  // What is to be run refers to the options inside, so they live as long as it does.
  const auto line = std::make_shared<CommandLine>();
  Request request = line->read(count, arguments);
  if (request.run) request.run = [line, run = std::move(request.run)](Terminal& terminal) { return run(terminal); };
  return request;
}

}  // namespace duly::cli
