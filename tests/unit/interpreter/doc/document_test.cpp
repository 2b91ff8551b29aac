#include "interpreter/doc/document.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "lang/diagnostics/render.hpp"

namespace duly {
namespace {

Compiled compiled_policy(const std::string& text) {
  Compiled compiled = compile({"folder/page.policy", text}, Loader{}, CompileOptions{});
  const std::string errors = compiled.program ? std::string() : render_text(compiled.sources, compiled.diagnostics);
  INFO(errors);
  REQUIRE(compiled.program.has_value());
  return compiled;
}

std::string page(const std::vector<DocumentPage>& pages, std::string_view file) {
  const auto found =
      std::find_if(pages.begin(), pages.end(), [&](const DocumentPage& each) { return each.file == file; });
  return found == pages.end() ? std::string() : found->contents;
}

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

const std::string small = R"policy(policy page "A <small> policy & its \"title\""
  version "3<"
source guide "A \"guide\"" by "A & B" url "javascript:alert(1)"
  provision first "Do <b>one</b> thing"
  provision second "Be kind" is judgement "nobody can count it"
  provision third "Never mind"
fact x "It <i>rains</i>" : yes/no  ask "Rain & wind?"  help "Look </p> out."
decision d "Stay <in>?"  stay "Stay & rest."  go "Go."  otherwise go
define wet "Wet" means any of
  - rain: x  [guide.first]
rule r "Stay in </script>" d is stay when wet because "It's <wet>" cite guide.first
case c "A <case>" story "A <story>" facts x is yes expect d is go
)policy";

TEST_CASE("document: the same policy gives the same pages, the overview first") {
  const Compiled compiled = compiled_policy(small);
  const std::vector<DocumentPage> once = document_policy(compiled), twice = document_policy(compiled);
  REQUIRE(once.size() == twice.size());
  for (std::size_t i = 0; i < once.size(); ++i) {
    CHECK(once[i].file == twice[i].file);
    CHECK(once[i].contents == twice[i].contents);
  }
  CHECK(once.front().file == "index.html");
  CHECK(once.back().file == "style.css");
  CHECK(page(once, "agreements.html").empty());  // there are none
  CHECK(page(once, "duties.html").empty());
}

TEST_CASE("document: what authors write is never taken for marks") {
  for (const DocumentPage& each : document_policy(compiled_policy(small))) {
    if (!each.file.ends_with(".html")) continue;
    INFO(each.file);
    for (const std::string_view mark : {"<small>", "<b>", "<i>", "</script>", "<in>", "<case>", "<story>", "<wet>",
                                        "href=\"javascript", "version 3<,"}) {
      INFO(mark);
      CHECK(!has(each.contents, mark));
    }
    CHECK(has(each.contents, "A &lt;small&gt; policy &amp; its &quot;title&quot;"));
  }
}

TEST_CASE("document: every provision says what became of it") {
  const std::string provisions = page(document_policy(compiled_policy(small)), "provisions.html");
  CHECK(has(provisions, "id=\"provision-guide.first\""));
  CHECK(has(provisions, "rule: <a href=\"decision-d.html#rule-page.r\">Stay in &lt;/script&gt;</a>"));
  CHECK(has(provisions, "list item: <a href=\"definitions.html#item-page.wet.rain\">"));
  CHECK(has(provisions, "<a href=\"cases-page.html#case-page.c\">"));
  CHECK(has(provisions, "Left to people:</strong> nobody can count it"));
  CHECK(has(provisions, "Nothing cites it."));
  CHECK(has(provisions, "Not accounted for"));
}

TEST_CASE("document: a case that does not end as it expects says so") {
  const std::string cases = page(document_policy(compiled_policy(small)), "cases-page.html");
  CHECK(has(cases, "This case does not end as it expects"));
  CHECK(has(cases, "page.policy:"));
  CHECK(!has(cases, "folder/"));  // the same pages, wherever the policy lies
}

TEST_CASE("document: a rule with its conclusion, condition, place and cases") {
  const std::string decision = page(document_policy(compiled_policy(small)), "decision-d.html");
  CHECK(has(decision, "<article id=\"rule-page.r\">"));
  CHECK(has(decision, "<strong>Stay &amp; rest. <code>stay</code></strong>"));
  CHECK(has(decision, "<a href=\"definitions.html#definition-wet\">Wet</a>"));
  CHECK(has(decision, "page.policy:11"));
  CHECK(has(decision, "<a href=\"cases-page.html#case-page.c\">A &lt;case&gt;</a>"));
}

}  // namespace
}  // namespace duly
