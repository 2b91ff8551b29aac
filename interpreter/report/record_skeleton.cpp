#include <fmt/format.h>

#include <set>

#include "interpreter/report/decision_text.hpp"
#include "interpreter/report/explanation.hpp"
#include "interpreter/report/record.hpp"

/// What of a record a person still has to fill in: as a JSON file to be filled in, in lines, as a page.
namespace duly {
namespace {

/// Calls `visit` with each field that a person fills in and its key, each key once.
template <class Visit>
void for_each_open(const Program& program, const RecordSheet& sheet, const Visit& visit) {
  std::set<std::string> told;
  for (const DueRecord& record : sheet.records) {
    for (const DueField& due : record.fields) {
      if (!due.from.empty()) continue;
      const std::string key = field_key(program, sheet, record, due);
      if (told.insert(key).second) visit(record, due, key);
    }
  }
}

std::string answers_of(const Program& program, const Type& type) {
  if (type.kind == TypeKind::yes_no) return "true or false";
  if (type.kind == TypeKind::date) return "a date, \"2026-11-22\"";
  if (type.kind == TypeKind::text) return "a text";
  if (type.kind == TypeKind::number) {
    return type.low == INT64_MIN ? std::string("a whole number") : fmt::format("{} to {}", type.low, type.high);
  }
  std::vector<std::string> names;
  for (const ChoiceValue& value : at(program.choices, type.choice).values) names.push_back(value.name);
  return fmt::format("{}{}", type.kind == TypeKind::set ? "any of " : "", fmt::join(names, ", "));
}

/// `Who went (a text)`
std::string what_to_write(const Program& program, const DueField& due) {
  return fmt::format(
      "{} ({}){}", due.field->title, answers_of(program, due.field->type),
      due.could_be_from.empty() ? std::string() : fmt::format("; or give `{}` in the case", due.could_be_from));
}

}  // namespace

std::string skeleton_json(const DecisionView& view, const RecordSheet& sheet) {
  JsonWriter json;
  json.open_object();
  for_each_open(view.program, sheet,
                [&](const DueRecord&, const DueField&, const std::string& key) { json.key(key).null(); });
  if (!sheet.judgements.empty()) {
    json.key("judgements").open_object();
    for (const FactId fact : sheet.judgements) {
      json.key(at(view.program.facts, fact).name).open_object();
      json.key("reason").null().key("role").null().close_object();
    }
    json.close_object();
  }
  json.close_object();
  return json.take();
}

std::string skeleton_text(const DecisionView& view, const RecordSheet& sheet) {
  std::string text;
  for_each_open(view.program, sheet, [&](const DueRecord&, const DueField& due, const std::string& key) {
    text += fmt::format("  {}: {}\n", key, what_to_write(view.program, due));
  });
  for (const FactId fact : sheet.judgements) {
    text += fmt::format("  judgements.{}: why \"{}\" was answered so, and the role of whoever judged\n",
                        at(view.program.facts, fact).name, at(view.program.facts, fact).title);
  }
  return text;
}

std::string skeleton_markdown(const DecisionView& view, const RecordSheet& sheet) {
  const Program& program = view.program;
  Explanation page;
  const bool is_one = sheet.records.size() == 1;
  page.question = is_one ? at(program.records, sheet.records.front().record).title : "Records of a decision";
  page.answer = "What is still to be filled in.";
  const auto add = [&](std::string heading, Point point) {
    if (page.sections.empty() || page.sections.back().heading != heading) {
      page.sections.push_back({std::move(heading), Tone::plain, false, {}});
    }
    page.sections.back().points.push_back(std::move(point));
  };
  for_each_open(program, sheet, [&](const DueRecord& record, const DueField& due, const std::string& key) {
    add(is_one ? "To be written down" : at(program.records, record.record).title,
        {what_to_write(program, due), {}, key, {}});
  });
  for (const FactId id : sheet.judgements) {
    const Fact& fact = at(program.facts, id);
    add("Professional judgements",
        {fmt::format("{}: why this was answered so, and the role of whoever judged", fact.title),
         {},
         fmt::format("judgements.{}", fact.name),
         {}});
  }
  if (page.sections.empty()) page.answer = "Nothing is left to be filled in.";
  return decision_markdown(page);
}

}  // namespace duly
