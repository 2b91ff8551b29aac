#include "interpreter/cli/terminal.hpp"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>

namespace duly::cli {
namespace {

bool wants_color(ColorMode mode, int descriptor) {
  switch (mode) {
    case ColorMode::always: return true;
    case ColorMode::never: return false;
    case ColorMode::automatic: break;
  }
  const char* no_color = std::getenv("NO_COLOR");
  if (no_color != nullptr && *no_color != '\0') return false;
  const char* term = std::getenv("TERM");
  return isatty(descriptor) == 1 && term != nullptr && std::string_view(term) != "dumb";
}

std::size_t columns_for_prose() {
  constexpr std::size_t in_pipes = 88, narrowest = 60, widest = 100;
  winsize size{};
  if (isatty(STDOUT_FILENO) != 1 || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return in_pipes;
  return std::clamp<std::size_t>(size.ws_col, narrowest, widest);
}

}  // namespace

Terminal::Terminal(ColorMode mode)
    : colors_out_(wants_color(mode, STDOUT_FILENO)),
      colors_err_(wants_color(mode, STDERR_FILENO)),
      width_(columns_for_prose()) {}

void Terminal::out(std::string_view text) {
  if (failed_ != 0) return;
  if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size()) failed_ = errno;
}

void Terminal::flush() {
  if (failed_ == 0 && std::fflush(stdout) != 0) failed_ = errno;
}

void Terminal::err(std::string_view text) {
  std::fflush(stdout);  // so that both keep their order where they go to one place
  std::fwrite(text.data(), 1, text.size(), stderr);
}

int Terminal::error(std::string_view message, std::string_view help) {
  const std::string_view red = colors_err_ ? "\x1b[1;31m" : "", reset = colors_err_ ? "\x1b[0m" : "";
  err(fmt::format("{}error{}: {}\n", red, reset, message));
  if (!help.empty()) err(fmt::format("  help: {}\n", help));
  return misused;
}

bool Terminal::finish() {
  flush();
  return failed_ == 0 || failed_ == EPIPE;
}

}  // namespace duly::cli
