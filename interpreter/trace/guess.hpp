#pragma once

#include <cstddef>

#include "interpreter/trace/recording.hpp"

namespace duly::trace {

/// How many steps can be shown before one gives away what a decision comes to: a rule about it that applies or may, a
/// procedure's answer that leads to an outcome, or the decision itself.
std::size_t steps_before_outcome(const Program& program, const Recording& recording, SubjectId decision);

}  // namespace duly::trace
