#include "interpreter/cli/arguments.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace duly::cli {

Arguments::Arguments() : app("Policies that explain their decisions.", "duly") {}

CLI::App* Arguments::add_command(const char* name, const char* description, const char* examples) {
  CLI::App* command = app.add_subcommand(name, description);
  command->fallthrough();  // --path and --color may stand anywhere
  command->footer(fmt::format("Examples:\n{}", examples));
  return command;
}

void Arguments::add_format(CLI::App* command, std::vector<std::string> names) {
  std::string list = fmt::format("How to print: {}", fmt::join(names, ", "));
  command->add_option("--format", format, list)->type_name("FORMAT")->check(one_of(std::move(names)));
}

void Arguments::add_day(CLI::App* command, const char* description) {
  command->add_option("--as-at", day, description)
      ->type_name("DATE")
      ->check(CLI::Validator(
          [](const std::string& text) {
            return parse_date(text) ? std::string()
                                    : fmt::format("`{}` is no date that exists, such as 2026-11-22", text);
          },
          "", ""));
}

void Arguments::add_depth(CLI::App* command) {
  command->add_option("--depth", depth, "How much to tell: short, normal or full")
      ->type_name("DEPTH")
      ->check(one_of({"short", "normal", "full"}));
}

void Arguments::add_nodes(CLI::App* command, std::size_t& nodes) {
  command->add_option("--nodes", nodes, "How large the diagrams of all cases may grow (a million unless said)")
      ->type_name("N")
      ->check(CLI::Range(std::size_t{1}, std::size_t{1'000'000'000}));
}

void Arguments::add_policy(CLI::App* command, std::string& policy) {
  command->add_option("POLICY", policy, "A .policy file or a standard policy")->required()->type_name("");
}

void Arguments::add_policies(CLI::App* command, std::vector<std::string>& policies) {
  command->add_option("POLICY", policies, "Policies, folders of policies, standard policies")
      ->required()
      ->type_name("");
}

void Arguments::add_case(CLI::App* command, std::string& case_argument) {
  command->add_option("CASE", case_argument, "A case's name, a JSON file, or - for standard input")
      ->required()
      ->type_name("");
}

void Arguments::add_decision(CLI::App* command, std::string& decision) {
  command->add_option("--decision", decision, "Which decision, where it is not the policy's default")
      ->type_name("NAME");
}

Format Arguments::chosen_format() const {
  static const std::map<std::string, Format> formats{{"text", Format::text},         {"json", Format::json},
                                                     {"markdown", Format::markdown}, {"sarif", Format::sarif},
                                                     {"tap", Format::tap},           {"junit", Format::junit}};
  const auto found = formats.find(format);
  return found == formats.end() ? Format::text : found->second;
}

Depth Arguments::chosen_depth() const {
  return depth == "short" ? Depth::brief : depth == "full" ? Depth::full : Depth::normal;
}

CLI::Validator Arguments::one_of(std::vector<std::string> words) {
  return CLI::Validator(
      [words = std::move(words)](const std::string& given) -> std::string {
        if (std::find(words.begin(), words.end(), given) != words.end()) return {};
        return fmt::format("`{}` is none of {}", given, fmt::join(words, ", "));
      },
      "", "");
}

}  // namespace duly::cli
