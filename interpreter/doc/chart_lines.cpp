#include <algorithm>

#include "interpreter/doc/flowchart_layout.hpp"

namespace duly::doc {
namespace {

bool continues_letter(char c) { return (static_cast<unsigned char>(c) & 0xC0u) == 0x80u; }

/// The length in bytes of the letter that begins at `start`.
std::size_t letter_length(std::string_view text, std::size_t start) {
  std::size_t end = start + 1;
  while (end < text.size() && continues_letter(text[end])) ++end;
  return end - start;
}

int letter_width(std::string_view letter) {
  if (letter.size() >= 3 && letter.front() != '\xE2') return 16;  // such as Chinese; not dashes and quotation marks
  const char c = letter.front();
  if (std::string_view("iljtfr.,:;'|!()[] I-").find(c) != std::string_view::npos) return 6;
  if (std::string_view("mwMW@%").find(c) != std::string_view::npos) return 14;
  return c >= 'A' && c <= 'Z' ? 11 : 9;
}

int text_width(std::string_view text) {
  int width = 0;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t length = letter_length(text, i);
    width += letter_width(text.substr(i, length));
    i += length;
  }
  return width;
}

/// As much of a word's front as fits, one letter at least.
std::string_view front_that_fits(std::string_view word, int width) {
  std::size_t end = letter_length(word, 0);
  while (end < word.size()) {
    const std::size_t next = end + letter_length(word, end);
    if (text_width(word.substr(0, next)) > width) break;
    end = next;
  }
  return word.substr(0, end);
}

}  // namespace

std::vector<std::string> chart_lines(std::string_view text, int width) {
  std::vector<std::string> lines;
  std::string line;
  const auto close = [&] {
    if (!line.empty()) lines.push_back(std::move(line));
    line.clear();
  };
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(" \n\t\r"), text.size());
    std::string_view word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (word.empty()) continue;
    if (!line.empty() && text_width(line) + letter_width(" ") + text_width(word) > width) close();
    while (text_width(word) > width) {
      const std::string_view front = front_that_fits(word, width);
      if (front.size() == word.size()) break;
      lines.emplace_back(front);
      word.remove_prefix(front.size());
    }
    if (!line.empty()) line += ' ';
    line += word;
  }
  close();
  return lines;
}

}  // namespace duly::doc
