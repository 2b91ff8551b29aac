#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace duly {

/// A text as written, quotes included; one in `"""…"""` over several lines has each of them moved to `indent`, and
/// its quotes on lines of their own. As it was where that would be another text.
std::string indented_text(std::string_view written, std::size_t indent);

}  // namespace duly
