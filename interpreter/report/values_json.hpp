#pragma once

#include "interpreter/eval/case.hpp"
#include "interpreter/report/json_writer.hpp"

namespace duly {

/// Writes a value as cases write it: `true`, `"parent"`, `11`, `"2024-04-01"`, `["a", "b"]`. Not for texts.
void write_value(JsonWriter& json, const Program& program, const Type& type, Scalar value);

/// Writes what a case says of a fact; null where it is unknown.
void write_fact(JsonWriter& json, const Program& program, const Case& facts, FactId fact);

/// The text to which a definition came that copies one: the value is an index into the case's texts.
std::string_view copied_text(const Program& program, const Case& facts, Scalar value);

/// What kind of answer a fact of this type takes: `yes/no`, `choice`, `number`, `date`, `set`, `text`.
std::string_view kind_name(TypeKind kind);

}  // namespace duly
