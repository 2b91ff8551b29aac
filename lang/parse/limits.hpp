#pragma once

#include <cstddef>

namespace duly {

inline constexpr std::size_t file_size_limit = 1'048'576;  // bytes: 1 MiB
inline constexpr unsigned nesting_limit = 64;              // each parenthesis and each `not` is one level
inline constexpr std::size_t error_limit = 50;             // reading a file stops after so many errors
inline constexpr std::size_t message_limit = 400;          // bytes; names in it may be of any length

}  // namespace duly
