#pragma once

#include <string>

#include "interpreter/report/json_writer.hpp"
#include "interpreter/report/view.hpp"

namespace duly {

struct WhyNot;

/// The whole decision as JSON, keys in the order that docs promise. Values are not masked: whoever decides a
/// case has its facts. `why_not`, where it is given, comes last.
std::string decision_json(const DecisionView& view, JsonWriter::Style style = JsonWriter::Style::pretty,
                          const WhyNot* why_not = nullptr);

/// One line, outcomes and duties alone: `{"decisions": {"sharing": "may_share"}, "duties":
/// {"record_decision": "must"}}`. `id` is JSON and stands first where it is not empty. No line end.
std::string compact_json(const DecisionView& view, std::string_view id = {});

/// What such a line says of one decision, duty or definition: `"may_share"`, `{"undecided": ["child.age"]}`.
std::string compact_finding(const DecisionView& view, SubjectId subject);

}  // namespace duly
