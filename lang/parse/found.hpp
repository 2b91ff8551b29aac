#pragma once

#include <cstdint>
#include <string_view>

#include "lang/source/source.hpp"

namespace duly {

/// What stands in the text where something else was expected.
struct Found {
  enum class Kind : std::uint8_t { end, word, text, figures, symbol, unknown };
  Kind kind = Kind::end;
  Span span;
  std::string_view text;

  bool is(std::string_view word) const { return kind != Kind::text && text == word; }
};

/// The token at the offset; white space and comments before it are skipped. Takes time for the token alone.
Found token_at(std::string_view text, SourceId source, std::uint32_t offset);

/// Behind the white space and comments at the offset.
std::uint32_t skip_gap(std::string_view text, std::uint32_t offset);

}  // namespace duly
