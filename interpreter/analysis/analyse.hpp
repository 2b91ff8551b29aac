#pragma once

#include <optional>
#include <string>
#include <vector>

#include "interpreter/eval/case.hpp"
#include "interpreter/eval/decision.hpp"
#include "interpreter/outcome/diagrams.hpp"
#include "lang/program/program.hpp"

namespace duly {

enum class ProblemKind : std::uint8_t {
  conflict,          // there is a case in which the rules about a value disagree
  gap,               // … in which no rule applies and nothing holds otherwise
  broken_safeguard,  // … in which a safeguard is false
  never_applies,     // a rule of the policy's own module whose condition no case fulfils
  never_decides,     // … that always gives way to others
  idle_item,         // a list item that no case makes true (of `all of`: false)
};

/// One thing that analysis found, with a case that shows it where there is one.
struct Problem {
  ProblemKind kind = ProblemKind::conflict;
  SubjectId subject;  // of conflict and gap, and of an idle rule: what it is about
  std::optional<SafeguardId> safeguard;
  std::vector<RuleId> rules;        // that disagree; the idle one; that decided a broken safeguard's case
  std::vector<RuleId> give_way_to;  // of `never_decides`: what comes before it
  std::vector<SubjectId> also;      // of conflict and gap: what reads it and so may have no answer either
  std::optional<ItemId> item;
  bool in_all_of = false;       // of an idle item: it stands in `all of`, and is always true
  std::optional<Case> witness;  // known facts only as far as they matter
};

struct Analysis {
  std::vector<Problem> problems;
  std::size_t subjects = 0;    // looked at
  std::size_t safeguards = 0;  // looked at
  std::size_t nodes = 0;       // of the diagrams, at the last day
  std::vector<Date> days;      // the days of decision for which it was looked at
  bool complete = true;  // false where the diagrams outgrew their bound: what was not found may be there all the same
  bool days_left_out = false;          // there are more days on which something changes than were looked at
  bool comparisons_left_open = false;  // a problem may be there that hangs on how two values compare; no case was found

  /// Everything was looked at, so what was not found is not there.
  bool proves() const { return complete && !days_left_out && !comparisons_left_open; }
};

/// Looks at every case there is, by the outcome diagrams: for every decision, definition and duty whether its rules can
/// disagree or leave a gap (where it only hands on what lies below it, that is reported there alone); whether every
/// safeguard holds; which rules and items of the policy's own module can never decide. Where the day of the decision
/// matters it is looked at on every day on which something changes, and on `day`.
Analysis analyse(const Program& program, Date day, std::size_t max_nodes = 1'000'000);

/// Whether deciding the problem's witness comes to what the problem says. Problems without a witness show themselves.
bool is_shown(const Program& program, const Decision& decided_witness, const Problem& problem);

/// What holds in the witness of a problem, as expectations of a `case`: with them it passes until the policy is mended.
/// Empty where no expectation can say it (a safeguard about definitions alone).
std::vector<std::string> expectations(const Program& program, const Decision& decided_witness, const Problem& problem);

/// Yes and no leaves of a safeguard, no only where it is no whatever a definition in conflict or with a gap is tried
/// as.
Edge with_doubt_as_yes(Diagrams& diagrams, Edge safeguard);

}  // namespace duly
