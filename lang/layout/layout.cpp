#include "lang/layout/layout.hpp"

#include <utility>

#include "lang/layout/gaps.hpp"
#include "lang/layout/lines.hpp"
#include "lang/layout/same_meaning.hpp"
#include "lang/layout/tokens.hpp"
#include "lang/parse/limits.hpp"
#include "lang/parse/outline.hpp"
#include "lang/parse/parse.hpp"

namespace duly {
namespace {

std::vector<std::string_view> comments_of(std::string_view text) {
  std::vector<std::string_view> comments;
  for (const Token& token : tokens_of(text)) {
    if (token.is_comment) comments.push_back(token.text);
  }
  return comments;
}

bool says_the_same(const syntax::Module& before, std::string_view text_before, const std::string& text_after) {
  SourceMap sources;
  Diagnostics diagnostics;
  const syntax::Module after = parse(sources, sources.add("", text_after), diagnostics);
  return diagnostics.errors() == 0 && same_meaning(before, after) &&
         comments_of(text_before) == comments_of(text_after);
}

}  // namespace

LaidOut lay_out(const SourceMap& sources, SourceId source, Diagnostics& diagnostics) {
  const std::size_t errors_before = diagnostics.errors();
  const syntax::Module module = parse(sources, source, diagnostics);
  if (diagnostics.errors() > errors_before) return {LaidOut::Result::syntax_error, {}};

  const std::string_view text = sources.text(source);
  const std::vector<Token> tokens = tokens_of(text);
  const std::vector<Part> parts = outline(text);
  std::string laid_out = in_lines(tokens, gaps_of(tokens, parts));

  if (laid_out.size() > file_size_limit) return {LaidOut::Result::too_long, {}};
  if (parts.empty() || !says_the_same(module, text, laid_out)) return {LaidOut::Result::changes_meaning, {}};
  return {LaidOut::Result::done, std::move(laid_out)};
}

}  // namespace duly
