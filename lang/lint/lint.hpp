#pragma once

#include "lang/check/context.hpp"
#include "lang/compile.hpp"

namespace duly {

/// Warnings about the policy's own module (never about what it extends), from a Program without errors.
void lint(Context& context, const CompileOptions& options);

}  // namespace duly
