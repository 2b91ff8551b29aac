#pragma once

#include <chrono>
#include <cstdint>

#include "interpreter/cli/terminal.hpp"

namespace duly::cli {

/// How far a batch has come, on standard error: where that is a terminal and standard output goes elsewhere.
class Progress {
 public:
  /// `descriptor`: where the cases come from; of a file the whole length is known.
  Progress(Terminal& terminal, int descriptor);

  /// At most some five times a second.
  void show(std::uint64_t lines, std::uint64_t bytes);
  void clear();

 private:
  Terminal& terminal_;
  bool is_wanted_ = false;
  bool is_shown_ = false;
  std::uint64_t all_bytes_ = 0;  // 0: not known
  std::chrono::steady_clock::time_point begun_, last_;
};

}  // namespace duly::cli
