#include <doctest/doctest.h>
#include <fmt/format.h>

#include <filesystem>
#include <map>

#include "lang/layout/layout.hpp"
#include "lang/layout/same_meaning.hpp"
#include "lang/layout/tokens.hpp"
#include "lang/parse/parse.hpp"
#include "tests/golden/policy_texts.hpp"
#include "tests/property/generated.hpp"

/// Whatever the white space and the comments of a policy, its layout says the same, loses no comment, and is its own
/// layout. A failure prints the seed and the policy; DULY_SEED=N runs that one alone, DULY_SEEDS=N the first N.
namespace {

using namespace duly;
namespace fs = std::filesystem;

syntax::Module read(const std::string& text) {
  SourceMap sources;
  Diagnostics diagnostics;
  syntax::Module module = parse(sources, sources.add("example.policy", text), diagnostics);
  REQUIRE(diagnostics.errors() == 0);
  return module;
}

std::string laid_out(const std::string& text) {
  SourceMap sources;
  Diagnostics diagnostics;
  LaidOut result = lay_out(sources, sources.add("example.policy", text), diagnostics);
  REQUIRE(result.result == LaidOut::Result::done);
  return result.text;
}

std::size_t count(std::string_view text, std::string_view part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string_view::npos; at = text.find(part, at + 1)) ++found;
  return found;
}

/// The words of a policy with other white space between them, and among it comments, `#1;`, `#2;`, …
struct Scrambled {
  std::string text;
  unsigned comments = 0;
};
Scrambled scrambled(const std::string& text, model::Random& random, unsigned percent_comments) {
  static const std::vector<std::string> spaces = {" ",  " ",     " ",    "  ",   "\t",      "\n",
                                                  "\n", "\n   ", "\r\n", "\n\n", "\n\n\n  "};
  static const std::vector<std::string> around = {"", " ", "\n", "\n\n", "\n  ", "\n      "};
  Scrambled result;
  for (const Token& token : tokens_of(text)) {
    if (token.is_comment) continue;
    if (token.text == "/") {  // `yes/no` is one word up to there
      result.text += token.text;
      continue;
    }
    result.text += spaces[random() % spaces.size()];
    while (random() % 100 < percent_comments) {
      result.text += fmt::format("{}#{};{}\n{}", around[random() % around.size()], ++result.comments,
                                 random() % 2 == 0 ? " because" : "", around[random() % around.size()]);
    }
    result.text += token.text;
  }
  return result;
}

void check(const std::string& text, model::Random& random) {
  const syntax::Module module = read(text);
  for (const unsigned percent_comments : {0U, 2U, 40U}) {
    const Scrambled other = scrambled(text, random, percent_comments);
    INFO(other.text);
    REQUIRE(same_meaning(module, read(other.text)));
    const std::string once = laid_out(other.text);
    INFO(once);
    CHECK(same_meaning(module, read(once)));
    CHECK(count(once, "#") == count(other.text, "#"));
    std::size_t at = 0;
    for (unsigned comment = 1; comment <= other.comments; ++comment) {
      at = once.find(fmt::format("#{};", comment), at);
      CHECK(at != std::string::npos);
    }
    CHECK(laid_out(once) == once);
  }
}

/// Every policy without syntax errors that stands below a folder.
std::map<std::string, std::string> policies_below(const fs::path& folder) {
  std::map<std::string, std::string> texts;
  for (const auto& file : fs::recursive_directory_iterator(folder)) {
    if (file.path().extension() != ".policy") continue;
    SourceMap sources;
    Diagnostics diagnostics;
    std::string text = read_text(file.path());
    parse(sources, sources.add(file.path().string(), text), diagnostics);
    if (diagnostics.errors() == 0) texts.emplace(file.path().string(), std::move(text));
  }
  return texts;
}

}  // namespace

TEST_CASE("generated policies are laid out without a change of meaning, and the layout is its own") {
  for (const std::uint32_t seed : seeds(150)) {
    INFO("seed ", seed);
    model::Random random(seed);
    for (const std::string& text : model::generate(seed).texts()) check(text, random);
  }
}

TEST_CASE("so is every construct of the language, however it is written") {
  const fs::path source(DULY_SOURCE_DIR);
  for (const std::uint32_t seed : seeds(3)) {
    INFO("seed ", seed);
    model::Random random(seed);
    for (const auto& folder : {"tests/golden", "stdpolicy", "examples"}) {
      for (const auto& each : policies_below(source / folder)) {
        INFO(each.first);
        check(each.second, random);
      }
    }
  }
}
