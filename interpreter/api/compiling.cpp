#include <fmt/format.h>

#include <set>

#include "interpreter/api/face.hpp"
#include "lang/compile.hpp"
#include "lang/diagnostics/near_names.hpp"
#include "lang/diagnostics/render.hpp"
#include "stdpolicy/standard_modules.hpp"

struct duly_found {
  std::optional<duly::LoadedModule> module;
};

namespace duly::api {
namespace {

// The language's own limit is a MiB; a little more is kept, so that its error can be given.
constexpr std::size_t most_bytes = (1u << 20) + 1;
constexpr std::size_t longest_name = 4096;  // of a text, as messages call it

std::string cut(std::string_view text, std::size_t most) { return std::string(text.substr(0, most)); }

const EmbeddedModule* standard_policy(std::string_view name) {
  for (const EmbeddedModule& module : standard_modules()) {
    if (module.name == name) return &module;
  }
  return nullptr;
}

std::vector<std::string> standard_names() {
  std::vector<std::string> names;
  for (const EmbeddedModule& module : standard_modules()) names.emplace_back(module.name);
  return names;
}

LoadedModule as_loaded(const EmbeddedModule& module) {
  return {fmt::format("{}.policy", module.name), std::string(module.text)};
}

Problem problem_of(const SourceMap& sources, const Diagnostic& diagnostic) {
  Problem result;
  result.severity = severity(diagnostic.code) == Severity::error ? DULY_ERROR : DULY_WARNING;
  result.code = name(diagnostic.code);
  result.message = diagnostic.message;
  result.help = diagnostic.help;
  const Span span = diagnostic.span;
  if (span.source.index == no_source) return result;
  const Position begin = sources.position(span.source, span.begin);
  const Position end = sources.position(span.source, span.end);
  result.file = sources.name(span.source);
  result.line = begin.line;
  result.column = begin.column;
  result.end_line = end.line;
  result.end_column = end.column;
  return result;
}

/// Asks the host's loader, then the standard policies, and notes whether the host's failed.
class Finder {
 public:
  explicit Finder(const duly_loader* host) : host_(host) {}

  Loader loader() {
    return {[this](std::string_view name, std::string_view from) { return find(name, from); },
            [] { return standard_names(); }};
  }

  std::optional<LoadedModule> find(std::string_view name, std::string_view from) {
    // A standard policy builds on standard policies, whatever the host has.
    if (standard_.count(std::string(from)) == 0 && !failed_) {
      if (auto module = ask_host(name, from)) return module;
    }
    const EmbeddedModule* const standard = failed_ ? nullptr : standard_policy(name);
    if (standard == nullptr) return std::nullopt;
    LoadedModule module = as_loaded(*standard);
    standard_.insert(module.shown_name);
    return module;
  }

  bool failed() const { return failed_; }

  /// What became of the failure, at the word that asked for the module.
  duly_code fail(duly_error** error, const Compiled* compiled) const {
    Problem problem;
    if (compiled != nullptr) {
      for (const Diagnostic& each : compiled->diagnostics.all()) {
        const SourceMap& sources = compiled->sources;
        const bool is_it = each.code == Code::E0305 && each.span.source.index != no_source &&
                           sources.name(each.span.source) == from_ && sources.text(each.span) == wanted_;
        if (is_it) problem = problem_of(sources, each);
      }
    }
    problem.code = problem.help = {};
    problem.message = fmt::format("The loader failed at `{}`", cut(wanted_, longest_name));
    std::string text = fmt::format("error: {}\n", problem.message);
    return api::fail(error, DULY_LOADER_FAILED, std::vector{std::move(problem)}, std::move(text));
  }

 private:
  std::optional<LoadedModule> ask_host(std::string_view name, std::string_view from) {
    if (host_ == nullptr || host_->load == nullptr) return std::nullopt;
    duly_found found;
    duly_code code = DULY_OK;
    try {
      code = host_->load(host_->context, &found, name.size(), name.data(), from.size(), from.data());
    } catch (...) {
      code = DULY_LOADER_FAILED;
    }
    if (code == DULY_OK) return std::move(found.module);
    if (code == DULY_OUT_OF_MEMORY) throw std::bad_alloc();
    failed_ = true;
    wanted_ = name;
    from_ = from;
    return std::nullopt;
  }

