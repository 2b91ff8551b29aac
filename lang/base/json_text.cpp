#include "lang/base/json_text.hpp"

#include <fmt/format.h>

#include "lang/base/utf8.hpp"

namespace duly {

std::string json_quoted(std::string_view text) {
  std::string out = "\"";
  while (!text.empty()) {
    const Utf8Character next = first_character(text);
    switch (next.code_point) {
      case U'"': out += "\\\""; break;
      case U'\\': out += "\\\\"; break;
      case U'\n': out += "\\n"; break;
      case U'\r': out += "\\r"; break;
      case U'\t': out += "\\t"; break;
      default:
        if (next.size == 0) {
          out += "\xEF\xBF\xBD";
        } else if (next.code_point < 0x20) {
          out += fmt::format("\\u{:04x}", static_cast<unsigned>(next.code_point));
        } else {
          out += text.substr(0, next.size);
        }
    }
    text.remove_prefix(next.size == 0 ? 1 : next.size);
  }
  return out + '"';
}

}  // namespace duly
