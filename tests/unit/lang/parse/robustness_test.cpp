#include <doctest/doctest.h>

#include <random>
#include <vector>

#include "lang/diagnostics/render.hpp"
#include "tests/unit/lang/parse/parsed.hpp"

/// No text, however broken, brings the parser down or makes it point outside the text.
namespace duly {
namespace {

const std::string sample =
    "policy harbour \"Harbour\"\n  version \"2.1\" in force from 2024-04-01 extends national\n"
    "source guide \"Guide\" by \"B\" dated 2024-02-12 provision part_one \"One\" is judgement \"why\"\n"
    "choice level \"Level\" ordered low \"Low\" high \"High\"\n"
    "fact child.age \"Age\" : number of years from 0 to 17 ask \"How old?\" cite guide.one\n"
    "fact a \"A\" : one of x \"X\" y \"Y\" judgement\n"
    "define e \"E\" means any of\n  - first: (all of - a is x [guide.one] - not child.age is over 3)\n  - b and c\n"
    "decision d \"D?\" p \"P\" q \"Q\" otherwise q\n"
    "rule r \"R\" d is p when (e or years since t is at least 3) despite all, b instead of no protected cite guide.one\n"
    "procedure f \"F\" decides d step s \"S\" on e yes: p no, maybe: continue step t \"T\" on a otherwise: q\n"
    "record rec \"Rec\" when e field f \"F\" : text from a when b\n"
    "agreement g \"G\" tier 2 under h between x, y signed x 2024-01-01 shares z from x to y for u basis v\n"
    "safeguard sg \"SG\" when a never d is p and must act\n"
    "case c \"C\" like k story \"\"\"\n  text\n  \"\"\" as at 2024-02-29 facts a is x, y b is unknown expect d is not p\n"
    "  because r no duty act duty act is conflict asks nothing discuss \"Why?\"\n";

void check_sound(const std::string& text) {
  const Parsed result(text);
  const auto is_inside = [&](Span span) { return span.begin <= span.end && span.end <= text.size(); };
  for (const Diagnostic& diagnostic : result.diagnostics.all()) {
    REQUIRE(is_inside(diagnostic.span));
    REQUIRE_FALSE(diagnostic.message.empty());
    for (const Note& note : diagnostic.notes) REQUIRE(is_inside(note.span));
  }
  for (const syntax::Declaration& declaration : result.module.declarations) {
    REQUIRE(is_inside(declaration.span));
    REQUIRE(declaration.span.begin < declaration.span.end);
  }
  REQUIRE(result.diagnostics.errors() <= 53);
  render_text(result.sources, result.diagnostics);
}

TEST_CASE("the sample itself is sound") { CHECK(Parsed(sample).codes() == ""); }

TEST_CASE("a file that is cut off anywhere") {
  for (std::size_t size = 0; size < sample.size(); ++size) check_sound(sample.substr(0, size));
}

TEST_CASE("a file without any one of its words") {
  std::size_t begin = 0;
  while (begin < sample.size()) {
    const std::size_t end = std::min(sample.find_first_of(" \n", begin), sample.size() - 1) + 1;
    check_sound(sample.substr(0, begin) + sample.substr(end));
    begin = end;
  }
}

TEST_CASE("a file with its words mixed up, or bytes of any kind") {
  std::mt19937 random(20240401);  // the same texts every time
  std::vector<std::string> words;
  for (std::size_t begin = 0; begin < sample.size();) {
    const std::size_t end = std::min(sample.find_first_of(" \n", begin), sample.size() - 1) + 1;
    words.push_back(sample.substr(begin, end - begin));
    begin = end;
  }
  for (int round = 0; round < 300; ++round) {
    std::string mixed = "policy a \"A\"\n";
    for (int i = 0; i < 60; ++i) mixed += words[random() % words.size()];
    check_sound(mixed);
    std::string bytes = sample;
    for (int i = 0; i < 5; ++i) bytes[random() % bytes.size()] = static_cast<char>(random() % 256);
    check_sound(bytes);
  }
}

}  // namespace
}  // namespace duly
