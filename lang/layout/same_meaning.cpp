#include "lang/layout/same_meaning.hpp"

#include <concepts>
#include <optional>
#include <tuple>
#include <type_traits>
#include <variant>
#include <vector>

namespace duly {
namespace {

using namespace syntax;

// ---- the parts of each node ------------------------------------------------------------------------------------
// All of them are named, so that a new field in the tree does not compile until it stands here too.

auto parts_of(const Name& whole) {
  const auto& [text, span] = whole;
  return std::tie(text, span);
}

auto parts_of(const Text& whole) {
  const auto& [value, span] = whole;
  return std::tie(value, span);
}

auto parts_of(const DateText& whole) {
  const auto& [date, span] = whole;
  return std::tie(date, span);
}

auto parts_of(const Operand::YesNo& whole) {
  const auto& [yes] = whole;
  return std::tie(yes);
}

auto parts_of(const Operand& whole) {
  const auto& [value, span] = whole;
  return std::tie(value, span);
}

auto parts_of(const Setting& whole) {
  const auto& [values, empty_set, span] = whole;
  return std::tie(values, empty_set, span);
}

auto parts_of(const Term& whole) {
  const auto& [elapsed, value, span] = whole;
  return std::tie(elapsed, value, span);
}

auto parts_of(const And& whole) {
  const auto& [parts] = whole;
  return std::tie(parts);
}

auto parts_of(const Or& whole) {
  const auto& [parts] = whole;
  return std::tie(parts);
}

auto parts_of(const Not& whole) {
  const auto& [part] = whole;
  return std::tie(part);
}

auto parts_of(const List& whole) {
  const auto& [kind, items] = whole;
  return std::tie(kind, items);
}

auto parts_of(const Truth& whole) {
  const auto& [term] = whole;
  return std::tie(term);
}

auto parts_of(const Compare& whole) {
  const auto& [left, op, op_span, right] = whole;
  return std::tie(left, op, op_span, right);
}

auto parts_of(const DutyTest& whole) {
  const auto& [strength, action] = whole;
  return std::tie(strength, action);
}

auto parts_of(const Expr& whole) {
  const auto& [span, node] = whole;
  return std::tie(span, node);
}

auto parts_of(const ListItem& whole) {
  const auto& [label, expr, cites, span] = whole;
  return std::tie(label, expr, cites, span);
}

auto parts_of(const InForce& whole) {
  const auto& [from, until, span] = whole;
  return std::tie(from, until, span);
}

auto parts_of(const PolicyHeader& whole) {
  const auto& [name, title, version, in_force, extends, decides, contact, span] = whole;
  return std::tie(name, title, version, in_force, extends, decides, contact, span);
}

auto parts_of(const Provision& whole) {
  const auto& [name, title, judgement, span] = whole;
  return std::tie(name, title, judgement, span);
}

auto parts_of(const Source& whole) {
  const auto& [name, title, by, dated, url, provisions] = whole;
  return std::tie(name, title, by, dated, url, provisions);
}

auto parts_of(const ChoiceValue& whole) {
  const auto& [name, title] = whole;
  return std::tie(name, title);
}

auto parts_of(const Choice& whole) {
  const auto& [name, title, ordered, values, cites] = whole;
  return std::tie(name, title, ordered, values, cites);
}

auto parts_of(const ExtendChoice& whole) {
  const auto& [name, values, cites] = whole;
  return std::tie(name, values, cites);
}

auto parts_of(const Type::OfChoice& whole) {
  const auto& [choice] = whole;
  return std::tie(choice);
}

auto parts_of(const Type::OneOf& whole) {
  const auto& [values] = whole;
  return std::tie(values);
}

auto parts_of(const Type::Number& whole) {
  const auto& [unit, from, to] = whole;
  return std::tie(unit, from, to);
}

auto parts_of(const Type::SetOf& whole) {
  const auto& [choice] = whole;
  return std::tie(choice);
}

auto parts_of(const Type& whole) {
  const auto& [kind, span] = whole;
  return std::tie(kind, span);
}

auto parts_of(const Fact& whole) {
  const auto& [name, title, type, ask, help, cites, judgement, sensitive] = whole;
  return std::tie(name, title, type, ask, help, cites, judgement, sensitive);
}

auto parts_of(const Define& whole) {
  const auto& [redefine, name, title, type, otherwise, means, cites] = whole;
  return std::tie(redefine, name, title, type, otherwise, means, cites);
}

auto parts_of(const Decision& whole) {
  const auto& [name, title, outcomes, otherwise, cites] = whole;
  return std::tie(name, title, outcomes, otherwise, cites);
}

auto parts_of(const Action& whole) {
  const auto& [name, title, by, to, cites] = whole;
  return std::tie(name, title, by, to, cites);
}

auto parts_of(const ValueIs& whole) {
  const auto& [value, setting] = whole;
  return std::tie(value, setting);
}

auto parts_of(const Duty& whole) {
  const auto& [strength, action] = whole;
  return std::tie(strength, action);
}

auto parts_of(const Conclusion& whole) {
  const auto& [span, node] = whole;
  return std::tie(span, node);
}

auto parts_of(const Rule& whole) {
  const auto& [name, title, conclusion, when, despite_all, despite, instead_of, timing, because, cites, is_protected] =
      whole;
  return std::tie(name, title, conclusion, when, despite_all, despite, instead_of, timing, because, cites,
                  is_protected);
}

auto parts_of(const Answer& whole) {
  const auto& [answers, otherwise, outcome, cites, span] = whole;
  return std::tie(answers, otherwise, outcome, cites, span);
}

auto parts_of(const Step& whole) {
  const auto& [name, title, on, answers, cites, span] = whole;
  return std::tie(name, title, on, answers, cites, span);
}

auto parts_of(const Procedure& whole) {
  const auto& [name, title, decides, steps, cites] = whole;
  return std::tie(name, title, decides, steps, cites);
}

auto parts_of(const Field& whole) {
  const auto& [name, title, type, from, when, cites, span] = whole;
  return std::tie(name, title, type, from, when, cites, span);
}

auto parts_of(const Record& whole) {
  const auto& [name, title, when, fields, cites] = whole;
  return std::tie(name, title, when, fields, cites);
}

auto parts_of(const Signature& whole) {
  const auto& [body, date] = whole;
  return std::tie(body, date);
}

auto parts_of(const Shares& whole) {
  const auto& [categories, from, to, span] = whole;
  return std::tie(categories, from, to, span);
}

auto parts_of(const Agreement& whole) {
  const auto& [name, title, tier, tier_span, under, between, between_span, signatures, in_force, review_by, owner,
               shares, purposes, basis, power, frequency, retention, security, cites] = whole;
  return std::tie(name, title, tier, tier_span, under, between, between_span, signatures, in_force, review_by, owner,
                  shares, purposes, basis, power, frequency, retention, security, cites);
}

auto parts_of(const Safeguard& whole) {
  const auto& [name, title, when, never, holds, cites] = whole;
  return std::tie(name, title, when, never, holds, cites);
}

auto parts_of(const Given& whole) {
  const auto& [fact, setting, span] = whole;
  return std::tie(fact, setting, span);
}

auto parts_of(const ExpectValue& whole) {
  const auto& [value, negated, setting, because] = whole;
  return std::tie(value, negated, setting, because);
}

auto parts_of(const ExpectStatus& whole) {
  const auto& [value, status] = whole;
  return std::tie(value, status);
}

auto parts_of(const ExpectDuty& whole) {
  const auto& [strength, action, because] = whole;
  return std::tie(strength, action, because);
}

auto parts_of(const ExpectNoDuty& whole) {
  const auto& [action] = whole;
  return std::tie(action);
}

auto parts_of(const ExpectDutyStatus& whole) {
  const auto& [action, status] = whole;
  return std::tie(action, status);
}

auto parts_of(const ExpectAsks& whole) {
  const auto& [fact] = whole;
  return std::tie(fact);
}

auto parts_of(const Expectation& whole) {
  const auto& [span, node] = whole;
  return std::tie(span, node);
}

auto parts_of(const Case& whole) {
  const auto& [name, title, like, story, as_at, facts, expectations, discuss, cites] = whole;
  return std::tie(name, title, like, story, as_at, facts, expectations, discuss, cites);
}

auto parts_of(const Declaration& whole) {
  const auto& [span, head, node] = whole;
  return std::tie(span, head, node);
}

auto parts_of(const Type::YesNo&) { return std::tuple<>(); }

auto parts_of(const Type::DateType&) { return std::tuple<>(); }

auto parts_of(const Type::TextType&) { return std::tuple<>(); }

// ---- comparing -------------------------------------------------------------------------------------------------

bool same(Span, Span) { return true; }  // where something stands does not matter
template <class Part>
bool same(const Part& a, const Part& b);
template <class Part>
bool same(const std::optional<Part>& a, const std::optional<Part>& b);
template <class Part>
bool same(const std::vector<Part>& a, const std::vector<Part>& b);
template <class... Kinds>
bool same(const std::variant<Kinds...>& a, const std::variant<Kinds...>& b);

template <class Part>
bool same(const std::optional<Part>& a, const std::optional<Part>& b) {
  return a.has_value() == b.has_value() && (!a || same(*a, *b));
}
template <class Part>
bool same(const std::vector<Part>& a, const std::vector<Part>& b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (!same(a[i], b[i])) return false;
  }
  return true;
}
template <class... Kinds>
bool same(const std::variant<Kinds...>& a, const std::variant<Kinds...>& b) {
  if (a.index() != b.index()) return false;
  return std::visit([&b](const auto& kind) { return same(kind, std::get<std::remove_cvref_t<decltype(kind)>>(b)); }, a);
}
template <class... Parts>
bool same(const std::tuple<Parts...>& a, const std::tuple<Parts...>& b) {
  return std::apply(
      [&b](const auto&... left) {
        return std::apply([&](const auto&... right) { return (same(left, right) && ...); }, b);
      },
      a);
}
template <class Part>
bool same(const Part& a, const Part& b) {
  if constexpr (std::equality_comparable<Part>) {
    return a == b;
  } else {
    return same(parts_of(a), parts_of(b));
  }
}

}  // namespace

bool same_meaning(const Module& a, const Module& b) {
  return same(a.header, b.header) && same(a.declarations, b.declarations) && same(a.unread, b.unread);
}

}  // namespace duly
