#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

namespace duly {

/// Whole lines that follow each other in a stream.
struct LineBlock {
  std::string text;              // the lines, each with its line end, and padding after the last
  std::size_t size = 0;          // without the padding
  std::uint64_t first_line = 0;  // its number
};

/// Cuts a stream into blocks of whole lines. One thread at a time.
class LineBlocks {
 public:
  struct Sizes {
    std::size_t block = 256u << 10;
    std::size_t longest_line = 16u << 20;  // of a longer one this much and a byte are kept, so that it can be refused
    std::size_t padding = 64;              // bytes after the lines
  };
  /// Reads into a place at most so many bytes, and returns how many; 0 at the end or where no more can be read.
  using Read = std::function<std::size_t(char*, std::size_t)>;

  /// The first line of the stream bears the number `first_line`.
  LineBlocks(Read read, Sizes sizes, std::uint64_t first_line = 1)
      : read_(std::move(read)), sizes_(sizes), lines_(first_line - 1) {}

  /// The next block, whose memory is used again; false where there is none. Waits for no more than one line.
  bool next(LineBlock& block);

  std::uint64_t bytes_read() const { return bytes_; }

 private:
  std::size_t fill(std::string& text, std::size_t bytes);
  void skip_to_line_end();

  Read read_;
  Sizes sizes_;
  std::string rest_;  // what was read of the line after the last block
  std::uint64_t bytes_ = 0;
  std::uint64_t lines_ = 0;  // the number of the last line that was given
  bool at_end_ = false;
};

/// Calls `visit(line, number)` for each line of a block, without its line end (`\n` or `\r\n`).
template <class Visit>
void for_each_line(const LineBlock& block, Visit visit) {
  std::string_view rest = std::string_view(block.text).substr(0, block.size);
  for (std::uint64_t number = block.first_line; !rest.empty(); ++number) {
    const std::size_t end = rest.find('\n');
    std::string_view line = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    if (end != std::string_view::npos && line.ends_with('\r')) line.remove_suffix(1);
    visit(line, number);
  }
}

}  // namespace duly
