#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace duly {

/// The candidate nearest to `word` by edits (a swap of neighbours is one), or null where none is near enough to be
/// meant. For dotted names the last part alone may match too (`parnt` finds `consent.parent`). Ties: the first.
std::optional<std::string> nearest(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace duly
