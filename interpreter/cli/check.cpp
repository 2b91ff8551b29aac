#include <fmt/format.h>

#include <filesystem>
#include <map>

#include "interpreter/cli/commands.hpp"
#include "lang/diagnostics/render.hpp"

namespace duly::cli {
namespace {

/// Several policies' diagnostics as one list, for formats that are one document. Modules that they share count once.
class Merged {
 public:
  void add(const Compiled& compiled) {
    for (Diagnostic diagnostic : compiled.diagnostics.all()) {
      move(compiled.sources, diagnostic.span);
      for (Note& note : diagnostic.notes) move(compiled.sources, note.span);
      diagnostics.add(std::move(diagnostic));
    }
  }

  SourceMap sources;
  Diagnostics diagnostics;

 private:
  void move(const SourceMap& from, Span& span) {
    if (span.source.index == no_source) return;
    const std::string name(from.name(span.source));
    auto known = ids_.find(name);
    if (known == ids_.end()) {
      known = ids_.emplace(name, sources.add(name, std::string(from.text(span.source)))).first;
    }
    span.source = known->second;
  }

  std::map<std::string, SourceId> ids_;
};

/// The policies to check: what is a folder stands for every policy below it.
std::vector<std::string> policies_of(Terminal& terminal, const std::vector<std::string>& paths, int& exit_code) {
  std::vector<std::string> result;
  for (const std::string& path : paths) {
    std::error_code ignored;
    if (!std::filesystem::is_directory(path, ignored)) {
      result.push_back(path);  // whether it can be read is said where it is
      continue;
    }
    const auto found = policies_at(terminal, path, paths.size() == 1);
    if (!found) exit_code = misused;
    if (found) result.insert(result.end(), found->begin(), found->end());
  }
  if (result.empty()) exit_code = misused;
  return result;
}

std::string count(std::size_t number, std::string_view what) {
  return number == 0 ? fmt::format("no {}s", what) : fmt::format("{} {}{}", number, what, number == 1 ? "" : "s");
}

}  // namespace

int check(Terminal& terminal, const SearchPath& path, const CheckOptions& options) {
  int exit_code = done;
  Merged merged;
  for (const std::string& policy : policies_of(terminal, options.policies, exit_code)) {
    const OpenedPolicy opened = read_policy(terminal, path, policy, /*lint=*/true);
    if (!opened.compiled) {
      exit_code = misused;
      continue;
    }
    const Compiled& compiled = *opened.compiled;
    const Diagnostics& found = compiled.diagnostics;
    const bool fails = found.errors() > 0 || (options.strict && found.warnings() > 0);
    if (fails && exit_code == done) exit_code = wrong;
    if (options.format != Format::text) {
      merged.add(compiled);
      continue;
    }
    terminal.err(render_text(compiled.sources, found, {terminal.colors_err()}));
    if (compiled.program) {
      terminal.out(
          fmt::format("{}: no errors, {}\n", compiled.program->policy().name, count(found.warnings(), "warning")));
    }
  }
  merged.diagnostics.sort();
  if (options.format == Format::json) terminal.out(render_json(merged.sources, merged.diagnostics));
  if (options.format == Format::sarif) terminal.out(render_sarif(merged.sources, merged.diagnostics));
  return exit_code;
}

}  // namespace duly::cli
