#pragma once

#include <optional>
#include <string>

#include "interpreter/cli/stepper/stepper.hpp"

namespace duly::cli::stepper {

/// Whether a person sits at both ends: standard input and standard output are terminals.
bool at_a_terminal();

/// Shows the stepper full screen and passes it the keys until the person leaves. The terminal is left as it was,
/// however this ends; a signal then takes its course. Returns why there is no full screen, where there is none.
std::optional<std::string> run_full_screen(Stepper& stepper);

}  // namespace duly::cli::stepper
