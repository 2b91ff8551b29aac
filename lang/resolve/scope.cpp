#include "lang/resolve/scope.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "lang/diagnostics/near_names.hpp"

namespace duly {
namespace {

bool is_visible(std::uint32_t module, std::uint32_t from, const ModuleTree& tree) {
  return module == from || module == everywhere || tree.does_extend(from, module);
}

std::string module_name(const ModuleTree& tree, std::uint32_t module) {
  return module == everywhere ? "the language" : tree.modules[module].header.name.text;
}

/// Where the first module that brings two others together says so.
Span meeting_place(std::uint32_t a, std::uint32_t b, const ModuleTree& tree) {
  for (std::uint32_t module = 0; module < tree.modules.size(); ++module) {
    if (!tree.does_extend(module, a) || !tree.does_extend(module, b)) continue;
    const auto& header = tree.modules[module].header;
    for (const syntax::Name& extended : header.extends) {
      const bool leads_there =
          extended.text == module_name(tree, b) ||
          std::any_of(tree.extends[module].begin(), tree.extends[module].end(), [&](std::uint32_t direct) {
            return module_name(tree, direct) == extended.text && tree.does_extend(direct, b);
          });
      if (leads_there) return extended.span;
    }
    return header.name.span;
  }
  return tree.modules.back().header.name.span;
}

}  // namespace

bool Names::declare(const std::string& name, Entry entry, const ModuleTree& tree, Diagnostics& diagnostics) {
  std::vector<Entry>& there = entries_[name];
  for (const Entry& other : there) {
    if (!shared_ && other.module != entry.module) continue;
    const bool inherited = other.module != entry.module && other.module != everywhere;
    std::string message = fmt::format("The {} `{}` is declared twice", kind_, name);
    std::string help = "Give one of them another name.";
    if (inherited && tree.does_extend(entry.module, other.module)) {
      message = fmt::format("The {} `{}` is declared already, by `{}`, which this policy extends", kind_, name,
                            module_name(tree, other.module));
      help = fmt::format("Use the {} of `{}` as it is, or give this one another name.", kind_,
                         module_name(tree, other.module));
    } else if (inherited) {
      help = fmt::format("Declare it in one module that both extend. One {} has one meaning in a policy.", kind_);
      diagnostics.add({Code::E0302,
                       meeting_place(other.module, entry.module, tree),
                       fmt::format("The {} `{}` is declared by `{}` and by `{}`, and this policy brings both together",
                                   kind_, name, module_name(tree, other.module), module_name(tree, entry.module)),
                       "brought together here",
                       {{other.span, "declared here"}, {entry.span, "and declared here"}},
                       help});
      return false;
    }
    diagnostics.add(
        {Code::E0302, entry.span, message, "declared again here", {{other.span, "first declared here"}}, help});
    return false;
  }
  there.push_back(entry);
  return true;
}

std::vector<Entry> Names::find_bare(std::string_view name, std::uint32_t from, const ModuleTree& tree) const {
  const auto found = entries_.find(name);
  if (found == entries_.end()) return {};
  std::vector<Entry> inherited;
  for (const Entry& entry : found->second) {
    if (entry.module == from) return {entry};
    if (is_visible(entry.module, from, tree)) inherited.push_back(entry);
  }
  return inherited;
}

Names::Found Names::find(std::string_view name, std::uint32_t from, const ModuleTree& tree) const {
  if (auto bare = find_bare(name, from, tree); !bare.empty()) return {std::move(bare)};
  const auto dot = name.find('.');
  if (dot == std::string_view::npos) return {};
  const auto found = entries_.find(name.substr(dot + 1));
  if (found == entries_.end()) return {};
  for (const Entry& entry : found->second) {
    if (module_name(tree, entry.module) == name.substr(0, dot) && is_visible(entry.module, from, tree))
      return {{entry}};
  }
  return {};
}

std::vector<std::string> Names::visible(std::uint32_t from, const ModuleTree& tree) const {
  std::vector<std::string> names;
  for (const auto& [name, entries] : entries_) {
    const bool seen = std::any_of(entries.begin(), entries.end(),
                                  [&](const Entry& entry) { return is_visible(entry.module, from, tree); });
    if (seen) names.push_back(name);
  }
  return names;
}

bool may_be_unread(const std::string& name, std::uint32_t from, const ModuleTree& tree) {
  for (std::uint32_t module = 0; module < tree.modules.size(); ++module) {
    if (!is_visible(module, from, tree)) continue;
    const syntax::Module& read = tree.modules[module];
    if (read.header.title.span.end == 0) return true;  // not even what it extends is known
    for (const syntax::Name& unread : read.unread) {
      // The name itself, or a part of it: a provision, an agreement's value, an answer of some step.
      if (name == unread.text || name.starts_with(unread.text + ".") || name.ends_with("." + unread.text)) return true;
    }
    const bool is_answer = name.ends_with(".yes") || name.ends_with(".no") || name.ends_with(".otherwise");
    if (is_answer && !read.unread.empty()) return true;  // of a procedure, perhaps
  }
  return false;
}

bool may_be_in_missing_module(const std::string& name, const Names& names, std::uint32_t from, const ModuleTree& tree) {
  for (std::uint32_t module = 0; module < tree.modules.size(); ++module) {
    if (!is_visible(module, from, tree)) continue;
    if (tree.modules[module].header.extends.size() == tree.extends[module].size()) continue;
    return !nearest(name, names.visible(from, tree));
  }
  return false;
}

std::optional<Entry> look_up(const Names& names, const syntax::Name& name, std::uint32_t from, const ModuleTree& tree,
                             Code unknown, Diagnostics& diagnostics) {
  auto found = names.find(name.text, from, tree).entries;
  if (found.size() == 1) return found.front();
  if (found.empty() && diagnostics.errors() > 0 &&
      (may_be_unread(name.text, from, tree) || may_be_in_missing_module(name.text, names, from, tree))) {
    return std::nullopt;
  }
  if (found.empty()) {
    std::string help;
    if (const auto near = nearest(name.text, names.visible(from, tree)))
      help = fmt::format("Did you mean `{}`?", *near);
    diagnostics.add(
        {unknown, name.span, fmt::format("There is no {} `{}`", names.kind(), name.text), "not found", {}, help});
    return std::nullopt;
  }
  std::vector<Note> notes;
  std::string help = "Write it in full:";
  for (const Entry& entry : found) {
    notes.push_back({entry.span, fmt::format("the one of `{}`", module_name(tree, entry.module))});
    help += fmt::format(" `{}.{}`", module_name(tree, entry.module), name.text);
    help += &entry == &found.back() ? "." : " or";
  }
  diagnostics.add({Code::E0304, name.span, fmt::format("`{}` is a {} of more than one module", name.text, names.kind()),
                   "which one?", std::move(notes), help});
  return std::nullopt;
}

}  // namespace duly
