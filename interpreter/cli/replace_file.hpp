#pragma once

#include <string>

namespace duly::cli {

/// Puts `text` in the place of what a file holds, which is `before`: at once or not at all, whatever happens
/// meanwhile. The file keeps its permissions, and a link goes on to lead to it. Returns why it cannot be done; then
/// the file is as it was.
std::string replace_file(const std::string& path, const std::string& before, const std::string& text);

}  // namespace duly::cli