  const duly_loader* host_;
  std::set<std::string> standard_;
  bool failed_ = false;
  std::string wanted_, from_;  // at which it failed
};

std::vector<Problem> problems_of(const Compiled& compiled) {
  std::vector<Problem> problems;
  for (const Diagnostic& diagnostic : compiled.diagnostics.all()) {
    problems.push_back(problem_of(compiled.sources, diagnostic));
  }
  return problems;
}

/// From the digests of the texts, so that handles hold for every policy compiled from the same ones. Never 0.
std::uint32_t stamp_of(const Program& program) {
  std::uint64_t hash = 0xcbf2'9ce4'8422'2325;  // FNV-1a
  for (const Module& module : program.modules) {
    for (const char character : module.sha256) {
      hash = (hash ^ static_cast<unsigned char>(character)) * 0x100'0000'01b3;
    }
  }
  const auto folded = static_cast<std::uint32_t>(hash ^ (hash >> 32));
  return folded == 0 ? 1 : folded;
}

std::size_t place_of(SubjectKind kind) {
  switch (kind) {
    case SubjectKind::decision: return 0;
    case SubjectKind::definition:
    case SubjectKind::agreement: return 1;
    case SubjectKind::action: return 2;
  }
  return 0;
}

std::unique_ptr<duly_policy> policy_of(Compiled compiled) {
  auto policy = std::make_unique<duly_policy>();
  policy->warnings.problems = problems_of(compiled);
  if (!policy->warnings.problems.empty()) {
    policy->warnings.text = render_text(compiled.sources, compiled.diagnostics);
    describe(policy->warnings);
  }
  auto loaded = std::make_shared<Loaded>();
  loaded->sources = std::move(compiled.sources);
  loaded->program = std::move(*compiled.program);
  loaded->stamp = stamp_of(loaded->program);
  for (std::uint32_t i = 0; i < loaded->program.subjects.size(); ++i) {
    loaded->subjects[place_of(loaded->program.subjects[i].kind)].push_back(SubjectId{i});
  }
  policy->loaded = std::move(loaded);
  return policy;
}

duly_code compile_root(LoadedModule root, Finder& finder, std::uint32_t flags, duly_policy** policy,
                       duly_error** error) {
  const bool lint = (flags & DULY_WITHOUT_WARNINGS) == 0;
  Compiled compiled = compile(std::move(root), finder.loader(), CompileOptions{today(), lint});
  if (finder.failed()) return finder.fail(error, &compiled);
  if (!compiled.program) {
    return fail(error, DULY_WRONG_POLICY, problems_of(compiled), render_text(compiled.sources, compiled.diagnostics));
  }
  *policy = policy_of(std::move(compiled)).release();
  return DULY_OK;
}

/// Sets the out parameters to nothing; false where an argument is none that is allowed.
bool begin(std::uint32_t flags, duly_policy** policy, duly_error** error) {
  if (error != nullptr) *error = nullptr;
  if (policy == nullptr) return false;
  *policy = nullptr;
  return (flags & ~std::uint32_t{DULY_WITHOUT_WARNINGS}) == 0;
}

}  // namespace
}  // namespace duly::api

using namespace duly;
using namespace duly::api;

duly_code duly_found_text(duly_found* found, size_t name_size, const char* name, size_t size, const char* text) {
  return guarded([&]() -> duly_code {
    const auto shown = passed(name_size, name);
    const auto whole = passed(size, text);
    if (found == nullptr || !shown || !whole) return DULY_INVALID_ARGUMENT;
    found->module = LoadedModule{cut(*shown, longest_name), cut(*whole, most_bytes)};
    return DULY_OK;
  });
}

duly_code duly_compile(size_t name_size, const char* name, size_t size, const char* text, const duly_loader* loader,
                       uint32_t flags, duly_policy** policy, duly_error** error) {
  return guarded([&]() -> duly_code {
    if (!begin(flags, policy, error)) return DULY_INVALID_ARGUMENT;
    const auto shown = passed(name_size, name);
    const auto whole = passed(size, text);
    if (!shown || !whole) return DULY_INVALID_ARGUMENT;
    Finder finder(loader);
    return compile_root({cut(*shown, longest_name), cut(*whole, most_bytes)}, finder, flags, policy, error);
  });
}

duly_code duly_load(size_t name_size, const char* name, const duly_loader* loader, uint32_t flags, duly_policy** policy,
                    duly_error** error) {
  return guarded([&]() -> duly_code {
    if (!begin(flags, policy, error)) return DULY_INVALID_ARGUMENT;
    const auto wanted = passed(name_size, name);
    if (!wanted) return DULY_INVALID_ARGUMENT;
    Finder finder(loader);
    std::optional<LoadedModule> root = finder.find(*wanted, "");
    if (finder.failed()) return finder.fail(error, nullptr);
    if (root) return compile_root(std::move(*root), finder, flags, policy, error);
    const std::string shown = cut(*wanted, longest_name);
    const auto near = nearest(shown, standard_names());
    return fail(error, DULY_NOT_FOUND, fmt::format("`{}` is neither found by the loader nor a standard policy", shown),
                near ? fmt::format("Did you mean `{}`?", *near) : std::string());
  });
}

void duly_policy_release(duly_policy* policy) { delete policy; }

const duly_error* duly_policy_warnings(const duly_policy* policy) {
  return policy == nullptr || policy->warnings.problems.empty() ? nullptr : &policy->warnings;
}

duly_text duly_standard_policy(size_t index) {
  // The names are literals, so a zero byte follows them.
  const auto modules = standard_modules();
  return index < modules.size() ? duly_text{modules[index].name.size(), modules[index].name.data()} : no_text();
}
