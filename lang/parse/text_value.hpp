#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace duly {

/// What a text in quotes stands for, and where in it an escape is not one (offsets of the backslashes).
struct TextValue {
  std::string value;
  std::vector<std::size_t> bad_escapes;
};

/// `written` includes its quotes. In `"…"` the escapes `\"`, `\\` and `\n` are undone. In `"""…"""` every character
/// stands for itself, the indentation that all lines have in common is removed, and so are a first and a last line
/// that hold nothing but white space.
TextValue text_value(std::string_view written);

}  // namespace duly
