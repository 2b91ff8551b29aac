#pragma once

#include <string>

#include "lang/check/context.hpp"
#include "lang/check/nodes.hpp"

namespace duly {

/// Binds and type-checks a condition and adds it to the Program. What is wrong is reported, and stands as never true,
/// so that checking can go on. `owner` is the full name under which list items are named: `derby.reason_to_override`.
NodeId check_condition(Context& context, const syntax::Expr& expr, std::uint32_t module, const std::string& owner);

/// The duty that a strength stands for.
Duty duty_of(syntax::Strength strength);

}  // namespace duly
