#include "lang/layout/gaps.hpp"

#include <algorithm>
#include <cstddef>

namespace duly {
namespace {

constexpr unsigned step = 2;  // columns of one level

// A line that is too long is broken at additions first, at the values of a list last.
constexpr unsigned at_additions = 1;
constexpr unsigned at_titles = 2;
constexpr unsigned at_endings = 3;
constexpr unsigned at_item_cites = 4;
constexpr unsigned at_conjunctions = 5;  // and one more for each parenthesis that they are inside of
constexpr unsigned at_values = 100;      // likewise

/// A part that is not at its end yet.
struct OpenPart {
  PartKind kind = PartKind::declaration;
  std::uint32_t end = 0;
  std::size_t first = 0;     // its first token
  unsigned base = 0;         // from where the lines below it are indented
  unsigned parentheses = 0;  // around it, in its line
  bool in_expression = false;
  bool has_clauses = false;

  unsigned below() const { return base + step + (in_expression ? step * parentheses : 0); }
};

class Rules {
 public:
  Rules(const std::vector<Token>& tokens, const std::vector<Part>& parts)
      : tokens_(tokens), parts_(parts), gaps_(tokens.size()) {}

  std::vector<Gap> run() {
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      if (!tokens_[i].is_comment) place(i);
    }
    while (!open_.empty()) close();
    for (const std::uint32_t list_end : list_ends_) break_after_list(list_end);
    place_comments();
    for (std::size_t i = 1; i < tokens_.size(); ++i) {
      if (tokens_[i - 1].is_comment) gaps_[i].line = true;
      gaps_[i].blank = gaps_[i].line && tokens_[i].blank_before;
    }
    for (std::size_t i = 1; i < declarations_.size(); ++i) separate(declarations_[i - 1], declarations_[i]);
    return std::move(gaps_);
  }

 private:
  void place(std::size_t i) {
    const Token& token = tokens_[i];
    while (!open_.empty() && open_.back().end <= token.begin) close();
    Gap& gap = gaps_[i];
    if (!open_.empty()) {
      gap.indent = open_.back().below();
      if (follows_comma(i)) {
        gap.indent += open_.back().in_expression ? step : 0;
        gap.depth = at_values + open_.back().parentheses;
      }
    }
    if (token.text == ")" || token.text == "]") gap.indent -= step;
    gap.spaces = spaces_before(i);
    for (; next_ < parts_.size() && parts_[next_].begin == token.begin; ++next_) open(parts_[next_], i);
    previous_ = i;
  }

  void close() {
    if (open_.back().kind == PartKind::list) list_ends_.push_back(open_.back().end);
    if (open_.back().kind == PartKind::declaration) declarations_.push_back(open_.back());
    open_.pop_back();
  }

  void open(const Part& part, std::size_t i) {
    Gap& gap = gaps_[i];
    OpenPart opened = open_.empty() ? OpenPart{} : open_.back();  // what is not said below is as around it
    const bool behind_clauses = opened.has_clauses;
    const bool in_meaning = opened.kind == PartKind::meaning;
    opened.kind = part.kind;
    opened.end = part.end;
    opened.first = i;
    opened.has_clauses = false;
    switch (part.kind) {
      case PartKind::declaration: begin_line(gap, opened, 0); break;
      case PartKind::clause:
      case PartKind::item: begin_line(gap, opened, opened.base + step); break;
      case PartKind::addition:
        gap.indent = opened.base + step;
        gap.depth = at_additions;
        gap.together = true;
        gap.by_author = tokens_[i].first_on_line;
        opened.base = gap.indent;
        break;
      case PartKind::ending:
      case PartKind::meaning:
        gap.indent = opened.base + step;
        gap.depth = at_endings;
        gap.spaces = 1;
        gap.line = behind_clauses;
        break;
      case PartKind::title:
        gap.indent = opened.base + step;
        gap.depth = at_titles;
        break;
      case PartKind::expression:
        if (in_meaning) gap.depth = at_titles;
        opened.in_expression = true;
        break;
      case PartKind::parenthesised: ++opened.parentheses; break;
      case PartKind::conjunction:
        gap.depth = at_conjunctions + opened.parentheses;
        gap.by_author = tokens_[i].first_on_line || (i + 1 < tokens_.size() && tokens_[i + 1].first_on_line);
        break;
      case PartKind::list: break_before_list(); break;
      case PartKind::item_cites:
        gap.indent = opened.base + step;
        gap.depth = at_item_cites;
        gap.spaces = 2;
        opened.base = gap.indent;
        opened.in_expression = false;
        break;
      case PartKind::value: gap.depth = at_values; break;
    }
    open_.push_back(opened);
  }

