#pragma once

#include <string>

#include "interpreter/doc/page.hpp"

namespace duly::doc {

/// A condition as HTML: `all of` and `any of` as lists, each comparison in words that lead to what it reads, each list
/// item with its anchor and its citations. Each condition is shown once, so that anchors stay unique.
std::string condition_in_words(const Page& page, NodeId condition);

/// Whether it always holds.
bool always_holds(const Program& program, NodeId condition);

}  // namespace duly::doc
