#include "interpreter/batch/line_blocks.hpp"

#include <algorithm>
#include <string_view>

namespace duly {
namespace {

/// One past the last line end at or after a place; 0 where there is none.
std::size_t end_of_lines(std::string_view text, std::size_t from) {
  const std::size_t last = text.substr(from).rfind('\n');
  return last == std::string_view::npos ? 0 : from + last + 1;
}

}  // namespace

/// Appends what is read, at most so many bytes; 0 at the end.
std::size_t LineBlocks::fill(std::string& text, std::size_t bytes) {
  const std::size_t before = text.size();
  text.resize(before + bytes);
  const std::size_t got = at_end_ ? 0 : read_(text.data() + before, bytes);
  text.resize(before + got);
  bytes_ += got;
  at_end_ = got == 0;
  return got;
}

bool LineBlocks::next(LineBlock& block) {
  block.text = rest_;
  block.first_line = lines_ + 1;
  rest_.clear();
  std::size_t lines_end = end_of_lines(block.text, 0);
  while (lines_end == 0) {
    const std::size_t searched = block.text.size();
    if (searched > sizes_.longest_line) {
      block.text.resize(sizes_.longest_line + 1);
      skip_to_line_end();
      break;
    }
    if (fill(block.text, sizes_.block) == 0) break;
    lines_end = end_of_lines(block.text, searched);
  }
  if (lines_end != 0) {
    rest_.assign(block.text, lines_end);
    block.text.resize(lines_end);
  }
  block.size = block.text.size();
  if (block.size == 0) return false;
  lines_ += static_cast<std::uint64_t>(std::count(block.text.begin(), block.text.end(), '\n'));
  if (block.text.back() != '\n') ++lines_;
  block.text.append(sizes_.padding, ' ');
  return true;
}

/// Of a line that is too long no more is kept.
void LineBlocks::skip_to_line_end() {
  std::string more;
  while (true) {
    more.clear();
    if (fill(more, sizes_.block) == 0) return;
    if (const std::size_t end = more.find('\n'); end != std::string::npos) {
      rest_.assign(more, end + 1);
      return;
    }
  }
}

}  // namespace duly
