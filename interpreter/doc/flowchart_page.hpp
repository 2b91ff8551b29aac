#pragma once

#include "interpreter/doc/flowchart.hpp"
#include "interpreter/doc/page.hpp"

namespace duly::doc {

/// The flowchart as a picture: inline SVG that is read in the order of its steps.
void write_chart(Page& page, const Flowchart& chart);

/// The same in words: a numbered list of steps with every answer, and what each ending cites and yields to.
void write_steps(Page& page, const Flowchart& chart);

/// The anchor of the rules that come before every ending of a flowchart.
std::string before_anchor(const Program& program, const Flowchart& chart);

}  // namespace duly::doc
