#include "lang/source/source.hpp"

#include <doctest/doctest.h>

namespace duly {
namespace {

TEST_CASE("lines and columns count from one") {
  SourceMap sources;
  const SourceId id = sources.add("a.policy", "one\ntwo\n\nfour");
  CHECK(sources.position(id, 0).line == 1);
  CHECK(sources.position(id, 0).column == 1);
  CHECK(sources.position(id, 3).column == 4);  // the line's end still lies on it
  CHECK(sources.position(id, 4).line == 2);
  CHECK(sources.position(id, 8).line == 3);
  CHECK(sources.position(id, 12).line == 4);
}

TEST_CASE("columns count characters, not bytes") {
  SourceMap sources;
  const SourceId id = sources.add("a.policy", "“é” x");
  CHECK(sources.position(id, 9).column == 5);
}

TEST_CASE("the line of an offset comes without its end, whichever that is") {
  SourceMap sources;
  const SourceId id = sources.add("a.policy", "one\r\ntwo\nthree");
  CHECK(sources.line(id, 1) == "one");
  CHECK(sources.line(id, 6) == "two");
  CHECK(sources.line(id, 8) == "two");
  CHECK(sources.line(id, 10) == "three");
}

TEST_CASE("an offset at or behind the end belongs to the last line") {
  SourceMap sources;
  const SourceId id = sources.add("a.policy", "one\ntwo");
  CHECK(sources.position(id, 7).line == 2);
  CHECK(sources.position(id, 700).column == 4);
  CHECK(sources.line(id, 700) == "two");
  CHECK(sources.text(Span{id, 4, 700}) == "two");
  const SourceId empty = sources.add("b.policy", "");
  CHECK(sources.position(empty, 0).line == 1);
  CHECK(sources.line(empty, 0).empty());
}

TEST_CASE("texts stay where they are named, however many are added") {
  SourceMap sources;
  const SourceId first = sources.add("a.policy", "first");
  for (int i = 0; i < 100; ++i) sources.add("b.policy", "other");
  CHECK(sources.name(first) == "a.policy");
  CHECK(sources.text(Span{first, 1, 3}) == "ir");
  CHECK(sources.size() == 101);
}

TEST_CASE("a span covers two others") {
  const SourceId id{0};
  CHECK(cover({id, 5, 9}, {id, 2, 7}) == Span{id, 2, 9});
}

}  // namespace
}  // namespace duly
