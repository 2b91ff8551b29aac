#include "lang/diagnostics/near_names.hpp"

#include <doctest/doctest.h>

namespace duly {
namespace {

TEST_CASE("a slip of the pen finds the name that was meant") {
  CHECK(nearest("lib_on", {"lib_two", "lib_one"}) == "lib_one");
  CHECK(nearest("consnet.parent", {"consent.child", "consent.parent"}) == "consent.parent");  // neighbours swapped
  CHECK(nearest("judgment", {"help", "judgement"}) == "judgement");
  CHECK(nearest("wehn", {"when", "then"}) == "when");
}

TEST_CASE("the last part of a dotted name is enough") {
  CHECK(nearest("parnt", {"child.age", "consent.parent"}) == "consent.parent");
  CHECK(nearest("parent", {"child.age", "consent.parent"}) == "consent.parent");
}

TEST_CASE("capitals are no difference") { CHECK(nearest("WHEN", {"despite", "when"}) == "when"); }

TEST_CASE("of equally near names the first is offered") {
  CHECK(nearest("first_nama", {"first_name", "first_namb"}) == "first_name");
}

TEST_CASE("where nothing is near, nothing is offered") {
  CHECK_FALSE(nearest("weather", {"child.age", "consent"}));
  CHECK_FALSE(nearest("x", {"y", "z"}));
  CHECK_FALSE(nearest("of", {"on"}));
  CHECK_FALSE(nearest("", {"a", "b"}));
  CHECK_FALSE(nearest("anything", {}));
}

}  // namespace
}  // namespace duly
