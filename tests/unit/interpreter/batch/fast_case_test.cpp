#include "interpreter/batch/fast_case.hpp"

#include <algorithm>

#include "interpreter/report/case_json.hpp"
#include "tests/unit/interpreter/batch/random_facts.hpp"
#include "tests/unit/interpreter/trace/shipped_policies.hpp"

namespace duly {
namespace {

constexpr Date some_day{20'000};

/// Both readers beside each other.
class Readers {
 public:
  explicit Readers(const Program& program) : program_(program), fast_(program), facts_(program) {}

  /// Whether the fast reader takes the text; then the strict one must take it, and read the same.
  bool agree(const std::string& text) {
    // What stands after a text must not matter.
    const char after = "}\" 0,\n\\"[texts_++ % 7];
    std::string padded = text + std::string(FastCaseReader::padding(), after);
    const bool taken = fast_.read(std::string_view(padded).substr(0, text.size()), some_day, facts_, id_);
    if (!taken) {
      REQUIRE(id_.empty());
      REQUIRE(facts_.as_at == some_day);
      for (std::uint32_t i = 0; i < program_.facts.size(); ++i) REQUIRE_FALSE(facts_.known(FactId{i}));
      return false;
    }
    CAPTURE(text);
    const CaseReading strict = read_case_json(program_, text);
    if (!strict.errors.empty()) CAPTURE(strict.errors.front().message);
    REQUIRE(strict.facts.has_value());
    REQUIRE(id_ == strict.id.value_or(""));
    REQUIRE(facts_.as_at == strict.as_at.value_or(some_day));
    for (std::uint32_t i = 0; i < program_.facts.size(); ++i) {
      const FactId fact{i};
      CAPTURE(program_.facts[i].name);
      REQUIRE(facts_.known(fact) == strict.facts->known(fact));
      if (!facts_.known(fact)) continue;
      if (program_.facts[i].type.kind == TypeKind::text) {
        REQUIRE(facts_.text(fact) == strict.facts->text(fact));
      } else {
        REQUIRE(facts_.value(fact) == strict.facts->value(fact));
      }
    }
    return true;
  }

 private:
  const Program& program_;
  FastCaseReader fast_;
  Case facts_;
  std::string id_;
  std::size_t texts_ = 0;
};

/// A text with a few small things changed, some of which JSON has rules about.
std::string mutated(std::string text, std::mt19937& random) {
  static const std::vector<std::string> pieces = {"\"",
                                                  "\\",
                                                  "{",
                                                  "}",
                                                  "[",
                                                  "]",
                                                  ",",
                                                  ":",
                                                  " ",
                                                  "\t",
                                                  "\r",
                                                  "\n",
                                                  "null",
                                                  "true",
                                                  "false",
                                                  "0",
                                                  "-0",
                                                  "1",
                                                  "-1",
                                                  "1.0",
                                                  "1e2",
                                                  "01",
                                                  "9223372036854775808",
                                                  "\\u0041",
                                                  "\\ud800",
                                                  "\\udc00",
                                                  "\\ud83c\\udfe0",
                                                  "\\u0000",
                                                  "\xC3\xA9",
                                                  "\xFF",
                                                  "\xED\xA0\x80",
                                                  "\xEF\xBB\xBF",
                                                  std::string(1, '\0'),
                                                  "\x7f",
                                                  "\"facts\":{}",
                                                  "\"id\":17",
                                                  "\"id\":-0",
                                                  "\"id\":\"a\"",
                                                  "\"id\":\"\"",
                                                  "\"id\":null",
                                                  "\"as_at\":\"2024-02-29\"",
                                                  "\"as_at\":null",
                                                  "\"as_at\":\"2023-02-29\"",
                                                  ".",
                                                  "\"a\":true",
                                                  "\"a\":null",
                                                  "\"child\":{\"age\":3}",
                                                  "\"child.home\":{\"risk\":true}",
                                                  "\"child.home.rooms\":2",
                                                  "\"child\":{}",
                                                  "\"x\":{}",
                                                  "\"worker.skills\":[\"law\",\"law\"]"};
  const auto below = [&](std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(random); };
  for (std::size_t times = 1 + below(2); times > 0; --times) {
    const std::size_t place = below(text.size() + 1);
    const std::size_t length = std::min(text.size() - place, below(12));
    switch (below(6)) {
      case 0: text.insert(place, pieces[below(pieces.size())]); break;
      case 1: text.erase(place, length); break;
      case 2: text.replace(place, length, pieces[below(pieces.size())]); break;
      case 3: text.insert(below(text.size() + 1), text.substr(place, 3 * length)); break;
      case 4:
        if (place < text.size()) text[place] = static_cast<char>(below(256));
        break;
      case 5: {  // another member, where there are such
        const std::size_t open = text.find('{', place);
        if (open != std::string::npos) text.insert(open + 1, pieces[below(pieces.size())] + ",");
        break;
      }
    }
  }
  return text;
}

std::string random_line(const Program& program, std::mt19937& random) {
  Case facts = random_facts(program, random);
  facts.as_at = Date{std::uniform_int_distribution<std::int32_t>(0, 30'000)(random)};
  std::string line = on_one_line(write_case_json(program, facts));
  static const char* const ids[] = {"", "\"id\":\"17-b\",", "\"id\":-3,", "\"id\":\"caf\xC3\xA9\","};
  line.insert(1, ids[std::uniform_int_distribution<std::size_t>(0, 3)(random)]);
  return line;
}

std::vector<const Program*> programs() {
  std::vector<const Program*> all{&every_type_policy().program()};
  for (const ShippedPolicy& policy : shipped_policies()) all.push_back(&*policy.compiled.program);
  return all;
}

TEST_CASE("cases are read as the strict reader reads them, nearly all of them by the fast one") {
  const unsigned seed = random_seed();
  CAPTURE(seed);
  std::mt19937 random(seed);
  for (const Program* program : programs()) {
    CAPTURE(program->policy().name);
    Readers readers(*program);
    int taken = 0;
    for (int i = 0; i < 200; ++i) taken += readers.agree(random_line(*program, random)) ? 1 : 0;
    CHECK(taken > 100);  // a quarter have an id that is not ASCII
  }
}

TEST_CASE("whatever is done to a text, the fast reader takes nothing that the strict one does not read alike") {
  const unsigned seed = random_seed();
  CAPTURE(seed);
  std::mt19937 random(seed);
  int taken = 0;
  for (const Program* program : programs()) {
    CAPTURE(program->policy().name);
    Readers readers(*program);
    const int rounds = program == &every_type_policy().program() ? 60'000 : 500;
    for (int i = 0; i < rounds; ++i) taken += readers.agree(mutated(random_line(*program, random), random)) ? 1 : 0;
  }
  CHECK(taken > 1000);  // else nothing was compared
}

TEST_CASE("what is unusual is left to the strict reader") {
  Readers readers(every_type_policy().program());
  CHECK(readers.agree(R"({"facts": {"child": {"age": 11}, "child.home": {"risk": true}}, "id": "a"})"));
  CHECK(readers.agree(R"({"facts": {"child": {"age": 11, "home.risk": null}, "worker.skills": []}, "id": 7})"));
  CHECK(readers.agree(R"({"facts": {}})"));
  for (const char* text : {"",
                           " ",
                           "{}",
                           "[]",
                           "7",
                           R"({"facts": {"child": {"age": 11.0}}})",
                           R"({"facts": {"child": {"age": "11"}}})",
                           R"({"facts": {"child": {"age": 26}}})",
                           R"({"facts": {"child.age": 1, "child": {"age": 1}}})",
                           R"({"facts": {"child.age": 1, "child.age": null}})",
                           R"({"facts": {"child.agee": 1}})",
                           R"({"facts": {"worker": {"skills": ["law", "law"]}}})",
                           R"({"facts": {"worker": {"skills": [null]}}})",
                           R"({"facts": {"child": {"born": "2023-02-29"}}})",
                           R"({"facts": {}, "facts": {}})",
                           R"({"facts": {}, "fact": 1})",
                           R"({"facts": {}, "id": 1, "id": 2})",
                           R"({"facts": {}, "id": 1.5})",
                           R"({"facts": {}, "id": -0})",
                           R"({"facts": {}, "as_at": "2023-02-29"})",
                           R"({"facts": {}} x)",
                           R"({"facts": {})",
                           R"({"facts": {"visit": "today"}})"}) {
    CAPTURE(text);
    CHECK_FALSE(readers.agree(text));
  }
}

TEST_CASE("a text past what a case can need is left to the strict reader") {
  Readers readers(every_type_policy().program());
  const std::string text = R"({"facts": {"a": true}})";
  CHECK(readers.agree(text + std::string(1000, ' ')));
  CHECK_FALSE(readers.agree(text + std::string(1u << 20, ' ')));
}

}  // namespace
}  // namespace duly
