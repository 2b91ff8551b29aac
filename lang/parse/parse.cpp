#include "lang/parse/parse.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <tao/pegtl.hpp>
#include <utility>

#include "lang/parse/builder.hpp"
#include "lang/parse/declaration_actions.hpp"
#include "lang/parse/expectations.hpp"
#include "lang/parse/explain.hpp"
#include "lang/parse/found.hpp"
#include "lang/parse/grammar.hpp"
#include "lang/parse/limits.hpp"
#include "lang/parse/missing_parts.hpp"
#include "lang/parse/readable.hpp"
#include "lang/parse/resume.hpp"
#include "lang/parse/words.hpp"

/// Compiles the grammar with the actions that build the tree; outline.cpp does with others.
namespace duly {
namespace {

namespace p = tao::pegtl;
using Input = p::memory_input<p::tracking_mode::lazy, p::eol::lf_crlf, const char*>;

/// Turns a failure in a must-position into data of ours.
template <class Rule>
struct Control : p::normal<Rule> {
  template <class In>
  [[noreturn]] static void raise(const In& in, Builder& builder) {
    constexpr grammar::Expectation expected = grammar::expectation_at<Rule>::value;
    const auto offset = static_cast<std::uint32_t>(in.current() - builder.text().data());
    throw Failure{expected.what, expected.word, offset};
  }
};

/// Reads declaration by declaration, and after a mistake goes on at the next one.
class Parser {
 public:
  Parser(const SourceMap& sources, SourceId source, Diagnostics& diagnostics)
      : text_(sources.text(source)),
        source_(source),
        diagnostics_(diagnostics),
        builder_(sources, source, diagnostics),
        errors_before_(diagnostics.errors()) {}

  syntax::Module parse() {
    at_ = byte_order_mark(text_);
    read<grammar::gap>();
    syntax::Module module;
    module.source = source_;
    read_policy();
    while (at_ < text_.size() && !has_too_many_errors()) {
      if (next_word() != "policy") {
        read_declaration(module);
      } else if (has_policy_) {
        refuse_second_policy();
      } else {
        read_policy();  // too late, which was said already
      }
    }
    if (has_too_many_errors()) report_stop();
    module.header = std::move(builder_.header);
    module.comments = std::move(builder_.comments);
    return module;
  }

 private:
  /// Reads one rule of the grammar from here, or reports why that cannot be and goes to the next declaration.
  template <class Rule>
  bool read() {
    const std::uint32_t begin = at_;
    builder_.reset();
    Input in(text_.data() + at_, text_.data() + text_.size(), "");
    try {
      const bool matched = p::parse<Rule, grammar::action, Control>(in, builder_);
      at_ = static_cast<std::uint32_t>(in.current() - text_.data());
      return matched;
    } catch (const Failure& failure) {
      diagnostics_.add(explain(failure, {text_, source_, begin, builder_.last_token()}));
      // The word on which reading failed may itself begin the next declaration, but never this one again.
      const std::uint32_t from = std::max(failure.offset, begin + 1);
      at_ = next_declaration_line(text_, from);
      return false;
    }
  }

  void read_policy() {
    has_policy_ = next_word() == "policy";
    const std::uint32_t begin = at_;
    read<grammar::policy_declaration>();  // says what is wrong where there is none
    if (!has_policy_ && opens_declaration(word_at(begin))) at_ = begin;
  }

  void refuse_second_policy() {
    const Found keyword = token_at(text_, source_, at_);
    Diagnostic second{Code::E0106,
                      keyword.span,
                      "A second policy begins in this file",
                      "one file is one policy",
                      {},
                      "Put it into a file of its own, and let one policy extend the other."};
    if (!builder_.header.name.text.empty())
      second.notes.push_back({builder_.header.name.span, "the first one is this"});
    diagnostics_.add(std::move(second));
    at_ = next_declaration_line(text_, keyword.span.end);
  }

  void read_declaration(syntax::Module& module) {
    const std::uint32_t begin = at_;
    if (!read<grammar::declaration>()) {
      note_unread(module, begin);
      return;
    }
    report_missing_parts(builder_.declaration, diagnostics_);
    module.declarations.push_back(std::move(builder_.declaration));
  }

  /// What was declared by name exists, even where the rest could not be read.
  void note_unread(syntax::Module& module, std::uint32_t begin) {
    const Found keyword = token_at(text_, source_, begin);
    const Found name = token_at(text_, source_, keyword.span.end);
    if (name.kind != Found::Kind::word || is_reserved(name.text)) return;
    module.unread.push_back({std::string(name.text), name.span});
  }

  bool has_too_many_errors() const { return diagnostics_.errors() - errors_before_ >= error_limit; }

  void report_stop() {
    diagnostics_.add({Code::E0908,
                      {source_, at_, at_},
                      fmt::format("Reading stopped after {} errors", error_limit),
                      "",
                      {},
                      "Mend some of them and check again."});
  }

  std::string_view word_at(std::uint32_t at) const {
    const std::string_view rest = text_.substr(at);
    return rest.substr(0, word_length(rest));
  }
  std::string_view next_word() const { return word_at(at_); }

  std::string_view text_;
  SourceId source_;
  Diagnostics& diagnostics_;
  Builder builder_;
  std::size_t errors_before_;
  std::uint32_t at_ = 0;
  bool has_policy_ = false;
};

}  // namespace

syntax::Module parse(const SourceMap& sources, SourceId source, Diagnostics& diagnostics) {
  if (auto unreadable = why_unreadable(sources, source)) {
    diagnostics.add(std::move(*unreadable));
    syntax::Module nothing;
    nothing.source = source;
    return nothing;
  }
  return Parser(sources, source, diagnostics).parse();
}

}  // namespace duly
