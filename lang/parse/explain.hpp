#pragma once

#include <string_view>

#include "lang/diagnostics/diagnostic.hpp"
#include "lang/parse/failure.hpp"

namespace duly {

/// Where reading stopped: enough to say in the author's words what is wrong.
struct Scene {
  std::string_view text;  // of the whole file
  SourceId source;
  std::uint32_t declaration_begin;  // of the declaration that could not be read
  Span last_token;                  // the last one that was read
};

/// Turns a failure of the grammar into a message. Never called for input without a mistake.
Diagnostic explain(const Failure& failure, const Scene& scene);

}  // namespace duly
