#include "lang/layout/text_block.hpp"

#include <algorithm>
#include <utility>

#include "lang/parse/text_value.hpp"

namespace duly {
namespace {

std::string with_plain_line_ends(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!text.substr(i).starts_with("\r\n")) plain += text[i];
  }
  return plain;
}

}  // namespace

std::string indented_text(std::string_view written, std::size_t indent) {
  if (written.find('\n') == std::string_view::npos) return std::string(written);
  const std::string value = text_value(written).value;
  const std::string margin(indent, ' ');
  std::string moved = R"(""")";
  for (std::size_t at = 0; at <= value.size();) {
    const std::size_t end = std::min(value.find('\n', at), value.size());
    moved += '\n';
    if (end > at) moved.append(margin).append(value, at, end - at);
    at = end + 1;
  }
  moved.append("\n").append(margin).append(R"(""")");
  for (std::string candidate : {std::move(moved), with_plain_line_ends(written)}) {
    if (text_value(candidate).value == value) return candidate;
  }
  return std::string(written);
}

}  // namespace duly
