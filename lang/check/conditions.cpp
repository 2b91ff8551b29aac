#include "lang/check/conditions.hpp"

#include <fmt/format.h>

#include "lang/base/match.hpp"
#include "lang/check/values.hpp"

namespace duly {
namespace {

std::string_view word(syntax::Comparison op) {
  using enum syntax::Comparison;
  switch (op) {
    case is: return "is";
    case is_not: return "is not";
    case is_one_of: return "is one of";
    case is_not_one_of: return "is not one of";
    case is_under: return "is under";
    case is_over: return "is over";
    case is_at_least: return "is at least";
    case is_at_most: return "is at most";
    case is_from_to: return "is from … to";
    case is_before: return "is before";
    case is_after: return "is after";
    case includes: return "includes";
    case includes_any_of: return "includes any of";
    case includes_all_of: return "includes all of";
    case is_empty: return "is empty";
  }
  return "";
}

Range below(Scalar value) { return value == INT64_MIN ? Range{1, 0} : Range{INT64_MIN, value - 1}; }
Range above(Scalar value) { return value == INT64_MAX ? Range{1, 0} : Range{value + 1, INT64_MAX}; }

/// What of a relation holds: the range of a literal, or the relation to another value.
struct Sides {
  Range (*range)(Scalar);
  Relation relation;
};
Sides sides(syntax::Comparison op) {
  using enum syntax::Comparison;
  switch (op) {
    case is_under:
    case is_before: return {below, Relation::less};
    case is_over:
    case is_after: return {above, Relation::greater};
    case is_at_least: return {[](Scalar value) { return Range{value, INT64_MAX}; }, Relation::greater_equal};
    case is_at_most: return {[](Scalar value) { return Range{INT64_MIN, value}; }, Relation::less_equal};
    case is:
    case is_not:
    case is_one_of:
    case is_not_one_of:
    case is_from_to:
    case includes:
    case includes_any_of:
    case includes_all_of:
    case is_empty: break;
  }
  return {[](Scalar value) { return Range{value, value}; }, Relation::equal};
}

class ConditionChecker {
 public:
  ConditionChecker(Context& context, std::uint32_t module)
      : context_(context), program_(context.program), module_(module) {}

  NodeId condition(const syntax::Expr& expr, const std::string& owner) {
    return match(
        expr.node,  //
        [&](const syntax::And& node) { return group(Op::all, node.parts, expr.span, owner); },
        [&](const syntax::Or& node) { return group(Op::any, node.parts, expr.span, owner); },
        [&](const syntax::Not& node) { return group(Op::negation, node.part, expr.span, owner); },
        [&](const syntax::List& node) { return list(node, expr.span, owner); },
        [&](const syntax::Truth& node) { return truth(node, expr.span); },
        [&](const syntax::Compare& node) { return compare(node, expr.span); },
        [&](const syntax::DutyTest& node) { return duty(node, expr.span); });
  }

 private:
  NodeId failed(Span span) { return add_constant(program_, false, span); }

  NodeId group(Op op, const std::vector<syntax::Expr>& parts, Span span, const std::string& owner) {
    std::vector<NodeId> nodes;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      const bool in_list = i > 0 && lists_another_value(parts[i - 1], parts[i]);
      nodes.push_back(in_list ? comma_meant(op, parts[i - 1], parts[i]) : condition(parts[i], owner));
    }
    return add_group(program_, op, nodes, span);
  }

  /// `is one of red or green`, `is red or green`: read as two conditions, of which the second is none, but a value of
  /// the choice that the first compares.
  bool lists_another_value(const syntax::Expr& list, const syntax::Expr& part) const {
    using enum syntax::Comparison;
    const auto* compare = std::get_if<syntax::Compare>(&list.node);
    const auto* truth = std::get_if<syntax::Truth>(&part.node);
    if (!compare || !truth || compare->op == is_from_to) return false;
    const std::string& name = truth->term.value.text;
    if (!context_.scope.values.find(name, module_, context_.tree).entries.empty()) return false;
    const auto found = context_.scope.values.find(compare->left.value.text, module_, context_.tree).entries;
    if (found.size() != 1) return false;
    Type type = program_.type_of(Term{found.front().is_subject, found.front().index, Elapsed::none});
    if (type.kind != TypeKind::choice && type.kind != TypeKind::set) return false;
    return !is_broken(type) && choice_value(program_, type, name).has_value();
  }

