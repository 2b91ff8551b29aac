#include "interpreter/report/values_json.hpp"

namespace duly {

void write_value(JsonWriter& json, const Program& program, const Type& type, Scalar value) {
  switch (type.kind) {
    case TypeKind::yes_no: json.boolean(value != 0); return;
    case TypeKind::number: json.number(value); return;
    case TypeKind::date: json.text(to_string(Date{static_cast<std::int32_t>(value)})); return;
    case TypeKind::choice:
      json.text(at(program.choices, type.choice).values[static_cast<std::size_t>(value)].name);
      return;
    case TypeKind::set: {
      json.open_line();
      const std::vector<ChoiceValue>& elements = at(program.choices, type.choice).values;
      for (std::size_t i = 0; i < elements.size(); ++i) {
        if ((static_cast<std::uint64_t>(value) >> i & 1u) != 0) json.text(elements[i].name);
      }
      json.close_array();
      return;
    }
    case TypeKind::text: json.null(); return;  // the caller knows where texts are
  }
}

void write_fact(JsonWriter& json, const Program& program, const Case& facts, FactId fact) {
  const Type& type = at(program.facts, fact).type;
  if (!facts.known(fact)) {
    json.null();
  } else if (type.kind == TypeKind::text) {
    json.text(facts.text(fact));
  } else {
    write_value(json, program, type, facts.value(fact));
  }
}

std::string_view copied_text(const Program& program, const Case& facts, Scalar value) {
  for (std::uint32_t i = 0; i < program.facts.size(); ++i) {
    const FactId fact{i};
    if (program.facts[i].type.kind == TypeKind::text && facts.known(fact) && facts.value(fact) == value) {
      return facts.text(fact);
    }
  }
  return {};
}

std::string_view kind_name(TypeKind kind) {
  switch (kind) {
    case TypeKind::yes_no: return "yes/no";
    case TypeKind::choice: return "choice";
    case TypeKind::number: return "number";
    case TypeKind::date: return "date";
    case TypeKind::set: return "set";
    case TypeKind::text: return "text";
  }
  return {};
}

}  // namespace duly
