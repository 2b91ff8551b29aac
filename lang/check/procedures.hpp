#pragma once

#include <vector>

#include "lang/check/context.hpp"

namespace duly {

/// Turns the answers of steps into rules: each applies when the flow reaches its step and gets its answer. Sets `bound`
/// for those whose conclusion could be read.
void check_procedures(Context& context, std::vector<bool>& bound);

}  // namespace duly
