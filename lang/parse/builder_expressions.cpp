#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lang/parse/builder.hpp"

namespace duly {
namespace {

/// The author's words on one line, without comments' and lines' ends, cut where they are long.
std::string on_one_line(std::string_view text) {
  constexpr std::size_t longest = 60;
  std::string out;
  bool in_comment = false;
  for (const char c : text) {
    if (c == '#') in_comment = true;
    if (c == '\n') in_comment = false;
    if (in_comment) continue;
    const bool blank = c == ' ' || c == '\t' || c == '\r' || c == '\n';
    if (!blank) {
      out += c;
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  if (out.size() <= longest) return out;
  return fmt::format("{} … {}", out.substr(0, longest / 2), out.substr(out.size() - longest / 2));
}

/// `a and b or c` with parentheses around what `tight` (true: `and`) joins.
std::string reading(const std::vector<std::string>& parts, const std::vector<bool>& joined_by_and, bool tight) {
  std::string out;
  for (std::size_t i = 0; i < parts.size();) {
    std::size_t end = i;
    while (end < joined_by_and.size() && joined_by_and[end] == tight) ++end;
    if (i > 0) out += tight ? " or " : " and ";
    if (end > i) out += '(';
    for (std::size_t part = i; part <= end; ++part) {
      if (part > i) out += tight ? " and " : " or ";
      out += parts[part];
    }
    if (end > i) out += ')';
    i = end + 1;
  }
  return out;
}

}  // namespace

void Builder::end_term(Span span) {
  term.value = name;
  term.span = span;
}

void Builder::end_comparison(Span span) {
  if (operands.empty()) comparison_.span.end = last_token_.end;  // `is empty`
  const Span whole = cover(term.span, span);
  push(whole, syntax::Compare{std::exchange(term, {}), comparison_.op, comparison_.span, std::exchange(operands, {})});
}

void Builder::end_truth() {
  const Span span = term.span;
  push(span, syntax::Truth{std::exchange(term, {})});
}

syntax::Expr Builder::pop() {
  syntax::Expr expression = std::move(expressions_.back());
  expressions_.pop_back();
  return expression;
}

void Builder::end_expression() {
  const OpenExpression ended = std::move(open_.back());
  open_.pop_back();
  if (ended.joints.empty()) return;

  const auto first = expressions_.begin() + static_cast<std::ptrdiff_t>(ended.first);
  std::vector<syntax::Expr> parts(std::make_move_iterator(first), std::make_move_iterator(expressions_.end()));
  expressions_.erase(first, expressions_.end());
  const Span span = cover(parts.front().span, parts.back().span);
  const bool by_and = ended.joints.front().by_and;
  const bool is_mixed =
      std::any_of(ended.joints.begin(), ended.joints.end(), [&](const Joint& joint) { return joint.by_and != by_and; });
  if (is_mixed) report_mixed(parts, ended.joints);
  if (by_and) {
    push(span, syntax::And{std::move(parts)});  // of a mixed line, which is an error, the exact shape matters no more
  } else {
    push(span, syntax::Or{std::move(parts)});
  }
}

void Builder::report_mixed(const std::vector<syntax::Expr>& parts, const std::vector<Joint>& joints) {
  const auto odd = std::find_if(joints.begin(), joints.end(),
                                [&](const Joint& joint) { return joint.by_and != joints.front().by_and; });
  constexpr std::size_t most_shown = 8;
  std::string help = "Put parentheses around what belongs together.";
  if (parts.size() <= most_shown) {
    std::vector<std::string> words;
    std::vector<bool> joined_by_and;
    words.reserve(parts.size());
    joined_by_and.reserve(joints.size());
    for (const syntax::Expr& part : parts) words.push_back(on_one_line(sources_.text(part.span)));
    for (const Joint& joint : joints) joined_by_and.push_back(joint.by_and);
    help = fmt::format("Write one of these, whichever is meant:\n  {}\n  {}", reading(words, joined_by_and, true),
                       reading(words, joined_by_and, false));
  }
  report({Code::E0213,
          odd->word,
          "`and` and `or` stand side by side, and may be read in two ways",
          odd->by_and ? "`and` after `or`" : "`or` after `and`",
          {{joints.front().word, fmt::format("the first is `{}`", joints.front().by_and ? "and" : "or")}},
          help});
}

void Builder::end_item(Span span) {
  OpenList& list = lists_.back();
  list.items.push_back({std::exchange(list.label, {}), pop(), std::exchange(list.cites, {}), span});
}

void Builder::end_list(Span span) {
  OpenList list = std::move(lists_.back());
  lists_.pop_back();
  push(span, syntax::List{list.kind, std::move(list.items)});
}

}  // namespace duly
