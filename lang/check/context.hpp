#pragma once

#include <optional>
#include <string>
#include <vector>

#include "lang/diagnostics/diagnostic.hpp"
#include "lang/program/program.hpp"
#include "lang/resolve/modules.hpp"
#include "lang/resolve/scope.hpp"

namespace duly {

/// A rule named in another's `despite` or `instead of`, and where.
struct Label {
  RuleId rule;
  Span span;
};

/// What a rule says about coming before others; beside Program::rules, until precedence is closed over.
struct Claims {
  std::optional<Span> despite_all;
  std::vector<Label> despite;
  std::vector<Label> instead_of;
  std::optional<Span> instead_clause;  // it stands in another's place, even where no rule fits the label
};

/// The place that a step's own name has among rules: it is taken, and no rule.
inline constexpr std::uint32_t step_entry = 0xffff'ffff;

/// The value that is yes where any tier 2 agreement covers.
inline constexpr std::string_view cover_value = "agreements.cover";

/// A text of the tree and the module it stands in.
template <class Node>
struct Placed {
  const Node* node = nullptr;
  std::uint32_t module = 0;
};

/// Values that a module added to an inherited choice: those from `first` on.
struct AddedValues {
  ChoiceId choice;
  std::size_t first = 0;
  std::vector<Span> spans;
  std::uint32_t module = 0;
};

/// What the steps of checking share: the tree and the names go in, the Program grows.
struct Context {
  const ModuleTree& tree;
  const SourceMap& sources;
  Program& program;
  Diagnostics& diagnostics;
  Scope scope;

  std::vector<Claims> claims;  // by RuleId
  // The texts that Program entries come from, by their ids.
  std::vector<Placed<syntax::Fact>> facts;
  std::vector<Placed<syntax::Rule>> rules;          // node is null for answers, means and agreements
  std::vector<Placed<syntax::Define>> definitions;  // by SubjectId; null for other subjects
  std::vector<Placed<syntax::Define>> means;        // by RuleId; null for other rules
  std::vector<Placed<syntax::Procedure>> procedures;
  std::vector<Placed<syntax::Safeguard>> safeguards;
  std::vector<Placed<syntax::Record>> records;
  std::vector<Placed<syntax::Agreement>> agreements;
  std::vector<Placed<syntax::Case>> cases;
  std::vector<AddedValues> added_values;

  bool is_root(std::uint32_t module) const { return module + 1 == tree.modules.size(); }
  const std::string& module_name(std::uint32_t module) const { return program.modules[module].name; }
  std::string full_name(std::uint32_t module, const std::string& name) const {
    return module_name(module) + "." + name;
  }

  void error(Code code, Span span, std::string message, std::string label = "", std::string help = "",
             std::vector<Note> notes = {}) {
    diagnostics.add({code, span, std::move(message), std::move(label), std::move(notes), std::move(help)});
  }
};

/// Makes an entry in the Program and in the Scope for everything that any module declares.
void declare_names(Context& context);

/// Types of facts and definitions, what holds otherwise, choices that are extended, `decides`.
void check_types(Context& context);

/// What each rule is about, what it concludes, its condition; procedures as rules; redefinitions.
void check_rules(Context& context);

/// Agreements and the values that they give. Before the rules' conditions are read.
void check_agreements(Context& context);

/// A place for `agreements.cover`, where an agreement is or anything reads it.
void declare_cover_value(Context& context);

/// Its condition, once the agreements' values are there.
void make_cover_value(Context& context);

void check_safeguards(Context& context);
void check_records(Context& context);
void check_cases(Context& context);

/// The provisions that `cite` names; unknown ones are reported.
std::vector<ProvisionId> check_cites(Context& context, const std::vector<syntax::Name>& cites, std::uint32_t module);

}  // namespace duly
