#include "lang/layout/layout.hpp"

#include <doctest/doctest.h>

#include <string>

#include "lang/layout/lines.hpp"

/// The rules of the layout one by one; whole files are in tests/golden/layout.
namespace duly {
namespace {

LaidOut::Result result_of(const std::string& text, Diagnostics& diagnostics) {
  SourceMap sources;
  return lay_out(sources, sources.add("example.policy", text), diagnostics).result;
}

/// Declarations laid out behind a policy line, which is left out again.
std::string laid_out(const std::string& declarations) {
  const std::string policy = "policy example \"Example\"\n";
  SourceMap sources;
  Diagnostics diagnostics;
  const LaidOut result = lay_out(sources, sources.add("example.policy", policy + declarations), diagnostics);
  REQUIRE(result.result == LaidOut::Result::done);
  REQUIRE(result.text.starts_with(policy + '\n'));
  return result.text.substr(policy.size() + 1);
}

}  // namespace

TEST_CASE("a declaration begins a line, and so does each of its clauses") {
  CHECK(laid_out("rule a \"A\" b is yes when c despite d cite e.f") ==
        "rule a \"A\"\n  b is yes\n  when c\n  despite d\n  cite e.f\n");
  CHECK(laid_out("case a \"A\" facts b is yes c is 1,2 expect asks nothing") ==
        "case a \"A\"\n  facts\n    b is yes\n    c is 1, 2\n  expect\n    asks nothing\n");
}

TEST_CASE("what a head ends with stays on its line") {
  CHECK(laid_out("fact a \"A\"\n:yes/ no") == "fact a \"A\" : yes/no\n");
  CHECK(laid_out("agreement a \"A\"\ntier 1\nunder b") == "agreement a \"A\" tier 1\n  under b\n");
  CHECK(laid_out("choice a \"A\"\nordered b \"B\"") == "choice a \"A\" ordered\n  b \"B\"\n");
  CHECK(laid_out("procedure a \"A\"\ndecides b step c \"C\"\non d yes:e no :f") ==
        "procedure a \"A\" decides b\n  step c \"C\" on d\n    yes: e\n    no: f\n");
  CHECK(laid_out("define a \"A\" means\nany of - b") == "define a \"A\" means any of\n  - b\n");
}

TEST_CASE("it does not where it comes late") {
  CHECK(laid_out("choice a \"A\" b \"B\" ordered") == "choice a \"A\"\n  b \"B\"\n  ordered\n");
  CHECK(laid_out("procedure a \"A\" cite b.c decides d step e \"E\" on f yes: g no: h") ==
        "procedure a \"A\"\n  cite b.c\n  decides d\n  step e \"E\" on f\n    yes: g\n    no: h\n");
}

TEST_CASE("declarations of several lines have an empty line between them, single ones may stand together") {
  CHECK(laid_out("action a \"A\"\naction b \"B\"\n\n\naction c \"C\" by \"d\"\naction e \"E\"") ==
        "action a \"A\"\naction b \"B\"\n\naction c \"C\"\n  by \"d\"\n\naction e \"E\"\n");
}

TEST_CASE("a list in parentheses, and what comes behind it") {
  CHECK(laid_out("rule a \"A\" b is yes when c and (any of - d - e) and f") ==
        "rule a \"A\"\n  b is yes\n  when c and (any of\n    - d\n    - e)\n    and f\n");
  CHECK(laid_out("record a \"A\" field b \"B\" : text from c when any of - d cite e.f") ==
        "record a \"A\"\n  field b \"B\" : text from c\n    when any of\n      - d\n    cite e.f\n");
}

TEST_CASE("a line is as long as it may be, in characters") {
  const auto head = [](std::size_t length) { return "fact a \"" + std::string(length, 'x') + "\""; };
  const std::size_t most = line_width - 9 - 9;
  CHECK(laid_out(head(most) + " : yes/no") == head(most) + " : yes/no\n");
  CHECK(laid_out(head(most + 1) + " : yes/no") == "fact a\n  \"" + std::string(most + 1, 'x') + "\" : yes/no\n");
  std::string wide;
  for (std::size_t i = 0; i < most; ++i) wide += "\u00E9";
  CHECK(laid_out("fact a \"" + wide + "\" : yes/no") == "fact a \"" + wide + "\" : yes/no\n");
  // A comment behind the line is no part of it.
  CHECK(laid_out(head(most) + " : yes/no # comment") == head(most) + " : yes/no  # comment\n");
}

TEST_CASE("a comment on a line of its own stands with what follows, or deeper") {
  const std::string text =
      "case a \"A\"\n  # inside the case\n  facts\n    # above the fact\n    b is yes\n    # below it\n  expect\n"
      "    asks nothing\n    # below that\n  # the last of the case\n# with the next\n\nfact c \"C\" : yes/no\n"
      "  # inside of the fact\n# the last\n";
  CHECK(laid_out(text) == text);
  CHECK(laid_out("rule a \"A\"\n must b\n # c\n cite d.e\n # f\n#g") ==
        "rule a \"A\"\n  must b\n  # c\n  cite d.e\n  # f\n#g\n");
  CHECK(laid_out("rule a \"A\"\nmust b\n# c\ncite d.e\n# f") == "rule a \"A\"\n  must b\n  # c\n  cite d.e\n# f\n");
}

TEST_CASE("line ends of other systems, a mark in front, and no last line end") {
  SourceMap sources;
  Diagnostics diagnostics;
  const std::string text = "\xEF\xBB\xBFpolicy a \"A\"\r\n  # one \r\n\r\n\r\nfact b \"B\" : yes/no";
  CHECK(lay_out(sources, sources.add("a.policy", text), diagnostics).text ==
        "policy a \"A\"\n  # one\n\nfact b \"B\" : yes/no\n");
}

TEST_CASE("only what can be read is laid out") {
  Diagnostics diagnostics;
  CHECK(result_of("policy a", diagnostics) == LaidOut::Result::syntax_error);
  CHECK(diagnostics.errors() == 1);
  CHECK(result_of("", diagnostics) == LaidOut::Result::syntax_error);
  Diagnostics none;
  CHECK(result_of("policy a \"A\" extends nowhere rule b \"B\" c is d when e", none) == LaidOut::Result::done);
  CHECK(none.all().empty());
}

TEST_CASE("a file that would grow too large is not laid out") {
  std::string text = "policy a \"A\"\n";
  while (text.size() < (1U << 20U) - 100) text += "fact b \"B\":yes/no ask \"B?\"\n";
  Diagnostics diagnostics;
  CHECK(result_of(text, diagnostics) == LaidOut::Result::too_long);
}

}  // namespace duly