  /// A declaration, a clause or an item.
  void begin_line(Gap& gap, OpenPart& opened, unsigned indent) {
    gap = Gap{};
    gap.line = true;
    gap.indent = indent;
    opened.base = opened.kind == PartKind::item ? indent + step : indent;  // behind the dash
    opened.parentheses = 0;
    opened.in_expression = false;
    if (!open_.empty()) open_.front().has_clauses = open_.back().has_clauses = true;
  }

  /// A clause with a list takes several lines, so it has them to itself.
  void break_before_list() {
    for (auto part = open_.rbegin(); part != open_.rend() && part->kind != PartKind::clause; ++part) {
      if (part->kind == PartKind::addition) gaps_[part->first].line = true;
    }
  }

  /// So does what comes after it.
  void break_after_list(std::uint32_t list_end) {
    auto token = std::lower_bound(tokens_.begin(), tokens_.end(), list_end,
                                  [](const Token& each, std::uint32_t begin) { return each.begin < begin; });
    while (token != tokens_.end() && token->text == ")") ++token;
    if (token == tokens_.end()) return;
    Gap& gap = gaps_[static_cast<std::size_t>(token - tokens_.begin())];
    if (gap.depth > 0) gap.line = true;
  }

  bool follows_comma(std::size_t i) const { return i > 0 && tokens_[previous_].text == ","; }

  unsigned spaces_before(std::size_t i) const {
    if (i == 0) return 0;
    const std::string_view here = tokens_[i].text;
    const std::string_view before = tokens_[previous_].text;
    const bool joined = here == "," || here == ":" || here == ")" || here == "]" || here == "/" || before == "(" ||
                        before == "[" || before == "/";
    return joined ? 0 : 1;
  }

  /// A comment on a line of its own stands with what follows. Where it is written deeper than that, it belongs to what
  /// comes before.
  void place_comments() {
    std::vector<std::size_t> around;  // what begins the last line, and the lines that this one is inside of
    std::size_t next = 0;             // the next token that is no comment
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      Gap& gap = gaps_[i];
      if (!tokens_[i].is_comment) {
        if (!gap.line) continue;
        while (!around.empty() && gaps_[around.back()].indent >= gap.indent) around.pop_back();
        around.push_back(i);
        continue;
      }
      gap.spaces = 2;
      if (!tokens_[i].first_on_line) continue;
      next = std::max(next, i);
      while (next < tokens_.size() && tokens_[next].is_comment) ++next;
      const bool last = next == tokens_.size();
      gap.line = true;
      gap.indent = last ? 0 : gaps_[next].indent;
      if (tokens_[i].column > (last ? 0 : tokens_[next].column)) {
        gap.indent = std::max(gap.indent, indent_behind(around, tokens_[i].column));
      }
    }
  }

  /// How far in a comment belongs that is written in this column, below these lines.
  unsigned indent_behind(const std::vector<std::size_t>& around, std::uint32_t column) const {
    for (auto line = around.rbegin(); line != around.rend(); ++line) {
      if (column == tokens_[*line].column) return gaps_[*line].indent;
      if (column > tokens_[*line].column) return gaps_[*line].indent + step;
    }
    return 0;
  }

  /// An empty line between two declarations. Those without clauses may stand together, but not with the policy's line.
  void separate(const OpenPart& one, const OpenPart& next) {
    const bool behind_policy = one.first == declarations_.front().first;
    if (!one.has_clauses && !next.has_clauses && !behind_policy) return;
    std::size_t first = next.first;
    bool blank = gaps_[first].blank;
    while (tokens_[first - 1].is_comment && gaps_[first - 1].line && gaps_[first - 1].indent == 0) {
      --first;
      blank = blank || gaps_[first].blank;
    }
    if (!blank) gaps_[first].blank = true;
  }

  const std::vector<Token>& tokens_;
  const std::vector<Part>& parts_;
  std::vector<Gap> gaps_;
  std::vector<OpenPart> open_;
  std::vector<OpenPart> declarations_;
  std::vector<std::uint32_t> list_ends_;
  std::size_t next_ = 0;      // the first part that is not open yet
  std::size_t previous_ = 0;  // the token before, comments left out
};

}  // namespace

std::vector<Gap> gaps_of(const std::vector<Token>& tokens, const std::vector<Part>& parts) {
  return Rules(tokens, parts).run();
}

}  // namespace duly
