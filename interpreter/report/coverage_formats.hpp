#pragma once

#include <string>

#include "interpreter/report/coverage.hpp"

namespace duly {

/// A summary, then what is missing; with `verbose` everything, missing or not.
std::string coverage_text(const Coverage& coverage, bool verbose);

/// All of it; docs/coverage.md lists the keys.
std::string coverage_json(const Coverage& coverage);

/// One page that needs nothing else: no network, no script.
std::string coverage_html(const Coverage& coverage);

/// A tracefile for LCOV and what reads its format: a rule's line counts the cases in which it applies.
std::string coverage_lcov(const Coverage& coverage);

}  // namespace duly
