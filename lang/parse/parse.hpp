#pragma once

#include "lang/diagnostics/diagnostic.hpp"
#include "lang/source/source.hpp"
#include "lang/syntax/tree.hpp"

namespace duly {

/// Reads one file into its tree. Every independent syntax error is reported: after one, reading goes on at the next
/// declaration. What could be read is returned even then, so that later phases may check it; `header.name.text` is
/// empty where the policy line itself could not be read. Never throws for bad input, never recurses deeper than the
/// limit on nesting allows. Thread-safe for different Diagnostics.
syntax::Module parse(const SourceMap& sources, SourceId source, Diagnostics& diagnostics);

/// The keywords that are reserved everywhere, sorted; for messages and for the documentation's tests.
const std::vector<std::string_view>& reserved_words();

}  // namespace duly
