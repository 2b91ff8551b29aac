#include "lang/parse/readable.hpp"

#include <fmt/format.h>

#include <string_view>

#include "lang/base/utf8.hpp"
#include "lang/parse/found.hpp"
#include "lang/parse/limits.hpp"

namespace duly {
namespace {

/// The first byte that is no part of a text, or the text's size.
std::size_t first_bad_byte(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    const Utf8Character next = first_character(text.substr(at));
    if (next.size == 0 || next.code_point == 0) return at;
    at += next.size;
  }
  return at;
}

}  // namespace

std::uint32_t byte_order_mark(std::string_view text) { return text.starts_with("\xEF\xBB\xBF") ? 3 : 0; }

std::optional<Diagnostic> why_unreadable(const SourceMap& sources, SourceId source) {
  const std::string_view text = sources.text(source);
  const Span start{source, 0, 0};
  if (text.size() > file_size_limit) {
    return Diagnostic{Code::E0902, start, fmt::format("The file is larger than 1 MiB ({} bytes)", text.size()),
                      "",          {},    "Divide it into modules, and let one extend the others."};
  }
  if (const std::size_t bad = first_bad_byte(text); bad < text.size()) {
    const auto offset = static_cast<std::uint32_t>(bad);
    return Diagnostic{Code::E0103,
                      {source, offset, offset + 1},
                      "The file is not plain text in UTF-8",
                      fmt::format("the byte 0x{:02X}", static_cast<unsigned char>(text[bad])),
                      {},
                      "Save it as plain text with the encoding UTF-8. A word processor's document is no policy."};
  }
  if (skip_gap(text, byte_order_mark(text)) == text.size()) {
    return Diagnostic{Code::E0102,
                      start,
                      "The file holds no policy",
                      "nothing but comments and white space",
                      {},
                      "A file begins with `policy NAME \"title\"`."};
  }
  return std::nullopt;
}

}  // namespace duly
