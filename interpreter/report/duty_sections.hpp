#pragma once

#include <vector>

#include "interpreter/report/explanation.hpp"
#include "interpreter/report/reason_points.hpp"

namespace duly {

/// What must, should and may be done, each with who, when and its citations; then duties about which the rules give no
/// answer, and those that wait for more to be known.
std::vector<Section> duty_sections(const DecisionView& view, Depth depth, ReasonPoints& points);

}  // namespace duly
