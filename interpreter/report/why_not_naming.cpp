#include <fmt/format.h>

#include <array>

#include "interpreter/report/why_not.hpp"
#include "lang/diagnostics/near_names.hpp"

namespace duly {
namespace {

constexpr std::array duties = {Duty::may, Duty::should, Duty::must, Duty::should_not, Duty::must_not};

/// The values that can be asked about, as they are written; empty where there are none to name.
std::vector<std::string> values_of(const Program& program, const Subject& subject) {
  std::vector<std::string> names;
  if (subject.kind == SubjectKind::action) {
    for (const Duty duty : duties) names.emplace_back(to_string(duty));
  } else if (subject.type.kind == TypeKind::yes_no) {
    names = {"no", "yes"};
  } else if (subject.type.kind == TypeKind::choice) {
    for (const ChoiceValue& value : at(program.choices, subject.type.choice).values) names.push_back(value.name);
  }
  return names;
}

std::optional<Scalar> value_named(const Program& program, const Subject& subject, std::string_view name) {
  if (subject.kind == SubjectKind::action) {
    std::string words(name);
    for (char& c : words) {
      if (c == '_') c = ' ';
    }
    for (const Duty duty : duties) {
      if (to_string(duty) == words) return static_cast<Scalar>(duty);
    }
    return std::nullopt;
  }
  const std::vector<std::string> names = values_of(program, subject);
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i] == name) return static_cast<Scalar>(i);
  }
  return std::nullopt;
}

std::string with_near(std::string_view word, const std::vector<std::string>& names, const std::string& rest) {
  const auto meant = nearest(word, names);
  return meant ? fmt::format("Did you mean `{}`? {}", *meant, rest) : rest;
}

WhyNotNaming value_of_subject(const Program& program, std::string_view name, std::string_view value) {
  std::vector<std::string> names;
  for (std::uint32_t i = 0; i < program.subjects.size(); ++i) {
    const Subject& subject = program.subjects[i];
    if (subject.name == name) {
      if (const auto found = value_named(program, subject, value))
        return {WhyNotTarget{{}, SubjectId{i}, *found}, {}, {}};
      const std::vector<std::string> values = values_of(program, subject);
      if (values.empty()) {
        return {{},
                fmt::format("`{}` cannot be asked about value by value: it is neither yes/no nor a choice", name),
                "Ask about one of its rules."};
      }
      return {{},
              fmt::format("`{}` is never `{}`", name, value),
              with_near(value, values, fmt::format("It can be {}.", fmt::join(values, ", ")))};
    }
    names.push_back(subject.name);
  }
  return {{},
          fmt::format("`{}` has no definition, decision or action `{}`", program.policy().name, name),
          with_near(name, names, "Write NAME=VALUE, such as consent.giver=child.")};
}

}  // namespace

WhyNotNaming find_why_not(const Program& program, std::optional<SubjectId> decision, std::string_view text) {
  if (const auto equals = text.find('='); equals != std::string_view::npos) {
    return value_of_subject(program, text.substr(0, equals), text.substr(equals + 1));
  }
  std::vector<std::string> names, outcomes;
  if (decision) {
    const Subject& subject = at(program.subjects, *decision);
    if (const auto found = value_named(program, subject, text)) return {WhyNotTarget{{}, *decision, *found}, {}, {}};
    names = outcomes = values_of(program, subject);
  }
  if (const auto found = program.find_rule(text)) {
    return {WhyNotTarget{found, at(program.rules, *found).subject, 0}, {}, {}};
  }
  std::vector<std::string> called;
  for (const Rule& rule : program.rules) {
    if (rule.replaced) {
      if (rule.full_name != text) continue;
      return {{},
              fmt::format("A `redefine` has replaced the rule `{}`, so it never applies", text),
              "Ask about what replaces it."};
    }
    if (rule.name == text) called.push_back(rule.full_name);
    names.push_back(rule.name);
  }
  for (const Rule& rule : program.rules) {
    if (!rule.replaced) names.push_back(rule.full_name);
  }
  if (called.size() > 1) {
    return {{},
            fmt::format("Several modules have a rule `{}`", text),
            fmt::format("Write one in full: {}.", fmt::join(called, ", "))};
  }
  std::string rest = "Ask about a rule, by its name, or about NAME=VALUE.";
  if (!outcomes.empty()) {
    rest = fmt::format("Ask about an outcome ({}), a rule, or NAME=VALUE.", fmt::join(outcomes, ", "));
  }
  return {{},
          fmt::format("`{}` has neither an outcome nor a rule `{}`", program.policy().name, text),
          with_near(text, names, rest)};
}

}  // namespace duly
