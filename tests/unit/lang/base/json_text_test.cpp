#include "lang/base/json_text.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

namespace duly {
namespace {

TEST_CASE("what is quoted comes out again as it went in") {
  std::string text;
  for (char c = 0; c < 0x7F; ++c) text += c;
  text += "“ü”, 漢字, 🙂";
  CHECK(nlohmann::json::parse(json_quoted(text)) == text);
}

TEST_CASE("bytes that are not UTF-8 are replaced one by one") {
  CHECK(json_quoted("a\xFFz") == "\"a\xEF\xBF\xBDz\"");
  CHECK(json_quoted("\xC3") == "\"\xEF\xBF\xBD\"");
}

}  // namespace
}  // namespace duly
