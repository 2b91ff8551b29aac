#include "lang/source/source.hpp"

#include <algorithm>
#include <utility>

namespace duly {
namespace {

bool starts_character(char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }

}  // namespace

SourceId SourceMap::add(std::string name, std::string text) {
  std::vector<std::uint32_t> line_starts{0};
  for (std::size_t at = text.find('\n'); at != std::string::npos; at = text.find('\n', at + 1)) {
    line_starts.push_back(static_cast<std::uint32_t>(at + 1));
  }
  sources_.push_back({std::move(name), std::move(text), std::move(line_starts)});
  return {static_cast<std::uint32_t>(sources_.size() - 1)};
}

std::string_view SourceMap::text(Span span) const {
  const std::string_view whole = text(span.source);
  const std::size_t begin = std::min<std::size_t>(span.begin, whole.size());
  const std::size_t end = std::clamp<std::size_t>(span.end, begin, whole.size());
  return whole.substr(begin, end - begin);
}

Position SourceMap::position(SourceId id, std::uint32_t offset) const {
  const Source& source = sources_[id.index];
  offset = std::min(offset, static_cast<std::uint32_t>(source.text.size()));
  const auto next = std::upper_bound(source.line_starts.begin(), source.line_starts.end(), offset);
  const std::uint32_t start = *(next - 1);
  const auto before = std::string_view(source.text).substr(start, offset - start);
  const auto characters = std::count_if(before.begin(), before.end(), starts_character);
  return {static_cast<std::uint32_t>(next - source.line_starts.begin()), static_cast<std::uint32_t>(characters + 1)};
}

std::string_view SourceMap::line(SourceId id, std::uint32_t offset) const {
  const Source& source = sources_[id.index];
  offset = std::min(offset, static_cast<std::uint32_t>(source.text.size()));
  const auto next = std::upper_bound(source.line_starts.begin(), source.line_starts.end(), offset);
  const std::uint32_t start = *(next - 1);
  std::string_view line = std::string_view(source.text).substr(start);
  line = line.substr(0, line.find('\n'));
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  return line;
}

}  // namespace duly
