#include <doctest/doctest.h>

#include <string>

#include "lang/diagnostics/render.hpp"

namespace duly {
namespace {

struct Page {
  SourceMap sources;
  SourceId id = sources.add("harbour.policy", "policy harbour \"H\"\nrule a \"A\" d is p when x && y\nrule a \"A\"\n");
};

TEST_CASE("a diagnostic is laid out as people read it") {
  Page page;
  const Diagnostic diagnostic{Code::E0210, {page.id, 44, 46}, "Duly has no `&&`", "write `and`", {}, "Write `and`."};
  CHECK(render_text(page.sources, diagnostic) ==
        "error[E0210]: Duly has no `&&`\n"
        " --> harbour.policy:2:26\n"
        "  |\n"
        "2 | rule a \"A\" d is p when x && y\n"
        "  |                          ^^ write `and`\n"
        "  = help: Write `and`.\n"
        "\n");
}

TEST_CASE("notes quote their own lines") {
  Page page;
  const Diagnostic diagnostic{
      Code::E0302, {page.id, 54, 55}, "`a` is declared twice", "again", {{{page.id, 24, 25}, "first here"}}, ""};
  const std::string text = render_text(page.sources, diagnostic);
  CHECK(text.find("harbour.policy:3:6\n") != std::string::npos);
  CHECK(text.find("harbour.policy:2:6\n") != std::string::npos);
  CHECK(text.find("|      - first here\n") != std::string::npos);
}

TEST_CASE("a note without a place is a line of its own") {
  Page page;
  const Diagnostic diagnostic{Code::E0302, {page.id, 54, 55}, "twice", "", {{nowhere, "so it is"}}, ""};
  CHECK(render_text(page.sources, diagnostic).find("= note: so it is\n") != std::string::npos);
}

TEST_CASE("a diagnostic without a place has no quotation") {
  const Diagnostic diagnostic{Code::E0101, nowhere, "The file cannot be read", "", {}, ""};
  CHECK(render_text(SourceMap(), diagnostic) == "error[E0101]: The file cannot be read\n\n");
}

TEST_CASE("a help of several lines is indented as one") {
  const Diagnostic diagnostic{Code::E0213, nowhere, "m", "", {}, "Write one of these:\n  a\n  b"};
  CHECK(render_text(SourceMap(), diagnostic) ==
        "error[E0213]: m\n  = help: Write one of these:\n            a\n            b\n\n");
}

TEST_CASE("several diagnostics close with their count") {
  Page page;
  Diagnostics diagnostics;
  CHECK(render_text(page.sources, diagnostics).empty());
  diagnostics.add({Code::E0101, nowhere, "m", "", {}, ""});
  diagnostics.add({Code::E0101, nowhere, "n", "", {}, ""});
  diagnostics.add({Code::W0301, nowhere, "o", "", {}, ""});
  const std::string text = render_text(page.sources, diagnostics);
  CHECK(text.ends_with("\n2 errors, 1 warning\n"));
  CHECK(text.find("warning[W0301]: o") != std::string::npos);
}

TEST_CASE("there is colour where it was asked for, and it changes no letter") {
  Page page;
  const Diagnostic diagnostic{Code::E0210, {page.id, 44, 46}, "m", "label", {{{page.id, 24, 25}, "n"}}, "h"};
  const std::string plain = render_text(page.sources, diagnostic);
  std::string colored = render_text(page.sources, diagnostic, {.color = true});
  CHECK(plain.find('\x1b') == std::string::npos);
  CHECK(colored != plain);
  for (std::size_t at = colored.find('\x1b'); at != std::string::npos; at = colored.find('\x1b')) {
    colored.erase(at, colored.find('m', at) - at + 1);
  }
  CHECK(colored == plain);
}

}  // namespace
}  // namespace duly
