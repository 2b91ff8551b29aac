#pragma once

#include <doctest/doctest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "stdpolicy/standard_modules.hpp"
#include "tests/golden/policy_texts.hpp"

namespace duly {

struct ShippedPolicy {
  std::string name;
  Compiled compiled;
};

/// Every shipped policy, compiled.
inline const std::vector<ShippedPolicy>& shipped_policies() {
  static const std::vector<ShippedPolicy> policies = [] {
    std::vector<ShippedPolicy> result;
    for (const EmbeddedModule& module : standard_modules()) {
      const std::string name(module.name);
      result.push_back({name, compile_text({{name, std::string(module.text)}}, name)});
    }
    for (const auto& entry : std::filesystem::recursive_directory_iterator(DULY_SOURCE_DIR "/examples")) {
      if (entry.path().extension() != ".policy") continue;
      const std::string name = entry.path().stem().string();
      result.push_back({name, compile_text({{name, read_text(entry.path())}}, name)});
    }
    return result;
  }();
  return policies;
}

/// Calls `visit` with the program and each of its cases.
template <class Visit>
void each_shipped_case(Visit visit) {
  std::size_t count = 0;
  for (const ShippedPolicy& policy : shipped_policies()) {
    INFO("policy ", policy.name);
    REQUIRE(policy.compiled.program.has_value());
    const Program& program = *policy.compiled.program;
    for (const TestCase& test_case : program.cases) {
      INFO("case ", test_case.full_name);
      visit(program, test_case);
      ++count;
    }
  }
  CHECK(count > 100);
}

}  // namespace duly
