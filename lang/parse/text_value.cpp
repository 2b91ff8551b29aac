#include "lang/parse/text_value.hpp"

#include <algorithm>

namespace duly {
namespace {

bool is_blank(std::string_view line) { return line.find_first_not_of(" \t") == std::string_view::npos; }

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (true) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    if (end != std::string_view::npos && line.ends_with('\r')) line.remove_suffix(1);
    lines.push_back(line);
    if (end == std::string_view::npos) return lines;
    text.remove_prefix(end + 1);
  }
}

std::string_view common_front(std::string_view a, std::string_view b) {
  const auto end = std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first;
  return a.substr(0, static_cast<std::size_t>(end - a.begin()));
}

std::string without_indentation(std::string_view inside) {
  std::vector<std::string_view> lines = lines_of(inside);
  // A text that begins on the line of its quotes has no indentation there to be counted.
  const bool begins_below = lines.size() > 1 && is_blank(lines.front());
  if (begins_below) lines.erase(lines.begin());
  if (lines.size() > 1 && is_blank(lines.back())) lines.pop_back();

  bool found = false;
  std::string_view indentation;
  for (std::size_t i = begins_below ? 0 : 1; i < lines.size(); ++i) {
    if (is_blank(lines[i])) continue;
    const std::string_view own = lines[i].substr(0, lines[i].find_first_not_of(" \t"));
    indentation = found ? common_front(indentation, own) : own;
    found = true;
  }

  std::string value;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (i > 0) value += '\n';
    const bool indented = begins_below || i > 0;
    if (is_blank(lines[i])) continue;
    value += lines[i].substr(indented ? indentation.size() : 0);
  }
  return value;
}

}  // namespace

TextValue text_value(std::string_view written) {
  if (written.size() >= 6 && written.starts_with(R"(""")")) {
    return {without_indentation(written.substr(3, written.size() - 6)), {}};
  }
  TextValue text;
  const std::size_t end = written.size() - 1;
  for (std::size_t i = 1; i < end; ++i) {
    if (written[i] != '\\') {
      text.value += written[i];
      continue;
    }
    const std::size_t backslash = i++;
    switch (written[i]) {
      case '"':
      case '\\': text.value += written[i]; break;
      case 'n': text.value += '\n'; break;
      default: text.bad_escapes.push_back(backslash); text.value += written[i];
    }
  }
  return text;
}

}  // namespace duly
