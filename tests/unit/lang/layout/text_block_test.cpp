#include "lang/layout/text_block.hpp"

#include <doctest/doctest.h>

#include "lang/parse/text_value.hpp"

namespace duly {

TEST_CASE("a text on one line stays as it is written") {
  CHECK(indented_text("\"a \\n # b\"", 4) == "\"a \\n # b\"");
  CHECK(indented_text("\"\"\"  a \"b\" \"\"\"", 4) == "\"\"\"  a \"b\" \"\"\"");
}

TEST_CASE("the lines of a longer text are moved together") {
  CHECK(indented_text("\"\"\"\n a\n   b\n\n c\n\"\"\"", 4) == "\"\"\"\n    a\n      b\n\n    c\n    \"\"\"");
  CHECK(indented_text("\"\"\"a\n   b\"\"\"", 2) == "\"\"\"\n  a\n  b\n  \"\"\"");
  CHECK(indented_text("\"\"\"\r\n  a\r\n  b\r\n\"\"\"", 2) == "\"\"\"\n  a\n  b\n  \"\"\"");
}

TEST_CASE("it never becomes another text") {
  for (const char* text :
       {"\"\"\"\n\"\"\"", "\"\"\"\n\n\"\"\"", "\"\"\"   a\n\"\"\"", "\"\"\"\n  a  \n\n\n  b\n\n\"\"\"",
        "\"\"\"\n\ta\n  b\"\"\"", "\"\"\"   a\r\n   \"\"\"", "\"\"\"a\r\r\n\"\"\"", "\"\"\"  \n  a\n b\"\"\""}) {
    for (const std::size_t indent : {0U, 2U, 7U}) {
      const std::string once = indented_text(text, indent);
      INFO(once);
      CHECK(text_value(once).value == text_value(text).value);
      CHECK(indented_text(once, indent) == once);
    }
  }
}

}  // namespace duly
