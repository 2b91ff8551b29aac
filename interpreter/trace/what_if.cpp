#include "interpreter/trace/what_if.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "interpreter/trace/words.hpp"
#include "lang/diagnostics/near_names.hpp"

namespace duly::trace {
namespace {

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view white = " \t\r\n";
  const std::size_t begin = text.find_first_not_of(white);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(white) - begin + 1);
}

ChangeReading refuse(std::string problem, std::string help) { return {{}, std::move(problem), std::move(help)}; }

ChangeReading no_such_fact(const Program& program, std::string_view name) {
  std::vector<std::string> names;
  for (const Fact& fact : program.facts) names.push_back(fact.name);
  std::string help = "A change is written FACT=VALUE, such as child.age=12.";
  if (program.find_subject(name)) {
    help = "The rules work it out; change a fact that they read.";
  } else if (const auto meant = nearest(name, names)) {
    help = fmt::format("Did you mean `{}`?", *meant);
  }
  return refuse(fmt::format("`{}` has no fact `{}`", program.policy().name, name), help);
}

std::vector<std::string> value_names(const Choice& choice) {
  std::vector<std::string> names;
  for (const ChoiceValue& value : choice.values) names.push_back(value.name);
  return names;
}

class ValueReader {
 public:
  ValueReader(const Program& program, FactId id) : program_(program), fact_(at(program.facts, id)), id_(id) {}

  ChangeReading read(std::string_view text) const {
    if (text.empty()) return refuse(fmt::format("`{}` is given no value", fact_.name), expected());
    if (text == "unknown") return give(std::nullopt);
    switch (fact_.type.kind) {
      case TypeKind::yes_no:
        if (text == "yes") return give(1);
        if (text == "no") return give(0);
        return none(text, {"yes", "no", "unknown"});
      case TypeKind::choice: return choice(text);
      case TypeKind::number: return number(text);
      case TypeKind::date: return date(text);
      case TypeKind::set: return set(text);
      case TypeKind::text: return {Change{id_, 0, std::string(text)}, {}, {}};
    }
    return none(text, {});
  }

 private:
  ChangeReading give(std::optional<Scalar> value) const { return {Change{id_, value, {}}, {}, {}}; }

  std::string expected() const {
    switch (fact_.type.kind) {
      case TypeKind::yes_no: return "Its answers are yes, no and unknown.";
      case TypeKind::choice:
        return fmt::format("Its answers are {} and unknown.",
                           fmt::join(value_names(at(program_.choices, fact_.type.choice)), ", "));
      case TypeKind::number:
        if (fact_.type.low == INT64_MIN && fact_.type.high == INT64_MAX) return "It is a whole number, or unknown.";
        if (fact_.type.high == INT64_MAX)
          return fmt::format("It is a whole number, {} at least, or unknown.", fact_.type.low);
        if (fact_.type.low == INT64_MIN)
          return fmt::format("It is a whole number, {} at most, or unknown.", fact_.type.high);
        return fmt::format("It is a whole number from {} to {}, or unknown.", fact_.type.low, fact_.type.high);
      case TypeKind::date: return "It is a date that exists, such as 2026-11-22, or unknown.";
      case TypeKind::set:
        return fmt::format("It is any of {}, with commas between them, or empty, or unknown.",
                           fmt::join(value_names(at(program_.choices, fact_.type.choice)), ", "));
      case TypeKind::text: return "It is a text, or unknown.";
    }
    return {};
  }

  ChangeReading none(std::string_view text, const std::vector<std::string>& names) const {
    std::string help = expected();
    if (const auto meant = nearest(text, names)) help = fmt::format("Did you mean `{}`? {}", *meant, help);
    return refuse(fmt::format("`{}` is no answer for `{}`", text, fact_.name), help);
  }

