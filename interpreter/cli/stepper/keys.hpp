#pragma once

#include <string>

namespace duly::cli::stepper {

/// A key, whatever terminal it came from.
struct Key {
  enum class Kind { character, enter, escape, backspace, left, right, up, down, home, end, page_up, page_down, other };
  Kind kind = Kind::other;
  char32_t character = 0;  // of a character
};

}  // namespace duly::cli::stepper
