#include <fmt/format.h>

#include <set>

#include "interpreter/report/record.hpp"
#include "interpreter/report/values_json.hpp"
#include "lang/diagnostics/near_names.hpp"

/// What people wrote, checked and put into a record's fields.
namespace duly {
namespace {

bool same_type(const Type& a, const Type& b) {
  return a.kind == b.kind && a.choice == b.choice && a.unit == b.unit && a.low == b.low && a.high == b.high;
}

class SheetFiller {
 public:
  SheetFiller(const DecisionView& view, RecordSheet& sheet) : program_(view.program), view_(view), sheet_(sheet) {}

  void fill(std::string_view text) {
    const JsonDocument document = read_json(text);
    for (const JsonProblem& each : document.problems) {
      // The reader's words are about cases.
      const bool about_case =
          each.message.find("case") != std::string::npos || each.help.find("case") != std::string::npos;
      sheet_.problems.push_back({each.path, about_case ? "This is no JSON object of fields" : each.message,
                                 about_case ? "Write {\"field\": value}." : each.help, each.offset, true});
    }
    if (!document.complete) return;
    if (document.root.kind != JsonValue::Kind::object) {
      return problem("", document.root,
                     fmt::format("The fields are an object, and this is {}", describe(document.root)),
                     "Write {\"field\": value}; `duly record` without `--fields` lists what to fill in.");
    }
    for (const JsonMember& member : document.root.members) {
      member.key == "judgements" ? judgements(member.value) : field(member);
    }
    missing();
  }

 private:
  void problem(std::string path, const auto& where, std::string message, std::string help) {
    sheet_.problems.push_back({std::move(path), std::move(message), std::move(help), where.offset, true});
  }

  /// One name fills every record that has a field of it; `record.field` fills one, whatever the name alone says.
  void field(const JsonMember& member) {
    if (is_ambiguous(sheet_, member.key)) return ambiguous(member);
    bool is_known = false;
    std::string filled_from;
    for (DueRecord& record : sheet_.records) {
      for (DueField& due : record.fields) {
        const bool in_full = is_in_full(member.key, at(program_.records, record.record), *due.field);
        if (!in_full && due.field->name != member.key) continue;
        if (due.from.empty()) {
          is_known = true;
          if (in_full ? !given_in_full_.insert(due.field).second : given_in_full_.contains(due.field)) continue;
          if (member.value.kind != JsonValue::Kind::null) given_.insert(due.field);
          read(due, member);
        } else {
          filled_from = due.from;
        }
      }
    }
    if (is_known) return;
    if (!filled_from.empty()) {
      problem(member.key, member, fmt::format("`{}` is filled from `{}`, not by hand", member.key, filled_from),
              "Take it away.");
    } else {
      unknown(member);
    }
  }

  /// `visit_record.who`, also with the record's module in front.
  static bool is_in_full(std::string_view key, const Record& record, const Field& field) {
    if (!key.ends_with(field.name)) return false;
    key.remove_suffix(field.name.size());
    return key == record.name + "." || key == record.full_name + ".";
  }

  void ambiguous(const JsonMember& member) {
    std::vector<std::string> keys, types;
    for (const DueRecord& record : sheet_.records) {
      for (const DueField& due : record.fields) {
        if (due.field->name != member.key || !due.from.empty()) continue;
        given_.insert(due.field);
        keys.push_back(fmt::format("`{}`", field_key(program_, sheet_, record, due)));
        types.push_back(
            fmt::format("{} in `{}`", kind_name(due.field->type.kind), at(program_.records, record.record).full_name));
      }
    }
    problem(member.key, member,
            fmt::format("`{}` does not say which field is meant: {}", member.key, fmt::join(types, ", or ")),
            fmt::format("Write each with its record in front: {}.", fmt::join(keys, ", ")));
  }

  void read(DueField& due, const JsonMember& member) {
    if (member.value.kind == JsonValue::Kind::null) return;
    FieldReading reading = read_field(program_, due.field->type, member.value);
    if (reading.value) {
      due.value = std::move(reading.value);
    } else {
      problem(member.key, member.value, fmt::format("\"{}\": {}", due.field->title, reading.problem), reading.help);
    }
  }

  void unknown(const JsonMember& member) {
    for (const Record& record : program_.records) {
      for (const Field& each : record.fields) {
        if (each.name != member.key && !is_in_full(member.key, record, each)) continue;
        return problem(
            member.key, member,
            fmt::format("`{}` is a field of `{}`, which this case does not call for", each.name, record.full_name),
            "Take it away.");
      }
    }
    std::vector<std::string> names{"judgements"};
    for (const DueRecord& record : sheet_.records) {
      for (const DueField& due : record.fields) {
        if (due.from.empty()) names.push_back(field_key(program_, sheet_, record, due));
      }
    }
    const auto meant = nearest(member.key, names);
    problem(shown(member.key), member, fmt::format("There is no field `{}` to fill in", shown(member.key)),
            meant ? fmt::format("Did you mean `{}`?", *meant) : fmt::format("There are {}.", fmt::join(names, ", ")));
  }

