#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>

#include "lang/diagnostics/quoted_line.hpp"
#include "lang/diagnostics/render.hpp"

namespace duly {
namespace {

enum class Style { plain, bold, error, warning, place };

/// Writes diagnostics one below the other. Colour only repeats what the words say.
class TextReport {
 public:
  TextReport(const SourceMap& sources, RenderOptions options) : sources_(sources), options_(options) {}

  void add(const Diagnostic& diagnostic) {
    const bool is_error = severity(diagnostic.code) == Severity::error;
    const Style style = is_error ? Style::error : Style::warning;
    const std::string head = fmt::format("{}[{}]", is_error ? "error" : "warning", name(diagnostic.code));
    line("{}: {}", styled(style, head), styled(Style::bold, diagnostic.message));
    gutter_ = gutter_width(diagnostic);
    if (has_place(diagnostic.span)) quote(diagnostic.span, diagnostic.label, '^', style);
    for (const Note& note : diagnostic.notes) {
      if (has_place(note.span)) {
        quote(note.span, note.text, '-', Style::place);
      } else if (!note.text.empty()) {
        line("{} {} note: {}", margin(), bar("="), note.text);
      }
    }
    if (!diagnostic.help.empty()) help(diagnostic.help);
    out_ += '\n';
  }

  void close(const Diagnostics& diagnostics) {
    if (diagnostics.all().empty()) return;
    std::string counts;
    if (diagnostics.errors() > 0) counts = count(diagnostics.errors(), "error");
    if (diagnostics.warnings() > 0) {
      counts += fmt::format("{}{}", counts.empty() ? "" : ", ", count(diagnostics.warnings(), "warning"));
    }
    line("{}", counts);
  }

  std::string take() { return std::move(out_); }

 private:
  static bool has_place(Span span) { return span.source.index != no_source; }

  static std::string count(std::size_t number, std::string_view what) {
    return fmt::format("{} {}{}", number, what, number == 1 ? "" : "s");
  }

  /// All line numbers of one diagnostic stand in one column.
  std::size_t gutter_width(const Diagnostic& diagnostic) const {
    std::size_t width = 1;
    const auto see = [&](Span span) {
      if (!has_place(span)) return;
      width = std::max(width, fmt::formatted_size("{}", sources_.position(span.source, span.begin).line));
    };
    see(diagnostic.span);
    for (const Note& note : diagnostic.notes) see(note.span);
    return width;
  }

  void quote(Span span, std::string_view label, char mark, Style style) {
    const Position place = sources_.position(span.source, span.begin);
    const QuotedLine quoted = quote_line(sources_, span);
    line("{}{} {}:{}:{}", margin(), bar("-->"), sources_.name(span.source), place.line, place.column);
    line("{} {}", margin(), bar("|"));
    line("{} {}", styled(Style::place, fmt::format("{:>{}} |", place.line, gutter_)), quoted.text);
    const std::string marks(quoted.mark_width, mark);
    const std::string under = label.empty() ? marks : fmt::format("{} {}", marks, label);
    line("{} {} {}{}", margin(), bar("|"), std::string(quoted.mark_column, ' '), styled(style, under));
  }

  /// Further lines of a help stand below its first.
  void help(std::string_view text) {
    std::string head = fmt::format("{} help: ", bar("="));
    while (true) {
      const std::size_t end = text.find('\n');
      line("{} {}{}", margin(), head, text.substr(0, end));
      if (end == std::string_view::npos) return;
      text.remove_prefix(end + 1);
      head = "        ";
    }
  }

  std::string margin() const { return std::string(gutter_, ' '); }
  std::string bar(std::string_view text) const { return styled(Style::place, text); }

  std::string styled(Style style, std::string_view text) const {
    if (!options_.color || style == Style::plain) return std::string(text);
    return fmt::format("{}{}\x1b[0m", escape(style), text);
  }

  static std::string_view escape(Style style) {
    switch (style) {
      case Style::plain: return "";
      case Style::bold: return "\x1b[1m";
      case Style::error: return "\x1b[1;31m";
      case Style::warning: return "\x1b[1;33m";
      case Style::place: return "\x1b[1;34m";
    }
    return "";
  }

  template <class... Args>
  void line(fmt::format_string<Args...> format, Args&&... args) {
    const std::size_t begin = out_.size();
    fmt::format_to(std::back_inserter(out_), format, std::forward<Args>(args)...);
    while (out_.size() > begin && out_.back() == ' ') out_.pop_back();
    out_ += '\n';
  }

  const SourceMap& sources_;
  RenderOptions options_;
  std::size_t gutter_ = 1;
  std::string out_;
};

}  // namespace

std::string render_text(const SourceMap& sources, const Diagnostic& diagnostic, RenderOptions options) {
  TextReport report(sources, options);
  report.add(diagnostic);
  return report.take();
}

std::string render_text(const SourceMap& sources, const Diagnostics& diagnostics, RenderOptions options) {
  TextReport report(sources, options);
  for (const Diagnostic& diagnostic : diagnostics.all()) report.add(diagnostic);
  report.close(diagnostics);
  return report.take();
}

}  // namespace duly
