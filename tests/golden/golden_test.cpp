#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <sstream>
#include <vector>

#include "interpreter/report/expectations.hpp"
#include "lang/diagnostics/render.hpp"
#include "policy_texts.hpp"

/// The policies in tests/golden/<feature>/{good,bad}. What is expected of each stands inside it:
///   # expect E0301 agee     this line has this diagnostic, with these words in its message (they may be left out)
///   # expect-below E0301    so has the next line that holds no such comment
/// Exactly these diagnostics come out. A policy in `good` has no error, and each of its cases passes.
/// A folder instead of a file holds several modules, of which `main.policy` is the policy. What ends in `.pending` is
/// not run yet.
namespace duly {
namespace {

namespace fs = std::filesystem;

const fs::path golden = fs::path(DULY_SOURCE_DIR) / "tests" / "golden";

struct Expected {
  std::string file;
  std::size_t line = 0;
  std::string code;
  std::string words;
};

/// The comment's code and words, where the line has one.
std::optional<Expected> expectation_in(const std::string& line, std::string_view mark) {
  const auto found = line.find(mark);
  if (found == std::string::npos) return std::nullopt;
  Expected expected;
  std::istringstream rest(line.substr(found + mark.size()));
  rest >> expected.code >> std::ws;
  std::getline(rest, expected.words);
  return expected;
}

void read_expectations(const std::string& file, const std::string& text, std::vector<Expected>& all) {
  std::vector<Expected> for_next_line;
  std::size_t number = 0;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    ++number;
    if (auto below = expectation_in(line, "# expect-below ")) {
      for_next_line.push_back(std::move(*below));
      continue;
    }
    if (auto here = expectation_in(line, "# expect ")) for_next_line.push_back(std::move(*here));
    for (Expected& expected : for_next_line) {
      expected.file = file;
      expected.line = number;
      all.push_back(std::move(expected));
    }
    for_next_line.clear();
  }
}

/// One policy of the folder, with the modules beside it.
struct Golden {
  explicit Golden(const fs::path& path) : shown_path(fs::relative(path, golden).string()) {
    if (!fs::is_directory(path)) {
      add(path);
      root = path.stem().string();
      return;
    }
    for (const auto& entry : fs::directory_iterator(path)) add(entry.path());
    root = "main";
  }

  std::string shown_path;
  std::string root;
  PolicyTexts texts;
  std::vector<Expected> expected;

 private:
  void add(const fs::path& file) {
    if (file.extension() != ".policy") return;
    const auto [entry, fresh] = texts.emplace(file.stem().string(), read_text(file));
    read_expectations(file.filename().string(), entry->second, expected);
  }
};

std::vector<Golden> all_below(std::string_view kind) {
  std::vector<fs::path> paths;
  for (const auto& feature : fs::directory_iterator(golden)) {
    if (!fs::is_directory(feature.path() / kind)) continue;
    for (const auto& entry : fs::directory_iterator(feature.path() / kind)) {
      if (entry.path().extension() != ".pending") paths.push_back(entry.path());
    }
  }
  std::sort(paths.begin(), paths.end());
  return {paths.begin(), paths.end()};
}

bool fits(const Expected& expected, const Diagnostic& found, const SourceMap& sources) {
  return expected.file == sources.name(found.span.source) &&
         expected.line == sources.position(found.span.source, found.span.begin).line &&
         expected.code == name(found.code) && found.message.find(expected.words) != std::string::npos;
}

/// What came out and is not expected, and what is expected and did not come out; empty where all is well.
std::string differences(const Golden& policy, const Compiled& compiled) {
  std::vector<Expected> missing = policy.expected;
  std::string text;
  for (const Diagnostic& found : compiled.diagnostics.all()) {
    const auto its_expectation = std::find_if(missing.begin(), missing.end(), [&](const Expected& expected) {
      return fits(expected, found, compiled.sources);
    });
    if (its_expectation != missing.end())
      missing.erase(its_expectation);
    else
      text += "not expected:\n" + render_text(compiled.sources, found) + "\n";
  }
  for (const Expected& expected : missing) {
    text += fmt::format("did not come out: {}:{} {} {}\n", expected.file, expected.line, expected.code, expected.words);
  }
  return text;
}

std::string failures(const Compiled& compiled, const TestCase& test_case, const CaseOutcome& outcome) {
  std::string text;
  for (const ExpectationFailure& failure : outcome.failures) {
    const auto line = compiled.sources.position(failure.span.source, failure.span.begin).line;
    text +=
        fmt::format("{}, line {}: expected `{}`, found `{}`\n", test_case.name, line, failure.expected, failure.found);
  }
  for (const SafeguardId broken : outcome.broken) {
    text += fmt::format("{}: breaks the safeguard {}\n", test_case.name, at(compiled.program->safeguards, broken).name);
  }
  return text;
}

/// The policy's own cases; inherited ones are run where they are declared.
std::string failed_cases(const Compiled& compiled) {
  const Program& program = *compiled.program;
  Decider decider(program);
  std::string text;
  for (const TestCase& test_case : program.cases) {
    const bool own = test_case.module.index + 1 == program.modules.size();
    if (own) text += failures(compiled, test_case, run_case(program, decider, test_case));
  }
  return text;
}

}  // namespace

TEST_CASE("golden: what is wrong is reported, and nothing else") {
  const std::vector<Golden> policies = all_below("bad");
  REQUIRE(!policies.empty());
  for (const Golden& policy : policies) {
    CAPTURE(policy.shown_path);
    CHECK_MESSAGE(!policy.expected.empty(), "a bad policy says with `# expect` what is wrong with it");
    const std::string found = differences(policy, compile_text(policy.texts, policy.root));
    CHECK(found == "");
  }
}

TEST_CASE("golden: good policies have no errors, and their cases pass") {
  const std::vector<Golden> policies = all_below("good");
  REQUIRE(!policies.empty());
  for (const Golden& policy : policies) {
    CAPTURE(policy.shown_path);
    const Compiled compiled = compile_text(policy.texts, policy.root);
    CHECK(differences(policy, compiled) == "");
    const bool compiles = compiled.program.has_value();
    CHECK(compiles);
    if (compiles) CHECK(failed_cases(compiled) == "");
  }
}

}  // namespace duly
