#pragma once

#include <string>

#include "lang/check/context.hpp"

namespace duly {

/// Binds and type-checks a condition and adds it to the Program. What is wrong is reported, and stands as never true,
/// so that checking can go on. `owner` is the full name under which list items are named: `derby.reason_to_override`.
NodeId check_condition(Context& context, const syntax::Expr& expr, std::uint32_t module, const std::string& owner);

/// Always true or never true.
NodeId add_constant(Program& program, bool value, Span span);

NodeId add_node(Program& program, Node node, Span span);

/// `op` is all, any or negation; `items` is empty or has an entry a part.
NodeId add_group(Program& program, Op op, const std::vector<NodeId>& parts, Span span,
                 const std::vector<std::optional<ItemId>>& items = {});

/// The term lies in the range.
NodeId add_range(Program& program, TermId term, Range range, Span span);

/// The day of the decision lies in the range.
NodeId add_day_range(Program& program, Range range, Span span);

/// The duty that a strength stands for.
Duty duty_of(syntax::Strength strength);

}  // namespace duly
