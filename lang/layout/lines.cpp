#include "lang/layout/lines.hpp"

#include <algorithm>
#include <string_view>

#include "lang/layout/text_block.hpp"

namespace duly {
namespace {

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

class Lines {
 public:
  Lines(const std::vector<Token>& tokens, const std::vector<Gap>& gaps) : tokens_(tokens), gaps_(gaps) {}

  std::string run() {
    for (std::size_t begin = 0; begin < tokens_.size();) {
      std::size_t end = begin + 1;
      while (end < tokens_.size() && !gaps_[end].line && !tokens_[end].is_comment) ++end;
      if (gaps_[begin].line && begin > 0) begin_line(gaps_[begin]);
      put(begin, end);
      begin = end;
    }
    text_ += '\n';
    return std::move(text_);
  }

 private:
  /// The tokens from `begin` to before `end`, broken where they have to be.
  void put(std::size_t begin, std::size_t end) {
    unsigned least = 0;
    if (!fits(begin, end)) least = least_depth(begin, end);
    if (least == 0) {
      for (std::size_t i = begin; i < end; ++i) put_token(i);
      return;
    }
    bool took_several = false;
    for (std::size_t piece = begin; piece < end;) {
      std::size_t next = piece + 1;
      while (next < end && gaps_[next].depth != least) ++next;
      const Gap& gap = gaps_[piece];
      if (piece > begin && (gap.together || gap.by_author || took_several || !fits(piece, next))) begin_line(gap);
      const std::size_t lines = lines_;
      put(piece, next);
      took_several = lines_ > lines;
      piece = next;
    }
  }

  /// Whether they fit on what is left of the line, with no break of the author's among them.
  bool fits(std::size_t begin, std::size_t end) const {
    std::size_t width = column_;
    for (std::size_t i = begin; i < end; ++i) {
      if (i > begin && gaps_[i].by_author) return false;
      if (i > begin || !fresh_) width += gaps_[i].spaces;
      width += characters(first_line(tokens_[i].text));
      if (width > line_width) return false;
    }
    return true;
  }

  static std::string_view first_line(std::string_view text) { return text.substr(0, text.find('\n')); }

  /// 0 where no line may begin.
  unsigned least_depth(std::size_t begin, std::size_t end) const {
    unsigned least = 0;
    for (std::size_t i = begin + 1; i < end; ++i) {
      if (gaps_[i].depth > 0 && (least == 0 || gaps_[i].depth < least)) least = gaps_[i].depth;
    }
    return least;
  }

  void begin_line(const Gap& gap) {
    text_ += gap.blank ? "\n\n" : "\n";
    text_.append(gap.indent, ' ');
    indent_ = column_ = gap.indent;
    fresh_ = true;
    ++lines_;
  }

  void put_token(std::size_t i) {
    if (!fresh_) {
      text_.append(gaps_[i].spaces, ' ');
      column_ += gaps_[i].spaces;
    }
    const std::string written = indented_text(tokens_[i].text, indent_ + 2);
    text_ += written;
    if (const std::size_t line_end = written.rfind('\n'); line_end != std::string::npos) {
      column_ = characters(std::string_view(written).substr(line_end + 1));
      ++lines_;
    } else {
      column_ += characters(written);
    }
    fresh_ = false;
  }

  const std::vector<Token>& tokens_;
  const std::vector<Gap>& gaps_;
  std::string text_;
  std::size_t indent_ = 0;  // of this line
  std::size_t column_ = 0;
  std::size_t lines_ = 0;
  bool fresh_ = true;  // nothing stands on this line
};

}  // namespace

std::string in_lines(const std::vector<Token>& tokens, const std::vector<Gap>& gaps) {
  return Lines(tokens, gaps).run();
}

}  // namespace duly
