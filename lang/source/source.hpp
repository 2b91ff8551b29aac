#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace duly {

/// Which text; an index into the SourceMap.
struct SourceId {
  std::uint32_t index = 0;
  friend constexpr auto operator<=>(SourceId, SourceId) = default;
};

/// A stretch of one text, in bytes; `end` is one past the last. Never a view: texts may move.
struct Span {
  SourceId source;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  friend constexpr auto operator<=>(Span, Span) = default;
};

/// The smallest span that holds both (of the same source).
constexpr Span cover(Span a, Span b) {
  return {a.source, a.begin < b.begin ? a.begin : b.begin, a.end > b.end ? a.end : b.end};
}

/// Where a byte stands: both count from 1, columns in characters (UTF-8 code points), not bytes.
struct Position {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
};

/// Owns every text that was read. Everything else refers to texts by Span.
class SourceMap {
 public:
  /// `name` is what people are shown (a path, or `national.policy` for an embedded module).
  SourceId add(std::string name, std::string text);

  std::string_view name(SourceId id) const { return sources_[id.index].name; }
  std::string_view text(SourceId id) const { return sources_[id.index].text; }
  std::string_view text(Span span) const;
  std::size_t size() const { return sources_.size(); }

  Position position(SourceId id, std::uint32_t offset) const;
  /// The whole line (without its end) in which the offset lies.
  std::string_view line(SourceId id, std::uint32_t offset) const;

 private:
  struct Source {
    std::string name;
    std::string text;
    std::vector<std::uint32_t> line_starts;
  };
  std::vector<Source> sources_;
};

}  // namespace duly
