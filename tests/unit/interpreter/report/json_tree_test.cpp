#include "interpreter/report/json_tree.hpp"

#include <doctest/doctest.h>

namespace duly {
namespace {

using Kind = JsonValue::Kind;
using Problem = JsonProblem::Kind;

JsonProblem only_problem(std::string_view text, JsonLimits limits = {}) {
  const JsonDocument document = read_json(text, limits);
  CHECK_FALSE(document.complete);
  REQUIRE(document.problems.size() == 1);
  return document.problems.front();
}

TEST_CASE("JSON: every value knows where it stands") {
  const JsonDocument document = read_json(R"({"a": [1, "x\"y", true], "b" : null, "c": {"d":-5}})");
  REQUIRE(document.complete);
  CHECK(document.problems.empty());
  const JsonValue& root = document.root;
  REQUIRE(root.members.size() == 3);
  CHECK(root.members[0].key == "a");
  CHECK(root.members[0].offset == 1);
  CHECK(root.members[0].end == 4);
  const std::vector<JsonValue>& elements = root.members[0].value.elements;
  REQUIRE(elements.size() == 3);
  CHECK(elements[0].kind == Kind::whole);
  CHECK(elements[0].offset == 7);
  CHECK(elements[0].end == 8);
  CHECK(elements[1].text == "x\"y");
  CHECK(elements[1].offset == 10);
  CHECK(elements[1].end == 16);
  CHECK(elements[2].boolean);
  CHECK(elements[2].offset == 18);
  CHECK(root.members[1].value.kind == Kind::null);
  CHECK(root.members[2].value.members[0].value.whole == -5);
}

TEST_CASE("JSON: numbers keep how they were written") {
  const auto kind = [](std::string_view text) { return read_json(text).root.kind; };
  CHECK(kind("11") == Kind::whole);
  CHECK(kind("-0") == Kind::whole);
  CHECK(kind("11.0") == Kind::fraction);
  CHECK(kind("1e1") == Kind::fraction);
  CHECK(kind("1E400") == Kind::null);  // refused below
  CHECK(kind("9223372036854775807") == Kind::whole);
  CHECK(kind("9223372036854775808") == Kind::too_big);
  CHECK(kind("-9223372036854775808") == Kind::whole);
  CHECK(kind("-9223372036854775809") == Kind::too_big);
  CHECK(kind("18446744073709551616") == Kind::too_big);
  CHECK(read_json(" 11.0 ").root.text == "11.0");
  CHECK(read_json("[1e1]").root.elements[0].text == "1e1");
  CHECK(only_problem("1E400").message == "This number is too large");
}

TEST_CASE("JSON: repeated keys are found at every level") {
  const JsonDocument document = read_json(R"({"a": 1, "b": {"c": 1, "d": [{"e": 1, "e": 2}], "c": 2}, "a": 3})");
  REQUIRE(document.complete);
  REQUIRE(document.problems.size() == 3);
  CHECK(document.problems[0].path == "b.d[0].e");
  CHECK(document.problems[1].path == "b.c");
  CHECK(document.problems[2].path == "a");
  for (const JsonProblem& problem : document.problems) CHECK(problem.kind == Problem::repeated_key);
}

TEST_CASE("JSON: what breaks its grammar is explained") {
  struct Example {
    std::string_view text;
    std::string_view message;
    std::size_t offset;
  };
  const Example examples[] = {
      {"", "The case is empty", 0},
      {" \n", "The case is empty", 2},
      {"{", "The JSON ends too early", 1},
      {R"({"a": [1)", "The JSON ends too early", 8},
      {R"({"a": "x)", "This text is not closed", 8},
      {R"({"a": 1} 2)", "There is further text after the case", 9},
      {std::string_view("{}\0 {}", 6), "There is a byte 0x00 after the case", 2},
      {std::string_view("{}\n\0", 4), "There is a byte 0x00 after the case", 3},
      {R"({"a": 1,})", "`}` stands where a name in double quotes is expected", 8},
      {R"({a: 1})", "`a` stands where a name in double quotes is expected", 1},
      {R"({"a" 1})", "`1` stands where a colon is expected", 5},
      {R"({"a": 1 "b": 2})", "", 0},
      {R"([1 2])", "", 0},
      {R"([1,])", "`]` stands where a value is expected", 3},
      {R"({"a": 'x'})", "`'` does not open a text in JSON", 6},
      {"{\"a\": 1 // one\n}", "JSON has no comments", 8},
      {R"({"a": "\q"})", "This escape in a text is not one of JSON's", 8},
      {"{\"a\": \"x\ny\"}", "A text holds a line end or another control character", 8},
  };
  for (const Example& example : examples) {
    CAPTURE(example.text);
    const JsonProblem problem = only_problem(example.text);
    CHECK(problem.kind == Problem::syntax);
    if (example.message.empty()) continue;
    CHECK(problem.message == example.message);
    CHECK(problem.offset == example.offset);
  }
}

TEST_CASE("JSON: bytes that are not UTF-8 are refused") {
  CHECK(only_problem("{\"a\": \"\xff\"}").kind == Problem::not_utf8);
  CHECK(only_problem("{\"a\": \"\xc3\"}").kind == Problem::not_utf8);
}

TEST_CASE("JSON: hostile texts are refused at once") {
  const std::string deep(10'000'000, '[');
  CHECK(only_problem(deep).kind == Problem::too_large);
  CHECK(only_problem(deep).offset == 64);
  CHECK(read_json(std::string(64, '[') + std::string(64, ']')).complete);
  CHECK(only_problem(std::string(65, '[') + std::string(65, ']')).kind == Problem::too_large);

  CHECK(only_problem("[1, 2, 3]", {.bytes = 8}).kind == Problem::too_large);
  CHECK(only_problem("[1, 2, 3]", {.values = 3}).kind == Problem::too_large);
  CHECK(read_json("[1, 2, 3]", {.values = 4}).complete);
}

TEST_CASE("JSON: texts are shown short and without control characters") {
  CHECK(shown("a\nb") == "a\\u000ab");
  CHECK(shown(std::string(200, 'x')) == std::string(80, 'x') + "…");
  CHECK(shown(std::string(79, 'x') + "ééé") == std::string(79, 'x') + "…");
  CHECK(describe(read_json("11.0").root) == "the number 11.0");
  CHECK(describe(read_json("\"yes\"").root) == "the text \"yes\"");
}

}  // namespace
}  // namespace duly
