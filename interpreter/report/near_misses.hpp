#pragma once

#include <vector>

#include "interpreter/report/explanation.hpp"
#include "interpreter/report/reason_points.hpp"

namespace duly {

/// What was considered about the decision asked and came to nothing, for the fullest explanation: the outcomes that a
/// single fact would have made, the rules that fail in one part alone (near misses), and the others that do not apply,
/// each with the parts that failed.
std::vector<Section> considered_sections(const DecisionView& view, ReasonPoints& points);

/// The rules that came nearest to applying, where the decision asked holds only because none does: two at most, each
/// with what kept it from applying.
std::vector<Point> nearest_rules(const DecisionView& view, ReasonPoints& points);

}  // namespace duly
