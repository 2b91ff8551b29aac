#include "interpreter/interview/answers.hpp"

#include "tests/unit/interpreter/report/compiled_policy.hpp"

namespace duly {
namespace {

const Program& program() {
  static const CompiledPolicy policy(R"(policy page "A policy"
choice colour "A colour" dark_red "Dark red" blue "Blue" green "Green"
fact agrees "They agree" : yes/no
fact paint "Paint" : colour
fact paints "Paints" : set of colour
fact age "Age" : number of years from 0 to 17
fact rooms "Rooms" : number
fact day "When" : date
decision d "D?" a "A" b "B" otherwise a
rule r "R" d is b when agrees and paint is blue and paints is empty and age is 1 and rooms is 2 and day is 2026-01-01
)");
  return policy.program();
}

AnswerReading read(const char* fact, std::string_view text) {
  return read_answer(program(), *program().find_fact(fact), text, *parse_date("2026-11-22"));
}

/// `blue`, `not known`, `unclear`
std::string means(const char* fact, std::string_view text) {
  const AnswerReading reading = read(fact, text);
  switch (reading.kind) {
    case AnswerReading::Kind::not_known: return "not known";
    case AnswerReading::Kind::unclear: return "unclear";
    case AnswerReading::Kind::value: break;
  }
  return program().show(at(program().facts, *program().find_fact(fact)).type, reading.value);
}

TEST_CASE("answers: yes and no") {
  for (const char* yes : {"1", "yes", "y", "Yes", " YES. ", "true"}) CHECK(means("agrees", yes) == "yes");
  for (const char* no : {"2", "no", "n", "NO", "false"}) CHECK(means("agrees", no) == "no");
  for (const char* bad : {"", "3", "-1", "ye s", "maybe", "1.0", "99999999999999999999"}) {
    CHECK(means("agrees", bad) == "unclear");
  }
}

TEST_CASE("answers: nobody knows") {
  for (const char* fact : {"agrees", "paint", "paints", "age", "day"}) {
    for (const char* words : {"?", "don't know", "Don\u2019t know", "dont know", "unknown", "I do not know."}) {
      CHECK(means(fact, words) == "not known");
    }
  }
  for (const char* fact : {"agrees", "paint", "paints"}) CHECK(means(fact, "0") == "not known");
  CHECK(means("age", "0") == "0");
}

TEST_CASE("answers: a choice, by number, name or title") {
  CHECK(means("paint", "1") == "dark_red");
  CHECK(means("paint", "dark_red") == "dark_red");
  CHECK(means("paint", "Dark  red") == "dark_red");
  CHECK(means("paint", "3") == "green");
  CHECK(means("paint", "4") == "unclear");
  CHECK(read("paint", "gren").help == "Did you mean \u201cgreen\u201d?");
}

TEST_CASE("answers: several of a set, or none") {
  CHECK(means("paints", "1, 3") == "dark_red, green");
  CHECK(means("paints", "3 1") == "dark_red, green");
  CHECK(means("paints", "Dark red") == "dark_red");
  CHECK(means("paints", "blue,green,") == "blue, green");
  for (const char* none : {"4", "none", "empty"}) CHECK(means("paints", none) == "empty");
  CHECK(means("paints", "1, 4") == "unclear");
  CHECK(means("paints", "1, 9") == "unclear");
  CHECK(means("paints", ",") == "unclear");
  CHECK(read("paints", "blu, green").help == "Did you mean \u201cblue\u201d?");
}

TEST_CASE("answers: numbers, with their unit and in their range") {
  CHECK(means("age", "11") == "11");
  CHECK(means("age", "11 years") == "11");
  CHECK(means("age", "1 year") == "1");
  CHECK(means("rooms", "-3") == "-3");
  CHECK(means("rooms", "+3") == "3");
  for (const char* bad : {"18", "-1", "eleven", "11 months", "11.5", "1e1", "99999999999999999999", "+", "+-1"}) {
    CHECK(means("age", bad) == "unclear");
  }
  CHECK(read("age", "11.0").help == "Did you mean \u201c11\u201d?");
  CHECK(read("age", "18").problem.find("a whole number of years from 0 to 17") != std::string::npos);
}

TEST_CASE("answers: dates") {
  CHECK(means("day", "2026-11-22") == "2026-11-22");
  CHECK(means("day", "22 November 2026") == "2026-11-22");
  CHECK(means("day", "1 feb 2026") == "2026-02-01");
  CHECK(means("day", "today") == "2026-11-22");
  for (const char* bad : {"2026-02-30", "2026-2-3x", "22 octember 2026", "30 february 2026", "soon", "1 2 3 4"}) {
    CHECK(means("day", bad) == "unclear");
  }
  CHECK(read("day", "3/2/2026").help == "Did you mean \u201c2026-02-03\u201d?");
  CHECK(read("day", "2026/2/3").help == "Did you mean \u201c2026-02-03\u201d?");
}

TEST_CASE("answers: nonsense of any kind is said back in short, and harms nothing") {
  const std::string long_line(100'000, 'x');
  CHECK(read("agrees", long_line).problem.size() < 300);
  CHECK(means("paints", std::string("\x00\x1b[31m\xff", 8)) == "unclear");
  CHECK(read("agrees", "\x1b[31m").problem.find('\x1b') == std::string::npos);
  CHECK(read("agrees", "").problem == "Expected: yes or no, or ? if you do not know");
}

}  // namespace
}  // namespace duly
