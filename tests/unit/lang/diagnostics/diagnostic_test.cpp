#include "lang/diagnostics/diagnostic.hpp"

#include <doctest/doctest.h>

#include <set>

namespace duly {
namespace {

Diagnostic at(Code code, std::uint32_t begin, std::string message = "message") {
  return {code, {SourceId{0}, begin, begin + 1}, std::move(message), "", {}, ""};
}

TEST_CASE("a code says by its first letter how serious it is") {
  CHECK(name(Code::E0203) == "E0203");
  CHECK(title(Code::E0203) == "A word of the language used as a name");
  CHECK(severity(Code::E0203) == Severity::error);
  CHECK(severity(Code::W0301) == Severity::warning);
}

TEST_CASE("every code is registered once, by a letter and four figures") {
  std::set<std::string_view> names;
  for (const Code code : all_codes()) {
    const std::string_view text = name(code);
    CHECK(names.insert(text).second);
    REQUIRE(text.size() == 5);
    CHECK((text[0] == 'E' || text[0] == 'W'));
    CHECK(text.find_first_not_of("0123456789", 1) == std::string_view::npos);
    CHECK_FALSE(title(code).empty());
    CHECK(title(code).back() != '.');
  }
}

TEST_CASE("errors and warnings are counted apart") {
  Diagnostics diagnostics;
  diagnostics.add(at(Code::E0203, 1));
  diagnostics.add(at(Code::W0301, 2));
  diagnostics.add(at(Code::W0302, 3));
  CHECK(diagnostics.errors() == 1);
  CHECK(diagnostics.warnings() == 2);
}

TEST_CASE("they are sorted by place, and what was said twice is said once") {
  Diagnostics diagnostics;
  diagnostics.add(at(Code::W0301, 9));
  diagnostics.add(at(Code::E0203, 5, "b"));
  diagnostics.add(at(Code::E0203, 5, "a"));
  diagnostics.add(at(Code::E0203, 5, "b"));
  diagnostics.sort();
  REQUIRE(diagnostics.all().size() == 3);
  CHECK(diagnostics.all()[0].message == "a");
  CHECK(diagnostics.all()[1].message == "b");
  CHECK(diagnostics.all()[2].code == Code::W0301);
  CHECK(diagnostics.errors() == 2);
}

}  // namespace
}  // namespace duly
