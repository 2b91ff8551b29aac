#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace duly {

/// A word, text, number or mark of a policy, or a comment, and how it stands on the page.
struct Token {
  std::string_view text;    // of the policy; a comment without the white space behind it
  std::uint32_t begin = 0;  // its first byte
  std::uint32_t column = 0;
  bool is_comment = false;
  bool first_on_line = false;
  bool blank_before = false;  // an empty line stands above the line that it is the first on
};

/// All tokens of a text without syntax errors, in their order.
std::vector<Token> tokens_of(std::string_view text);

}  // namespace duly
