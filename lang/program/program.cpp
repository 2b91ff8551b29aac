#include "lang/program/program.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace duly {
namespace {

template <class Tag, class T, class Match>
std::optional<Id<Tag>> find_index(const std::vector<T>& array, Match match) {
  const auto found = std::find_if(array.begin(), array.end(), match);
  if (found == array.end()) return std::nullopt;
  return Id<Tag>{static_cast<std::uint32_t>(found - array.begin())};
}

std::string set_text(const std::vector<ChoiceValue>& values, Scalar value, std::string ChoiceValue::*part,
                     std::string_view none) {
  std::string text;
  for (std::size_t i = 0; i < values.size() && i < 64; ++i) {
    if ((static_cast<std::uint64_t>(value) >> i) & 1) text += (text.empty() ? "" : ", ") + values[i].*part;
  }
  return text.empty() ? std::string(none) : text;
}

std::string choice_text(const std::vector<ChoiceValue>& values, Scalar value, std::string ChoiceValue::*part) {
  if (value < 0 || static_cast<std::size_t>(value) >= values.size()) return "?";
  return values[static_cast<std::size_t>(value)].*part;
}

}  // namespace

Type Program::type_of(const Term& term) const {
  Type type = term.is_subject ? at(subjects, term.subject()).type : at(facts, term.fact()).type;
  switch (term.elapsed) {
    case Elapsed::none: return type;
    case Elapsed::years: return {TypeKind::number, {}, "years", INT64_MIN, INT64_MAX};
    case Elapsed::months: return {TypeKind::number, {}, "months", INT64_MIN, INT64_MAX};
    case Elapsed::days: return {TypeKind::number, {}, "days", INT64_MIN, INT64_MAX};
  }
  return type;
}

std::optional<FactId> Program::find_fact(std::string_view name) const {
  return find_index<FactTag>(facts, [&](const Fact& fact) { return fact.name == name; });
}

std::optional<SubjectId> Program::find_subject(std::string_view name) const {
  return find_index<SubjectTag>(
      subjects, [&](const Subject& subject) { return subject.kind != SubjectKind::action && subject.name == name; });
}

std::optional<SubjectId> Program::find_decision(std::string_view name) const {
  return find_index<SubjectTag>(
      subjects, [&](const Subject& subject) { return subject.kind == SubjectKind::decision && subject.name == name; });
}

std::optional<CaseId> Program::find_case(std::string_view name) const {
  std::optional<CaseId> inherited;
  bool several = false;
  for (std::uint32_t i = 0; i < cases.size(); ++i) {
    const TestCase& test_case = cases[i];
    if (test_case.full_name == name) return CaseId{i};
    if (test_case.name != name) continue;
    if (test_case.module.index + 1 == modules.size()) return CaseId{i};
    several = inherited.has_value();
    inherited = CaseId{i};
  }
  return several ? std::nullopt : inherited;
}

std::optional<RuleId> Program::find_rule(std::string_view name) const {
  std::optional<RuleId> other;
  bool several = false;
  for (std::uint32_t i = 0; i < rules.size(); ++i) {
    const Rule& rule = rules[i];
    if (rule.replaced) continue;
    if (rule.full_name == name) return RuleId{i};
    if (rule.name != name) continue;
    if (rule.module.index + 1 == modules.size()) return RuleId{i};
    several = other.has_value();
    other = RuleId{i};
  }
  return several ? std::nullopt : other;
}

std::string Program::show(const Type& type, Scalar value) const {
  switch (type.kind) {
    case TypeKind::yes_no: return value ? "yes" : "no";
    case TypeKind::choice: return choice_text(at(choices, type.choice).values, value, &ChoiceValue::name);
    case TypeKind::number: return std::to_string(value);
    case TypeKind::date: return to_string(Date{static_cast<std::int32_t>(value)});
    case TypeKind::set: return set_text(at(choices, type.choice).values, value, &ChoiceValue::name, "empty");
    case TypeKind::text: return "a text";
  }
  return {};
}

std::string Program::say(const Type& type, Scalar value) const {
  switch (type.kind) {
    case TypeKind::choice: return choice_text(at(choices, type.choice).values, value, &ChoiceValue::title);
    case TypeKind::set: return set_text(at(choices, type.choice).values, value, &ChoiceValue::title, "none");
    case TypeKind::number: return type.unit.empty() ? std::to_string(value) : fmt::format("{} {}", value, type.unit);
    case TypeKind::yes_no:
    case TypeKind::date:
    case TypeKind::text: return show(type, value);
  }
  return {};
}

std::string_view to_string(Duty duty) {
  switch (duty) {
    case Duty::none: return "no duty";
    case Duty::may: return "may";
    case Duty::should: return "should";
    case Duty::must: return "must";
    case Duty::should_not: return "should not";
    case Duty::must_not: return "must not";
  }
  return "";
}

std::string_view to_string(Status status) {
  switch (status) {
    case Status::decided: return "decided";
    case Status::undecided: return "undecided";
    case Status::conflict: return "conflict";
    case Status::gap: return "gap";
    case Status::unsafe: return "unsafe";
  }
  return "";
}

}  // namespace duly
