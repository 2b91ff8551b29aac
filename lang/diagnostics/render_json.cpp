#include <fmt/format.h>

#include <cstddef>
#include <iterator>
#include <set>
#include <string>
#include <string_view>

#include "lang/base/json_text.hpp"
#include "lang/diagnostics/render.hpp"

namespace duly {
namespace {

bool has_place(Span span) { return span.source.index != no_source; }

std::string_view word(Severity severity) { return severity == Severity::error ? "error" : "warning"; }

template <class Items, class Write>
std::string joined(const Items& items, std::string_view separator, Write write) {
  std::string out;
  for (const auto& item : items) {
    if (!out.empty()) out += separator;
    out += write(item);
  }
  return out;
}

/// `"file": …, "line": …, …`; all null where there is no place.
std::string place(const SourceMap& sources, Span span) {
  if (!has_place(span)) return R"("file": null, "line": null, "column": null, "end_line": null, "end_column": null)";
  const Position begin = sources.position(span.source, span.begin);
  const Position end = sources.position(span.source, span.end);
  return fmt::format(R"("file": {}, "line": {}, "column": {}, "end_line": {}, "end_column": {})",
                     json_quoted(sources.name(span.source)), begin.line, begin.column, end.line, end.column);
}

std::string json_object(const SourceMap& sources, const Diagnostic& d) {
  const auto note = [&](const Note& n) {
    return fmt::format(R"({{{}, "text": {}}})", place(sources, n.span), json_quoted(n.text));
  };
  return fmt::format(R"({{"code": "{}", "severity": "{}", "message": {}, "label": {}, {}, "notes": [{}], "help": {}}})",
                     name(d.code), word(severity(d.code)), json_quoted(d.message), json_quoted(d.label),
                     place(sources, d.span), joined(d.notes, ", ", note), json_quoted(d.help));
}

/// A path as a URI reference: everything but unreserved characters and slashes is percent-encoded.
std::string uri(std::string_view path) {
  std::string out;
  for (const char c : path) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       std::string_view("-._~/").find(c) != std::string_view::npos;
    if (plain) {
      out += c;
    } else {
      fmt::format_to(std::back_inserter(out), "%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return out;
}

std::string sarif_location(const SourceMap& sources, Span span, std::string_view text) {
  const Position begin = sources.position(span.source, span.begin);
  const Position end = sources.position(span.source, span.end);
  const std::string message =
      text.empty() ? std::string() : fmt::format(R"(, "message": {{"text": {}}})", json_quoted(text));
  return fmt::format(R"({{"physicalLocation": {{"artifactLocation": {{"uri": {}}}, )"
                     R"("region": {{"startLine": {}, "startColumn": {}, "endLine": {}, "endColumn": {}}}}}{}}})",
                     json_quoted(uri(sources.name(span.source))), begin.line, begin.column, end.line, end.column,
                     message);
}

std::string sarif_result(const SourceMap& sources, const Diagnostic& d) {
  std::string text = d.message;
  if (!d.label.empty()) text += fmt::format(" ({})", d.label);
  if (!d.help.empty()) text += fmt::format(". {}", d.help);
  std::string out = fmt::format(R"({{"ruleId": "{}", "level": "{}", "message": {{"text": {}}}, "locations": [{}])",
                                name(d.code), word(severity(d.code)), json_quoted(text),
                                has_place(d.span) ? sarif_location(sources, d.span, d.label) : std::string());
  std::string related;
  for (const Note& note : d.notes) {
    if (!has_place(note.span)) continue;
    if (!related.empty()) related += ", ";
    related += sarif_location(sources, note.span, note.text);
  }
  if (!related.empty()) out += fmt::format(R"(, "relatedLocations": [{}])", related);
  return out + '}';
}

}  // namespace

std::string render_json(const SourceMap& sources, const Diagnostics& diagnostics) {
  if (diagnostics.all().empty()) return "[]\n";
  const auto object = [&](const Diagnostic& d) { return "  " + json_object(sources, d); };
  return fmt::format("[\n{}\n]\n", joined(diagnostics.all(), ",\n", object));
}

std::string render_sarif(const SourceMap& sources, const Diagnostics& diagnostics) {
  std::set<Code> used;
  for (const Diagnostic& d : diagnostics.all()) used.insert(d.code);
  const std::string rules = joined(used, ",\n", [](Code code) {
    return fmt::format(R"(      {{"id": "{}", "shortDescription": {{"text": {}}}}})", name(code),
                       json_quoted(title(code)));
  });
  const std::string results =
      joined(diagnostics.all(), ",\n", [&](const Diagnostic& d) { return "      " + sarif_result(sources, d); });
  return fmt::format(
      R"({{
  "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
  "version": "2.1.0",
  "runs": [{{
    "tool": {{"driver": {{"name": "duly", "rules": [{}]}}}},
    "columnKind": "unicodeCodePoints",
    "results": [{}]
  }}]
}}
)",
      rules.empty() ? rules : "\n" + rules + "\n    ", results.empty() ? results : "\n" + results + "\n    ");
}

}  // namespace duly
