#pragma once

#include <cstddef>
#include <string>

#include "lang/source/source.hpp"

namespace duly {

/// The author's line as a terminal can show it, and where the marks go below it. Tabs are spaces, control characters
/// and stray bytes are replaced, and a line that is too long is cut around the place.
struct QuotedLine {
  std::string text;
  std::size_t mark_column = 0;  // in columns of the screen, from 0
  std::size_t mark_width = 1;   // at least one
};

/// Quotes the line in which the span begins; of a span over several lines the part on the first is marked.
QuotedLine quote_line(const SourceMap& sources, Span span);

}  // namespace duly
