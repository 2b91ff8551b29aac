#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "interpreter/cli/commands.hpp"
#include "interpreter/cli/replace_file.hpp"
#include "lang/diagnostics/render.hpp"
#include "lang/layout/layout.hpp"

namespace duly::cli {
namespace {

namespace fs = std::filesystem;

/// The files that PATH means; null, and said on the terminal, where there are none.
std::optional<std::vector<std::string>> files_at(Terminal& terminal, const std::string& path, bool alone) {
  std::error_code ignored;
  if (fs::is_directory(path, ignored)) return policy_files_below(terminal, path, alone);
  if (fs::is_regular_file(path, ignored)) return std::vector<std::string>{path};
  if (!fs::exists(path, ignored) && is_standard_policy(path)) {
    terminal.error(fmt::format("`{}` is a standard policy, which is part of the program", path),
                   "Only files and folders of files can be laid out.");
    return std::nullopt;
  }
  report_unreadable(terminal, fs::exists(path, ignored) ? fmt::format("`{}` is neither a file nor a folder", path)
                                                        : fmt::format("There is no file or folder `{}`", path));
  return std::nullopt;
}

class Formatter {
 public:
  Formatter(Terminal& terminal, const FmtOptions& options) : terminal_(terminal), options_(options) {}

  int run() {
    const auto& paths = options_.paths;
    if (std::find(paths.begin(), paths.end(), "-") != paths.end()) {
      if (paths.size() > 1) return terminal_.error("`-`, standard input, stands alone", "Name files or `-`, not both.");
      standard_input();
      return exit_code_;
    }
    for (const std::string& path : paths) {
      const auto files = files_at(terminal_, path, paths.size() == 1);
      if (!files) note(misused);
      if (!files) continue;
      for (const std::string& file : *files) {
        if (!terminal_.lost()) file_in_place(file);
      }
    }
    return exit_code_;
  }

 private:
  void standard_input() {
    const FileText read = read_standard_input(policy_bytes);
    if (!read.text) {
      note(report_unreadable(terminal_, fmt::format("Standard input cannot be read: {}", read.problem)));
      return;
    }
    const auto laid_out = lay_out_text("standard input", *read.text);
    if (!laid_out) return;
    if (!options_.check) {
      terminal_.out(*laid_out);
    } else if (*laid_out != *read.text) {
      terminal_.out("-\n");
      note(wrong);
    }
  }

  void file_in_place(const std::string& file) {
    const FileText read = read_file(file, policy_bytes);
    if (!read.text) {
      note(report_unreadable(terminal_, fmt::format("`{}` cannot be read: {}", file, read.problem)));
      return;
    }
    const auto laid_out = lay_out_text(file, *read.text);
    if (!laid_out || *laid_out == *read.text) return;
    if (options_.check) {
      note(wrong);
    } else if (const std::string problem = replace_file(file, *read.text, *laid_out); !problem.empty()) {
      note(terminal_.error(fmt::format("`{}` cannot be written: {}", file, problem), "It is as it was."));
      return;
    }
    terminal_.out(fmt::format("{}\n", file));
  }

  /// Null, and said why, where it cannot be laid out.
  std::optional<std::string> lay_out_text(const std::string& name, const std::string& text) {
    SourceMap sources;
    Diagnostics diagnostics;
    LaidOut laid_out = lay_out(sources, sources.add(name, text), diagnostics);
    switch (laid_out.result) {
      case LaidOut::Result::done: return std::move(laid_out.text);
      case LaidOut::Result::syntax_error:
        diagnostics.sort();
        terminal_.err(render_text(sources, diagnostics, {terminal_.colors_err()}));
        break;
      case LaidOut::Result::too_long:
        terminal_.error(fmt::format("`{}` is left as it was: laid out, it would be larger than 1 MiB", name),
                        "Divide it into modules, and let one extend the others.");
        break;
      case LaidOut::Result::changes_meaning:
        terminal_.error(fmt::format("`{}` is left as it was: laid out, it would have said something else", name),
                        "This is a fault in Duly. Please report it, with the file.");
        break;
    }
    note(wrong);
    return std::nullopt;
  }

  void note(int exit_code) { exit_code_ = std::max(exit_code_, exit_code); }

  Terminal& terminal_;
  const FmtOptions& options_;
  int exit_code_ = done;
};

}  // namespace

int fmt_files(Terminal& terminal, const FmtOptions& options) { return Formatter(terminal, options).run(); }

}  // namespace duly::cli
