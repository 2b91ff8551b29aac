#pragma once

#include <string>

#include "interpreter/report/explanation.hpp"

namespace duly {

struct TextLayout {
  bool color = false;      // colour never carries meaning alone
  std::size_t width = 88;  // lines are wrapped at it; a longer word stands on a line of its own
};

/// The explanation as plain text, wrapped.
std::string decision_text(const Explanation& explanation, TextLayout layout = {});

/// The explanation as Markdown.
std::string decision_markdown(const Explanation& explanation);

}  // namespace duly