  std::optional<Scalar> find(std::string_view name) const {
    const std::vector<ChoiceValue>& values = at(program_.choices, fact_.type.choice).values;
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (values[i].name == name) return static_cast<Scalar>(i);
    }
    return std::nullopt;
  }

  ChangeReading choice(std::string_view text) const {
    if (const auto value = find(text)) return give(*value);
    return none(text, value_names(at(program_.choices, fact_.type.choice)));
  }

  ChangeReading number(std::string_view text) const {
    Scalar value = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool is_number = problem == std::errc() && end == text.data() + text.size();
    if (!is_number || value < fact_.type.low || value > fact_.type.high) return none(text, {});
    return give(value);
  }

  ChangeReading date(std::string_view text) const {
    const auto day = parse_date(text);
    if (!day || day->days < fact_.type.low || day->days > fact_.type.high) return none(text, {});
    return give(day->days);
  }

  ChangeReading set(std::string_view text) const {
    if (text == "empty") return give(0);
    std::uint64_t bits = 0;
    while (!text.empty()) {
      const std::size_t comma = std::min(text.find(','), text.size());
      const std::string_view name = trimmed(text.substr(0, comma));
      const auto value = find(name);
      if (!value) return none(name, value_names(at(program_.choices, fact_.type.choice)));
      bits |= std::uint64_t{1} << *value;
      text.remove_prefix(std::min(comma + 1, text.size()));
    }
    return give(static_cast<Scalar>(bits));
  }

  const Program& program_;
  const Fact& fact_;
  FactId id_;
};

/// The reading of a changed fact is the change itself, not where it leads.
bool same(const Event& a, const Event& b, const std::vector<FactId>& changed) {
  if (a == b) return true;
  const auto* read_a = std::get_if<FactRead>(&a.what);
  const auto* read_b = std::get_if<FactRead>(&b.what);
  return read_a && read_b && read_a->fact == read_b->fact &&
         std::find(changed.begin(), changed.end(), read_a->fact) != changed.end();
}

}  // namespace

ChangeReading read_change(const Program& program, FactId fact, std::string_view value) {
  return ValueReader(program, fact).read(trimmed(value));
}

ChangeReading read_change(const Program& program, std::string_view text) {
  text = trimmed(text);
  std::size_t end = text.find('='), skip = 1;
  if (end == std::string_view::npos && text.find(" is ") != std::string_view::npos) {
    end = text.find(" is ");
    skip = 4;
  }
  const std::string_view name = trimmed(text.substr(0, end));
  const auto fact = program.find_fact(name);
  if (!fact) return no_such_fact(program, name);
  return read_change(program, *fact, end == std::string_view::npos ? std::string_view() : text.substr(end + skip));
}

void apply(Case& facts, const Change& change) {
  if (!change.value) {
    facts.clear(change.fact);
  } else if (!change.text.empty()) {
    facts.set_text(change.fact, change.text);
  } else {
    facts.set(change.fact, *change.value);
  }
}

std::string in_words(const Program& program, const Change& change) {
  return fact_in_words(program, change.fact, change.value.has_value(), change.value.value_or(0), change.text);
}

std::vector<Scalar> answers_of(const Program& program, FactId id) {
  const Type& type = at(program.facts, id).type;
  if (type.kind == TypeKind::yes_no) return {1, 0};
  std::vector<Scalar> answers;
  if (type.kind == TypeKind::choice) {
    for (std::size_t i = 0; i < at(program.choices, type.choice).values.size(); ++i) {
      answers.push_back(static_cast<Scalar>(i));
    }
  }
  return answers;
}

std::vector<RuleId> rests_on(const Recording& recording, SubjectId subject) {
  for (const Event& event : recording) {
    if (const auto* settled = std::get_if<ValueSettled>(&event.what); settled && settled->subject == subject) {
      return settled->rules;
    }
    if (const auto* duty = std::get_if<DutyLaid>(&event.what); duty && duty->action == subject) return duty->rules;
  }
  return {};
}

std::optional<Parting> parting(const Recording& before, const Recording& after, const std::vector<FactId>& changed) {
  std::size_t i = 0;
  while (i < before.size() && i < after.size() && same(before[i], after[i], changed)) ++i;
  if (i == before.size() && i == after.size()) return std::nullopt;
  Parting result;
  result.before = result.after = i;
  result.subject = i < before.size() ? before[i].subject : after[i].subject;
  if (result.subject) {
    result.rules_before = rests_on(before, *result.subject);
    result.rules_after = rests_on(after, *result.subject);
  }
  return result;
}

}  // namespace duly::trace
