#pragma once

#include <memory>
#include <string>
#include <vector>

#include "interpreter/cli/terminal.hpp"

namespace duly::cli {

/// A line that somebody has written, or why there is none.
struct ReadLine {
  enum class End {
    line,
    end_of_input,  // Ctrl-D, or the end of a file
    interrupted,   // Ctrl-C
  };
  End end = End::line;
  std::string text;
};

/// Reads lines: with editing, history and completion where a person sits at a terminal, else as they come. While one
/// exists, Ctrl-C no longer ends the program. One at a time.
class LineReader {
 public:
  virtual ~LineReader() = default;

  /// Shows `prompt` and reads a line, without its end. Tab completes from `words`.
  virtual ReadLine read(const std::string& prompt, const std::vector<std::string>& words) = 0;

  /// A person sees what is written and answers at once.
  virtual bool is_interactive() const = 0;
};

/// `to_err`: the conversation goes to standard error, for standard output belongs to a result.
std::unique_ptr<LineReader> make_line_reader(Terminal& terminal, bool to_err);

/// What the words that begin with `typed` have in common, without what is typed already, and which they are.
struct Completion {
  std::string rest;
  std::vector<std::string> words;
};
Completion complete(const std::string& typed, const std::vector<std::string>& words);

}  // namespace duly::cli
