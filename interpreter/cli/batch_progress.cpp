#include "interpreter/cli/batch_progress.hpp"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <string>
#include <string_view>

namespace duly::cli {

Progress::Progress(Terminal& terminal, int descriptor) : terminal_(terminal) {
  const char* const term = std::getenv("TERM");
  const bool can_go_back = term != nullptr && std::string_view(term) != "dumb";
  is_wanted_ = isatty(STDERR_FILENO) == 1 && isatty(STDOUT_FILENO) != 1 && can_go_back;
  struct stat file {};
  if (fstat(descriptor, &file) == 0 && S_ISREG(file.st_mode)) all_bytes_ = static_cast<std::uint64_t>(file.st_size);
  begun_ = last_ = std::chrono::steady_clock::now();
}

void Progress::show(std::uint64_t lines, std::uint64_t bytes) {
  if (!is_wanted_) return;
  const auto now = std::chrono::steady_clock::now();
  if (now - last_ < std::chrono::milliseconds(200)) return;
  last_ = now;
  const double seconds = std::chrono::duration<double>(now - begun_).count();
  std::string bar;
  if (all_bytes_ > 0) {
    constexpr std::size_t width = 30;
    const std::size_t percent = std::min<std::size_t>(100, static_cast<std::size_t>(bytes * 100 / all_bytes_));
    const std::size_t full = percent * width / 100;
    bar = fmt::format("[{}{}] {:>3} %  ", std::string(full, '#'), std::string(width - full, '.'), percent);
  }
  terminal_.err(fmt::format("\r{}{} cases, {:.0f} a second\x1b[K", bar, lines, static_cast<double>(lines) / seconds));
  is_shown_ = true;
}

void Progress::clear() {
  if (is_shown_) terminal_.err("\r\x1b[K");
}

}  // namespace duly::cli
