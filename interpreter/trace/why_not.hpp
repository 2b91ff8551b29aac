#pragma once

#include <string>
#include <vector>

#include "interpreter/report/explanation.hpp"
#include "interpreter/report/view.hpp"

namespace duly::trace {

/// Why a rule decides nothing here: which parts of its condition fail or are not known, each with what is known and
/// its citations, and what sets it aside. Points for an explanation; that of the rule first.
Point why_not(const DecisionView& view, RuleId rule);

/// Why a decision does not come to this outcome: the same for every rule that concludes it.
std::vector<Point> why_not(const DecisionView& view, SubjectId decision, Scalar outcome);

}  // namespace duly::trace
