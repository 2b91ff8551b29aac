#pragma once

#include <string>

#include "lang/diagnostics/diagnostic.hpp"

namespace duly {

struct RenderOptions {
  bool color = false;  // colour never carries meaning alone
};

/// As people read it: code and message, `file:line:column`, the author's own line with the place marked, notes, help.
std::string render_text(const SourceMap& sources, const Diagnostic& diagnostic, RenderOptions options = {});

/// All of them, with a closing count ("2 errors, 1 warning").
std::string render_text(const SourceMap& sources, const Diagnostics& diagnostics, RenderOptions options = {});

/// A JSON array; each object has code, severity, message, label, file, line, column, end_line, end_column, notes, help.
std::string render_json(const SourceMap& sources, const Diagnostics& diagnostics);

/// SARIF 2.1.0, for code-scanning tools.
std::string render_sarif(const SourceMap& sources, const Diagnostics& diagnostics);

}  // namespace duly
