#pragma once

#include <span>
#include <string_view>

namespace duly {

/// A standard policy that the library carries: `national` and the text of national.policy, byte for byte.
struct EmbeddedModule {
  std::string_view name;
  std::string_view text;
};

/// All of them, in the order of their names. Views and span stay valid for as long as the program runs.
std::span<const EmbeddedModule> standard_modules();

}  // namespace duly
