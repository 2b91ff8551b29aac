#include "lang/parse/grammar.hpp"

#include <doctest/doctest.h>

#include <tao/pegtl/contrib/analyze.hpp>

namespace duly {
namespace {

TEST_CASE("no rule of the grammar can go on without taking anything") {
  CHECK(tao::pegtl::analyze<grammar::declaration>() == 0);
  CHECK(tao::pegtl::analyze<grammar::policy_declaration>() == 0);
}

}  // namespace
}  // namespace duly
