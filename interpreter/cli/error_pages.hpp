#pragma once

#include <span>

#include "stdpolicy/standard_modules.hpp"

namespace duly {

/// The pages of docs/errors/, carried inside the program: `E0203` and its text in Markdown, in the order of the codes.
std::span<const EmbeddedModule> error_pages();

}  // namespace duly
