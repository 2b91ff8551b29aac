#pragma once

#include <vector>

#include "interpreter/doc/page.hpp"

namespace duly::doc {

/// A rule as an article with a heading of the level given: what it concludes, when, what it stands before and behind,
/// what it cites, which cases show it.
void write_rule(Page& page, RuleId rule, int heading);

/// What stands below a rule's heading or an answer: precedence, citations, cases. Opens and closes no list.
void write_standing(Page& page, RuleId rule);

/// The rules about a subject, replaced ones last: with them a reader of the inherited policy finds what became of them.
std::vector<RuleId> rules_about(const Program& program, SubjectId subject);

}  // namespace duly::doc
