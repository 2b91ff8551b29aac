#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "interpreter/eval/decision.hpp"
#include "interpreter/report/expectations.hpp"
#include "lang/diagnostics/render.hpp"
#include "lang/parse/parse.hpp"
#include "lang/parse/words.hpp"
#include "policy_texts.hpp"

/// The documentation is part of the contract: what it shows has to be so.
namespace duly {
namespace {

namespace fs = std::filesystem;

const fs::path root = DULY_SOURCE_DIR;

/// A fenced block of a page: what stands behind the opening fence, what stands inside, and where.
struct Block {
  std::string info;
  std::string text;
  std::string at;  // `docs/language.md:12`, the line of its first line
};

std::vector<Block> blocks(const fs::path& file) {
  std::vector<Block> found;
  std::istringstream lines(read_text(file));
  std::string line;
  bool inside = false;
  for (int number = 1; std::getline(lines, line); ++number) {
    if (line.starts_with("```")) {
      if (!inside)
        found.push_back({line.substr(3), "", fmt::format("{}:{}", fs::relative(file, root).string(), number + 1)});
      inside = !inside;
    } else if (inside) {
      found.back().text += line + "\n";
    }
  }
  CHECK_MESSAGE(!inside, file.string(), " ends inside a block");
  return found;
}

std::vector<fs::path> pages() {
  std::vector<fs::path> found{root / "README.md"};
  for (const auto& entry : fs::directory_iterator(root / "docs")) {
    if (entry.path().extension() == ".md") found.push_back(entry.path());
  }
  for (const auto& entry : fs::directory_iterator(root / "examples")) {
    if (fs::exists(entry.path() / "README.md")) found.push_back(entry.path() / "README.md");
  }
  std::sort(found.begin(), found.end());
  return found;
}

/// What is wrong with a case, in words; empty where it passes.
std::string failures(const Program& program, const CaseOutcome& outcome) {
  std::string words;
  for (const ExpectationFailure& failure : outcome.failures) {
    words += fmt::format("expected {}, found {}\n", failure.expected, failure.found);
  }
  for (const SafeguardId broken : outcome.broken) words += at(program.safeguards, broken).full_name + " is broken\n";
  return words;
}

void check_example(const Block& block) {
  INFO(block.at);
  CHECK(block.text.find("policy example \"") != std::string::npos);
  const Compiled compiled = compile_text({{"example", block.text}}, "example");
  const std::string diagnostics = render_text(compiled.sources, compiled.diagnostics);
  INFO(diagnostics);
  CHECK(compiled.diagnostics.all().empty());
  if (!compiled.program) return;
  const Program& program = *compiled.program;
  Decider decider(program);
  int cases = 0;
  for (const TestCase& test_case : program.cases) {
    if (test_case.module.index + 1 != program.modules.size()) continue;
    ++cases;
    const CaseOutcome outcome = run_case(program, decider, test_case);
    CHECK_MESSAGE(outcome.passed(), test_case.name, ": ", failures(program, outcome));
  }
  CHECK_MESSAGE(cases > 0, "an example proves what the text says, with a case");
}

/// The words of a text, in order, each once.
std::set<std::string> words_of(const std::string& text) {
  std::istringstream stream(text);
  return {std::istream_iterator<std::string>(stream), std::istream_iterator<std::string>()};
}

}  // namespace

TEST_CASE("every example in the documentation compiles without a warning, and its cases pass") {
  int examples = 0;
  for (const fs::path& page : pages()) {
    for (const Block& block : blocks(page)) {
      if (block.info == "policy") {
        ++examples;
        check_example(block);
      } else {
        const bool is_known = !block.info.starts_with("policy") || block.info == "policy fragment";
        CHECK_MESSAGE(is_known, block.at, ": write `policy` or `policy fragment`, not `", block.info, "`");
      }
    }
  }
  CHECK(examples > 20);
}

TEST_CASE("the reference lists the reserved words that there are") {
  std::set<std::string> listed;
  for (const Block& block : blocks(root / "docs/language.md")) {
    if (block.info == "reserved-words") listed = words_of(block.text);
  }
  const auto& words = reserved_words();
  CHECK(listed == std::set<std::string>(words.begin(), words.end()));
}

TEST_CASE("the reference's table has every clause of every declaration") {
  const std::string reference = read_text(root / "docs/language.md");
  std::istringstream stream(reference);
  std::vector<std::string> rows;
  for (std::string line; std::getline(stream, line);) {
    if (line.starts_with("| `")) rows.push_back(line);
  }
  for (const std::string& declaration : declaration_words()) {
    for (const std::string& clause : clauses_of(declaration)) {
      const bool is_listed = std::any_of(rows.begin(), rows.end(), [&](const std::string& row) {
        return row.starts_with(fmt::format("| `{}`", declaration)) && row.find("`" + clause) != std::string::npos;
      });
      CHECK_MESSAGE(is_listed, "the table lacks `", clause, "` of `", declaration, "`");
    }
  }
}

TEST_CASE("the index of errors has every code, and no other") {
  const std::string index = read_text(root / "docs/errors/README.md");
  std::set<std::string> listed;
  std::istringstream stream(index);
  for (std::string line; std::getline(stream, line);) {
    if (line.starts_with("| [")) listed.insert(line.substr(3, 5));
  }
  std::set<std::string> codes;
  for (const Code code : all_codes()) codes.emplace(name(code));
  CHECK(listed == codes);
}

}  // namespace duly
