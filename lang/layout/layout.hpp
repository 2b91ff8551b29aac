#pragma once

#include <string>

#include "lang/diagnostics/diagnostic.hpp"
#include "lang/source/source.hpp"

namespace duly {

/// A policy's text in the one layout, or why there is none.
struct LaidOut {
  enum class Result {
    done,
    syntax_error,    // the diagnostics say which
    too_long,        // laid out, it would be longer than a file may be
    changes_meaning  // a fault of ours: read again, it would be another policy
  };
  Result result = Result::done;
  std::string text;  // empty unless done
};

/// Lays out one text of the map. It is read alone: what it extends need not be there, and only syntax errors are
/// reported. What comes out is read again and compared with what was there, so it says the same, with the same
/// comments, or is not given.
LaidOut lay_out(const SourceMap& sources, SourceId source, Diagnostics& diagnostics);

}  // namespace duly
