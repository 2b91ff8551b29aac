#pragma once

#include <functional>
#include <string>

#include "interpreter/cli/terminal.hpp"

namespace duly::cli {

/// What the arguments ask for: something to run, or, where there is nothing to run, what to print and how to end.
struct Request {
  ColorMode color = ColorMode::automatic;
  std::function<int(Terminal&)> run;
  std::string output;  // help or version, for standard output
  std::string error;   // what is wrong with the arguments
  std::string help;    // how to write them
};

/// Reads the arguments. The one place that knows how commands are written.
Request read_command_line(int count, char** arguments);

}  // namespace duly::cli
