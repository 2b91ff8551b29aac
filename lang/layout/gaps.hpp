#pragma once

#include <vector>

#include "lang/layout/tokens.hpp"
#include "lang/parse/outline.hpp"

namespace duly {

/// What may stand in front of a token.
struct Gap {
  unsigned spaces = 1;     // on the same line
  unsigned indent = 0;     // where the token begins a line
  bool line = false;       // it always begins one
  bool blank = false;      // and there is an empty one above
  unsigned depth = 0;      // where a line is too long, it is broken where this is least; 0: never
  bool together = false;   // all gaps of the same depth are broken, or none
  bool by_author = false;  // the author broke here, and that is kept
};

/// The rules of the layout: the gap in front of each token, from what its words are.
std::vector<Gap> gaps_of(const std::vector<Token>& tokens, const std::vector<Part>& parts);

}  // namespace duly
