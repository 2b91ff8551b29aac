#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace duly {

/// Prose in lines of at most `width` columns (a longer word stands on a line of its own): `first` before the first
/// line, `rest` before the others. Ends with a line end.
std::string wrapped(std::string_view text, std::string_view first, std::string_view rest, std::size_t width);

/// `2,312`
std::string with_commas(std::size_t number);

/// `1 rule`, `2 rules`, `no rules`
std::string counted(std::size_t number, std::string_view what);

/// `a`, `a and b`, `a, b and c`
std::string listed(const std::vector<std::string>& names);

}  // namespace duly
