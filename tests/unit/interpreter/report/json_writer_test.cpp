#include "interpreter/report/json_writer.hpp"

#include <doctest/doctest.h>

namespace duly {
namespace {

void write_example(JsonWriter& json) {
  json.open_object().key("a").number(-1).key("b").open_array().boolean(true).open_object().close_object();
  json.close_array().key("c").open_line().text("x").text("\"y\"\n").close_array().key("d").null();
  json.key("e").open_array().close_array().key("f").raw("[1]").key("g").text_or_null("").close_object();
}

TEST_CASE("JSON is written prettily") {
  JsonWriter json;
  write_example(json);
  CHECK(json.take() == R"({
  "a": -1,
  "b": [
    true,
    {}
  ],
  "c": ["x", "\"y\"\n"],
  "d": null,
  "e": [],
  "f": [1],
  "g": null
}
)");
}

TEST_CASE("JSON is written on one line") {
  JsonWriter json(JsonWriter::Style::compact);
  write_example(json);
  CHECK(json.take() == R"({"a":-1,"b":[true,{}],"c":["x","\"y\"\n"],"d":null,"e":[],"f":[1],"g":null})");
}

}  // namespace
}  // namespace duly
