#include "lang/diagnostics/quoted_line.hpp"

#include <doctest/doctest.h>

#include <string>

namespace duly {
namespace {

QuotedLine quote(const std::string& text, std::uint32_t begin, std::uint32_t end) {
  SourceMap sources;
  const SourceId id = sources.add("a.policy", text);
  return quote_line(sources, {id, begin, end});
}

TEST_CASE("the place is marked below the author's line") {
  const QuotedLine line = quote("one\nrule when x\nthree", 9, 13);
  CHECK(line.text == "rule when x");
  CHECK(line.mark_column == 5);
  CHECK(line.mark_width == 4);
}

TEST_CASE("a place without width has a mark, at the end of a line and of a file too") {
  CHECK(quote("rule\nnext", 4, 4).mark_column == 4);
  CHECK(quote("rule\nnext", 4, 4).mark_width == 1);
  CHECK(quote("rule", 4, 4).text == "rule");
  CHECK(quote("rule\n", 5, 5).text.empty());
  CHECK(quote("", 0, 0).mark_width == 1);
}

TEST_CASE("of a place over several lines the part on the first is marked") {
  const QuotedLine line = quote("ab cd\nef", 3, 8);
  CHECK(line.text == "ab cd");
  CHECK(line.mark_width == 2);
}

TEST_CASE("tabs are spaces, and the mark stands below its word") {
  const QuotedLine line = quote("\tx\ty", 3, 4);
  CHECK(line.text == "    x    y");
  CHECK(line.mark_column == 9);
}

TEST_CASE("characters of several bytes take one column, wide ones two, combining ones none") {
  CHECK(quote("\"é\" x", 5, 6).mark_column == 4);
  CHECK(quote("漢字 x", 7, 8).mark_column == 5);
  CHECK(quote("e\xCC\x81 x", 4, 5).mark_column == 2);
  CHECK(quote("漢字", 0, 6).mark_width == 4);
}

TEST_CASE("nothing that moves a cursor reaches the terminal") {
  const QuotedLine line = quote("a\x1b[31m\x07 b\xFF\xE2\x80\xAE c", 6, 7);
  CHECK(line.text.find('\x1b') == std::string::npos);
  CHECK(line.text.find('\x07') == std::string::npos);
  CHECK(line.text.find("\xE2\x80\xAE") == std::string::npos);  // turns the direction of writing around
  CHECK(line.text.find("\xEF\xBF\xBD") != std::string::npos);
}

TEST_CASE("a long line is cut around the place, and the mark stays below it") {
  const std::string front(5000, 'a');
  const QuotedLine line = quote(front + "HERE" + std::string(5000, 'b'), 5000, 5004);
  CHECK(line.text.size() < 200);
  CHECK(line.text.starts_with("…a"));
  CHECK(line.text.ends_with("b…"));
  // The ellipsis is three bytes and one column.
  CHECK(line.text.substr(line.mark_column + 2, line.mark_width) == "HERE");
}

TEST_CASE("a long line keeps its beginning where the place is near it") {
  const QuotedLine line = quote("rule x" + std::string(5000, 'b'), 5, 6);
  CHECK(line.text.starts_with("rule xb"));
  CHECK(line.mark_column == 5);
}

TEST_CASE("a long place is marked as far as it is shown") {
  const QuotedLine line = quote(std::string(5000, 'x'), 0, 5000);
  CHECK(line.mark_width < 150);
}

TEST_CASE("a carriage return at the end of a line is not shown") { CHECK(quote("rule\r\nnext", 4, 4).text == "rule"); }

}  // namespace
}  // namespace duly
