#pragma once

#include <doctest/doctest.h>

#include <filesystem>
#include <functional>
#include <string>

#include "lang/compile.hpp"
#include "tests/golden/policy_texts.hpp"

namespace duly {

/// Every policy of `stdpolicy` and `examples`, compiled.
inline void for_each_shipped(const std::function<void(const std::string& name, const Program& program)>& visit) {
  const std::filesystem::path source(DULY_SOURCE_DIR);
  PolicyTexts texts;
  for (const char* folder : {"stdpolicy", "examples"}) {
    for (const auto& file : std::filesystem::recursive_directory_iterator(source / folder)) {
      if (file.path().extension() == ".policy") texts.emplace(file.path().stem().string(), read_text(file.path()));
    }
  }
  REQUIRE(texts.size() > 5);
  for (const auto& each : texts) {
    const std::string& name = each.first;
    const Compiled compiled = compile_text(texts, name);
    INFO(name);
    REQUIRE(compiled.program.has_value());
    visit(name, *compiled.program);
  }
}

}  // namespace duly
