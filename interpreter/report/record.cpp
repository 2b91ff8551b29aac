#include "interpreter/report/record.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "interpreter/eval/walk.hpp"
#include "interpreter/report/values_json.hpp"
#include "lang/diagnostics/near_names.hpp"
#include "lang/program/reads.hpp"

namespace duly {
namespace {

class SheetOpener {
 public:
  explicit SheetOpener(const DecisionView& view) : view_(view), program_(view.program), walk_(view.program) {
    walk_.run(view.facts);
  }

  RecordSheet open(std::optional<RecordId> only) {
    check_decided();
    for (std::uint32_t i = 0; i < program_.records.size(); ++i) {
      const RecordId id{i};
      if (only ? id == *only : is_due(program_.records[i].when, "", program_.records[i].full_name)) add(id);
    }
    if (sheet_.records.empty() && sheet_.problems.empty()) none_due();
    if (view_.asked) find_judgements(*view_.asked);
    return std::move(sheet_);
  }

 private:
  void problem(std::string path, std::string message, std::string help) {
    sheet_.problems.push_back({std::move(path), std::move(message), std::move(help)});
  }

  std::string unknown_of(const std::vector<FactId>& facts) const {
    std::vector<std::string> names;
    for (const FactId fact : facts) {
      if (!view_.facts.known(fact)) names.push_back(at(program_.facts, fact).name);
    }
    return fmt::format("{}", fmt::join(names, ", "));
  }

  void check_decided() {
    if (!view_.asked) return;
    const Finding& finding = view_.decision.of(*view_.asked);
    const std::string& name = at(program_.subjects, *view_.asked).name;
    if (finding.status == Status::undecided) {
      problem("", fmt::format("`{}` is not decided yet, so there is nothing to record", name),
              fmt::format("Give more in the case: {}.", unknown_of(finding.needs)));
    } else if (finding.status != Status::decided) {
      problem("", fmt::format("`{}` has no outcome to record: its status is {}", name, to_string(finding.status)),
              "`duly decide` with the same policy and case shows why.");
    }
  }

  /// Whether a condition holds in this case; where that is not known, it is a problem.
  bool is_due(const std::optional<NodeId>& when, std::string path, const std::string& what) {
    if (!when) return true;
    const Truth truth = walk_.condition(*when);
    if (truth == Truth::unknown) {
      problem(std::move(path), fmt::format("Whether `{}` is called for is not known yet", what),
              fmt::format("Give more in the case: {}.", unknown_of(asking_order(program_, *when))));
    }
    return truth == Truth::yes;
  }

  void add(RecordId id) {
    DueRecord due{id, {}};
    for (const Field& field : at(program_.records, id).fields) {
      if (!is_due(field.when, field.name, field.name)) continue;
      DueField entry;
      entry.field = &field;
      if (field.from) fill_from(at(program_.terms, *field.from), entry);
      due.fields.push_back(std::move(entry));
    }
    sheet_.records.push_back(std::move(due));
  }

  void fill_from(const Term& term, DueField& entry) {
    entry.sensitive = is_sensitive(program_, term);
    if (term.is_subject ? !read_subject(term.subject(), entry) : !read_fact(term.fact(), entry)) return;
    if (term.elapsed != Elapsed::none) {
      const Date since{static_cast<std::int32_t>(entry.value->value)};
      entry.value->value = elapsed(term.elapsed, since, view_.decision.as_at);
    }
    // A text can be filled from a value of any type: then it is that value in words.
    if (entry.field->type.kind == TypeKind::text) {
      entry.value->text = say_field(program_, program_.type_of(term), *entry.value);
    }
  }

  bool read_subject(SubjectId id, DueField& entry) {
    const Finding& finding = view_.decision.of(id);
    entry.from = at(program_.subjects, id).name;
    if (finding.status != Status::decided) {
      problem(
          entry.field->name,
          fmt::format("`{}` is filled from `{}`, which has no value in this case: its status is {}", entry.field->name,
                      entry.from, to_string(finding.status)),
          finding.needs.empty() ? std::string() : fmt::format("Give more in the case: {}.", unknown_of(finding.needs)));
      return false;
    }
    entry.value = FieldValue{finding.value, {}};
    if (finding.copies_text) entry.value->text = copied_text(program_, view_.facts, finding.value);
    return true;
  }

  bool read_fact(FactId id, DueField& entry) {
    const Fact& fact = at(program_.facts, id);
    if (!view_.facts.known(id)) {
      entry.could_be_from = fact.name;
      return false;
    }
    entry.from = fact.name;
    entry.value = FieldValue{view_.facts.value(id), {}};
    if (fact.type.kind == TypeKind::text) entry.value->text = view_.facts.text(id);
    return true;
  }

  void none_due() {
    std::vector<std::string> names;
    for (const Record& record : program_.records) names.push_back(record.full_name);
    problem("", fmt::format("`{}` calls for no record in this case", program_.policy().name),
            names.empty() ? "It declares none."
                          : fmt::format("It has {}; `--record NAME` takes one all the same.", fmt::join(names, ", ")));
  }

  /// The judgements on which the decision rests: read by its reasons, or without them it would be open.
  void find_judgements(SubjectId asked) {
    std::set<FactId> read;
    for (const Reason& reason : reasons(program_, view_.facts, view_.decision, asked)) add_facts(reason, read);
    const Finding& found = view_.decision.of(asked);
    for (const FactId fact : asking_order(program_, asked)) {
      if (!at(program_.facts, fact).judgement || !view_.facts.known(fact)) continue;
      if (read.contains(fact) || hangs_on(asked, fact, found)) sheet_.judgements.push_back(fact);
    }
  }

  static void add_facts(const Reason& reason, std::set<FactId>& facts) {
    facts.insert(reason.facts.begin(), reason.facts.end());
    for (const Reason& below : reason.because) add_facts(below, facts);
  }

  bool hangs_on(SubjectId asked, FactId fact, const Finding& found) {
    Case without = view_.facts;
    without.clear(fact);
    const Finding other = view_.decider.decide(without).of(asked);
    return other.status != found.status || other.value != found.value;
  }

  const DecisionView& view_;
  const Program& program_;
  Walk walk_;
  RecordSheet sheet_;
};

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

bool is_sensitive(const Program& program, const Term& term) {
  if (!term.is_subject) return at(program.facts, term.fact()).sensitive;
  const Subject& subject = at(program.subjects, term.subject());
  const auto copies = [&](const Conclusion& conclusion) {
    return conclusion.copied && is_sensitive(program, at(program.terms, *conclusion.copied));
  };
  if (subject.otherwise && copies(*subject.otherwise)) return true;
  return std::any_of(subject.rules.begin(), subject.rules.end(),
                     [&](RuleId rule) { return copies(at(program.rules, rule).conclusion); });
}

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

RecordSheet open_sheet(const DecisionView& view, std::optional<RecordId> only) { return SheetOpener(view).open(only); }

void fill_in(const DecisionView& view, RecordSheet& sheet, std::string_view json) {
  SheetFiller(view, sheet).fill(json);
}

}  // namespace duly
