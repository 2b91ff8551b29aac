#include "lang/parse/words.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "lang/parse/parse.hpp"

namespace duly {
namespace {

TEST_CASE("a dotted name is one word before it is anything else") {
  CHECK(word_length("case.x is") == 6);
  CHECK(word_length("case x") == 4);
  CHECK(word_length("agreed.yes, b") == 10);
  CHECK(word_length("end. Next") == 3);
  CHECK(word_length("1a") == 0);
  CHECK(word_length("") == 0);
}

TEST_CASE("capitals and inner hyphens belong to the word, dashes between words do not") {
  CHECK(word_length("childAge x") == 8);
  CHECK(word_length("child-age x") == 9);
  CHECK(word_length("child - age") == 5);
  CHECK(word_length("child -age") == 5);
  CHECK(word_length("child-1") == 5);
}

TEST_CASE("the reserved words are sorted, each once") {
  const auto& words = reserved_words();
  CHECK(std::is_sorted(words.begin(), words.end()));
  CHECK(std::adjacent_find(words.begin(), words.end()) == words.end());
  for (const auto word : words) CHECK(is_reserved(word));
  CHECK_FALSE(is_reserved("story"));
  CHECK_FALSE(is_reserved("cases"));
}

TEST_CASE("every word that opens a declaration is reserved everywhere") {
  for (const std::string& word : declaration_words()) {
    CHECK(is_reserved(word));
    CHECK_FALSE(clauses_of(word).empty());
  }
}

TEST_CASE("a name is spelled as the author may have meant it") {
  CHECK(respelled("childAge") == "child_age");
  CHECK(respelled("Child.Age") == "child.age");
  CHECK(respelled("CHILD") == "child");
  CHECK(respelled("child-age") == "child_age");
  CHECK(respelled("_child") == "child");
  CHECK(respelled("___").empty());
  CHECK(respelled("a._").empty());
}

TEST_CASE("a name is spelled in small letters and begins with one") {
  CHECK(is_well_spelled("child.age_12"));
  CHECK_FALSE(is_well_spelled("Child"));
  CHECK_FALSE(is_well_spelled("_child"));
  CHECK_FALSE(is_well_spelled("child._age"));
  CHECK_FALSE(is_well_spelled("child-age"));
}

TEST_CASE("the longest symbol is meant") {
  CHECK(foreign_symbol("<= 3")->instead == "is at most");
  CHECK(foreign_symbol("< 3")->instead == "is under");
  CHECK(foreign_symbol("≥ 3")->instead == "is at least");
  CHECK(foreign_symbol("- 3") == nullptr);
}

}  // namespace
}  // namespace duly
