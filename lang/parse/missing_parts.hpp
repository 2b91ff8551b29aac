#pragma once

#include "lang/diagnostics/diagnostic.hpp"
#include "lang/syntax/tree.hpp"

namespace duly {

/// Reports the parts that a declaration cannot do without and does not have, where their order is free, so that the
/// grammar alone cannot ask for them.
void report_missing_parts(const syntax::Declaration& declaration, Diagnostics& diagnostics);

}  // namespace duly
