#pragma once

#include <optional>

#include "interpreter/eval/decision.hpp"
#include "interpreter/trace/events.hpp"

namespace duly::trace {

/// Tells how a case comes to its decision, as a reader would go through the policy: `first` (null: the policy has no
/// decision), the other decisions, the duties, the safeguards; each depth first through what it reads, procedures
/// before rules, rules as declared, conditions from left to right. A procedure is told step by step, up to the step
/// whose answer decides; of a condition every part is told, for reasons name every part that counts.
///
/// It is told after deciding, from what was decided: `decision` must be that of `facts`. So nothing is worked out in
/// another way than the decision was, and without an observer nothing is spent. Throws what the observer throws.
void narrate(const Program& program, const Case& facts, const Decision& decision, std::optional<SubjectId> first,
             const Observer& observer);

}  // namespace duly::trace
