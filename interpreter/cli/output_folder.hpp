#pragma once

#include <string>
#include <vector>

#include "interpreter/cli/terminal.hpp"
#include "interpreter/doc/document.hpp"

namespace duly::cli {

/// Whether pages may be written into a folder: it is not there yet, is empty, or holds earlier pages of `duly doc`, or
/// `force` is given. Else says why not, and returns `misused`.
int check_output_folder(Terminal& terminal, const std::string& folder, bool force);

/// Writes pages into a folder, which is made where there is none. Everything is written beside what is there before
/// any of it takes its place, so that a full disk leaves the earlier pages as they were. Earlier pages that are no
/// longer made are taken away; files that are no pages stay. Returns `done`, or `misused`, and then has said why.
int write_pages(Terminal& terminal, const std::string& folder, const std::vector<DocumentPage>& pages);

}  // namespace duly::cli
