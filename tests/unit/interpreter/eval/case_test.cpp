#include "interpreter/eval/case.hpp"

#include <doctest/doctest.h>

namespace duly {
namespace {

Program program_with(std::initializer_list<TypeKind> kinds) {
  Program program;
  for (const TypeKind kind : kinds) {
    Fact fact;
    fact.type.kind = kind;
    program.facts.push_back(fact);
  }
  return program;
}

TEST_CASE("a case knows nothing at first, and is of today") {
  const Case facts(program_with({TypeKind::yes_no, TypeKind::text}));
  CHECK_FALSE(facts.known(FactId{0}));
  CHECK_FALSE(facts.known(FactId{1}));
  CHECK(facts.as_at == today());
}

TEST_CASE("facts are set, changed and taken away") {
  Case facts(program_with({TypeKind::number, TypeKind::text, TypeKind::text}));
  facts.set(FactId{0}, 11);
  facts.set_text(FactId{1}, "first");
  facts.set_text(FactId{2}, "second");
  facts.set_text(FactId{1}, "changed");
  CHECK(facts.value(FactId{0}) == 11);
  CHECK(facts.text(FactId{1}) == "changed");
  CHECK(facts.text(FactId{2}) == "second");
  facts.clear(FactId{1});
  CHECK_FALSE(facts.known(FactId{1}));
  CHECK(facts.text(FactId{2}) == "second");
  facts.set_text(FactId{1}, "again");
  CHECK(facts.text(FactId{1}) == "again");
  facts.clear();
  CHECK_FALSE(facts.known(FactId{0}));
  CHECK_FALSE(facts.known(FactId{2}));
  CHECK(facts.text(FactId{2}).empty());
}

TEST_CASE("a test's case starts from what it declares") {
  const Program program = program_with({TypeKind::number, TypeKind::text, TypeKind::yes_no});
  TestCase declared;
  declared.as_at = date_from_civil(2024, 2, 29);
  declared.facts = {{FactId{0}, 7, {}}, {FactId{1}, Scalar{0}, "a note"}};
  const Case facts = make_case(program, declared);
  CHECK(facts.value(FactId{0}) == 7);
  CHECK(facts.text(FactId{1}) == "a note");
  CHECK_FALSE(facts.known(FactId{2}));
  CHECK(facts.as_at == *declared.as_at);
}

}  // namespace
}  // namespace duly
