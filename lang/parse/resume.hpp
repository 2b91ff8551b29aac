#pragma once

#include <cstdint>
#include <string_view>

namespace duly {

/// Where reading goes on after a mistake: at the next line that begins with a declaration's keyword, not counting the
/// lines of texts over several lines; at the end of the text where there is none. `from` itself may be such a place.
std::uint32_t next_declaration_line(std::string_view text, std::uint32_t from);

}  // namespace duly
