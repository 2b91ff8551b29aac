#include <doctest/doctest.h>

#include "tests/unit/lang/parse/parsed.hpp"

namespace duly {
namespace {

using namespace syntax;

/// A condition, alone in a rule.
struct Condition {
  Parsed result;
  explicit Condition(const std::string& text) : result(parsed("rule r \"R\" d is p when " + text)) {
    REQUIRE(result.codes() == "");
  }
  const Expr& expr() const { return *result.node<Rule>().when; }
  template <class Node>
  const Node& as() const {
    return std::get<Node>(expr().node);
  }
};

std::string name_in(const Operand& operand) { return std::get<std::string>(operand.value); }

TEST_CASE("a yes/no value stands alone") {
  const Condition condition("child.at_home");
  CHECK(condition.as<Truth>().term.value.text == "child.at_home");
  CHECK(condition.as<Truth>().term.elapsed == Elapsed::none);
  CHECK(condition.result.words(condition.expr().span) == "child.at_home");
}

TEST_CASE("each comparison is read with what stands on its right") {
  const auto compared = [](const std::string& text) { return Condition(text).as<Compare>(); };
  CHECK(compared("a is b").op == Comparison::is);
  CHECK(compared("a is not b").op == Comparison::is_not);
  CHECK(compared("a is one of b, c").op == Comparison::is_one_of);
  CHECK(compared("a is not one of b, c").op == Comparison::is_not_one_of);
  CHECK(compared("a is under 3").op == Comparison::is_under);
  CHECK(compared("a is over 3").op == Comparison::is_over);
  CHECK(compared("a is at least 3").op == Comparison::is_at_least);
  CHECK(compared("a is at most 3").op == Comparison::is_at_most);
  CHECK(compared("a is from 1 to 3").op == Comparison::is_from_to);
  CHECK(compared("a is before 2024-02-29").op == Comparison::is_before);
  CHECK(compared("a is after 2024-02-29").op == Comparison::is_after);
  CHECK(compared("a includes b").op == Comparison::includes);
  CHECK(compared("a includes any of b, c").op == Comparison::includes_any_of);
  CHECK(compared("a includes all of b, c").op == Comparison::includes_all_of);
  CHECK(compared("a is empty").op == Comparison::is_empty);
  CHECK(compared("a is one of b, c").right.size() == 2);
  CHECK(compared("a is from 1 to 3").right.size() == 2);
  CHECK(compared("a is empty").right.empty());
}

TEST_CASE("operands are numbers, dates, yes, no and names") {
  const Condition list("a is one of -5, 9223372036854775807, 2024-02-29, yes, no, national.own");
  const auto& right = list.as<Compare>().right;
  REQUIRE(right.size() == 6);
  CHECK(std::get<std::int64_t>(right[0].value) == -5);
  CHECK(std::get<std::int64_t>(right[1].value) == 9223372036854775807);
  CHECK(to_string(std::get<Date>(right[2].value)) == "2024-02-29");
  CHECK(std::get<Operand::YesNo>(right[3].value).yes);
  CHECK_FALSE(std::get<Operand::YesNo>(right[4].value).yes);
  CHECK(name_in(right[5]) == "national.own");
  CHECK(list.result.words(right[5].span) == "national.own");
}

TEST_CASE("time since a date is a term") {
  const Condition condition("years since child.born is at least 18");
  const auto& compare = condition.as<Compare>();
  CHECK(compare.left.elapsed == Elapsed::years);
  CHECK(compare.left.value.text == "child.born");
  CHECK(condition.result.words(compare.left.span) == "years since child.born");
  CHECK(condition.result.words(compare.op_span) == "is at least");
  CHECK(condition.result.words(condition.expr().span) == "years since child.born is at least 18");
  CHECK(Condition("months since t is over 2").as<Compare>().left.elapsed == Elapsed::months);
  CHECK(Condition("days since t is over 2").as<Compare>().left.elapsed == Elapsed::days);
}

TEST_CASE("the words of a comparison are marked without its operands") {
  const auto words = [](const std::string& text) {
    const Condition condition(text);
    return std::string(condition.result.words(condition.as<Compare>().op_span));
  };
  CHECK(words("a is   b") == "is");
  CHECK(words("a is not one of b, c") == "is not one of");
  CHECK(words("a includes any of b") == "includes any of");
  CHECK(words("a is empty  # really") == "is empty");
  CHECK(words("a is from 1 to 3") == "is from");
}

TEST_CASE("`and` joins as many parts as there are, `or` likewise") {
  CHECK(Condition("a and b and c").as<And>().parts.size() == 3);
  CHECK(Condition("a or b or c or d").as<Or>().parts.size() == 4);
  const Condition nested("a and (b or c)");
  REQUIRE(nested.as<And>().parts.size() == 2);
  const Expr& inner = nested.as<And>().parts[1];
  CHECK(std::get<Or>(inner.node).parts.size() == 2);
  CHECK(nested.result.words(inner.span) == "(b or c)");
}

TEST_CASE("`not` binds to the comparison after it") {
  const Condition condition("not a is b and c");
  const Expr& first = condition.as<And>().parts[0];
  const Expr& inner = std::get<Not>(first.node).part.at(0);
  CHECK(std::holds_alternative<Compare>(inner.node));
  CHECK(condition.result.words(first.span) == "not a is b");
  CHECK(Condition("not not a").as<Not>().part.size() == 1);
}

TEST_CASE("a duty may be a condition") {
  CHECK(Condition("must tell").as<DutyTest>().strength == Strength::must);
  CHECK(Condition("must not tell").as<DutyTest>().strength == Strength::must_not);
  CHECK(Condition("should tell").as<DutyTest>().strength == Strength::should);
  CHECK(Condition("should not tell").as<DutyTest>().strength == Strength::should_not);
  CHECK(Condition("may tell and x").as<And>().parts.size() == 2);
  CHECK(Condition("may tell").as<DutyTest>().action.text == "tell");
}

TEST_CASE("a list has a kind, and items with labels and citations") {
  const Condition condition("any of - first: a is b [g.one, g.two] - c and d");
  const auto& list = condition.as<List>();
  CHECK(list.kind == ListKind::any_of);
  REQUIRE(list.items.size() == 2);
  CHECK(list.items[0].label->text == "first");
  CHECK(std::holds_alternative<Compare>(list.items[0].expr.node));
  REQUIRE(list.items[0].cites.size() == 2);
  CHECK(list.items[0].cites[1].text == "g.two");
  CHECK_FALSE(list.items[1].label);
  CHECK(std::holds_alternative<And>(list.items[1].expr.node));
  CHECK(condition.result.words(list.items[0].span) == "- first: a is b [g.one, g.two]");
  CHECK(Condition("all of - a").as<List>().kind == ListKind::all_of);
  CHECK(Condition("none of - a").as<List>().kind == ListKind::none_of);
}

TEST_CASE("a list in parentheses may stand in an item, with label and citation of its own") {
  const Condition condition("any of - first: (all of - a [g.x] - inner: b) [g.y] - other: c [g.z]");
  const auto& list = condition.as<List>();
  REQUIRE(list.items.size() == 2);
  const auto& inner = std::get<List>(list.items[0].expr.node);
  REQUIRE(inner.items.size() == 2);
  CHECK(inner.items[0].cites.at(0).text == "g.x");
  CHECK(inner.items[1].label->text == "inner");
  CHECK(list.items[0].label->text == "first");
  CHECK(list.items[0].cites.at(0).text == "g.y");
  CHECK(list.items[1].cites.at(0).text == "g.z");
}

TEST_CASE("a list in parentheses is a part like others") {
  CHECK(Condition("x and (any of - a - b)").as<And>().parts.size() == 2);
  CHECK(Condition("(any of - a - b) or x").as<Or>().parts.size() == 2);
}

}  // namespace
}  // namespace duly
