#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "interpreter/cli/terminal.hpp"
#include "lang/compile.hpp"

namespace duly::cli {

/// A file's text, or why it cannot be read: "there is no such file".
struct FileText {
  std::optional<std::string> text;
  std::string problem;
};

/// What is read of a policy: the language's own limit is a MiB, and with a little more its error can be given.
inline constexpr std::size_t policy_bytes = (1u << 20) + 1;

/// Reads at most `limit` bytes; of a longer file one more, so that the reader of its text can see that it is too long.
FileText read_file(const std::string& path, std::size_t limit);
/// Likewise from standard input.
FileText read_standard_input(std::size_t limit);

/// Says that a file cannot be read, as a diagnostic; returns `misused`.
int report_unreadable(Terminal& terminal, std::string message, std::string help = {});

/// Where modules are looked for: beside the file that extends them, then along the search path, then among the
/// standard policies.
struct SearchPath {
  std::vector<std::string> folders;
};

/// Whether a name (`national`) is that of a standard policy.
bool is_standard_policy(std::string_view name);

/// The file of a policy for a report that is read later: a standard policy's as it stands in the repository.
std::string repository_file(const std::string& policy);

/// A policy that was read, or why it was not. It may still have errors.
struct OpenedPolicy {
  std::optional<Compiled> compiled;
  int exit_code = done;  // where there is nothing compiled; the reason has been said
};

/// Reads and compiles a `.policy` file or a standard policy. Says on the terminal what could not be read.
OpenedPolicy read_policy(Terminal& terminal, const SearchPath& path, const std::string& policy, bool lint);

/// As read_policy, for commands that need a policy without errors: prints them where there are any.
OpenedPolicy open_policy(Terminal& terminal, const SearchPath& path, const std::string& policy);

/// The policies that PATH means: itself, where it is a file or a standard policy; every `.policy` file below it,
/// sorted, where it is a folder. Null, and said on the terminal, where there is nothing; of a folder that does not
/// stand `alone` (`examples/*` names all there are) it is noted, and none are returned.
std::optional<std::vector<std::string>> policies_at(Terminal& terminal, const std::string& path, bool alone);

/// The files that a folder means to policies_at, the same way.
std::optional<std::vector<std::string>> policy_files_below(Terminal& terminal, const std::string& folder, bool alone);

}  // namespace duly::cli
