#pragma once

#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "interpreter/eval/decision.hpp"
#include "lang/compile.hpp"

/// What the benchmarks decide.
namespace duly::bench {

/// A file below the repository, compiled with the standard policies at hand. Ends the program where it has errors.
const Compiled& policy(const std::string& file);
Compiled compile_text(std::string name, std::string text);

std::string read_text(const std::string& file);

/// Cases with every fact given but for `unknown` facts of each, at random, from one seed.
std::vector<Case> random_cases(const Program& program, std::size_t count, std::size_t unknown = 0);

/// Their order, shuffled anew on every pass, so that branch predictors do not learn the cases.
class Order {
 public:
  explicit Order(std::size_t count);
  const std::vector<std::uint32_t>& shuffled();

 private:
  std::vector<std::uint32_t> order_;
  std::mt19937 random_{7};
};

/// `count` rules on facts, definitions and one decision, as a large policy has them.
std::string generated_rules(std::size_t count);

/// The flowchart with so many rules more, each for one area of sixty; and cases in the one area that has none.
std::string with_irrelevant(std::size_t rules);
std::vector<Case> cases_in_no_area(const Program& program, std::size_t count);

}  // namespace duly::bench
