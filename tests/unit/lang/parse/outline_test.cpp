#include "lang/parse/outline.hpp"

#include <doctest/doctest.h>

#include <string>

namespace duly {
namespace {

/// The parts of one kind, each without the white space behind it, in bars.
std::string of_kind(PartKind kind, std::string_view text) {
  std::string all = "|";
  for (const Part& part : outline(text)) {
    if (part.kind != kind) continue;
    std::string_view words = text.substr(part.begin, part.end - part.begin);
    words = words.substr(0, words.find_last_not_of(" \n") + 1);
    all += std::string(words) + '|';
  }
  return all;
}

constexpr std::string_view text =
    "policy a \"A\" version \"1\" "
    "define b \"B\" means any of - c: d and (e or f) [g.h] - not i "
    "record j \"J\" field k \"K\" : text from l when m\n";

}  // namespace

TEST_CASE("the parts of a policy are found by the grammar") {
  CHECK(of_kind(PartKind::declaration, text) ==
        "|policy a \"A\" version \"1\""
        "|define b \"B\" means any of - c: d and (e or f) [g.h] - not i"
        "|record j \"J\" field k \"K\" : text from l when m|");
  CHECK(of_kind(PartKind::clause, text) == "|version \"1\"|field k \"K\" : text from l when m|");
  CHECK(of_kind(PartKind::addition, text) == "|from l|when m|");
  CHECK(of_kind(PartKind::ending, text) == "|: text|");
  CHECK(of_kind(PartKind::title, text) == "|\"A\"|\"B\"|\"J\"|\"K\"|");
  CHECK(of_kind(PartKind::meaning, text) == "|means any of - c: d and (e or f) [g.h] - not i|");
  CHECK(of_kind(PartKind::list, text) == "|any of - c: d and (e or f) [g.h] - not i|");
  CHECK(of_kind(PartKind::item, text) == "|- c: d and (e or f) [g.h]|- not i|");
  CHECK(of_kind(PartKind::item_cites, text) == "|[g.h]|");
  CHECK(of_kind(PartKind::conjunction, text) == "|and|or|");
  CHECK(of_kind(PartKind::parenthesised, text) == "|(e or f)|");
}

TEST_CASE("what holds other parts stands before them") {
  std::uint32_t begin = 0;
  for (const Part& part : outline(text)) {
    CHECK(part.begin >= begin);
    CHECK(part.end > part.begin);
    begin = part.begin;
  }
}

TEST_CASE("a text that cannot be read has no parts") {
  for (const char* broken : {"", "# nothing", "policy", "policy a \"A\" fact b", "policy a \"A\" nonsense"}) {
    CHECK(outline(broken).empty());
  }
}

}  // namespace duly
