#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace duly::cli::stepper {

/// How a text stands out; its words or marks say the same.
enum class Style { plain, heading, mark, faint };

/// A text at its place. Rows and columns count from 0.
struct Placed {
  std::size_t row = 0;
  std::size_t column = 0;
  std::string text;  // printable, and no wider than what is left of its row
  Style style = Style::plain;
};

/// What a terminal of this size shows.
struct Screen {
  std::size_t width = 80;
  std::size_t height = 24;
  std::vector<Placed> texts;

  void put(std::size_t row, std::size_t column, std::string_view text, std::size_t most, Style style = Style::plain);
  /// As lines without trailing spaces, for tests.
  std::string plain_text() const;
};

/// Columns that a text takes.
std::size_t columns(std::string_view text);

/// The text, made printable and cut to so many columns.
std::string fitted(std::string_view text, std::size_t most);

/// Paragraphs (line ends separate them) as lines of at most `width` columns.
std::vector<std::string> lines_of(std::string_view text, std::size_t width);

}  // namespace duly::cli::stepper
