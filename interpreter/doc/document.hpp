#pragma once

#include <string>
#include <vector>

#include "lang/compile.hpp"

/// A policy as pages to read: what it decides and how, rule by rule, with its flowcharts, cases and sources.
namespace duly {

struct DocumentPage {
  std::string file;  // a name without folders: `index.html`
  std::string contents;
};

/// All pages of a policy that compiled without errors, and their style sheet; `index.html` first. The same texts give
/// the same bytes. The pages refer to each other alone.
std::vector<DocumentPage> document_policy(const Compiled& compiled);

}  // namespace duly
