#pragma once

#include <optional>
#include <vector>

#include "lang/program/program.hpp"

/// The parts of conditions, added to the Program.
namespace duly {

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

}  // namespace duly
