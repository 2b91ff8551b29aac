#include "interpreter/batch/line_blocks.hpp"

#include <algorithm>
#include <utility>

namespace duly {

/// Appends what is read; 0 at the end.
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
  block.text = std::exchange(rest_, {});
  block.first_line = lines_ + 1;
  std::size_t cut = std::string::npos;  // one past the last line end
  while (cut == std::string::npos) {
    const std::size_t searched = block.text.size();
    if (fill(block.text, sizes_.block) == 0) break;
    if (const std::size_t last = block.text.rfind('\n'); last != std::string::npos && last >= searched) cut = last + 1;
    if (cut == std::string::npos && block.text.size() > sizes_.longest_line) {
      block.text.resize(sizes_.longest_line + 1);
      skip_to_line_end();
      break;
    }
  }
  if (cut != std::string::npos) {
    rest_ = block.text.substr(cut);
    block.text.resize(cut);
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
    const std::size_t end = more.find('\n');
    if (end == std::string::npos) continue;
    rest_ = more.substr(end + 1);
    return;
  }
}

}  // namespace duly
