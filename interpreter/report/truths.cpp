#include "interpreter/report/truths.hpp"

namespace duly {
namespace {

Truth truth(bool holds) { return holds ? Truth::yes : Truth::no; }

}  // namespace

std::optional<Scalar> Truths::value(const Term& term) const {
  Scalar value = 0;
  if (term.is_subject) {
    const Finding& finding = decision_.of(term.subject());
    if (walk_ != nullptr && walk_->of(term.subject()).state == Resolved::State::value) {
      value = walk_->of(term.subject()).value;
    } else if (finding.status == Status::decided) {
      value = finding.value;
    } else {
      return std::nullopt;
    }
  } else {
    if (!facts_.known(term.fact())) return std::nullopt;
    value = facts_.value(term.fact());
  }
  if (term.elapsed == Elapsed::none) return value;
  return elapsed(term.elapsed, Date{static_cast<std::int32_t>(value)}, decision_.as_at);
}

Truth Truths::of(NodeId id) const {
  const Node& node = at(program_.nodes, id);
  switch (node.op) {
    case Op::constant: return truth(node.a != 0);
    case Op::all:
    case Op::any: {
      const Truth stop = truth(node.op == Op::any);
      Truth result = truth(node.op == Op::all);
      for (std::uint32_t i = 0; i < node.b; ++i) {
        const Truth part = of(program_.children[node.a + i]);
        if (part == stop) return stop;
        if (part == Truth::unknown) result = part;
      }
      return result;
    }
    case Op::negation: {
      const Truth part = of(program_.children[node.a]);
      return part == Truth::unknown ? part : truth(part == Truth::no);
    }
    case Op::day_in: {
      const Range& range = program_.ranges[node.b];
      return truth(decision_.as_at.days >= range.low && decision_.as_at.days <= range.high);
    }
    case Op::duty_is: {
      const auto duty = value({true, node.a, Elapsed::none});
      return duty ? truth(*duty == Scalar{node.b}) : Truth::unknown;
    }
    case Op::compare: {
      const auto left = value(program_.terms[node.a]);
      const auto right = value(program_.terms[node.b]);
      if (!left || !right) return Truth::unknown;
      switch (node.relation) {
        case Relation::equal: return truth(*left == *right);
        case Relation::not_equal: return truth(*left != *right);
        case Relation::less: return truth(*left < *right);
        case Relation::less_equal: return truth(*left <= *right);
        case Relation::greater: return truth(*left > *right);
        case Relation::greater_equal: return truth(*left >= *right);
      }
      return Truth::unknown;
    }
    case Op::in_range:
    case Op::in_mask:
    case Op::includes_any:
    case Op::includes_all:
    case Op::is_empty: break;
  }
  return of_comparison(node);
}

/// A value held against what stands in the policy.
Truth Truths::of_comparison(const Node& node) const {
  const auto found = value(program_.terms[node.a]);
  if (!found) return Truth::unknown;
  const auto bits = static_cast<std::uint64_t>(*found);
  if (node.op == Op::in_range)
    return truth(*found >= program_.ranges[node.b].low && *found <= program_.ranges[node.b].high);
  if (node.op == Op::in_mask) return truth(((program_.masks[node.b] >> *found) & 1) != 0);
  if (node.op == Op::includes_any) return truth((bits & program_.masks[node.b]) != 0);
  if (node.op == Op::includes_all) return truth((bits & program_.masks[node.b]) == program_.masks[node.b]);
  return truth(bits == 0);
}

}  // namespace duly