  void judgements(const JsonValue& value) {
    if (value.kind == JsonValue::Kind::null) return;
    if (value.kind != JsonValue::Kind::object) {
      return problem("judgements", value, fmt::format("`judgements` is an object, and this is {}", describe(value)),
                     "Write {\"fact\": {\"reason\": \"…\", \"role\": \"…\"}}.");
    }
    for (const JsonMember& member : value.members) {
      const std::string path = fmt::format("judgements.{}", shown(member.key));
      const auto fact = program_.find_fact(member.key);
      if (fact && at(program_.facts, *fact).judgement && view_.facts.known(*fact)) {
        judgement(*fact, path, member.value);
        continue;
      }
      std::vector<std::string> names;
      for (const FactId each : sheet_.judgements) names.push_back(at(program_.facts, each).name);
      const auto meant = nearest(member.key, names);
      problem(path, member, fmt::format("`{}` is no judgement in this case", shown(member.key)),
              meant ? fmt::format("Did you mean `{}`?", *meant) : std::string("Take it away."));
    }
  }

  void judgement(FactId fact, const std::string& path, const JsonValue& value) {
    if (value.kind == JsonValue::Kind::null) return;
    JudgementReason result{fact, {}, {}};
    if (value.kind != JsonValue::Kind::object) {
      return problem(path, value, fmt::format("A judgement has a reason and a role, and this is {}", describe(value)),
                     "Write {\"reason\": \"…\", \"role\": \"…\"}.");
    }
    given_judgements_.insert(fact);
    for (const JsonMember& member : value.members) {
      if (member.key != "reason" && member.key != "role") {
        const auto meant = nearest(member.key, {"reason", "role"});
        problem(fmt::format("{}.{}", path, shown(member.key)), member,
                fmt::format("A judgement has no `{}`", shown(member.key)),
                meant ? fmt::format("Did you mean `{}`?", *meant) : std::string("It has `reason` and `role`."));
      } else if (member.value.kind == JsonValue::Kind::text) {
        (member.key == "reason" ? result.reason : result.role) = member.value.text;
      } else if (member.value.kind != JsonValue::Kind::null) {
        problem(fmt::format("{}.{}", path, member.key), member.value,
                fmt::format("A text is expected, and this is {}", describe(member.value)),
                "Write it in double quotes.");
      }
    }
    const auto blank = [](const std::string& text) { return text.find_first_not_of(" \t\r\n") == std::string::npos; };
    if (blank(result.reason))
      problem(path, value, "The reason for this judgement is missing", "Add \"reason\": \"…\".");
    if (blank(result.role)) {
      problem(path, value, "The role of the person who judged is missing", "Add \"role\": \"…\".");
    }
    sheet_.reasons.push_back(std::move(result));
  }

  void missing() {
    std::set<std::string> told;
    for (const DueRecord& record : sheet_.records) {
      for (const DueField& due : record.fields) {
        if (!due.from.empty() || due.value || given_.contains(due.field)) continue;
        const std::string name = field_key(program_, sheet_, record, due);
        if (!told.insert(name).second) continue;
        sheet_.problems.push_back(
            {name, fmt::format("`{}` is missing: \"{}\"", name, due.field->title),
             fmt::format("It is a field of `{}`: {}.", at(program_.records, record.record).full_name,
                         kind_name(due.field->type.kind))});
      }
    }
    for (const FactId fact : sheet_.judgements) {
      if (given_judgements_.contains(fact)) continue;
      const std::string& name = at(program_.facts, fact).name;
      sheet_.problems.push_back(
          {fmt::format("judgements.{}", name),
           fmt::format("The reason for the judgement `{}` is missing: \"{}\"", name, at(program_.facts, fact).title),
           fmt::format("Add \"judgements\": {{\"{}\": {{\"reason\": \"…\", \"role\": \"…\"}}}}.", name)});
    }
  }

  const Program& program_;
  const DecisionView& view_;
  RecordSheet& sheet_;
  std::set<const Field*> given_;
  std::set<const Field*> given_in_full_;
  std::set<FactId> given_judgements_;
};

}  // namespace

bool is_ambiguous(const RecordSheet& sheet, std::string_view name) {
  const Type* first = nullptr;
  for (const DueRecord& record : sheet.records) {
    for (const DueField& due : record.fields) {
      if (due.field->name != name || !due.from.empty()) continue;
      if (first && !same_type(*first, due.field->type)) return true;
      first = &due.field->type;
    }
  }
  return false;
}

std::string field_key(const Program& program, const RecordSheet& sheet, const DueRecord& record,
                      const DueField& field) {
  if (!is_ambiguous(sheet, field.field->name)) return field.field->name;
  const Record& own = at(program.records, record.record);
  const auto named_so = [&](const DueRecord& other) { return at(program.records, other.record).name == own.name; };
  const bool is_unique = std::count_if(sheet.records.begin(), sheet.records.end(), named_so) == 1;
  return fmt::format("{}.{}", is_unique ? own.name : own.full_name, field.field->name);
}

void fill_in(const DecisionView& view, RecordSheet& sheet, std::string_view json) {
  SheetFiller(view, sheet).fill(json);
}

}  // namespace duly