  NodeId comma_meant(Op op, const syntax::Expr& list, const syntax::Expr& part) {
    const auto& compare = std::get<syntax::Compare>(list.node);
    const std::string_view joint = op == Op::all ? "and" : "or";
    const std::string& name = std::get<syntax::Truth>(part.node).term.value.text;
    std::string meant = fmt::format("{}, {}", context_.sources.text(list.span), name);
    if (compare.op == syntax::Comparison::is || compare.op == syntax::Comparison::is_not) {
      meant = fmt::format("{} {} one of {}, {}", compare.left.value.text, word(compare.op),
                          context_.sources.text(compare.right.front().span), name);
    }
    context_.error(Code::E0212, part.span, fmt::format("`{}` stands before `{}`, where a comma belongs", joint, name),
                   "another value?", fmt::format("Write `{}`.", meant));
    return failed(part.span);
  }

  NodeId list(const syntax::List& node, Span span, const std::string& owner) {
    std::vector<NodeId> nodes;
    std::vector<std::optional<ItemId>> items;
    for (std::size_t i = 0; i < node.items.size(); ++i) {
      const syntax::ListItem& written = node.items[i];
      Item item;
      item.labelled = written.label.has_value();
      item.name = fmt::format("{}.{}", owner, written.label ? written.label->text : std::to_string(i + 1));
      item.span = written.span;
      item.cites = check_cites(context_, written.cites, module_);
      for (std::size_t j = 0; written.label && j < i; ++j) {
        const auto& other = node.items[j].label;
        if (!other || other->text != written.label->text) continue;
        context_.error(Code::E0302, written.label->span,
                       fmt::format("The label `{}` stands twice in this list", other->text), "again",
                       "Give one of them another name.", {{other->span, "first here"}});
      }
      item.node = condition(written.expr, item.name);
      nodes.push_back(item.node);
      items.push_back(ItemId{static_cast<std::uint32_t>(program_.items.size())});
      program_.items.push_back(std::move(item));
    }
    const Op op = node.kind == syntax::ListKind::all_of ? Op::all : Op::any;
    const NodeId result = add_group(program_, op, nodes, span, items);
    if (node.kind != syntax::ListKind::none_of) return result;
    return add_group(program_, Op::negation, {result}, span);
  }

  /// The term and its type; years, months and days since a date are numbers of that unit.
  std::optional<std::pair<TermId, Type>> term(const syntax::Term& written) {
    auto term = check_value_name(context_, written.value, module_);
    if (!term) return std::nullopt;
    Type type = program_.type_of(*term);
    if (written.elapsed == Elapsed::none) return std::pair{add_term(program_, *term), type};
    const std::string_view unit = written.elapsed == Elapsed::years    ? "years"
                                  : written.elapsed == Elapsed::months ? "months"
                                                                       : "days";
    if (type.kind != TypeKind::date) {
      if (is_broken(type)) return std::nullopt;
      context_.error(Code::E0410, written.span,
                     fmt::format("`{} since` counts from a date, and `{}` is {}", unit, written.value.text,
                                 describe(program_, type)));
      return std::nullopt;
    }
    term->elapsed = written.elapsed;
    program_.uses_day = true;
    return std::pair{add_term(program_, *term), Type{TypeKind::number, {}, std::string(unit), INT64_MIN, INT64_MAX}};
  }

  NodeId truth(const syntax::Truth& node, Span span) {
    const auto left = term(node.term);
    if (!left) return failed(span);
    const auto& [id, type] = *left;
    if (type.kind == TypeKind::yes_no) return add_range(program_, id, {1, 1}, span);
    if (is_broken(type)) return failed(span);
    std::string help = "Say what it is compared with: ";
    switch (type.kind) {
      case TypeKind::choice:
        help += fmt::format("`{} is {}`.", node.term.value.text, at(program_.choices, type.choice).values.front().name);
        break;
      case TypeKind::set:
        help += fmt::format("`{} includes {}`.", node.term.value.text,
                            at(program_.choices, type.choice).values.front().name);
        break;
      case TypeKind::number: help += "`… is at least 12`."; break;
      case TypeKind::date: help += fmt::format("`{} is before 2024-04-01`.", node.term.value.text); break;
      case TypeKind::yes_no: break;
      case TypeKind::text: help = "A text is kept and shown, never compared."; break;
    }
    context_.error(
        Code::E0403, span,
        fmt::format("A condition is yes or no, and {} is {}", quoted(context_, span), describe(program_, type)),
        "not a yes/no", help);
    return failed(span);
  }

