#include "interpreter/cli/command_line.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <map>
#include <memory>

#include "interpreter/cli/commands.hpp"
#include "lang/diagnostics/near_names.hpp"

#ifndef DULY_VERSION
#define DULY_VERSION "0"
#endif

namespace duly::cli {
namespace {

/// CLI11's own check says the same less plainly.
CLI::Validator one_of(std::vector<std::string> words) {
  return CLI::Validator(
      [words = std::move(words)](const std::string& given) -> std::string {
        if (std::find(words.begin(), words.end(), given) != words.end()) return {};
        return fmt::format("`{}` is none of {}", given, fmt::join(words, ", "));
      },
      "", "");
}

/// The commands as they are written. To add one: a function `add_…` below, a line in the constructor.
class CommandLine {
 public:
  CommandLine() : app_("Policies that explain their decisions.", "duly") {
    app_.set_version_flag("--version", "duly " DULY_VERSION);
    app_.add_option("--path", path_.folders, "Look for modules in this folder too (may be repeated)")
        ->type_name("DIR")
        ->allow_extra_args(false);
    app_.add_option("--color", color_, "Colours: auto, always or never (NO_COLOR is heeded)")
        ->type_name("WHEN")
        ->check(one_of({"auto", "always", "never"}));
    app_.footer(
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
    add_check();
    add_decide();
    add_test();
    add_coverage();
    add_analyse();
    add_compare();
    add_record();
    add_explain();
  }

  Request read(int count, char** arguments) {
    Request request;
    try {
      app_.parse(count, arguments);
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
    if (chosen_) {
      request.run = std::move(chosen_);
    } else {
      request.error = "No command is given";
      request.help = fmt::format("Commands are {}; `duly --help` tells more.", fmt::join(command_names(), ", "));
    }
    return request;
  }

 private:
  CLI::App* add_command(const char* name, const char* description, const char* examples) {
    CLI::App* command = app_.add_subcommand(name, description);
    command->fallthrough();  // --path and --color may stand anywhere
    command->footer(fmt::format("Examples:\n{}", examples));
    return command;
  }

  static void add_format(CLI::App* command, std::string& format, std::vector<std::string> names) {
    std::string list = fmt::format("How to print: {}", fmt::join(names, ", "));
    command->add_option("--format", format, list)->type_name("FORMAT")->check(one_of(std::move(names)));
  }

  void add_day(CLI::App* command, const char* description) {
    command->add_option("--as-at", day_, description)
        ->type_name("DATE")
        ->check(CLI::Validator(
            [](const std::string& text) {
              return parse_date(text) ? std::string()
                                      : fmt::format("`{}` is no date that exists, such as 2026-11-22", text);
            },
            "", ""));
  }

  static void add_nodes(CLI::App* command, std::size_t& nodes) {
    command->add_option("--nodes", nodes, "How large the diagrams of all cases may grow (a million unless said)")
        ->type_name("N")
        ->check(CLI::Range(std::size_t{1}, std::size_t{1'000'000'000}));
  }

  static Format format_named(const std::string& name) {
    static const std::map<std::string, Format> formats{{"text", Format::text},         {"json", Format::json},
                                                       {"markdown", Format::markdown}, {"sarif", Format::sarif},
                                                       {"tap", Format::tap},           {"junit", Format::junit}};
    const auto found = formats.find(name);
    return found == formats.end() ? Format::text : found->second;
  }

  void add_check() {
    CLI::App* command = add_command("check", "Check policies, and say what is wrong with them",
                                    "  duly check examples/derby/derby.policy\n"
                                    "  duly check --strict national board_requests\n"
                                    "  duly check --format sarif my.policy > my.sarif");
    auto options = std::make_shared<CheckOptions>();
    command->add_option("POLICY", options->policies, "Policies to check")->required()->type_name("");
    add_format(command, format_, {"text", "json", "sarif"});
    command->add_flag("--strict", options->strict, "Let warnings fail as errors do");
    command->callback([this, options] {
      options->format = format_named(format_);
      chosen_ = [this, options](Terminal& terminal) { return check(terminal, path_, *options); };
    });
  }

  void add_decide() {
    CLI::App* command = add_command("decide", "Decide a case, and explain the decision",
                                    "  duly decide national nothing_unusual\n"
                                    "  duly decide examples/derby/derby.policy case.json --depth full\n"
                                    "  echo '{\"facts\": {}}' | duly decide national - --format json");
    auto options = std::make_shared<DecideOptions>();
    command->add_option("POLICY", options->policy, "A .policy file or a standard policy")->required()->type_name("");
    command->add_option("CASE", options->case_argument, "A case's name, a JSON file, or - for standard input")
        ->required()
        ->type_name("");
    command->add_option("--decision", options->decision, "Which decision, where it is not the policy's default")
        ->type_name("NAME");
    add_day(command, "The day of the decision, 2026-11-22; else the case's, else today");
    add_format(command, format_, {"text", "json", "markdown"});
    command->add_option("--depth", depth_, "How much to tell: short, normal or full")
        ->type_name("DEPTH")
        ->check(one_of({"short", "normal", "full"}));
    command->callback([this, options] {
      options->format = format_named(format_);
      options->as_at = parse_date(day_);
      options->depth = depth_ == "short" ? Depth::brief : depth_ == "full" ? Depth::full : Depth::normal;
      chosen_ = [this, options](Terminal& terminal) { return decide(terminal, path_, *options); };
    });
  }

  void add_test() {
    CLI::App* command = add_command("test", "Run the cases of policies",
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
    add_format(command, format_, {"text", "json", "tap", "junit"});
    command->callback([this, options] {
      options->format = format_named(format_);
      chosen_ = [this, options](Terminal& terminal) { return test(terminal, path_, *options); };
    });
  }

  void add_analyse() {
    CLI::App* command = add_command("analyse", "Look at every case there is: conflicts, gaps, safeguards, idle rules",
                                    "  duly analyse examples/derby/derby.policy\n"
                                    "  duly analyse stdpolicy examples\n"
                                    "  duly analyse national --format json");
    auto options = std::make_shared<AnalyseOptions>();
    command->add_option("POLICY", options->policies, "Policies, folders of policies, standard policies")
        ->required()
        ->type_name("");
    add_day(command, "A day of decision, 2026-11-22; else today");
    add_nodes(command, options->max_nodes);
    add_format(command, format_, {"text", "json"});
    command->callback([this, options] {
      options->format = format_named(format_);
      options->as_at = parse_date(day_);
      chosen_ = [this, options](Terminal& terminal) { return analyse(terminal, path_, *options); };
    });
  }

  void add_compare() {
    CLI::App* command = add_command("compare", "Show how policies decide the same cases, or where two of them part",
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
    add_nodes(command, options->max_nodes);
    add_format(command, format_, {"text", "json", "markdown"});
    command->callback([this, options] {
      options->format = format_named(format_);
      chosen_ = [this, options](Terminal& terminal) { return compare(terminal, path_, *options); };
    });
  }

  void add_record() {
    CLI::App* command =
        add_command("record", "Complete and check the record of a decision",
                    "  duly record examples/derby/derby.policy case.json > fields.json   what to fill in\n"
                    "  duly record examples/derby/derby.policy case.json --fields fields.json");
    auto options = std::make_shared<RecordOptions>();
    command->add_option("POLICY", options->policy, "A .policy file or a standard policy")->required()->type_name("");
    command->add_option("CASE", options->case_argument, "A case's name, a JSON file, or - for standard input")
        ->required()
        ->type_name("");
    command->add_option("--fields", options->fields, "What to fill in, a JSON file, or -; without it, what there is")
        ->type_name("FILE");
    command->add_option("--record", options->record, "One record; else all that the case calls for")->type_name("NAME");
    command->add_option("--decision", options->decision, "Which decision, where it is not the policy's default")
        ->type_name("NAME");
    add_day(command, "The day of the decision, 2026-11-22; else the case's, else today");
    command->add_flag("--unmask", options->unmask, "Show sensitive values");
    add_format(command, format_, {"json", "markdown"});
    command->callback([this, options] {
      options->format = format_ == "json" ? Format::json : Format::markdown;
      options->as_at = parse_date(day_);
      chosen_ = [this, options](Terminal& terminal) { return record(terminal, path_, *options); };
    });
  }

  void add_coverage() {
    CLI::App* command = add_command("coverage", "Show which guidance became which rules, and what the cases leave out",
                                    "  duly coverage national examples/derby\n"
                                    "  duly coverage stdpolicy examples --format html -o coverage.html\n"
                                    "  duly coverage my.policy --require 100");
    auto options = std::make_shared<CoverageOptions>();
    command->add_option("POLICY", options->policies, "Policies, folders of policies, standard policies")
        ->required()
        ->type_name("");
    add_format(command, format_, {"text", "json", "html", "lcov"});
    command->add_option("--require", percent_, "Fail where provisions, rules or list items fall below this, of 100")
        ->type_name("PERCENT")
        ->check(CLI::Validator(
            [](const std::string& text) {
              return percentage(text) ? std::string() : fmt::format("`{}` is no whole number from 0 to 100", text);
            },
            "", ""));
    command->add_option("-o,--output", options->output, "Write to this file")->type_name("FILE");
    command->add_flag("--verbose", options->verbose, "In text, list what is covered too");
    command->callback([this, options] {
      static const std::map<std::string, CoverageFormat> formats{{"text", CoverageFormat::text},
                                                                 {"json", CoverageFormat::json},
                                                                 {"html", CoverageFormat::html},
                                                                 {"lcov", CoverageFormat::lcov}};
      options->format = formats.at(format_);
      options->require = percentage(percent_);
      chosen_ = [this, options](Terminal& terminal) { return coverage(terminal, path_, *options); };
    });
  }

  /// A whole number from 0 to 100; null for anything else.
  static std::optional<int> percentage(std::string_view text) {
    int number = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (problem != std::errc() || end != text.data() + text.size() || number < 0 || number > 100) return std::nullopt;
    return number;
  }

  void add_explain() {
    CLI::App* command = add_command("explain", "Explain an error or a warning by its code",
                                    "  duly explain E0203\n"
                                    "  duly explain           lists every code");
    auto options = std::make_shared<ExplainOptions>();
    command->add_option("CODE", options->code, "Such as E0203")->type_name("");
    command->callback(
        [this, options] { chosen_ = [options](Terminal& terminal) { return explain_code(terminal, *options); }; });
  }

  ColorMode color_mode() const {
    return color_ == "always" ? ColorMode::always : color_ == "never" ? ColorMode::never : ColorMode::automatic;
  }

  std::vector<std::string> command_names() {
    std::vector<std::string> names;
    for (const CLI::App* command : app_.get_subcommands([](CLI::App*) { return true; })) {
      names.push_back(command->get_name());
    }
    return names;
  }

  CLI::App* chosen_command() {
    const std::vector<CLI::App*> commands = app_.get_subcommands();
    return commands.empty() ? nullptr : commands.front();
  }

  std::string help_of_chosen() {
    CLI::App* command = chosen_command();
    return command != nullptr ? command->help("duly") : app_.help();
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
    for (CLI::App* each : {command, &app_}) {
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

  CLI::App app_;
  SearchPath path_;
  std::string color_ = "auto", format_ = "text", depth_ = "normal", day_, percent_;
  std::function<int(Terminal&)> chosen_;
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
