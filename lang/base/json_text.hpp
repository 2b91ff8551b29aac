#pragma once

#include <string>
#include <string_view>

namespace duly {

/// The text as a JSON string, quotes included. Bytes that are not UTF-8 become U+FFFD.
std::string json_quoted(std::string_view text);

}  // namespace duly
