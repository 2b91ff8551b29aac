#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <sstream>
#include <vector>

#include "lang/diagnostics/diagnostic.hpp"
#include "lang/diagnostics/render.hpp"
#include "policy_texts.hpp"

/// Every code has a page in docs/errors, and the examples there do what the page says of them. An example is a whole
/// file, example.policy where its first line does not say otherwise (`# file: harbour.policy`); modules beside it stand
/// in blocks of their own (```policy file=basics.policy).
namespace duly {
namespace {

const std::filesystem::path pages = std::filesystem::path(DULY_SOURCE_DIR) / "docs" / "errors";

std::filesystem::path page_of(Code code) { return pages / fmt::format("{}.md", name(code)); }

// Codes whose page cannot hold an example: limits take thousands of lines. Policies made below exercise them.
const std::set<std::string_view> exercised_below = {"E0103", "E0902", "E0903", "E0904",
                                                    "E0905", "E0906", "E0907", "E0908"};

// Codes that no policy can bring out: the command reports a file that is not there.
const std::set<std::string_view> exercised_by_the_command = {"E0101"};

struct Block {
  std::string info;  // what stands behind the opening fence: `policy bad`
  std::string text;
};

std::vector<Block> fenced_blocks(const std::string& page) {
  std::vector<Block> blocks;
  bool inside = false;
  std::istringstream lines(page);
  for (std::string line; std::getline(lines, line);) {
    const bool is_fence = line.starts_with("```");
    if (is_fence && !inside) blocks.push_back({line.substr(3), ""});
    if (!is_fence && inside) blocks.back().text += line + "\n";
    if (is_fence) inside = !inside;
  }
  return blocks;
}

/// The name of an example's file, without its ending.
std::string file_of(const std::string& example) {
  constexpr std::string_view mark = "# file: ";
  if (!example.starts_with(mark)) return "example";
  const std::string file = example.substr(mark.size(), example.find('\n') - mark.size());
  return std::filesystem::path(file).stem().string();
}

/// A page of a code, as far as it speaks of policies; cases in JSON are tested with the reader of cases.
struct Page {
  explicit Page(Code its_code) : code(its_code), text(read_text(page_of(its_code))) {
    constexpr std::string_view module_block = "policy file=";
    for (Block& block : fenced_blocks(text)) {
      if (block.info == "policy bad") bad.push_back(std::move(block.text));
      if (block.info == "policy good") good.push_back(std::move(block.text));
      if (block.info.starts_with("json ")) speaks_of_json = true;
      if (!block.info.starts_with(module_block)) continue;
      const std::filesystem::path file = block.info.substr(module_block.size());
      modules.emplace(file.stem().string(), std::move(block.text));
    }
  }

  std::string title_line() const { return text.substr(0, text.find('\n')); }

  Compiled compile(const std::string& example) const {
    const std::string file = file_of(example);
    PolicyTexts texts = modules;
    texts.emplace(file, example);
    return compile_text(texts, file);
  }

