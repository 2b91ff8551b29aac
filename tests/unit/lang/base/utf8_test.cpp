#include "lang/base/utf8.hpp"

#include <doctest/doctest.h>

namespace duly {
namespace {

TEST_CASE("characters of every length are read") {
  CHECK(first_character("a").code_point == U'a');
  CHECK(first_character("é…").code_point == U'é');
  CHECK(first_character("é…").size == 2);
  CHECK(first_character("漢").size == 3);
  CHECK(first_character("🙂").code_point == U'🙂');
}

TEST_CASE("what UTF-8 does not allow is no character") {
  CHECK(first_character("").size == 0);
  CHECK(first_character("\x80").size == 0);          // a continuation alone
  CHECK(first_character("\xC3").size == 0);          // cut off
  CHECK(first_character("\xC0\xAF").size == 0);      // longer than needed
  CHECK(first_character("\xE0\x80\xAF").size == 0);  // longer than needed
  CHECK(first_character("\xED\xA0\x80").size == 0);  // half of a pair
  CHECK(first_character("\xF4\x90\x80\x80").size == 0);
}

TEST_CASE("a text is shortened between characters") {
  CHECK(shortened("short", 10) == "short");
  CHECK(shortened("äöü", 3) == "ä…");
}

}  // namespace
}  // namespace duly
