#pragma once

#include <vector>

#include "interpreter/outcome/residual.hpp"

namespace duly {

/// The number of facts on the longest way through what is left of a diagram, if each is answered. The facts in
/// `not_known` are passed over: nobody will answer them, so what follows them has to be asked whatever they are.
/// Those in `uncounted` are on the way, and do not count. Throws TooLarge past the residual's bound.
std::size_t longest_interview(const Diagrams& diagrams, Residual& residual, Edge left,
                              const std::vector<FactId>& not_known, const std::vector<FactId>& uncounted);

}  // namespace duly
