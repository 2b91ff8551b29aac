#include "interpreter/batch/line_decider.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "interpreter/report/case_json.hpp"
#include "interpreter/report/decision_json.hpp"
#include "tests/unit/interpreter/batch/random_facts.hpp"
#include "tests/unit/interpreter/trace/shipped_policies.hpp"

namespace duly {
namespace {

constexpr Date some_day{20'000};

/// Lines decided one after the other by the same decider.
class Lines {
 public:
  Lines(const Program& program, const SourceMap& sources, LineDecider::Options options = {.today = some_day})
      : decider_(program, sources, options) {}
  explicit Lines(const CompiledPolicy& policy, LineDecider::Options options = {.today = some_day})
      : Lines(policy.program(), policy.sources(), options) {}

  std::string answer(const std::string& line, std::uint64_t number = 1) {
    std::string out = "before";
    const std::string padded = line + std::string(FastCaseReader::padding(), '"');
    is_case = decider_.decide(std::string_view(padded).substr(0, line.size()), number, out);
    REQUIRE(out.starts_with("before"));
    REQUIRE(out.ends_with("\n"));
    out = out.substr(6, out.size() - 7);
    REQUIRE(out.find('\n') == std::string::npos);
    return out;
  }
  bool is_case = false;

 private:
  LineDecider decider_;
};

/// The same by the reports that everything else uses.
std::string by_report(const Program& program, const SourceMap& sources, const std::string& line,
                      LineDecider::Options options = {.today = some_day}) {
  CaseReading reading = read_case_json(program, line);
  REQUIRE(reading.facts.has_value());
  if (!reading.as_at) reading.facts->as_at = options.today;
  if (options.as_at) reading.facts->as_at = *options.as_at;
  Decider decider(program);
  const Decision decision = decider.decide(*reading.facts);
  const DecisionView view{.program = program,
                          .sources = sources,
                          .facts = *reading.facts,
                          .decision = decision,
                          .decider = decider,
                          .asked = options.asked ? options.asked : program.default_decision,
                          .only_asked = options.asked.has_value()};
  return options.full ? decision_json(view, JsonWriter::Style::compact) : compact_json(view, reading.id.value_or(""));
}

std::string by_report(const CompiledPolicy& policy, const std::string& line,
                      LineDecider::Options options = {.today = some_day}) {
  return by_report(policy.program(), policy.sources(), line, options);
}

TEST_CASE("a line says of each decision and duty what came of it") {
  const CompiledPolicy& policy = every_type_policy();
  Lines lines(policy);
  const std::pair<std::string, std::string> answers[] = {
      {R"({"facts": {"child": {"age": 9, "home": {"risk": false, "rooms": 1}}, "a": true, "b": false, "worker": {"grade": "old", "skills": []}}, "id": "k-1"})",
       R"({"id":"k-1","decisions":{"visit":"later","share":"send"},"duties":{}})"},
      {R"({"facts": {"child": {"age": 9, "home": {"risk": true, "rooms": 1}}, "a": true, "b": true, "worker": {"grade": "new", "skills": ["law"]}}, "id": 17})",
       R"({"id":17,"decisions":{"visit":"today","share":{"conflict":["every_type.share_it","every_type.keep_it"]}},"duties":{"note":{"conflict":["every_type.note_it","every_type.no_note"]},"call":"must"}})"},
      {R"({"facts": {"child": {"age": 9, "home": {"risk": false, "rooms": 4}}, "a": true, "b": false, "worker": {"grade": "new", "skills": []}}})",
       R"({"decisions":{"visit":{"unsafe":["every_type.together"]},"share":"send"},"duties":{"note":"must not"}})"},
      {R"({"facts": {"child": {"age": 9, "home": {"risk": false}}, "a": false, "b": false, "worker": {"grade": "old"}}})",
       R"({"decisions":{"visit":"later","share":{"gap":[]}},"duties":{"call":{"undecided":["worker.skills"]}}})"},
      {R"({"facts": {"a": false, "worker": {"grade": "old", "skills": []}}})",
       R"({"decisions":{"visit":{"undecided":["child.home.risk","child.age"]},"share":{"undecided":["b"]}},"duties":{"note":{"undecided":["child.home.risk"]}}})"},
  };
  for (const auto& each : answers) {
    const auto& line = each.first;  // no structured binding: clang 14 does not capture it
    const auto& answer = each.second;
    CAPTURE(line);
    CHECK(lines.answer(line) == answer);
    CHECK(lines.is_case);
    CHECK(by_report(policy, line) == answer);
  }
}

TEST_CASE("lines are, byte for byte, what the reports say, whatever stood before them") {
  const unsigned seed = random_seed();
  CAPTURE(seed);
  std::mt19937 random(seed);
  const auto compare = [&](const Program& program, const SourceMap& sources, int count, LineDecider::Options options) {
    CAPTURE(program.policy().name);
    CAPTURE(options.full);
    Lines lines(program, sources, options);
    for (int i = 0; i < count; ++i) {
      Case facts = random_facts(program, random);
      if (i % 3 != 0) facts.as_at = some_day;  // else today: diagrams that count time are made anew
      const std::string line = on_one_line(write_case_json(program, facts));
      CAPTURE(line);
      REQUIRE(lines.answer(line) == by_report(program, sources, line, options));
      REQUIRE(lines.is_case);
    }
  };
  compare(every_type_policy().program(), every_type_policy().sources(), 1000, {.today = some_day});
  compare(every_type_policy().program(), every_type_policy().sources(), 100, {.today = some_day, .full = true});
  for (const ShippedPolicy& policy : shipped_policies()) {
    compare(*policy.compiled.program, policy.compiled.sources, 25, {.today = some_day});
    compare(*policy.compiled.program, policy.compiled.sources, 3, {.today = some_day, .full = true});
  }
}

TEST_CASE("order and neighbours of lines do not matter") {
  const Program& program = every_type_policy().program();
  std::mt19937 random(3);
  std::vector<std::string> texts{"", "no JSON", R"({"facts": {"child": {"agee": 1}}})",
                                 R"({"facts": {"a": 1}, "id": 3})"};
  for (int i = 0; i < 100; ++i) texts.push_back(on_one_line(write_case_json(program, random_facts(program, random))));

  std::vector<std::string> alone;
  for (std::size_t i = 0; i < texts.size(); ++i) alone.push_back(Lines(every_type_policy()).answer(texts[i], i));
  std::vector<std::size_t> order(texts.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  Lines lines(every_type_policy());
  for (int pass = 0; pass < 5; ++pass) {
    std::shuffle(order.begin(), order.end(), random);
    for (const std::size_t i : order) REQUIRE(lines.answer(texts[i], i) == alone[i]);
  }
}

TEST_CASE("one decision can be asked for") {
  const CompiledPolicy& policy = every_type_policy();
  const std::string line = R"({"facts": {"a": true, "b": false, "child.home.rooms": 1}})";
  for (const bool full : {false, true}) {
    LineDecider::Options options{.today = some_day, .asked = policy.program().find_decision("share"), .full = full};
    REQUIRE(options.asked.has_value());
    const auto answer = nlohmann::json::parse(Lines(policy, options).answer(line));
    CHECK(answer.at("decisions").size() == 1);
    CHECK(answer.at("decisions").contains("share"));
    CHECK(Lines(policy, options).answer(line) == by_report(policy, line, options));
  }
}

TEST_CASE("the id comes first, in full as in short, and stays as it was written") {
  Lines brief(every_type_policy());
  Lines full(every_type_policy(), {.today = some_day, .full = true});
  for (const char* id : {R"("a-1")", "17", "-0", R"("")", R"("caf\u00e9 \"x\"")", "9223372036854775807"}) {
    CAPTURE(id);
    const std::string line = std::string(R"({"facts": {}, "id": )") + id + "}";
    const auto written = nlohmann::json::parse(id);
    for (Lines* lines : {&brief, &full}) {
      const std::string answer = lines->answer(line);
      CHECK(answer.starts_with("{\"id\":"));
      CHECK(nlohmann::json::parse(answer).at("id") == written);
    }
  }
  CHECK_FALSE(nlohmann::json::parse(full.answer(R"({"facts": {}})")).contains("id"));
  CHECK_FALSE(nlohmann::json::parse(full.answer(R"({"facts": {}, "id": null})")).contains("id"));
}

TEST_CASE("the day is the one that is asked for, else the case's, else today") {
  const auto day = [](LineDecider::Options options, const char* line) {
    options.full = true;
    return nlohmann::json::parse(Lines(every_type_policy(), options).answer(line)).at("as_at").get<std::string>();
  };
  const char* const dated = R"({"facts": {}, "as_at": "2020-05-06"})";
  for (const char* undated : {R"({"facts": {}})", "{}"}) {  // one of them is read by the strict reader
    CHECK(day({.today = some_day}, undated) == to_string(some_day));
    CHECK(day({.today = some_day, .as_at = Date{0}}, undated) == "1970-01-01");
  }
  CHECK(day({.today = some_day}, dated) == "2020-05-06");
  CHECK(day({.today = some_day, .as_at = Date{0}}, dated) == "1970-01-01");
}

TEST_CASE("what is no case is answered by an error that says where, what and how to mend it") {
  Lines lines(every_type_policy());
  const auto error = [&](const char* line, std::uint64_t number) {
    const auto answer = nlohmann::json::parse(lines.answer(line, number));
    CHECK_FALSE(lines.is_case);
    return answer;
  };
  auto answer = error(R"({"facts": {"child": {"agee": 3}, "a": 1}, "id": "k"})", 12);
  CHECK(answer.at("id") == "k");
  CHECK(answer.at("error").at("line") == 12);
  CHECK(answer.at("error").at("code") == "E0854");
  CHECK(answer.at("error").at("path") == "facts.child.agee");
  CHECK(answer.at("error").at("message") == "This policy has no fact `child.agee`");
  CHECK(answer.at("error").at("help") == "Did you mean `child.age`?");
  REQUIRE(answer.at("error").at("others").size() == 1);
  CHECK(answer.at("error").at("others")[0].at("path") == "facts.a");

  answer = error("", 3);
  CHECK(answer.at("error").at("message") == "The case is empty");
  CHECK_FALSE(answer.contains("id"));
  CHECK_FALSE(answer.at("error").contains("others"));
  CHECK(error("\xFF", 1).at("error").at("code") == "E0851");
  CHECK(error(R"({"facts": {"notes": ")"
              "\xFF"
              R"("}})",
              1)
            .at("error")
            .at("code") == "E0863");
}

}  // namespace
}  // namespace duly
