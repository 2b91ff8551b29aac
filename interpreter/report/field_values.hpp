#pragma once

#include <optional>
#include <string>

#include "interpreter/report/json_tree.hpp"
#include "interpreter/report/json_writer.hpp"
#include "lang/program/program.hpp"

namespace duly {

/// A value of any type: of a text the text, of all others a number as everywhere.
struct FieldValue {
  Scalar value = 0;
  std::string text;
};

/// A value as it stands in JSON, or why it is none of the type: a sentence without a full stop, and a way to mend it.
struct FieldReading {
  std::optional<FieldValue> value;
  std::string problem, help;
};

/// Reads a value as cases write it. Nothing is converted; an empty text is none.
FieldReading read_field(const Program& program, const Type& type, const JsonValue& json);

void write_field(JsonWriter& json, const Program& program, const Type& type, const FieldValue& value);

/// A value in words for people.
std::string say_field(const Program& program, const Type& type, const FieldValue& value);

}  // namespace duly
