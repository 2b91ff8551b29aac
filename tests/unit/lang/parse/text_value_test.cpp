#include "lang/parse/text_value.hpp"

#include <doctest/doctest.h>

namespace duly {
namespace {

TEST_CASE("escapes are undone") {
  CHECK(text_value(R"("say \"no\" \\ twice\nnext")").value == "say \"no\" \\ twice\nnext");
  CHECK(text_value(R"("")").value.empty());
}

TEST_CASE("an escape that there is not is pointed at") {
  const TextValue text = text_value(R"("a\tb\"c\x")");
  REQUIRE(text.bad_escapes.size() == 2);
  CHECK(text.bad_escapes[0] == 2);
  CHECK(text.bad_escapes[1] == 8);
}

TEST_CASE("the indentation that lines have in common is removed") {
  CHECK(text_value("\"\"\"\n    one\n      two\n\n    three\n  \"\"\"").value == "one\n  two\n\nthree");
  CHECK(text_value("\"\"\"one\n    two\n    three\"\"\"").value == "one\ntwo\nthree");
  CHECK(text_value("\"\"\"\n\tone\n\t two\n\"\"\"").value == "one\n two");
}

TEST_CASE("tabs and spaces are not taken for each other") {
  CHECK(text_value("\"\"\"\n\tone\n    two\n\"\"\"").value == "\tone\n    two");
}

TEST_CASE("line ends of either kind are one") {
  CHECK(text_value("\"\"\"\r\n  one\r\n  two\r\n\"\"\"").value == "one\ntwo");
}

TEST_CASE("between long quotes every character stands for itself") {
  CHECK(text_value(R"("""a \n "b" # c""")").value == R"(a \n "b" # c)");
  CHECK(text_value(R"("""""")").value.empty());
  CHECK(text_value("\"\"\"\n  \n\"\"\"").value.empty());
}

}  // namespace
}  // namespace duly
