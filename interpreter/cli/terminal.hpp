#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace duly::cli {

/// What the program says to whoever called it.
enum Exit : int {
  done = 0,
  wrong = 1,      // the policy, a case or a test is wrong
  misused = 2,    // the command was used wrongly, or a file could not be read or written
  undecided = 3,  // `decide`: more has to be known
  unsettled = 4,  // `decide`: conflict, gap or unsafe
};

enum class ColorMode { automatic, always, never };

/// Standard output for results, standard error for everything about them. Colour where a person reads.
class Terminal {
 public:
  explicit Terminal(ColorMode mode);

  void out(std::string_view text);
  /// What was given to `out` goes on its way now.
  void flush();
  void err(std::string_view text);
  /// `error: MESSAGE`, and below it how to mend it where `help` is not empty. Returns `misused`, for most callers do.
  int error(std::string_view message, std::string_view help = {});

  bool colors_out() const { return colors_out_; }
  bool colors_err() const { return colors_err_; }
  /// Columns for prose: the terminal's, within what reads well.
  std::size_t width() const { return width_; }

  /// Standard output can no longer be written: there is no use in going on.
  bool lost() const { return failed_ != 0; }

  /// Flushes. False where standard output could not be written, for another reason than that its reader has left.
  bool finish();

 private:
  bool colors_out_;
  bool colors_err_;
  std::size_t width_;
  int failed_ = 0;  // errno of the first failure
};

}  // namespace duly::cli
