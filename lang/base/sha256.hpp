#pragma once

#include <string>
#include <string_view>

namespace duly {

/// The SHA-256 digest (FIPS 180-4) of a text, as 64 lower-case hexadecimal digits: tells which text of a module
/// decided.
std::string sha256(std::string_view text);

}  // namespace duly
