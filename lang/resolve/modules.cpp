#include "lang/resolve/modules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "lang/diagnostics/near_names.hpp"
#include "lang/parse/parse.hpp"

namespace duly {
namespace {

constexpr std::size_t max_modules = 64;

std::string file_stem(std::string_view shown_name) {
  const auto slash = shown_name.find_last_of("/\\");
  if (slash != std::string_view::npos) shown_name.remove_prefix(slash + 1);
  constexpr std::string_view extension = ".policy";
  if (!shown_name.ends_with(extension)) return {};
  shown_name.remove_suffix(extension.size());
  return std::string(shown_name);
}

class ModuleLoader {
 public:
  ModuleLoader(const Loader& loader, SourceMap& sources, Diagnostics& diagnostics)
      : loader_(loader), sources_(sources), diagnostics_(diagnostics) {}

  ModuleTree load(LoadedModule root) {
    const std::string name = file_stem(root.shown_name);
    visit(name, std::move(root));
    return std::move(tree_);
  }

 private:
  // Depth first, so that what a module extends stands before it. Returns its place, or null where it cannot be used.
  std::optional<std::uint32_t> visit(const std::string& expected_name, LoadedModule loaded) {
    const SourceId source = sources_.add(loaded.shown_name, std::move(loaded.text));
    syntax::Module module = parse(sources_, source, diagnostics_);
    const syntax::Name& name = module.header.name;
    if (name.text.empty() && expected_name.empty()) return std::nullopt;
    if (name.text.empty()) module.header.name = {expected_name, Span{source, 0, 0}};
    if (!name.text.empty() && !expected_name.empty() && name.text != expected_name) {
      diagnostics_.add(
          {Code::E0104,
           name.span,
           fmt::format("This policy calls itself `{}`, but its file is `{}.policy`", name.text, expected_name),
           fmt::format("expected `{}`", expected_name),
           {},
           fmt::format("Write `policy {}`, or rename the file to `{}.policy`.", expected_name, name.text)});
      module.header.name.text = expected_name;
    }
    open_.push_back(module.header.name.text);
    std::vector<std::uint32_t> extends;
    for (const syntax::Name& wanted : module.header.extends) {
      const auto place = find(wanted, loaded.shown_name, open_);
      if (place && std::find(extends.begin(), extends.end(), *place) == extends.end()) extends.push_back(*place);
    }
    open_.pop_back();
    if (tree_.modules.size() >= max_modules) {
      report_too_many(module.header.name.span);
      return std::nullopt;
    }
    std::vector<std::uint32_t> all;
    for (const std::uint32_t direct : extends) {
      all.push_back(direct);
      all.insert(all.end(), tree_.all_extends[direct].begin(), tree_.all_extends[direct].end());
    }
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    const auto place = static_cast<std::uint32_t>(tree_.modules.size());
    places_[module.header.name.text] = place;
    tree_.modules.push_back(std::move(module));
    tree_.extends.push_back(std::move(extends));
    tree_.all_extends.push_back(std::move(all));
    return place;
  }

  std::optional<std::uint32_t> find(const syntax::Name& wanted, const std::string& from,
                                    const std::vector<std::string>& open) {
    if (const auto circle = std::find(open.begin(), open.end(), wanted.text); circle != open.end()) {
      std::string path;
      for (auto step = circle; step != open.end(); ++step) path += fmt::format("`{}` extends ", *step);
      diagnostics_.add({Code::E0306,
                        wanted.span,
                        fmt::format("These modules extend each other in a circle: {}`{}`", path, wanted.text),
                        "",
                        {},
                        "Take one of these `extends` away: the more basic module does not extend the more local one."});
      return std::nullopt;
    }
    if (const auto known = places_.find(wanted.text); known != places_.end()) return known->second;
    if (too_many_) return std::nullopt;
    if (open.size() >= max_modules) {  // a chain this long is too many as well, and need not be read to its end
      report_too_many(wanted.span);
      return std::nullopt;
    }
    auto loaded = loader_.load ? loader_.load(wanted.text, from) : std::nullopt;
    if (!loaded) {
      report_unknown(wanted);
      return std::nullopt;
    }
    return visit(wanted.text, std::move(*loaded));
  }

  void report_too_many(Span span) {
    if (too_many_) return;
    too_many_ = true;
    diagnostics_.add({Code::E0903,
                      span,
                      fmt::format("This policy comes to more than {} modules", max_modules),
                      "",
                      {},
                      "Put modules together that are always used together."});
  }

  void report_unknown(const syntax::Name& wanted) {
    if (!reported_.insert({wanted.text, true}).second) return;
    std::string help = fmt::format(
        "A module is looked for as `{}.policy` beside this file, then along the search path, then among the standard "
        "policies.",
        wanted.text);
    if (loader_.known) {
      if (const auto near = nearest(wanted.text, loader_.known()))
        help = fmt::format("Did you mean `{}`? {}", *near, help);
    }
    diagnostics_.add(
        {Code::E0305, wanted.span, fmt::format("There is no module `{}`", wanted.text), "not found", {}, help});
  }

  const Loader& loader_;
  SourceMap& sources_;
  Diagnostics& diagnostics_;
  ModuleTree tree_;
  std::vector<std::string> open_;
  std::map<std::string, std::uint32_t> places_;
  std::map<std::string, bool> reported_;
  bool too_many_ = false;
};

}  // namespace

bool ModuleTree::does_extend(std::uint32_t a, std::uint32_t b) const {
  return std::binary_search(all_extends[a].begin(), all_extends[a].end(), b);
}

ModuleTree load_modules(LoadedModule root, const Loader& loader, SourceMap& sources, Diagnostics& diagnostics) {
  return ModuleLoader(loader, sources, diagnostics).load(std::move(root));
}

}  // namespace duly