  Code code;
  std::string text;
  std::vector<std::string> bad;
  std::vector<std::string> good;
  PolicyTexts modules;
  bool speaks_of_json = false;
};

/// Those that are there; one that is missing is reported once, by the test for that.
std::vector<Page> all_pages() {
  std::vector<Page> all;
  for (const Code code : all_codes()) {
    if (std::filesystem::exists(page_of(code))) all.emplace_back(code);
  }
  return all;
}

bool has(const Compiled& compiled, Code code) {
  const auto& all = compiled.diagnostics.all();
  return std::any_of(all.begin(), all.end(), [&](const Diagnostic& each) { return each.code == code; });
}

/// No error but of this code. Warnings beside it are in order: the examples are kept short.
bool has_no_error_but(const Compiled& compiled, Code code) {
  const auto& all = compiled.diagnostics.all();
  return std::all_of(all.begin(), all.end(), [&](const Diagnostic& each) {
    return each.code == code || severity(each.code) == Severity::warning;
  });
}

std::string shown(const Page& page, const Compiled& compiled) {
  return fmt::format("{}.md\n{}", name(page.code), render_text(compiled.sources, compiled.diagnostics));
}

}  // namespace

TEST_CASE("every code has a page with the registry's title") {
  for (const Code code : all_codes()) {
    CAPTURE(name(code));
    const bool is_there = std::filesystem::exists(page_of(code));
    CHECK(is_there);
    if (is_there) CHECK(Page(code).title_line() == fmt::format("# {}: {}", name(code), title(code)));
  }
}

TEST_CASE("every page is that of a code") {
  std::set<std::string> names;
  for (const Code code : all_codes()) names.insert(fmt::format("{}.md", name(code)));
  for (const auto& entry : std::filesystem::directory_iterator(pages)) {
    const std::string file = entry.path().filename().string();
    CAPTURE(file);
    CHECK((file == "README.md" || names.contains(file)));
  }
}

TEST_CASE("every page has examples, or its code is exercised by a policy made here") {
  for (const Page& page : all_pages()) {
    CAPTURE(name(page.code));
    if (page.speaks_of_json) continue;
    const bool has_examples = !page.bad.empty() && !page.good.empty();
    const bool needs_none =
        exercised_below.contains(name(page.code)) || exercised_by_the_command.contains(name(page.code));
    CHECK(has_examples != needs_none);
  }
}

TEST_CASE("a bad example brings out its page's code and no other error") {
  for (const Page& page : all_pages()) {
    for (const std::string& example : page.bad) {
      const Compiled compiled = page.compile(example);
      INFO(shown(page, compiled));
      CHECK(has(compiled, page.code));
      CHECK(has_no_error_but(compiled, page.code));
    }
  }
}

TEST_CASE("a good example has no error, and not what its page warns of") {
  for (const Page& page : all_pages()) {
    for (const std::string& example : page.good) {
      const Compiled compiled = page.compile(example);
      INFO(shown(page, compiled));
      CHECK(compiled.diagnostics.errors() == 0);
      CHECK_FALSE(has(compiled, page.code));
    }
  }
}

// ---- limits ----------------------------------------------------------------------------------------------------

namespace {

constexpr std::string_view header = "policy example \"Made by a test\"\n";

Compiled compile_example(std::string declarations) {
  return compile_text({{"example", std::string(header) + std::move(declarations)}}, "example");
}

/// As many declarations as wanted; `{}` in the pattern is the number of each.
std::string repeated(int count, std::string_view pattern) {
  std::string text;
  for (int i = 0; i < count; ++i) text += fmt::format(fmt::runtime(pattern), i);
  return text;
}

enum class Holds { nothing, a_decision };

/// `example` extends `m1`, which extends `m2`, and so on: a policy of so many modules.
Compiled compile_chain(int modules, Holds holds = Holds::a_decision) {
  PolicyTexts texts;
  const auto module_name = [](int i) { return i == 0 ? std::string("example") : fmt::format("m{}", i); };
  for (int i = 0; i < modules; ++i) {
    std::string text = fmt::format("policy {} \"Made by a test\"\n", module_name(i));
    if (i + 1 < modules) text += fmt::format("  extends {}\n", module_name(i + 1));
    if (holds == Holds::a_decision) text += fmt::format("decision d{} \"Which?\" p \"P\" q \"Q\"\n", i);
    texts.emplace(module_name(i), text);
  }
  return compile_text(texts, "example");
}

/// `example` extends all the others itself.
Compiled compile_fan(int modules) {
  PolicyTexts texts;
  std::string extends;
  for (int i = 1; i < modules; ++i) {
    texts.emplace(fmt::format("m{}", i), fmt::format("policy m{} \"Made by a test\"\n", i));
    extends += fmt::format("{} m{}", i == 1 ? "  extends" : ",", i);
  }
  texts.emplace("example", std::string(header) + extends + "\n");
  return compile_text(texts, "example");
}

/// Layers of rules, each of which stands in the place of every rule of the layer below.
std::string layered_rules(int layers, int rules) {
  std::string text = "decision d \"Which?\" p \"P\" q \"Q\" otherwise q\n";
  for (int layer = 0; layer < layers; ++layer) {
    std::string below;
    for (int i = 0; layer > 0 && i < rules; ++i) below += fmt::format("{} r_{}_{}", i ? "," : "", layer - 1, i);
    for (int i = 0; i < rules; ++i) {
      text += fmt::format("rule r_{}_{} \"R\" d is {}", layer, i, layer % 2 ? "p" : "q");
      text += below.empty() ? "\n" : fmt::format(" instead of{}\n", below);
    }
  }
  return text;
}

void check_limit(const Compiled& within, const Compiled& beyond, Code code) {
  const auto shown_code = name(code);
  CAPTURE(shown_code);
  CHECK(within.diagnostics.errors() == 0);
  CHECK(beyond.diagnostics.errors() == 1);
  CHECK(has(beyond, code));
}

}  // namespace

TEST_CASE("a policy comes to 64 modules, and not to 65") {
  check_limit(compile_chain(64), compile_chain(65), Code::E0903);
  check_limit(compile_fan(64), compile_fan(65), Code::E0903);
  check_limit(compile_chain(64), compile_chain(500), Code::E0903);
}

TEST_CASE("a chain of modules is read in no time, even where none of them decides anything") {
  CHECK(compile_chain(64, Holds::nothing).diagnostics.errors() == 0);
}

TEST_CASE("a policy has 4,096 facts, and not 4,097") {
  constexpr std::string_view fact = "fact f{} \"A fact\" : yes/no\n";
  check_limit(compile_example(repeated(4096, fact)), compile_example(repeated(4097, fact)), Code::E0904);
}

TEST_CASE("a policy has 16,384 rules, and not 16,385") {
  constexpr std::string_view rule = "rule r{} \"A rule\" must act\n";
  const std::string action = "action act \"Act\"\n";
  check_limit(compile_example(action + repeated(16384, rule)), compile_example(action + repeated(16385, rule)),
              Code::E0905);
}

TEST_CASE("a set is of 64 kinds of element, and not of 65") {
  const auto set_of = [](int count) {
    return compile_example("choice item \"Item\"\n" + repeated(count, "  v{} \"V\"\n") +
                           "fact s \"S\" : set of item\n");
  };
  check_limit(set_of(64), set_of(65), Code::E0906);
}

TEST_CASE("rules stand in each other's place in 65,536 ways at most") {
  check_limit(compile_example(layered_rules(3, 10)), compile_example(layered_rules(6, 10)), Code::E0907);
}

TEST_CASE("reading stops after fifty errors") {
  constexpr std::string_view nameless = "fact \"No name\" : yes/no\n";
  const Compiled compiled = compile_example(repeated(60, nameless));
  CHECK(compiled.diagnostics.errors() == 51);
  CHECK(has(compiled, Code::E0908));
  CHECK_FALSE(has(compile_example(repeated(49, nameless)), Code::E0908));
}

TEST_CASE("a file is text in UTF-8") {
  const Compiled compiled = compile_example("# \xFF\n");
  CHECK(compiled.diagnostics.errors() == 1);
  CHECK(has(compiled, Code::E0103));
}

TEST_CASE("a file is of 1 MiB, and not of a byte more") {
  const auto file_of = [](std::size_t size) {
    std::string text(header);
    text += "# " + std::string(size - text.size() - 3, '-') + "\n";
    return compile_text({{"example", text}}, "example");
  };
  check_limit(file_of(1U << 20), file_of((1U << 20) + 1), Code::E0902);
}

}  // namespace duly
