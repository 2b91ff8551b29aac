#include "interpreter/doc/words.hpp"

#include <algorithm>

#include "interpreter/report/explanation.hpp"
#include "interpreter/report/markup.hpp"

namespace duly::doc {
namespace {

std::string range_in_words(const Program& program, const Type& type) {
  const bool has_low = type.low != INT64_MIN;
  const bool has_high = type.high != INT64_MAX;
  if (has_low && has_high)
    return fmt::format(" from {} to {}", program.show(type, type.low), program.show(type, type.high));
  return {};
}

template <class Value>
bool contains(const std::vector<Value>& values, const Value& value) {
  return std::find(values.begin(), values.end(), value) != values.end();
}

/// A choice that facts share leads to its values.
std::string choice_in_words(const Choice& choice) {
  const std::string title = html_escaped(choice.title);
  return choice.declared ? linked(fmt::format("facts.html#{}", anchor_of("choice", choice.name)), title) : title;
}

}  // namespace

std::string type_in_words(const Program& program, const Type& type) {
  switch (type.kind) {
    case TypeKind::yes_no: return "Yes or no";
    case TypeKind::choice: return fmt::format("One of: {}", choice_in_words(at(program.choices, type.choice)));
    case TypeKind::number:
      return fmt::format("A number{}{}", type.unit.empty() ? "" : " of " + html_escaped(type.unit),
                         range_in_words(program, type));
    case TypeKind::date: return "A date";
    case TypeKind::set: return fmt::format("Any of: {}", choice_in_words(at(program.choices, type.choice)));
    case TypeKind::text: return "Words";
  }
  return {};
}

std::string value_in_words(const Program& program, const Type& type, Scalar value) {
  switch (type.kind) {
    case TypeKind::choice: {
      const std::string title = program.say(type, value);
      const std::string name = program.show(type, value);
      return title == name ? code(name) : fmt::format("{} {}", html_escaped(title), code(name));
    }
    case TypeKind::date: return date_in_words(Date{static_cast<std::int32_t>(value)});
    case TypeKind::yes_no:
    case TypeKind::number:
    case TypeKind::set:
    case TypeKind::text: return html_escaped(program.say(type, value));
  }
  return {};
}

std::string conclusion_in_words(const Page& page, const Subject& subject, const Conclusion& conclusion) {
  const Program& program = page.book.material.program;
  if (conclusion.copied) {
    const Term& term = at(program.terms, *conclusion.copied);
    return fmt::format("the same as {}",
                       term.is_subject ? page.book.links.link(term.subject()) : page.book.links.link(term.fact()));
  }
  if (subject.kind == SubjectKind::action) return std::string(to_string(static_cast<Duty>(conclusion.value)));
  return value_in_words(program, subject.type, conclusion.value);
}

CasesOfRule cases_of_rule(const Book& book, RuleId rule) {
  CasesOfRule cases;
  const Material& material = book.material;
  for (const CaseId id : material.expecting(rule)) cases.expecting.push_back(book.links.link(id));
  const RuleCoverage* covered = material.covered(rule);
  if (!covered) return cases;
  for (const CaseNumber number : covered->applies.yes) {
    const auto id = material.case_of(number);
    if (!id) continue;
    if (contains(material.expecting(rule), *id)) continue;
    const bool is_left = contains(covered->left, number);
    (is_left ? cases.deciding : cases.applying).push_back(book.links.link(*id));
  }
  return cases;
}

}  // namespace duly::doc
