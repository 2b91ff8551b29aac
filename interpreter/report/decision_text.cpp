#include "interpreter/report/decision_text.hpp"

#include <fmt/format.h>

#include "interpreter/report/markup.hpp"

namespace duly {
namespace {

constexpr std::string_view bold = "\x1b[1m", dim = "\x1b[2m", reset = "\x1b[0m";

std::string_view tone_code(Tone tone) {
  switch (tone) {
    case Tone::plain: return bold;
    case Tone::settled: return "\x1b[1;32m";
    case Tone::open: return "\x1b[1;33m";
    case Tone::alarm: return "\x1b[1;31m";
  }
  return {};
}

/// Columns on a terminal: one a character.
std::size_t columns(std::string_view text) {
  std::size_t count = 0;
  for (const char c : text) count += (static_cast<unsigned char>(c) & 0xC0u) != 0x80u;
  return count;
}

/// A stretch of text in one style; an empty style is plain.
struct Run {
  std::string text;
  std::string_view style;
};

class TextWriter {
 public:
  explicit TextWriter(TextLayout layout) : layout_(layout) {}

  std::string write(const Explanation& explanation) {
    // A policy without a decision has neither question nor status, but it has duties.
    paragraph("", {{explanation.question, bold}});
    std::vector<Run> answer{{explanation.answer, tone_code(explanation.tone)}};
    if (!explanation.name.empty()) answer.push_back({fmt::format("({})", explanation.name), dim});
    paragraph("  ", answer, "  ");
    for (const std::string& remark : explanation.remarks) paragraph("  ", {{remark, {}}}, "  ");
    for (const Section& section : explanation.sections) {
      explanation.is_brief ? run_on(section) : full(section);
    }
    if (!explanation.is_brief) out_ += '\n';
    for (const std::string& line : explanation.foot) paragraph("", {{line, dim}});
    return std::move(out_);
  }

 private:
  void full(const Section& section) {
    out_ += '\n';
    paragraph("", {{section.heading, tone_code(section.tone)}});
    std::size_t number = 0;
    for (const Point& each : section.points) {
      point(each, "  ", section.numbered ? fmt::format("{}. ", ++number) : "- ");
    }
  }

  void point(const Point& point, const std::string& indent, const std::string& bullet) {
    const std::string rest = indent + std::string(bullet.size(), ' ');
    paragraph(indent + bullet, runs(point), rest);
    for (const Point& below : point.below) this->point(below, rest, "- ");
  }

  /// `Must: write down the decision; tell the family.`
  void run_on(const Section& section) {
    std::vector<Run> words{{section.heading + ":", tone_code(section.tone)}};
    for (std::size_t i = 0; i < section.points.size(); ++i) {
      std::vector<Run> of_point = runs(section.points[i]);
      const bool ends = std::string_view(".!?").find(of_point.back().text.back()) != std::string_view::npos;
      if (i + 1 < section.points.size()) {
        of_point.back().text += ends ? "" : ";";
      } else if (!ends) {
        of_point.back().text += ".";
      }
      for (Run& run : of_point) words.push_back(std::move(run));
    }
    paragraph("", words, "  ");
  }

  static std::vector<Run> runs(const Point& point) {
    std::vector<Run> result{{point.text, {}}};
    if (!point.cites.empty()) result.push_back({fmt::format("[{}]", fmt::join(point.cites, ", ")), {}});
    if (!point.name.empty()) result.push_back({fmt::format("({})", point.name), dim});
    return result;
  }

  void paragraph(std::string_view first, const std::vector<Run>& runs, std::string_view rest = "") {
    out_ += first;
    std::size_t column = columns(first);
    bool at_start = true;
    for (const Run& run : runs) {
      const bool styled = layout_.color && !run.style.empty();
      bool open = false;
      for (const std::string_view word : words(run.text)) {
        const std::size_t width = columns(word);
        if (!at_start && column + 1 + width > layout_.width) {
          if (open) out_ += reset;
          open = false;
          out_ += '\n';
          out_ += rest;
          column = columns(rest);
        } else if (!at_start) {
          out_ += ' ';
          ++column;
        }
        if (styled && !open) out_ += run.style;
        open = styled;
        out_ += word;
        column += width;
        at_start = false;
      }
      if (open) out_ += reset;
    }
    out_ += '\n';
  }

  static std::vector<std::string_view> words(std::string_view text) {
    std::vector<std::string_view> result;
    std::size_t begin = 0;
    while ((begin = text.find_first_not_of(" \t\r\n", begin)) != std::string_view::npos) {
      const std::size_t end = std::min(text.find_first_of(" \t\r\n", begin), text.size());
      result.push_back(text.substr(begin, end - begin));
      begin = end;
    }
    return result;
  }

  TextLayout layout_;
  std::string out_;
};

class MarkdownWriter {
 public:
  std::string write(const Explanation& explanation) {
    out_ += fmt::format("# {}\n\n**{}**", markdown_escaped(explanation.question), markdown_escaped(explanation.answer));
    if (!explanation.name.empty()) out_ += fmt::format(" (`{}`)", explanation.name);
    out_ += "\n\n";
    for (const std::string& remark : explanation.remarks) out_ += markdown_escaped(remark) + "\n\n";
    for (const Section& section : explanation.sections) {
      out_ += fmt::format("## {}\n\n", markdown_escaped(section.heading));
      std::size_t number = 0;
      for (const Point& each : section.points) point(each, "", section.numbered ? fmt::format("{}. ", ++number) : "- ");
      out_ += '\n';
    }
    for (const std::string& line : explanation.foot) out_ += fmt::format("{}\n\n", markdown_escaped(line));
    out_.pop_back();
    return std::move(out_);
  }

 private:
  void point(const Point& point, const std::string& indent, const std::string& bullet) {
    out_ += indent + bullet + markdown_escaped(point.text);
    if (!point.cites.empty())
      out_ += fmt::format(" [{}]", markdown_escaped(fmt::format("{}", fmt::join(point.cites, ", "))));
    if (!point.name.empty()) out_ += fmt::format(" (`{}`)", point.name);
    out_ += '\n';
    for (const Point& below : point.below) this->point(below, indent + std::string(bullet.size(), ' '), "- ");
  }

  std::string out_;
};

}  // namespace

std::string decision_text(const Explanation& explanation, TextLayout layout) {
  return TextWriter(layout).write(explanation);
}

std::string decision_markdown(const Explanation& explanation) { return MarkdownWriter().write(explanation); }

}  // namespace duly
