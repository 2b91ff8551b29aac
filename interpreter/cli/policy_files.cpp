#include "interpreter/cli/policy_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>
#include <set>

#include "lang/diagnostics/near_names.hpp"
#include "lang/diagnostics/render.hpp"
#include "stdpolicy/standard_modules.hpp"

namespace duly::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view extension = ".policy";

std::string reason(int error) {
  switch (error) {
    case ENOENT: return "there is no such file";
    case ENOTDIR: return "a part of its path is not a folder";
    case EACCES: return "you may not read it";
    case EISDIR: return "it is a folder";
    default: return std::strerror(error);
  }
}

FileText read_stream(std::FILE* stream, std::size_t limit) {
  std::string text;
  std::size_t got = 1;
  while (got > 0 && text.size() <= limit) {
    const std::size_t before = text.size();
    text.resize(std::min(before + (64u << 10), limit + 1));
    got = std::fread(text.data() + before, 1, text.size() - before, stream);
    text.resize(before + got);
  }
  if (std::ferror(stream) != 0) return {std::nullopt, reason(errno)};
  return {std::move(text), {}};
}

std::optional<std::string_view> standard_policy(std::string_view name) {
  for (const EmbeddedModule& module : standard_modules()) {
    if (module.name == name) return module.text;
  }
  return std::nullopt;
}

std::vector<std::string> standard_names() {
  std::vector<std::string> names;
  for (const EmbeddedModule& module : standard_modules()) names.emplace_back(module.name);
  return names;
}

