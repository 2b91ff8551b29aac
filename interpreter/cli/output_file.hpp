#pragma once

#include <string>

#include "interpreter/cli/terminal.hpp"

namespace duly::cli {

/// Writes a result to the file of `-o`, over what is there; to standard output where `file` is empty. Returns `done`,
/// or `misused` where it cannot be written: then that has been said.
int write_output(Terminal& terminal, const std::string& file, const std::string& text);

}  // namespace duly::cli
