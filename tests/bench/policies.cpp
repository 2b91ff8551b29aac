#include "tests/bench/policies.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <sstream>

#include "lang/diagnostics/render.hpp"
#include "stdpolicy/standard_modules.hpp"

namespace duly::bench {

std::string read_text(const std::string& file) {
  std::ifstream stream(DULY_SOURCE_DIR "/" + file);
  std::stringstream text;
  text << stream.rdbuf();
  return text.str();
}

Compiled compile_text(std::string name, std::string text) {
  Loader loader;
  loader.load = [](std::string_view module, std::string_view) -> std::optional<LoadedModule> {
    for (const EmbeddedModule& standard : standard_modules()) {
      if (standard.name == module) return LoadedModule{fmt::format("{}.policy", module), std::string(standard.text)};
    }
    return std::nullopt;
  };
  loader.known = [] { return std::vector<std::string>{}; };
  Compiled compiled = compile({std::move(name), std::move(text)}, loader, {});
  if (!compiled.program) {
    std::fputs(render_text(compiled.sources, compiled.diagnostics).c_str(), stderr);
    std::exit(1);
  }
  return compiled;
}

const Compiled& policy(const std::string& file) {
  static std::map<std::string, Compiled> compiled;
  const auto found = compiled.find(file);
  if (found != compiled.end()) return found->second;
  return compiled.emplace(file, compile_text(file, read_text(file))).first->second;
}

std::vector<Case> random_cases(const Program& program, std::size_t count, std::size_t unknown) {
  std::mt19937 random(20260);
  std::vector<std::uint32_t> facts;
  for (std::uint32_t i = 0; i < program.facts.size(); ++i) {
    if (program.facts[i].type.kind != TypeKind::text) facts.push_back(i);
  }
  std::vector<Case> cases;
  for (std::size_t i = 0; i < count; ++i) {
    Case& made = cases.emplace_back(program);
    made.as_at = Date{20000};
    std::shuffle(facts.begin(), facts.end(), random);
    for (std::size_t f = unknown; f < facts.size(); ++f) {
      const Type& type = program.facts[facts[f]].type;
      Scalar low = type.low;
      Scalar high = type.high;
      if (type.kind == TypeKind::set) low = 0, high = 3;
      if (type.kind == TypeKind::date || (type.kind == TypeKind::number && high - low > 10'000)) low = 0, high = 10'000;
      made.set(FactId{facts[f]}, std::uniform_int_distribution<Scalar>(low, high)(random));
    }
  }
  return cases;
}

Order::Order(std::size_t count) {
  for (std::uint32_t i = 0; i < count; ++i) order_.push_back(i);
}

const std::vector<std::uint32_t>& Order::shuffled() {
  std::shuffle(order_.begin(), order_.end(), random_);
  return order_;
}

std::string generated_rules(std::size_t count) {
  const std::size_t facts = std::max<std::size_t>(20, count / 10);
  const std::size_t definitions = std::max<std::size_t>(5, count / 20);
  std::string text = "policy generated \"Generated rules\"\n";
  for (std::size_t i = 0; i < facts; ++i) text += fmt::format("fact f{} \"F\" : yes/no ask \"F?\"\n", i);
  text += "fact age \"Age\" : number of years from 0 to 17 ask \"How old?\"\n";
  text += "decision d \"What?\"\n  a \"A\"\n  b \"B\"\n  otherwise b\n";
  for (std::size_t i = 0; i < definitions; ++i) text += fmt::format("define v{} \"V\" : yes/no otherwise no\n", i);
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t about = i % definitions;
    text += fmt::format("rule r{} \"R\" {} when f{} and not f{} and age is under {}{}\n", i,
                        i % 20 == 0 ? "d is a" : fmt::format("v{} is yes", about), i * 7 % facts, (i * 7 + 13) % facts,
                        i % 17 + 1, about > 0 && i % 3 == 0 && i % 20 != 0 ? fmt::format(" and v{}", about - 1) : "");
  }
  text += "rule last \"Every definition is read\" d is a when any of\n";
  for (std::size_t i = 0; i < definitions; ++i) text += fmt::format("  - v{}\n", i);
  return text;
}

std::string with_irrelevant(std::size_t rules) {
  std::string text = read_text("tests/bench/flowchart.policy");
  text += "\nchoice area \"Areas\"\n";
  for (int i = 0; i < 60; ++i) text += fmt::format("  area_{} \"Area {}\"\n", i, i);
  text += "fact case.area \"The area\" : area ask \"Which?\"\n";
  for (std::size_t i = 0; i < rules; ++i) {
    text += fmt::format("rule other_{} \"R\" sharing is seek_advice when case.area is area_{} and child.age is {}\n", i,
                        1 + i % 59, i % 18);
  }
  return text;
}

std::vector<Case> cases_in_no_area(const Program& program, std::size_t count) {
  std::vector<Case> cases = random_cases(program, count);
  for (Case& each : cases) each.set(*program.find_fact("case.area"), 0);
  return cases;
}

}  // namespace duly::bench
