#include "lang/layout/same_meaning.hpp"

#include <doctest/doctest.h>

#include "tests/unit/lang/parse/parsed.hpp"

namespace duly {
namespace {

bool same(const std::string& a, const std::string& b) { return same_meaning(parsed(a).module, parsed(b).module); }

}  // namespace

TEST_CASE("places and comments do not matter") {
  CHECK(same("fact a \"A\" : yes/no ask \"A?\"", "# A\nfact\n  a \"A\" : yes/ no\n\n ask  \"A?\" # B"));
  CHECK(same("case a \"A\" story \"\"\"\n    One\n     two\n  \"\"\"", "case a \"A\" story \"One\\n two\""));
}

TEST_CASE("everything else does") {
  CHECK_FALSE(same("fact a \"A\" : yes/no", "fact b \"A\" : yes/no"));
  CHECK_FALSE(same("fact a \"A\" : yes/no", "fact a \"B\" : yes/no"));
  CHECK_FALSE(same("fact a \"A\" : yes/no", "fact a \"A\" : date"));
  CHECK_FALSE(same("fact a \"A\" : yes/no", "fact a \"A\" : yes/no judgement"));
  CHECK_FALSE(same("fact a \"A\" : yes/no", "fact a \"A\" : yes/no ask \"A?\""));
  CHECK_FALSE(same("fact a \"A\" : yes/no", "fact a \"A\" : yes/no fact b \"B\" : yes/no"));
  CHECK_FALSE(same("rule a \"A\" b is yes when c", "rule a \"A\" b is yes when not c"));
  CHECK_FALSE(same("rule a \"A\" b is yes when c and d", "rule a \"A\" b is yes when d and c"));
  CHECK_FALSE(same("rule a \"A\" b is yes when c and (d and e)", "rule a \"A\" b is yes when c and d and e"));
  CHECK_FALSE(same("rule a \"A\" b is yes when c is 1", "rule a \"A\" b is yes when c is 2"));
  CHECK_FALSE(same("rule a \"A\" b is yes when c is under 1", "rule a \"A\" b is yes when c is over 1"));
  CHECK_FALSE(same("rule a \"A\" must b", "rule a \"A\" should b"));
  CHECK_FALSE(same("rule a \"A\" must b", "rule a \"A\" must b despite all"));
  CHECK_FALSE(same("record a \"A\" cite s.b field c \"C\" : text", "record a \"A\" field c \"C\" : text cite s.b"));
}

}  // namespace duly
