#include "policy_texts.hpp"

#include <fstream>
#include <iterator>
#include <stdexcept>

#include "lang/base/date.hpp"
#include "stdpolicy/standard_modules.hpp"

namespace duly {
namespace {

std::optional<LoadedModule> loaded(std::string_view name, std::string_view text) {
  return LoadedModule{std::string(name) + ".policy", std::string(text)};
}

std::optional<LoadedModule> find_module(const PolicyTexts& texts, std::string_view name) {
  if (const auto found = texts.find(name); found != texts.end()) return loaded(name, found->second);
  for (const EmbeddedModule& module : standard_modules()) {
    if (module.name == name) return loaded(name, module.text);
  }
  return std::nullopt;
}

}  // namespace

std::string read_text(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw std::runtime_error("cannot read " + file.string());
  return {std::istreambuf_iterator<char>(in), {}};
}

Compiled compile_text(const PolicyTexts& texts, const std::string& root) {
  Loader loader;
  loader.load = [&](std::string_view name, std::string_view) { return find_module(texts, name); };
  CompileOptions options;
  options.today = date_from_civil(2026, 11, 23).value();
  return compile({root + ".policy", texts.at(root)}, loader, options);
}

}  // namespace duly
