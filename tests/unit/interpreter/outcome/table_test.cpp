#include "interpreter/outcome/table.hpp"

#include <doctest/doctest.h>

using namespace duly;

namespace {
Edge variable(Table& table, std::uint32_t index) { return table.node(index, {table.no(), table.yes()}); }
}  // namespace

TEST_CASE("a node whose children are the same is that child") {
  Table table(100);
  CHECK(table.node(3, {table.yes(), table.yes(), table.yes()}) == table.yes());
  CHECK(table.node_count() == 0);
}

TEST_CASE("the same function is the same edge, however it was put together") {
  Table table(100);
  const Edge a = variable(table, 0), b = variable(table, 1);
  CHECK(table.conjunction(a, b) == table.conjunction(b, a));
  CHECK(table.negation(table.disjunction(a, b)) == table.conjunction(table.negation(a), table.negation(b)));
  CHECK(table.disjunction(a, table.negation(a)) == table.yes());
  CHECK(table.conjunction(a, table.negation(a)) == table.no());
  CHECK(table.choose(a, b, b) == b);
  CHECK(table.negation(table.negation(table.choose(a, b, table.no()))) == table.conjunction(a, b));
}

TEST_CASE("what does not matter is not in the support") {
  Table table(100);
  const Edge a = variable(table, 0), b = variable(table, 1), c = variable(table, 2);
  const Edge either_way = table.choose(a, c, c);
  CHECK(table.support(either_way) == std::vector<std::uint32_t>{2});
  CHECK(table.support(table.conjunction(a, table.disjunction(b, table.negation(b)))) == std::vector<std::uint32_t>{0});
}

TEST_CASE("combine may split a pair of leaves by a variable that comes earlier, and stays canonical") {
  Table table(100);
  const Edge late = variable(table, 5);
  const Edge split = table.map(late, [&](const Leaf& leaf) { return leaf.low ? variable(table, 2) : table.no(); });
  CHECK(split == table.conjunction(variable(table, 2), late));
  CHECK(table.variable(split) == 2);
}

TEST_CASE("leaves of every kind are told apart") {
  Table table(100);
  CHECK(table.leaf(Leaf::conflict()) == table.leaf(Leaf::conflict()));
  CHECK_FALSE(table.leaf(Leaf::conflict()) == table.leaf(Leaf::gap()));
  CHECK_FALSE(table.value(0) == table.leaf(Leaf::gap()));
  const Edge three = table.node(0, {table.value(1), table.leaf(Leaf::gap()), table.value(1)});
  CHECK(table.leaves(three).size() == 2);
  CHECK(table.indicator(three, [](const Leaf& leaf) { return leaf.kind == Leaf::Kind::gap; }) ==
        table.node(0, {table.no(), table.yes(), table.no()}));
}

TEST_CASE("a diagram that outgrows its bound says so") {
  Table table(3);
  Edge parity = table.no();
  CHECK_THROWS_AS(
      {
        for (std::uint32_t i = 0; i < 10; ++i)
          parity = table.choose(variable(table, i), table.negation(parity), parity);
      },
      TooLarge);
}
