#pragma once

#include <optional>
#include <vector>

#include "interpreter/eval/decision.hpp"

namespace duly {

/// Why: a rule left, a list item that decided, or what holds because no rule applied; and what each rests on.
struct Reason {
  enum class Kind : std::uint8_t { rule, item, otherwise };
  Kind kind = Kind::rule;
  RuleId rule;                  // of a rule
  ItemId item;                  // of an item
  SubjectId subject;            // whose value this reason gives (of an item: whose condition it stands in)
  bool in_some = false;         // decides only in some ways of filling in
  bool holds = true;            // of an item: it decides by being true; else by being false, of `all of`
  std::vector<FactId> facts;    // known facts read here, each once, in the order of reading
  std::vector<Reason> because;  // what it rests on
};

/// A rule that applies and is set aside, and by which.
struct SetAside {
  RuleId rule;
  RuleId by;
};

/// The reasons for the finding on a subject that is decided or in conflict: the rules left that decided it (of a duty:
/// that lay it in that strength); of a conflict, the rules that disagree, at its root. Empty where it holds because no
/// rule applied, or where it is undecided.
std::vector<Reason> reasons(const Program& program, const Case& facts, const Decision& decision, SubjectId subject);

/// The reasons for given rules, for the outcomes that are still possible.
Reason reason_for(const Program& program, const Case& facts, const Decision& decision, RuleId rule, bool in_some);

/// Where a conflict comes from: the subject itself where its own rules disagree, else the definitions and duties in
/// conflict on which it rests, at the root. Each once; just the subject where it is not in conflict.
std::vector<SubjectId> roots_of_conflict(const Program& program, const Decision& decision, SubjectId subject);

std::vector<SetAside> set_aside(const Program& program, const Decision& decision, SubjectId subject);

/// The title of a provision as it is cited, `hmg2015.flow_1_purpose`, for all in order, without repeats.
std::vector<ProvisionId> cites_of(const Program& program, const Reason& reason);

}  // namespace duly
