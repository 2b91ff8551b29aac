#include "interpreter/report/field_values.hpp"

#include <fmt/format.h>

#include "interpreter/report/explanation.hpp"
#include "interpreter/report/values_json.hpp"
#include "lang/diagnostics/near_names.hpp"

namespace duly {
namespace {

using Kind = JsonValue::Kind;

FieldReading is(Scalar value) { return {FieldValue{value, {}}, {}, {}}; }
FieldReading is_not(std::string_view expected, const JsonValue& json, std::string help) {
  return {std::nullopt, fmt::format("{} is expected, and this is {}", expected, describe(json)), std::move(help)};
}

std::string values_of(const Choice& choice) {
  std::vector<std::string> names;
  for (const ChoiceValue& value : choice.values) names.push_back(value.name);
  return fmt::format("Its values are {}.", fmt::join(names, ", "));
}

FieldReading read_choice(const Choice& choice, const JsonValue& json) {
  if (json.kind != Kind::text) return is_not("The name of a value in double quotes", json, values_of(choice));
  std::vector<std::string> names;
  for (std::size_t i = 0; i < choice.values.size(); ++i) {
    if (choice.values[i].name == json.text) return is(static_cast<Scalar>(i));
    names.push_back(choice.values[i].name);
  }
  std::string help = values_of(choice);
  if (const auto meant = nearest(json.text, names)) help = fmt::format("Did you mean `{}`? {}", *meant, help);
  return {std::nullopt, fmt::format("`{}` is none of its values", shown(json.text)), help};
}

FieldReading read_set(const Choice& choice, const JsonValue& json) {
  if (json.kind != Kind::array) return is_not("An array", json, values_of(choice));
  std::uint64_t mask = 0;
  for (const JsonValue& element : json.elements) {
    FieldReading reading = read_choice(choice, element);
    if (!reading.value) return reading;
    mask |= std::uint64_t{1} << reading.value->value;
  }
  return is(static_cast<Scalar>(mask));
}

FieldReading read_number(const Type& type, const JsonValue& json) {
  if (json.kind != Kind::whole) return is_not("A whole number", json, "Write it without a point and without quotes.");
  if (json.whole >= type.low && json.whole <= type.high) return is(json.whole);
  return {std::nullopt, fmt::format("It lies between {} and {}, and this is {}", type.low, type.high, json.whole),
          "Is it the right field, and in the right unit?"};
}

FieldReading read_date(const JsonValue& json) {
  const auto date = json.kind == Kind::text ? parse_date(json.text) : std::nullopt;
  if (!date) return is_not("A date that exists", json, "Write a date as \"2026-11-22\".");
  return is(date->days);
}

}  // namespace

FieldReading read_field(const Program& program, const Type& type, const JsonValue& json) {
  switch (type.kind) {
    case TypeKind::yes_no:
      if (json.kind != Kind::boolean) return is_not("`true` or `false`", json, "Write it without quotes.");
      return is(json.boolean ? 1 : 0);
    case TypeKind::choice: return read_choice(at(program.choices, type.choice), json);
    case TypeKind::number: return read_number(type, json);
    case TypeKind::date: return read_date(json);
    case TypeKind::set: return read_set(at(program.choices, type.choice), json);
    case TypeKind::text: break;
  }
  if (json.kind != Kind::text) return is_not("A text", json, "Write it in double quotes.");
  if (json.text.find_first_not_of(" \t\r\n") == std::string::npos) return {std::nullopt, "It is empty", "Fill it in."};
  return {FieldValue{0, json.text}, {}, {}};
}

void write_field(JsonWriter& json, const Program& program, const Type& type, const FieldValue& value) {
  if (type.kind == TypeKind::text) {
    json.text(value.text);
  } else {
    write_value(json, program, type, value.value);
  }
}

std::string say_field(const Program& program, const Type& type, const FieldValue& value) {
  if (type.kind == TypeKind::text) return value.text;
  if (type.kind == TypeKind::date) return date_in_words(Date{static_cast<std::int32_t>(value.value)});
  return program.say(type, value.value);
}

}  // namespace duly
