#pragma once

#include "lang/program/program.hpp"

namespace duly {

/// Whether the parts of a condition that must hold together cannot: the same value asked to be in ranges or among
/// values that have nothing in common, as in `a and not a`. What is seen is what stands side by side; what follows only
/// through definitions or alternatives is for analysis, which looks at every case.
bool contradicts_itself(const Program& program, NodeId condition);

}  // namespace duly
