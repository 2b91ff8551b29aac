#include "lang/parse/builder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "lang/base/date.hpp"
#include "lang/base/utf8.hpp"
#include "lang/parse/limits.hpp"
#include "lang/parse/text_value.hpp"
#include "lang/parse/words.hpp"

namespace duly {

Builder::Builder(const SourceMap& sources, SourceId source, Diagnostics& diagnostics)
    : sources_(sources),
      source_(source),
      text_(sources.text(source)),
      diagnostics_(diagnostics),
      errors_before_(diagnostics.errors()) {
  reset();
}

void Builder::reset() {
  names.clear();
  all.reset();
  operands.clear();
  values.clear();
  facts.clear();
  expectations.clear();
  signatures.clear();
  because.reset();
  negated = false;
  nesting = 0;
  term = {};
  expressions_.clear();
  open_.clear();
  lists_.clear();
  given_.clear();
  declaration = {};
}

void Builder::report(Diagnostic diagnostic) {
  if (diagnostics_.errors() - errors_before_ >= error_limit) return;
  diagnostic.message = shortened(diagnostic.message, message_limit);
  diagnostic.help = shortened(diagnostic.help, message_limit);
  diagnostics_.add(std::move(diagnostic));
}

void Builder::read_token(const char* begin, const char* end) {
  token_before_ = last_token_;
  last_token_ = token(begin, end);
}

void Builder::read_comment(Span span) {
  // White space that was read to look ahead is read again.
  const bool is_new = comments.empty() || comments.back().span.begin < span.begin;
  if (is_new) comments.push_back({span});
}

void Builder::read_name(Span span, Dots dots) {
  const std::string_view written = sources_.text(span);
  name = {std::string(written), span};
  const auto is_known = [&] { return std::find(misspelt_.begin(), misspelt_.end(), written) != misspelt_.end(); };
  if (!is_well_spelled(written)) {
    const std::string right = respelled(written);
    if (!right.empty()) name.text = right;
    if (is_known()) return;
    misspelt_.emplace_back(written);
    std::string help = "A name is written in small letters, with digits and `_`, and begins with a letter.";
    if (!right.empty()) help = fmt::format("Write `{}`. {}", right, help);
    report({Code::E0204, span, fmt::format("`{}` is not spelled as names are", written), "this name", {}, help});
  } else if (dots == Dots::forbidden && written.find('.') != std::string_view::npos) {
    std::string right(written);
    std::replace(right.begin(), right.end(), '.', '_');
    report({Code::E0205,
            span,
            fmt::format("`{}` has a dot, and only facts, definitions and decisions may have dots", written),
            "this name",
            {},
            fmt::format("Write `{}`.", right)});
  }
}

void Builder::read_text(Span span) {
  TextValue text = text_value(sources_.text(span));
  for (const std::size_t at : text.bad_escapes) {
    const std::uint32_t begin = span.begin + static_cast<std::uint32_t>(at);
    const Span escape{source_, begin, begin + 2};
    report({Code::E0202,
            escape,
            fmt::format("A text has no `{}`", sources_.text(escape)),
            "not an escape",
            {},
            R"(A backslash is written `\\`, a quote `\"`, a line end `\n`.)"});
  }
  text_part = {std::move(text.value), span};
}

void Builder::read_date(Span span) {
  const std::string_view written = sources_.text(span);
  const auto exists = parse_date(written);
  if (!exists) {
    report({Code::E0207,
            span,
            fmt::format("There is no day {}", written),
            "not in the calendar",
            {},
            "A date is written year, month, day: 2024-02-29."});
  }
  date = {exists.value_or(Date{}), span};
}

void Builder::read_number(Span span) {
  const std::string_view written = sources_.text(span);
  number = 0;
  const auto [end, error] = std::from_chars(written.data(), written.data() + written.size(), number);
  if (error == std::errc()) return;
  report({Code::E0206,
          span,
          fmt::format("The number {} is too large", shortened(written, 30)),
          "this number",
          {},
          "A number lies between -9223372036854775808 and 9223372036854775807."});
}

void Builder::read_tier(Span span) {
  auto& agreement = the<syntax::Agreement>();
  agreement.tier = number == 1 || number == 2 ? static_cast<int>(number) : 0;  // 0: neither, and reported
  agreement.tier_span = span;
  if (number == 1 || number == 2) return;
  report(
      {Code::E0234,
       span,
       fmt::format("There is no tier {}", number),
       "1 or 2 belongs here",
       {},
       "Tier 1 is the agreement of principle between all partners; tier 2 stands under one and says what is shared."});
}

void Builder::read_operand(syntax::Operand operand) {
  if (operands.empty()) comparison_.span.end = token_before_.end;
  operands.push_back(std::move(operand));
}

bool Builder::is_first(const void* slot, bool occupied, Span words) {
  if (!occupied) {
    given_.push_back({slot, words});
    return true;
  }
  // The latest clause in the slot is the one of this declaration's own part: slots are used again by later parts.
  const auto before = std::find_if(given_.rbegin(), given_.rend(), [&](const Given& g) { return g.slot == slot; });
  const std::string_view word = sources_.text(words);
  const std::string_view other = before == given_.rend() ? word : sources_.text(before->words);
  Diagnostic diagnostic{Code::E0223,        words, fmt::format("`{}` is given twice", word),
                        "given again here", {},    "Take one of them away."};
  if (word != other)
    diagnostic.message = fmt::format("`{}` stands beside `{}`, and only one of them belongs", word, other);
  if (before != given_.rend()) diagnostic.notes.push_back({before->words, "first given here"});
  report(std::move(diagnostic));
  return false;
}

}  // namespace duly
