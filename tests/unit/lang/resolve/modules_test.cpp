#include "lang/resolve/modules.hpp"

#include <doctest/doctest.h>

#include "tests/golden/policy_texts.hpp"

using namespace duly;

TEST_CASE("modules stand in order, the most basic first, each once") {
  const Compiled compiled = compile_text({{"top", "policy top \"T\" extends left, right\n"},
                                          {"left", "policy left \"L\" extends base\n"},
                                          {"right", "policy right \"R\" extends base\n"},
                                          {"base", "policy base \"B\"\n"}},
                                         "top");
  REQUIRE(compiled.program.has_value());
  std::vector<std::string> names;
  for (const Module& module : compiled.program->modules) names.push_back(module.name);
  CHECK(names == std::vector<std::string>{"base", "left", "right", "top"});
  CHECK(compiled.program->policy().all_extends.size() == 3);
}

TEST_CASE("a circle of modules names the circle") {
  const Compiled compiled =
      compile_text({{"a", "policy a \"A\" extends b\n"}, {"b", "policy b \"B\" extends a\n"}}, "a");
  REQUIRE(compiled.diagnostics.errors() == 1);
  CHECK(compiled.diagnostics.all()[0].code == Code::E0306);
  CHECK(compiled.diagnostics.all()[0].message.find("`a` extends `b` extends `a`") != std::string::npos);
}

TEST_CASE("a long chain of modules without a decision compiles at once") {
  PolicyTexts texts;
  for (int i = 0; i < 60; ++i) {
    const std::string name = "m" + std::to_string(i);
    texts[name] = "policy " + name + " \"M\"" + (i ? " extends m" + std::to_string(i - 1) : "") + "\n";
  }
  const Compiled compiled = compile_text(texts, "m59");
  REQUIRE(compiled.program.has_value());
  CHECK_FALSE(compiled.program->default_decision.has_value());
}
