#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "lang/layout/layout.hpp"
#include "policy_texts.hpp"

/// The policies in tests/golden/layout: each file of `before` comes out as the one of that name in `after`, which is
/// its own layout. DULY_UPDATE_LAYOUT=1 rewrites `after`.
namespace duly {
namespace {

namespace fs = std::filesystem;

const fs::path folder = fs::path(DULY_SOURCE_DIR) / "tests" / "golden" / "layout";

std::string laid_out(const std::string& text) {
  SourceMap sources;
  Diagnostics diagnostics;
  const LaidOut result = lay_out(sources, sources.add("example.policy", text), diagnostics);
  CHECK(result.result == LaidOut::Result::done);
  return result.text;
}

}  // namespace

TEST_CASE("policies are laid out as those of tests/golden/layout/after") {
  const bool update = std::getenv("DULY_UPDATE_LAYOUT") != nullptr;
  std::size_t count = 0;
  for (const auto& entry : fs::directory_iterator(folder / "before")) {
    const fs::path after = folder / "after" / entry.path().filename();
    INFO(entry.path().filename().string());
    const std::string result = laid_out(read_text(entry.path()));
    if (update) std::ofstream(after, std::ios::binary) << result;
    CHECK(result == read_text(after));
    CHECK(laid_out(result) == result);
    ++count;
  }
  CHECK(count >= 5);
}

}  // namespace duly
