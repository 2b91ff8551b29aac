#pragma once

#include <string>
#include <vector>

#include "lang/check/context.hpp"

namespace duly {

/// Makes an instance of each rule for each place that it stands in, and closes over which prevails over which
/// (language.md, section 5). Reports circles and two `despite all` rules of one module.
void lower_precedence(Context& context);

/// Puts every subject after those that it reads, and finds what each safeguard watches. Reports circles.
void lower_order(Context& context);

/// What holds of every Program that compiled; the first that does not, in words, or empty. Tests call it.
std::string broken_invariant(const Program& program);

}  // namespace duly
