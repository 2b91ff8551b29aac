#include "interpreter/batch/value_table.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace duly {
namespace {

/// Finds a name in memory that may be read past its end, as simdjson's may.
std::uint32_t find(const ValueTable& table, std::string_view name) {
  const std::string padded = std::string(name) + std::string(NameKey::readable, '~');
  return table.find(std::string_view(padded).substr(0, name.size()));
}

}  // namespace

TEST_CASE("each value of a choice is found by its name, and nothing else is") {
  for (const std::size_t count : {1u, 2u, 3u, 7u, 64u, 500u}) {
    CAPTURE(count);
    std::vector<std::string> names;
    for (std::size_t i = 0; i < count; ++i) names.push_back("v" + std::string(i % 30, 'n') + std::to_string(i));
    const ValueTable table(names);
    for (std::uint32_t i = 0; i < count; ++i) {
      CHECK(find(table, names[i]) == i);
      CHECK(find(table, names[i] + "x") == ValueTable::none);
      CHECK(find(table, names[i].substr(1)) == ValueTable::none);
    }
    CHECK(find(table, "") == ValueTable::none);
  }
}

TEST_CASE("a choice without values has none, nor an empty name") {
  const ValueTable table({});
  CHECK(find(table, "") == ValueTable::none);
  CHECK(find(table, "given") == ValueTable::none);
}

TEST_CASE("names that differ in their middle alone are told apart, or not found") {
  const ValueTable table({"children_social_worker", "children_school_worker", "children_parent_worker"});
  CHECK(find(table, "children_social_worker") == ValueTable::none);  // the strict reader finds it
  const ValueTable one({"children_social_worker", "given"});
  CHECK(find(one, "children_social_worker") == 0);
  CHECK(find(one, "children_school_worker") == ValueTable::none);
  CHECK(find(one, "given") == 1);
}

}  // namespace duly
