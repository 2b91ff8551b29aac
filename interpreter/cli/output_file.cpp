#include "interpreter/cli/output_file.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

namespace duly::cli {

int write_output(Terminal& terminal, const std::string& file, const std::string& text) {
  if (file.empty()) {
    terminal.out(text);
    return done;
  }
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> stream(std::fopen(file.c_str(), "wb"), &std::fclose);
  const bool written = stream && std::fwrite(text.data(), 1, text.size(), stream.get()) == text.size() &&
                       std::fclose(stream.release()) == 0;
  if (written) return done;
  return terminal.error(fmt::format("`{}` cannot be written: {}", file, std::strerror(errno)));
}

}  // namespace duly::cli
