#pragma once

#include <string>
#include <vector>

#include "lang/layout/gaps.hpp"
#include "lang/layout/tokens.hpp"

namespace duly {

/// How long a line may get where it can be broken, in characters.
inline constexpr std::size_t line_width = 100;

/// Fills lines with the tokens, breaking those that are too long.
std::string in_lines(const std::vector<Token>& tokens, const std::vector<Gap>& gaps);

}  // namespace duly