  NodeId duty(const syntax::DutyTest& node, Span span) {
    const auto found =
        look_up(context_.scope.actions, node.action, module_, context_.tree, Code::E0311, context_.diagnostics);
    if (!found) return failed(span);
    return add_node(program_,
                    {Op::duty_is, Relation::equal, found->index, static_cast<std::uint32_t>(duty_of(node.strength))},
                    span);
  }

  NodeId compare(const syntax::Compare& node, Span span) {
    const auto left = term(node.left);
    if (!left) return failed(span);
    const auto& [id, type] = *left;
    if (is_broken(type) || !allowed(node, type)) return failed(span);
    using enum syntax::Comparison;
    switch (node.op) {
      case is: return single(id, type, node, node.right.front(), span);
      case is_not: return negate(single(id, type, node, node.right.front(), span), span);
      case is_one_of: return one_of(id, type, node, span);
      case is_not_one_of: return negate(one_of(id, type, node, span), span);
      case is_under:
      case is_over:
      case is_at_least:
      case is_at_most:
      case is_before:
      case is_after: return single(id, type, node, node.right.front(), span);
      case is_from_to: return from_to(id, type, node, span);
      case includes: return set_test(Op::includes_all, id, type, node, span);
      case includes_any_of: return set_test(Op::includes_any, id, type, node, span);
      case includes_all_of: return set_test(Op::includes_all, id, type, node, span);
      case is_empty: return add_node(program_, {Op::is_empty, Relation::equal, id.index, 0}, span);
    }
    return failed(span);
  }

  NodeId negate(NodeId node, Span span) { return add_group(program_, Op::negation, {node}, span); }

  /// Whether the type has this comparison; reported where not, with the comparison that is meant.
  bool allowed(const syntax::Compare& node, const Type& type) {
    using enum syntax::Comparison;
    const std::string& name = node.left.value.text;
    const auto refuse = [&](Code code, std::string help) {
      context_.error(
          code, node.op_span,
          fmt::format("`{}` does not go with `{}`, which is {}", word(node.op), name, describe(program_, type)), "",
          std::move(help));
      return false;
    };
    if (type.kind == TypeKind::text)
      return refuse(Code::E0404, "A text is kept and shown, never compared. Use a choice.");
    const bool is_number = type.kind == TypeKind::number;
    const bool is_date = type.kind == TypeKind::date;
    const bool is_set = type.kind == TypeKind::set;
    switch (node.op) {
      case is:
      case is_not:
        if (is_set) {
          return refuse(Code::E0406,
                        fmt::format("Of a set say what it includes: `{0} includes …`, `not {0} includes …`, "
                                    "`{0} is empty`.",
                                    name));
        }
        return true;
      case is_one_of:
      case is_not_one_of:
        if (is_set) {
          return refuse(
              Code::E0406,
              fmt::format("Of a set say what it includes: `{0} includes any of …`, `not {0} includes any of …`.",
                          name));
        }
        return true;
      case is_under:
      case is_over:
      case is_at_least:
      case is_at_most:
        if (is_number) return true;
        if (type.kind == TypeKind::choice) {
          if (at(program_.choices, type.choice).ordered) return true;
          return refuse(
              Code::E0407,
              fmt::format("Its values have no order. Write `{} is one of …`, or declare the choice `ordered`.", name));
        }
        return refuse(Code::E0402, is_date
                                       ? fmt::format("Dates come before and after: `{} is before 2024-04-01`.", name)
                                       : "Only numbers and ordered choices are compared so.");
      case is_from_to:
        if (is_number || is_date) return true;
        return refuse(Code::E0402, type.kind == TypeKind::choice ? fmt::format("Write `{} is one of …`.", name)
                                                                 : "Only numbers and dates are compared so.");
      case is_before:
      case is_after:
        if (is_date) return true;
        return refuse(Code::E0402, is_number ? fmt::format("Numbers are under and over: `{} is under 12`.", name)
                                             : "Only dates are compared so.");
      case includes:
      case includes_any_of:
      case includes_all_of:
        if (is_set) return true;
        return refuse(Code::E0402, type.kind == TypeKind::choice
                                       ? fmt::format("It has one value: write `{0} is …` or `{0} is one of …`.", name)
                                       : "Only a set includes things.");
      case is_empty:
        if (is_set) return true;
        return refuse(Code::E0402, "Only a set can be empty.");
    }
    return false;
  }

