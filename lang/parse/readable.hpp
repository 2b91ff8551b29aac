#pragma once

#include <optional>

#include "lang/diagnostics/diagnostic.hpp"

namespace duly {

/// What keeps a whole file from being read at all: its size, bytes that are not UTF-8, nothing in it.
std::optional<Diagnostic> why_unreadable(const SourceMap& sources, SourceId source);

/// The size of the byte order mark that some editors put in front, or 0.
std::uint32_t byte_order_mark(std::string_view text);

}  // namespace duly
