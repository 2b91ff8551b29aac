#pragma once

#include <doctest/doctest.h>

#include <array>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "interpreter/eval/case.hpp"
#include "lang/compile.hpp"
#include "tests/property/model.hpp"

/// Generated policies as the compiler takes them.
namespace duly {

/// 1, 2, …; DULY_SEED=N is that one alone, DULY_SEEDS=N the first N.
inline std::vector<std::uint32_t> seeds(std::uint32_t count) {
  if (const char* one = std::getenv("DULY_SEED")) return {static_cast<std::uint32_t>(std::strtoul(one, nullptr, 10))};
  if (const char* more = std::getenv("DULY_SEEDS")) count = static_cast<std::uint32_t>(std::strtoul(more, nullptr, 10));
  std::vector<std::uint32_t> result;
  for (std::uint32_t seed = 1; seed <= count; ++seed) result.push_back(seed);
  return result;
}

inline Compiled compile_texts(const std::array<std::string, 2>& texts) {
  Loader loader;
  loader.load = [&](std::string_view name, std::string_view) -> std::optional<LoadedModule> {
    if (name != "basic") return std::nullopt;
    return LoadedModule{"basic.policy", texts[0]};
  };
  CompileOptions options;
  options.lint = false;
  return compile({"example.policy", texts[1]}, loader, options);
}

inline Case case_of(const Program& program, const model::Partial& facts) {
  Case result(program);
  result.as_at = Date{20000};
  for (std::size_t i = 0; i < model::fact_count; ++i) {
    if (facts[i]) result.set(*program.find_fact(model::fact_names[i]), *facts[i]);
  }
  return result;
}

inline model::Partial some_facts(model::Random& random, int percent_known) {
  model::Partial facts;
  for (std::size_t i = 0; i < model::fact_count; ++i) {
    const int value = static_cast<int>(random() % static_cast<unsigned>(model::fact_sizes[i]));
    if (static_cast<int>(random() % 100) < percent_known) facts[i] = value;
  }
  return facts;
}

inline SubjectId subject_of(const Program& program, const model::Value& value) {
  for (std::uint32_t i = 0; i < program.subjects.size(); ++i) {
    if (program.subjects[i].name == value.name) return SubjectId{i};
  }
  FAIL("no such value: " << value.name);
  return {};
}

}  // namespace duly
