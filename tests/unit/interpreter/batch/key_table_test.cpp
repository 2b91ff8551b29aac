#include "interpreter/batch/key_table.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

namespace duly {
namespace {

/// Finds a name in a JSON text that ends right after it, whatever stands there.
std::uint32_t find(KeyTable& table, const std::string& name, char after = '"') {
  const std::string text = name + '"' + std::string(NameKey::readable, after);
  return table.find_quoted(text.data(), text.data() + name.size() + 1);
}

TEST_CASE("a table without names finds none") {
  KeyTable table;
  CHECK(find(table, "") == KeyTable::none);
  CHECK(find(table, "age") == KeyTable::none);
  table.start();
  CHECK(find(table, "age") == KeyTable::none);
}

TEST_CASE("every name is found in whatever order names come") {
  KeyTable table;
  std::vector<std::string> names{""};
  for (int i = 1; i < 500; ++i) names.push_back("child.n" + std::to_string(i));
  for (std::uint32_t i = 0; i < names.size(); ++i) table.add(names[i], 1000 + i);

  std::vector<std::uint32_t> order(names.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  std::mt19937 random(1);
  for (int pass = 0; pass < 20; ++pass) {
    CAPTURE(pass);
    table.start();
    for (const std::uint32_t i : order) {
      REQUIRE(find(table, names[i]) == i);
      REQUIRE(table.target(i) == 1000 + i);
      if (i % 7 == 0) REQUIRE(find(table, names[i] + "x") == KeyTable::none);
    }
    if (pass % 3 == 2) std::shuffle(order.begin(), order.end(), random);  // else as the last time
  }
}

TEST_CASE("names that begin alike are told apart") {
  KeyTable table;
  table.add("child", 1);
  table.add("child.age", 2);
  table.add("Child", 3);
  for (int pass = 0; pass < 2; ++pass) {
    table.start();
    CHECK(table.target(find(table, "child.age")) == 2);
    CHECK(table.target(find(table, "child")) == 1);
    CHECK(table.target(find(table, "Child")) == 3);
    CHECK(find(table, "child.") == KeyTable::none);
    CHECK(find(table, std::string("child\0", 6)) == KeyTable::none);
  }
}

TEST_CASE("a name that ends past the text is not found, though all of it stands there") {
  KeyTable table;
  table.add("child.home.risk", 1);
  const std::string text = "child.home.risk\",         ";
  for (int pass = 0; pass < 2; ++pass) {
    table.start();
    CHECK(table.find_quoted(text.data(), text.data() + 16) == 0);
    table.start();
    for (std::size_t size = 0; size < 16; ++size) {
      CHECK(table.find_quoted(text.data(), text.data() + size) == KeyTable::none);
    }
  }
}

TEST_CASE("names can be added after some were looked for") {
  KeyTable table;
  table.add("a", 1);
  CHECK(find(table, "a") == 0);
  table.add("b", 2);
  CHECK(find(table, "b") == 1);
  CHECK(find(table, "a") == 0);
}

TEST_CASE("an entry is met once a round") {
  KeyTable table;
  table.add("a", 1);
  table.add("b", 2);
  CHECK(table.meet(0, 1));
  CHECK(table.meet(1, 1));
  CHECK_FALSE(table.meet(0, 1));
  CHECK(table.meet(0, 2));
}

}  // namespace
}  // namespace duly
