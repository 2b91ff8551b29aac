#include "interpreter/batch/line_blocks.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "tests/unit/interpreter/batch/random_facts.hpp"

namespace duly {
namespace {

/// Gives a text in pieces of at most `piece` bytes, as pipes do, and checks that no one asks on after the end.
class Pieces {
 public:
  Pieces(std::string text, std::size_t piece) : text_(std::move(text)), piece_(piece) {}
  std::size_t operator()(char* to, std::size_t bytes) {
    REQUIRE(bytes > 0);
    const std::size_t got = std::min({bytes, piece_, text_.size() - given_});
    std::copy_n(text_.data() + given_, got, to);
    given_ += got;
    return got;
  }
  std::size_t given() const { return given_; }

 private:
  std::string text_;
  std::size_t piece_;
  std::size_t given_ = 0;
};

struct Line {
  std::string text;
  std::uint64_t number;
  bool operator==(const Line&) const = default;
};

constexpr LineBlocks::Sizes small{.block = 8, .longest_line = 20, .padding = 16};
constexpr std::size_t whole = 1000;

std::vector<Line> lines_of(const std::string& text, std::size_t piece = whole, LineBlocks::Sizes sizes = small,
                           std::uint64_t first_line = 1) {
  LineBlocks blocks(Pieces(text, piece), sizes, first_line);
  LineBlock block;
  std::vector<Line> lines;
  while (blocks.next(block)) {
    REQUIRE(block.size > 0);
    REQUIRE(block.text.size() == block.size + sizes.padding);
    for_each_line(block, [&](std::string_view line, std::uint64_t number) {
      lines.push_back({std::string(line), number});
    });
  }
  CHECK(blocks.bytes_read() == text.size());
  CHECK_FALSE(blocks.next(block));
  return lines;
}

/// What should come out, worked out in the plainest way.
std::vector<Line> expected(const std::string& text, std::size_t longest) {
  std::vector<Line> lines;
  std::size_t begin = 0;
  while (begin < text.size()) {
    const std::size_t end = text.find('\n', begin);
    std::string line = text.substr(begin, end == std::string::npos ? end : end - begin);
    begin = end == std::string::npos ? text.size() : end + 1;
    if (line.size() <= longest && end != std::string::npos && line.ends_with('\r')) line.pop_back();
    lines.push_back({line, lines.size() + 1});
  }
  return lines;
}

TEST_CASE("a stream without a byte has no lines") { CHECK(lines_of("").empty()); }

TEST_CASE("lines are cut at line ends, and counted from 1") {
  CHECK(lines_of("a\nb\n") == std::vector<Line>{{"a", 1}, {"b", 2}});
  CHECK(lines_of("\n\na\n") == std::vector<Line>{{"", 1}, {"", 2}, {"a", 3}});
}

TEST_CASE("the last line may be without a line end") {
  CHECK(lines_of("a\nb") == std::vector<Line>{{"a", 1}, {"b", 2}});
  CHECK(lines_of("a") == std::vector<Line>{{"a", 1}});
}

TEST_CASE("a carriage return is of the line end, and of nothing else") {
  CHECK(lines_of("a\r\nb\r\n\r\n") == std::vector<Line>{{"a", 1}, {"b", 2}, {"", 3}});
  CHECK(lines_of("a\rb\r\r\n") == std::vector<Line>{{"a\rb\r", 1}});
  CHECK(lines_of("a\r") == std::vector<Line>{{"a\r", 1}});
}

TEST_CASE("a line end at the border of a block belongs to the line before it") {
  CHECK(lines_of("1234567\n1234567\n1\n") == std::vector<Line>{{"1234567", 1}, {"1234567", 2}, {"1", 3}});
  CHECK(lines_of("12345678\n12\n") == std::vector<Line>{{"12345678", 1}, {"12", 2}});
  CHECK(lines_of("1234567\r\n12\n") == std::vector<Line>{{"1234567", 1}, {"12", 2}});
}

TEST_CASE("a line may be longer than a block") {
  CHECK(lines_of("12345678901234567890\nb\n") == std::vector<Line>{{"12345678901234567890", 1}, {"b", 2}});
}

TEST_CASE("of a line past the longest so much is kept that it can be refused, and the next lines are whole") {
  const std::string longer(100, 'x');
  for (const std::size_t piece : {std::size_t{1}, std::size_t{3}, std::size_t{8}, whole}) {
    CAPTURE(piece);
    const std::vector<Line> lines = lines_of("a\n" + longer + "\nb\nc\n" + longer + "\n" + longer + "\nd", piece);
    REQUIRE(lines.size() == 7);
    for (const std::size_t i : {std::size_t{1}, std::size_t{4}, std::size_t{5}}) {
      CHECK(lines[i].text.size() > small.longest_line);
      CHECK(lines[i].text.size() <= small.longest_line + small.block);
      CHECK(lines[i].number == i + 1);
    }
    CHECK(lines[0] == Line{"a", 1});
    CHECK(lines[2] == Line{"b", 3});
    CHECK(lines[3] == Line{"c", 4});
    CHECK(lines[6] == Line{"d", 7});
  }
  REQUIRE(lines_of(longer).size() == 1);
  CHECK(lines_of(longer)[0].text.size() == small.longest_line + 1);
}

TEST_CASE("numbers can count on from those of a stream before") {
  CHECK(lines_of("a\nb\n", whole, small, 41) == std::vector<Line>{{"a", 41}, {"b", 42}});
}

TEST_CASE("no more is read than until a line is whole") {
  Pieces pieces("first\nsecond\n", 6);
  LineBlocks blocks([&](char* to, std::size_t bytes) { return pieces(to, bytes); }, small);
  LineBlock block;
  REQUIRE(blocks.next(block));
  CHECK(block.text.substr(0, block.size) == "first\n");
  CHECK(pieces.given() == 6);
}

TEST_CASE("whatever the text, the blocks and the pieces it comes in, the lines are the same") {
  const unsigned seed = random_seed();
  CAPTURE(seed);
  std::mt19937 random(seed);
  const auto up_to = [&](std::size_t most) { return std::uniform_int_distribution<std::size_t>(0, most)(random); };
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    for (std::size_t length = up_to(120); length > 0; --length) {
      const std::size_t kind = up_to(11);
      text += kind == 0 ? '\n' : kind == 1 ? '\r' : static_cast<char>('a' + kind);
    }
    if (up_to(3) == 0) text += std::string(up_to(90), 'z') + "\n";
    const LineBlocks::Sizes sizes{.block = 1 + up_to(15), .longest_line = 1 + up_to(60), .padding = up_to(8)};
    const std::size_t piece = 1 + up_to(20);
    CAPTURE(text);
    CAPTURE(sizes.block);
    CAPTURE(sizes.longest_line);
    CAPTURE(piece);
    const std::vector<Line> lines = lines_of(text, piece, sizes);
    const std::vector<Line> right = expected(text, sizes.longest_line);
    REQUIRE(lines.size() == right.size());
    for (std::size_t i = 0; i < lines.size(); ++i) {
      CAPTURE(i);
      REQUIRE(lines[i].number == right[i].number);
      if (right[i].text.size() <= sizes.longest_line) {
        REQUIRE(lines[i].text == right[i].text);
      } else {
        // The carriage return of a line end may be gone, and the line is still too long or just as long as is allowed.
        REQUIRE(lines[i].text.size() >= sizes.longest_line);
        REQUIRE(right[i].text.starts_with(lines[i].text));
      }
    }
  }
}

}  // namespace
}  // namespace duly
