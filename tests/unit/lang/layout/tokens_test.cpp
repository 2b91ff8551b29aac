#include "lang/layout/tokens.hpp"

#include <doctest/doctest.h>

#include <string>

namespace duly {
namespace {

std::string texts(std::string_view text) {
  std::string all;
  for (const Token& token : tokens_of(text)) all += std::string(token.text) + '|';
  return all;
}

}  // namespace

TEST_CASE("words, texts, numbers, dates and marks are tokens") {
  CHECK(texts("fact child.age \"The \\\"age\\\"\" : number from -1 to 17") ==
        "fact|child.age|\"The \\\"age\\\"\"|:|number|from|-1|to|17|");
  CHECK(texts("yes/no: [a,b] (not c) 2024-04-01") == "yes|/|no|:|[|a|,|b|]|(|not|c|)|2024-04-01|");
  CHECK(texts("is one of 1,2,-3") == "is|one|of|1|,|2|,|-3|");
  CHECK(texts("-a: b - c") == "-|a|:|b|-|c|");
  CHECK(texts("\"\"\"One \"two\"\n  three\"\"\"x") == "\"\"\"One \"two\"\n  three\"\"\"|x|");
  CHECK(texts("\xEF\xBB\xBFpolicy a") == "policy|a|");
  CHECK(texts("") == "");
  CHECK(texts("a \"not closed\\") == "a|\"not closed\\|");
  CHECK(texts("\"\"\"not closed\n") == "\"\"\"not closed\n|");
}

TEST_CASE("a comment ends with its line, and what is in quotes is none") {
  CHECK(texts("a # b \"c\" \t\r\nd \"# e\"#f") == "a|# b \"c\"|d|\"# e\"|#f|");
  CHECK(tokens_of("a #b")[1].is_comment);
  CHECK_FALSE(tokens_of("a \"#b\"")[1].is_comment);
}

TEST_CASE("a token knows how it stands on the page") {
  const auto tokens = tokens_of("a b\n  c\n\t\r\n d\n\n\n#e");
  REQUIRE(tokens.size() == 5);
  CHECK(tokens[0].first_on_line);
  CHECK_FALSE(tokens[0].blank_before);
  CHECK_FALSE(tokens[1].first_on_line);
  CHECK(tokens[1].column == 2);
  CHECK(tokens[2].first_on_line);
  CHECK_FALSE(tokens[2].blank_before);
  CHECK(tokens[2].column == 2);
  CHECK(tokens[3].blank_before);
  CHECK(tokens[3].column == 1);
  CHECK(tokens[4].blank_before);
  CHECK(tokens[4].column == 0);
}

}  // namespace duly