/// The modules whose files stand in a folder.
std::vector<std::string> modules_in(const fs::path& folder) {
  std::vector<std::string> names;
  std::error_code ignored;
  for (fs::directory_iterator entry(folder, ignored), end; !ignored && entry != end; entry.increment(ignored)) {
    if (entry->path().extension() == extension) names.push_back(entry->path().stem().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

fs::path folder_of(std::string_view shown_name) {
  const fs::path folder = fs::path(shown_name).parent_path();
  return folder.empty() ? fs::path(".") : folder;
}

/// Finds what a policy extends, and remembers which files it could not read.
class ModuleFinder {
 public:
  ModuleFinder(const SearchPath& path, std::string root, bool root_is_standard) : path_(path), root_(std::move(root)) {
    if (root_is_standard) standard_.insert(root_);
  }

  Loader loader() {
    return {[this](std::string_view name, std::string_view from) { return load(name, from); },
            [this] { return known(); }};
  }

  const std::vector<std::string>& unreadable() const { return unreadable_; }

 private:
  std::optional<LoadedModule> load(std::string_view name, std::string_view from) {
    // A standard policy builds on standard policies, whatever files happen to stand where the program runs.
    const bool from_standard = standard_.count(std::string(from)) > 0;
    if (!from_standard) {
      std::vector<fs::path> folders{folder_of(from)};
      folders.insert(folders.end(), path_.folders.begin(), path_.folders.end());
      for (const fs::path& folder : folders) {
        fs::path file = folder / (std::string(name) + std::string(extension));
        if (folder == "." && from.find('/') == std::string_view::npos) file = file.filename();
        std::error_code ignored;
        if (!fs::exists(file, ignored)) continue;
        FileText read = read_file(file.string(), policy_bytes);
        if (read.text) return LoadedModule{file.string(), std::move(*read.text)};
        unreadable_.push_back(fmt::format("`{}` cannot be read: {}", file.string(), read.problem));
        return std::nullopt;
      }
    }
    const auto text = standard_policy(name);
    if (!text) return std::nullopt;
    LoadedModule module{std::string(name) + std::string(extension), std::string(*text)};
    standard_.insert(module.shown_name);
    return module;
  }

  std::vector<std::string> known() const {
    std::set<std::string> names;
    for (std::string& name : standard_names()) names.insert(std::move(name));
    for (std::string& name : modules_in(folder_of(root_))) names.insert(std::move(name));
    for (const std::string& folder : path_.folders) {
      for (std::string& name : modules_in(folder)) names.insert(std::move(name));
    }
    return {names.begin(), names.end()};
  }

  const SearchPath& path_;
  std::string root_;
  std::set<std::string> standard_;  // shown names of standard policies
  std::vector<std::string> unreadable_;
};

bool looks_like_a_path(std::string_view policy) {
  return policy.find('/') != std::string_view::npos || policy.ends_with(extension);
}

/// What may have been meant by a policy that is not there.
std::string help_for_missing(const std::string& policy) {
  std::error_code ignored;
  if (!looks_like_a_path(policy)) {
    if (fs::exists(policy + std::string(extension), ignored)) return fmt::format("Did you mean `{}.policy`?", policy);
    std::string help =
        fmt::format("A policy is a `.policy` file or a standard policy: {}.", fmt::join(standard_names(), ", "));
    if (const auto meant = nearest(policy, standard_names())) help = fmt::format("Did you mean `{}`? {}", *meant, help);
    return help;
  }
  const fs::path path(policy);
  if (const auto meant = nearest(path.stem().string(), modules_in(folder_of(policy)))) {
    return fmt::format("Did you mean `{}`?", (path.parent_path() / (*meant + std::string(extension))).string());
  }
  return {};
}

}  // namespace

FileText read_file(const std::string& path, std::size_t limit) {
  std::error_code ignored;
  if (fs::is_directory(path, ignored)) return {std::nullopt, reason(EISDIR)};
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rb"), &std::fclose);
  if (!file) return {std::nullopt, reason(errno)};
  return read_stream(file.get(), limit);
}

int report_unreadable(Terminal& terminal, std::string message, std::string help) {
  const Diagnostic diagnostic{Code::E0101, nowhere, std::move(message), "", {}, std::move(help)};
  terminal.err(render_text(SourceMap{}, diagnostic, {terminal.colors_err()}));
  return misused;
}

FileText read_standard_input(std::size_t limit) { return read_stream(stdin, limit); }

bool is_standard_policy(std::string_view name) { return standard_policy(name).has_value(); }

std::string repository_file(const std::string& policy) {
  return is_standard_policy(policy) ? fmt::format("stdpolicy/{}.policy", policy) : policy;
}

OpenedPolicy read_policy(Terminal& terminal, const SearchPath& path, const std::string& policy, bool lint) {
  LoadedModule root{policy, {}};
  const auto standard = looks_like_a_path(policy) ? std::nullopt : standard_policy(policy);
  if (standard) {
    root = {policy + std::string(extension), std::string(*standard)};
  } else {
    FileText read = read_file(policy, policy_bytes);
    if (!read.text) {
      std::error_code ignored;
      const bool missing = !fs::exists(policy, ignored);
      const std::string message = missing && !looks_like_a_path(policy)
                                      ? fmt::format("`{}` is neither a file nor a standard policy", policy)
                                      : fmt::format("`{}` cannot be read: {}", policy, read.problem);
      return {std::nullopt, report_unreadable(terminal, message, missing ? help_for_missing(policy) : std::string())};
    }
    root.text = std::move(*read.text);
  }
  ModuleFinder finder(path, root.shown_name, standard.has_value());
  OpenedPolicy opened;
  opened.compiled = compile(std::move(root), finder.loader(), CompileOptions{today(), lint});
  if (finder.unreadable().empty()) return opened;
  for (const std::string& message : finder.unreadable()) opened.exit_code = report_unreadable(terminal, message);
  opened.compiled.reset();
  return opened;
}

OpenedPolicy open_policy(Terminal& terminal, const SearchPath& path, const std::string& policy) {
  OpenedPolicy opened = read_policy(terminal, path, policy, /*lint=*/false);
  if (!opened.compiled || opened.compiled->program) return opened;
  terminal.err(render_text(opened.compiled->sources, opened.compiled->diagnostics, {terminal.colors_err()}));
  return {std::nullopt, wrong};
}

std::optional<std::vector<std::string>> policies_at(Terminal& terminal, const std::string& path, bool alone) {
  std::error_code ignored;
  if (is_standard_policy(path)) return std::vector<std::string>{path};
  if (!fs::exists(path, ignored)) {
    report_unreadable(terminal, fmt::format("`{}` is no file, folder or standard policy", path),
                      help_for_missing(path));
    return std::nullopt;
  }
  if (!fs::is_directory(path, ignored)) return std::vector<std::string>{path};
  return policy_files_below(terminal, path, alone);
}

std::optional<std::vector<std::string>> policy_files_below(Terminal& terminal, const std::string& folder, bool alone) {
  std::error_code ignored;
  std::vector<std::string> found;
  fs::recursive_directory_iterator entry(folder, fs::directory_options::skip_permission_denied, ignored);
  for (const fs::recursive_directory_iterator end; !ignored && entry != end; entry.increment(ignored)) {
    const bool hidden = entry->path().filename().string().starts_with('.');
    if (hidden && entry->is_directory(ignored)) entry.disable_recursion_pending();
    if (!hidden && entry->path().extension() == extension) found.push_back(entry->path().string());
  }
  std::sort(found.begin(), found.end());
  if (found.empty() && alone) {
    report_unreadable(terminal, fmt::format("There is no `.policy` file below `{}`", folder));
    return std::nullopt;
  }
  if (found.empty())
    terminal.err(fmt::format("note: there is no `.policy` file below `{}`; it is passed over\n", folder));
  return found;
}

}  // namespace duly::cli
