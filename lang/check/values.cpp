#include "lang/check/values.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "lang/base/match.hpp"
#include "lang/diagnostics/near_names.hpp"

namespace duly {
namespace {

constexpr std::size_t max_set_elements = 64;

std::string list_values(const Program& program, const Type& type) {
  std::string list;
  const auto& values = at(program.choices, type.choice).values;
  constexpr std::size_t shown = 12;
  for (std::size_t i = 0; i < values.size() && i < shown; ++i)
    list += fmt::format("{}`{}`", i ? ", " : "", values[i].name);
  if (values.size() > shown) list += " and others";
  return list;
}

std::string what_it_is(const syntax::Operand& operand) {
  return match(
      operand.value,  //
      [](syntax::Operand::YesNo value) { return std::string(value.yes ? "`yes`" : "`no`"); },
      [](std::int64_t value) { return fmt::format("the number {}", value); },
      [](Date value) { return fmt::format("the date {}", to_string(value)); },
      [](const std::string& name) { return fmt::format("`{}`", name); });
}

}  // namespace

std::string describe(const Program& program, const Type& type) {
  const auto choice = [&] { return at(program.choices, type.choice).name; };
  switch (type.kind) {
    case TypeKind::yes_no: return "a yes/no";
    case TypeKind::choice: return fmt::format("a value of `{}`", choice());
    case TypeKind::number: return type.unit.empty() ? "a number" : fmt::format("a number of {}", type.unit);
    case TypeKind::date: return "a date";
    case TypeKind::set: return fmt::format("a set of `{}`", choice());
    case TypeKind::text: return "a text";
  }
  return {};
}

Type broken_type() { return {TypeKind::text, ChoiceId{0xffff'ffff}, "", INT64_MIN, INT64_MAX}; }
bool is_broken(const Type& type) { return type.kind == TypeKind::text && type.choice.index == 0xffff'ffff; }

bool same_type(const Type& a, const Type& b) {
  if (is_broken(a) || is_broken(b)) return true;
  if (a.kind != b.kind) return false;
  if (a.kind == TypeKind::choice || a.kind == TypeKind::set) return a.choice == b.choice;
  if (a.kind == TypeKind::number) return a.unit == b.unit;
  return true;
}

Type check_type(Context& context, const syntax::Type& written, std::uint32_t module, const std::string& owner,
                const std::string& title) {
  Program& program = context.program;
  const auto of_choice = [&](TypeKind kind, const syntax::Name& name) -> Type {
    const auto found = look_up(context.scope.choices, name, module, context.tree, Code::E0309, context.diagnostics);
    if (!found) return broken_type();
    const auto& values = program.choices[found->index].values;
    if (kind == TypeKind::set && values.size() > max_set_elements) {
      context.error(Code::E0906, name.span,
                    fmt::format("A set can be of at most {} kinds of element, and `{}` has {} values", max_set_elements,
                                name.text, values.size()));
    }
    return {kind, ChoiceId{found->index}, "", 0, static_cast<Scalar>(values.size()) - 1};
  };
  return match(
      written.kind,  //
      [](const syntax::Type::YesNo&) -> Type {
        return {TypeKind::yes_no, {}, "", 0, 1};
      },
      [&](const syntax::Type::OfChoice& kind) { return of_choice(TypeKind::choice, kind.choice); },
      [&](const syntax::Type::OneOf& kind) -> Type {
        const ChoiceId id{static_cast<std::uint32_t>(program.choices.size())};
        Choice choice;
        choice.name = owner;
        choice.title = title;
        choice.module = ModuleId{module};
        choice.span = written.span;
        for (const auto& value : kind.values) {
          for (const auto& other : choice.values) {
            if (other.name != value.name.text) continue;
            context.error(Code::E0302, value.name.span, fmt::format("The value `{}` is listed twice", value.name.text),
                          "listed again here", "Take one of them away.");
          }
          choice.values.push_back({value.name.text, value.title ? value.title->value : value.name.text});
        }
        const auto count = static_cast<Scalar>(choice.values.size());
        program.choices.push_back(std::move(choice));
        return {TypeKind::choice, id, "", 0, count - 1};
      },
      [&](const syntax::Type::Number& kind) -> Type {
        Type type{TypeKind::number, {}, kind.unit ? kind.unit->text : "", INT64_MIN, INT64_MAX};
        if (kind.from && kind.to) {
          type.low = *kind.from;
          type.high = *kind.to;
          if (type.low > type.high) {
            context.error(Code::E0409, written.span, fmt::format("No number lies from {} to {}", type.low, type.high),
                          "", fmt::format("Write the smaller one first: `from {} to {}`.", type.high, type.low));
            std::swap(type.low, type.high);
          }
        }
        return type;
      },
      [](const syntax::Type::DateType&) -> Type {
        return {TypeKind::date, {}, "", first_date.days, last_date.days};
      },
      [&](const syntax::Type::SetOf& kind) { return of_choice(TypeKind::set, kind.choice); },
      [](const syntax::Type::TextType&) -> Type {
        return {TypeKind::text, {}, "", INT64_MIN, INT64_MAX};
      });
}

std::optional<Scalar> choice_value(const Program& program, const Type& type, std::string_view name) {
  const auto& values = at(program.choices, type.choice).values;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (values[i].name == name) return static_cast<Scalar>(i);
  }
  return std::nullopt;
}

TermId add_term(Program& program, Term term) {
  program.terms.push_back(term);
  return TermId{static_cast<std::uint32_t>(program.terms.size() - 1)};
}

std::optional<Term> check_value_name(Context& context, const syntax::Name& name, std::uint32_t module) {
  if (context.scope.values.find(name.text, module, context.tree).entries.empty()) {
    if (!context.scope.actions.find(name.text, module, context.tree).entries.empty()) {
      context.error(Code::E0303, name.span, fmt::format("`{}` is an action, not a value", name.text), "an action",
                    fmt::format("Its duty can be a condition: `must {0}`, `should {0}`.", name.text));
      return std::nullopt;
    }
    if (!context.scope.rules.find(name.text, module, context.tree).entries.empty()) {
      context.error(Code::E0303, name.span, fmt::format("`{}` is a rule, not a value", name.text), "a rule",
                    "A condition reads facts, definitions and decisions.");
      return std::nullopt;
    }
  }
  const auto found = look_up(context.scope.values, name, module, context.tree, Code::E0301, context.diagnostics);
  if (!found) return std::nullopt;
  return Term{found->is_subject, found->index, Elapsed::none};
}

std::optional<CheckedOperand> check_operand(Context& context, const syntax::Operand& operand, const Type& type,
                                            std::uint32_t module, bool literal_only) {
  if (is_broken(type)) return std::nullopt;
  const auto mismatch = [&](std::string_view help = "") -> std::optional<CheckedOperand> {
    std::string text(help);
    if (text.empty() && type.kind == TypeKind::choice) {
      text = fmt::format("Its values are {}.", list_values(context.program, type));
    }
    context.error(Code::E0401, operand.span,
                  fmt::format("Here belongs {}, and {} is none", describe(context.program, type), what_it_is(operand)),
                  fmt::format("expected {}", describe(context.program, type)), text);
    return std::nullopt;
  };
  const auto literal = [](Scalar value) { return CheckedOperand{std::nullopt, value}; };
  if (const auto* yes_no = std::get_if<syntax::Operand::YesNo>(&operand.value)) {
    if (type.kind == TypeKind::choice) {
      if (const auto index = choice_value(context.program, type, yes_no->yes ? "yes" : "no")) return literal(*index);
    }
    if (type.kind != TypeKind::yes_no) return mismatch();
    return literal(yes_no->yes ? 1 : 0);
  }
  if (const auto* number = std::get_if<std::int64_t>(&operand.value)) {
    if (type.kind != TypeKind::number)
      return mismatch(type.kind == TypeKind::date ? "A date is written `2024-04-01`." : "");
    return literal(*number);
  }
  if (const auto* date = std::get_if<Date>(&operand.value)) {
    if (type.kind != TypeKind::date) return mismatch();
    return literal(date->days);
  }
  const syntax::Name name{std::get<std::string>(operand.value), operand.span};
  const auto found = context.scope.values.find(name.text, module, context.tree).entries;
  const auto type_of_found = [&]() -> std::optional<Type> {
    if (found.size() != 1) return std::nullopt;
    return context.program.type_of(Term{found.front().is_subject, found.front().index, Elapsed::none});
  };
  if (type.kind == TypeKind::choice) {
    if (const auto index = choice_value(context.program, type, name.text)) {
      const auto other = type_of_found();
      if (other && same_type(*other, type) && context.is_root(module) && !literal_only) {
        context.diagnostics.add(
            {Code::W0303,
             name.span,
             fmt::format("`{}` is a value of the choice, and another value is called so too", name.text),
             "taken as the choice's value",
             {{found.front().span, "the other one"}},
             "Rename one of them, so that readers need not know this rule."});
      }
      return literal(*index);
    }
  }
  if (found.empty() && context.diagnostics.errors() > 0 && may_be_unread(name.text, module, context.tree)) {
    return std::nullopt;
  }
  if (found.empty() || literal_only) {
    if (type.kind == TypeKind::choice) {
      std::vector<std::string> candidates;
      for (const auto& value : at(context.program.choices, type.choice).values) candidates.push_back(value.name);
      const auto near = nearest(name.text, candidates);
      context.error(Code::E0413, name.span,
                    fmt::format("`{}` is no value of `{}`", name.text, at(context.program.choices, type.choice).name),
                    "not one of its values",
                    fmt::format("{}Its values are {}.", near ? fmt::format("Did you mean `{}`? ", *near) : "",
                                list_values(context.program, type)));
      return std::nullopt;
    }
    if (literal_only) {
      return mismatch(type.kind == TypeKind::yes_no ? "Write `yes` or `no`."
                      : type.kind == TypeKind::date ? "A date is written `2024-04-01`."
                                                    : "");
    }
  }
  const auto term = check_value_name(context, name, module);
  if (!term) return std::nullopt;
  const Type other = context.program.type_of(*term);
  if (!same_type(other, type)) {
    const bool units = other.kind == TypeKind::number && type.kind == TypeKind::number;
    context.error(units ? Code::E0408 : Code::E0401, name.span,
                  fmt::format("`{}` is {}, and here belongs {}", name.text, describe(context.program, other),
                              describe(context.program, type)),
                  fmt::format("expected {}", describe(context.program, type)),
                  units ? "Only numbers of the same unit can be compared or copied." : "");
    return std::nullopt;
  }
  return CheckedOperand{add_term(context.program, *term), 0};
}

std::optional<Conclusion> check_setting(Context& context, const syntax::Setting& setting, const Type& type,
                                        std::uint32_t module, bool literal_only) {
  if (is_broken(type)) return std::nullopt;
  const auto one = [&](const syntax::Operand& operand) -> std::optional<Conclusion> {
    const auto value = check_operand(context, operand, type, module, literal_only);
    if (!value) return std::nullopt;
    if (!value->term && (type.kind == TypeKind::number || type.kind == TypeKind::date) &&
        (value->literal < type.low || value->literal > type.high)) {
      context.error(Code::E0405, operand.span,
                    fmt::format("{} lies outside the range from {} to {}", quoted(context, operand.span),
                                context.program.show(type, type.low), context.program.show(type, type.high)),
                    "outside the range");
      return std::nullopt;
    }
    return Conclusion{value->term, value->literal};
  };
  if (type.kind == TypeKind::set) {
    const Type element{TypeKind::choice, type.choice, "", type.low, type.high};
    if (setting.values.size() == 1 && !literal_only) {
      const auto* name = std::get_if<std::string>(&setting.values.front().value);
      if (name && !choice_value(context.program, element, *name) &&
          context.scope.values.find(*name, module, context.tree).entries.size() == 1) {
        return one(setting.values.front());  // another set is copied
      }
    }
    std::uint64_t mask = 0;
    bool good = true;
    for (const auto& operand : setting.values) {
      const auto value = check_operand(context, operand, element, module, true);
      if (!value) {
        good = false;
        continue;
      }
      const std::uint64_t bit = std::uint64_t{1} << (value->literal & 63);
      if (mask & bit) {
        context.error(Code::E0412, operand.span, fmt::format("{} stands here twice", quoted(context, operand.span)),
                      "again", "A set has each of its elements once.");
        good = false;
      }
      mask |= bit;
    }
    if (!good) return std::nullopt;
    return Conclusion{std::nullopt, static_cast<Scalar>(mask)};
  }
  if (setting.empty_set) {
    context.error(Code::E0402, setting.span,
                  fmt::format("Only a set can be empty, and this is {}", describe(context.program, type)));
    return std::nullopt;
  }
  if (setting.values.size() != 1) {
    context.error(Code::E0411, setting.span,
                  fmt::format("Several values stand here, and this is {}", describe(context.program, type)), "",
                  "Only a set has several values.");
    return std::nullopt;
  }
  return one(setting.values.front());
}

std::string quoted(const Context& context, Span span) {
  const std::string_view text = context.sources.text(span);
  return fmt::format("`{}`", text.substr(0, 60));
}

}  // namespace duly
