#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lang/diagnostics/diagnostic.hpp"
#include "lang/program/program.hpp"
#include "lang/resolve/modules.hpp"

namespace duly {

/// What a name in the place of a value stands for.
struct ValueRef {
  bool is_subject = false;  // a definition, decision or agreement's value; else a fact
  std::uint32_t index = 0;
  friend constexpr bool operator==(const ValueRef&, const ValueRef&) = default;
};

/// The module of what is there without a declaration (`agreements.cover`): every module sees it.
inline constexpr std::uint32_t everywhere = 0xffff'ffff;

/// A declared thing of any kind: its place in its array of the Program, its module, where its name stands.
struct Entry {
  std::uint32_t index = 0;
  std::uint32_t module = 0;
  Span span;
  bool is_subject = false;  // of values only
};

/// One namespace. Kinds of name do not clash with each other, so there is one of these for each kind.
class Names {
 public:
  /// `shared`: one meaning in a policy (values, choices, actions, sources). Else each module has its own, and a bare
  /// name means this module's, else the one inherited.
  Names(std::string kind, bool shared) : kind_(std::move(kind)), shared_(shared) {}

  /// Reports a name that is declared twice, with both places; the first stays.
  bool declare(const std::string& name, Entry entry, const ModuleTree& tree, Diagnostics& diagnostics);

  struct Found {
    std::vector<Entry> entries;  // one: found; several: it must be written in full; none: unknown
  };
  /// As seen from a module: bare, or with its module's name in front.
  Found find(std::string_view name, std::uint32_t from, const ModuleTree& tree) const;

  /// Names that can be seen from a module, for near names.
  std::vector<std::string> visible(std::uint32_t from, const ModuleTree& tree) const;

  const std::string& kind() const { return kind_; }

 private:
  std::vector<Entry> find_bare(std::string_view name, std::uint32_t from, const ModuleTree& tree) const;

  std::string kind_;
  bool shared_;
  std::map<std::string, std::vector<Entry>, std::less<>> entries_;  // an entry a module
};

/// Every name of a policy, by kind.
struct Scope {
  Names values{"value", true};
  Names choices{"choice", true};
  Names actions{"action", true};
  Names sources{"source", true};
  Names provisions{"provision", true};
  Names rules{"rule", false};
  Names records{"record", false};
  Names procedures{"procedure", false};
  Names safeguards{"safeguard", false};
  Names agreements{"agreement", false};
  Names cases{"case", false};
};

/// Whether a name may be declared where the text could not be read: then it is not reported as missing, since the
/// mistake that keeps it from being read is.
bool may_be_unread(const std::string& name, std::uint32_t from, const ModuleTree& tree);

/// Whether a name may be one of a module that was not found, which has been reported: so where nothing in sight is
/// called nearly so. A near name is a slip of its own.
bool may_be_in_missing_module(const std::string& name, const Names& names, std::uint32_t from, const ModuleTree& tree);

/// Finds the one thing a name stands for; reports it under `unknown` where there is none (with the nearest name) and
/// where there are several.
std::optional<Entry> look_up(const Names& names, const syntax::Name& name, std::uint32_t from, const ModuleTree& tree,
                             Code unknown, Diagnostics& diagnostics);

}  // namespace duly
