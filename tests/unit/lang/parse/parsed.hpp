#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "lang/diagnostics/diagnostic.hpp"
#include "lang/parse/parse.hpp"

namespace duly {

/// A text and what the parser made of it.
struct Parsed {
  SourceMap sources;
  Diagnostics diagnostics;
  syntax::Module module;

  explicit Parsed(std::string text) {
    const SourceId id = sources.add("example.policy", std::move(text));
    module = parse(sources, id, diagnostics);
    diagnostics.sort();
  }

  std::string_view words(Span span) const { return sources.text(span); }
  std::size_t line(const Diagnostic& diagnostic) const {
    return sources.position(diagnostic.span.source, diagnostic.span.begin).line;
  }
  /// The codes of all diagnostics, in order of place: "E0203 E0210".
  std::string codes() const {
    std::string out;
    for (const Diagnostic& diagnostic : diagnostics.all()) {
      if (!out.empty()) out += ' ';
      out += name(diagnostic.code);
    }
    return out;
  }
  template <class Node>
  const Node& node(std::size_t index = 0) const {
    return std::get<Node>(module.declarations.at(index).node);
  }
};

/// The declarations of a policy, after a policy line.
inline Parsed parsed(const std::string& declarations) { return Parsed("policy example \"Example\"\n" + declarations); }

/// The only diagnostic of a text with one mistake.
inline Diagnostic mistake(const std::string& declarations) {
  const Parsed result = parsed(declarations);
  if (result.diagnostics.all().size() != 1)
    return {Code::E0101, nowhere, "not one mistake: " + result.codes(), "", {}, ""};
  return result.diagnostics.all().front();
}

}  // namespace duly