  /// Of time elapsed, a plain number without a unit will do too.
  std::optional<CheckedOperand> right_side(const syntax::Operand& operand, Type type, bool elapsed) {
    if (elapsed) {
      if (const auto* name = std::get_if<std::string>(&operand.value)) {
        const auto found = context_.scope.values.find(*name, module_, context_.tree).entries;
        if (found.size() == 1) {
          const Type other = program_.type_of(Term{found.front().is_subject, found.front().index, Elapsed::none});
          if (other.kind == TypeKind::number && other.unit.empty()) type.unit.clear();
        }
      }
    }
    return check_operand(context_, operand, type, module_);
  }

  NodeId single(TermId id, const Type& type, const syntax::Compare& node, const syntax::Operand& operand, Span span) {
    const auto right = right_side(operand, type, node.left.elapsed != Elapsed::none);
    if (!right) return failed(span);
    const Sides side = sides(node.op);
    if (!right->term) return add_range(program_, id, side.range(right->literal), span);
    return add_node(program_, {Op::compare, side.relation, id.index, right->term->index}, span);
  }

  NodeId one_of(TermId id, const Type& type, const syntax::Compare& node, Span span) {
    std::vector<NodeId> parts;
    std::uint64_t mask = 0;
    bool plain = type.kind == TypeKind::choice && at(program_.choices, type.choice).values.size() <= 64;
    std::vector<CheckedOperand> operands;
    for (const auto& operand : node.right) {
      const auto right = right_side(operand, type, node.left.elapsed != Elapsed::none);
      if (!right) return failed(span);
      operands.push_back(*right);
      if (right->term) plain = false;
    }
    if (plain) {
      for (const auto& right : operands) mask |= std::uint64_t{1} << right.literal;
      program_.masks.push_back(mask);
      return add_node(program_,
                      {Op::in_mask, Relation::equal, id.index, static_cast<std::uint32_t>(program_.masks.size() - 1)},
                      span);
    }
    for (const auto& right : operands) {
      parts.push_back(right.term ? add_node(program_, {Op::compare, Relation::equal, id.index, right.term->index}, span)
                                 : add_range(program_, id, {right.literal, right.literal}, span));
    }
    return add_group(program_, Op::any, parts, span);
  }

  NodeId from_to(TermId id, const Type& type, const syntax::Compare& node, Span span) {
    const bool elapsed = node.left.elapsed != Elapsed::none;
    const auto low = right_side(node.right[0], type, elapsed);
    const auto high = right_side(node.right[1], type, elapsed);
    if (!low || !high) return failed(span);
    if (!low->term && !high->term) return add_range(program_, id, {low->literal, high->literal}, span);
    const auto end = [&](const CheckedOperand& operand, Relation relation, Range range) {
      if (!operand.term) return add_range(program_, id, range, span);
      return add_node(program_, {Op::compare, relation, id.index, operand.term->index}, span);
    };
    const NodeId first = end(*low, Relation::greater_equal, {low->literal, INT64_MAX});
    const NodeId second = end(*high, Relation::less_equal, {INT64_MIN, high->literal});
    return add_group(program_, Op::all, {first, second}, span);
  }

  NodeId set_test(Op op, TermId id, const Type& type, const syntax::Compare& node, Span span) {
    const Type element{TypeKind::choice, type.choice, "", type.low, type.high};
    std::uint64_t mask = 0;
    for (const auto& operand : node.right) {
      const auto right = check_operand(context_, operand, element, module_, true);
      if (!right) return failed(span);
      mask |= std::uint64_t{1} << (right->literal & 63);
    }
    program_.masks.push_back(mask);
    return add_node(program_, {op, Relation::equal, id.index, static_cast<std::uint32_t>(program_.masks.size() - 1)},
                    span);
  }

  Context& context_;
  Program& program_;
  std::uint32_t module_;
};

}  // namespace

NodeId check_condition(Context& context, const syntax::Expr& expr, std::uint32_t module, const std::string& owner) {
  return ConditionChecker(context, module).condition(expr, owner);
}

Duty duty_of(syntax::Strength strength) {
  switch (strength) {
    case syntax::Strength::must: return Duty::must;
    case syntax::Strength::must_not: return Duty::must_not;
    case syntax::Strength::should: return Duty::should;
    case syntax::Strength::should_not: return Duty::should_not;
    case syntax::Strength::may: return Duty::may;
  }
  return Duty::none;
}

}  // namespace duly
