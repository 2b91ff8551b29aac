#pragma once

#include <string_view>

namespace duly::doc {

/// The one style sheet of the pages. It names no fonts to fetch and takes the reader's own light or dark colours.
std::string_view style_sheet();

}  // namespace duly::doc
