#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

#include "lang/compile.hpp"

namespace duly {

/// The whole of a file.
std::string read_text(const std::filesystem::path& file);

/// Module texts by name. A module that is not among them is looked for among the standard policies.
using PolicyTexts = std::map<std::string, std::string, std::less<>>;

/// Compiles one of the texts as the policy, as if today were 2026-11-23, for which the dates in these tests are
/// written.
Compiled compile_text(const PolicyTexts& texts, const std::string& root);

}  // namespace duly
