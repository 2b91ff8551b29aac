#include "interpreter/doc/condition.hpp"

#include <doctest/doctest.h>

namespace duly::doc {
namespace {

/// The condition of the rule `r` of a policy with some facts, as it is shown.
std::string shown(const std::string& condition) {
  const Compiled compiled = compile({"page.policy", R"(policy page "P"
fact a "A" : yes/no
fact b "B" : yes/no
fact n "N" : number from 0 to 9
fact m "M" : number from 0 to 9
source guide "G" provision para "Para"
action act "Act"
action other "Other"
decision d "D?"  x "X."  y "Y."  otherwise x
rule r "R" d is y when )" + condition + "\n"},
                                    Loader{}, CompileOptions{});
  REQUIRE(compiled.program.has_value());
  const Material material(compiled);
  const Links links(material.program);
  const Book book{material, links, {}};
  const Page page(book, "test.html", "Test");
  return condition_in_words(page, at(material.program.rules, *material.program.find_rule("r")).condition);
}

TEST_CASE("condition: each comparison leads to what it reads") {
  CHECK(shown("a") == "<a href=\"facts.html#fact-a\">A</a>");
  CHECK(shown("not a") == "<a href=\"facts.html#fact-a\">not: A</a>");
  CHECK(shown("n is at least 3") == "<a href=\"facts.html#fact-n\">N: at least 3</a>");
  CHECK(shown("n is m") ==
        "<a href=\"facts.html#fact-n\">N is the same as M</a> (<a href=\"facts.html#fact-m\"><code>m</code></a>)");
  CHECK(shown("must act") == "<a href=\"duties.html#action-act\">must: Act</a>");
}

TEST_CASE("condition: groups are lists") {
  CHECK(shown("a and (b or not a)")
            .starts_with("all of:\n<ul>\n<li><a href=\"facts.html#fact-a\">A</a></li>\n<li>any of:"));
  CHECK(shown("not (a and b)").starts_with("not all of:\n<ul>"));
}

TEST_CASE("condition: list items have anchors and citations") {
  const std::string text = shown("none of\n  - first: a  [guide.para]\n  - b\n");
  CHECK(text.starts_with("none of:\n<ul>\n<li id=\"item-page.r.first\">"));
  CHECK(text.find("<code>first</code> [<a href=\"provisions.html#provision-guide.para\"") != std::string::npos);
  CHECK(text.find("<li id=\"item-page.r.2\">") != std::string::npos);
}

}  // namespace
}  // namespace duly::doc
