#pragma once

#include "lang/syntax/tree.hpp"

namespace duly {

/// Whether two trees without errors say the same: they are equal but for places and comments.
bool same_meaning(const syntax::Module& a, const syntax::Module& b);

}  // namespace duly
