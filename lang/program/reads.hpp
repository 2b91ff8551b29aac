#pragma once

#include <functional>
#include <string>
#include <vector>

#include "lang/program/program.hpp"

namespace duly {

/// Calls `visit` for every term that a condition reads, from left to right; `duty` for every action whose duty it asks.
void for_each_read(const Program& program, NodeId condition, const std::function<void(const Term&)>& visit);

/// The subjects that a condition reads directly, each once, from left to right; actions whose duty is a condition too.
std::vector<SubjectId> subjects_read(const Program& program, NodeId condition);

/// The subjects that a subject's rules, copies and `otherwise` read directly, each once, in the order of asking.
std::vector<SubjectId> subjects_read(const Program& program, SubjectId subject);

/// The facts that can matter to a subject as written, directly or through others, in the order of asking: procedures
/// first, then rules as declared, depth first through definitions, conditions from left to right.
std::vector<FactId> asking_order(const Program& program, SubjectId subject);

/// The same for a condition that stands alone (a safeguard's, a record's).
std::vector<FactId> asking_order(const Program& program, NodeId condition);

/// A condition in words, put together from titles; for list items, which have no title of their own.
std::string in_words(const Program& program, NodeId condition);

}  // namespace duly
