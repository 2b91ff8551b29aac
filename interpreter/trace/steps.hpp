#pragma once

#include <cstddef>
#include <string>

#include "interpreter/report/json_writer.hpp"
#include "interpreter/trace/recording.hpp"
#include "lang/source/source.hpp"

/// Steps as text for paper and screen readers, and as JSON for programs.
namespace duly::trace {

/// The steps [0, count) with their numbers, the parts of conditions, citations and places, in lines of at most `width`.
std::string steps_text(const Program& program, const SourceMap& sources, const Recording& recording, std::size_t count,
                       std::size_t width);
/// One of them.
std::string step_text(const Program& program, const SourceMap& sources, const Recording& recording, std::size_t index,
                      std::size_t width);

/// The steps [0, count) as an array; docs/stepping.md has the keys.
void write_steps(JsonWriter& json, const Program& program, const SourceMap& sources, const Recording& recording,
                 std::size_t count);
/// One of them.
void write_step(JsonWriter& json, const Program& program, const SourceMap& sources, const Recording& recording,
                std::size_t index);

}  // namespace duly::trace
