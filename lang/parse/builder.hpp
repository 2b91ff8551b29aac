#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "lang/diagnostics/diagnostic.hpp"
#include "lang/syntax/tree.hpp"

namespace duly {

/// Puts the tree together while the grammar reads. Small parts (a name, a text, a condition) wait in registers until
/// the clause that they belong to is complete and takes them. Knows nothing of the grammar.
class Builder {
 public:
  Builder(const SourceMap& sources, SourceId source, Diagnostics& diagnostics);

  // ---- places
  std::string_view text() const { return text_; }
  Span token(const char* begin, const char* end) const { return {source_, offset(begin), offset(end)}; }
  /// From a place to the end of the last token, without the white space behind it.
  Span span_from(const char* begin) const { return {source_, offset(begin), last_token_.end}; }
  void read_token(const char* begin, const char* end);
  Span last_token() const { return last_token_; }

  // ---- mistakes that do not keep the rest from being read
  void report(Diagnostic diagnostic);

  // ---- small parts
  enum class Dots : bool { forbidden, allowed };
  void read_name(Span span, Dots dots);
  void read_text(Span span);
  void read_date(Span span);
  void read_number(Span span);
  void read_comment(Span span);
  void read_tier(Span span);
  void read_operand(syntax::Operand operand);

  syntax::Name name;
  syntax::Name subject;  // what a conclusion, a duty, a fact's line or an expectation is about
  std::vector<syntax::Name> names;
  std::optional<Span> all;  // the `all` of `despite all`
  syntax::Text text_part;
  syntax::DateText date;
  std::int64_t number = 0;
  std::vector<syntax::Operand> operands;
  syntax::Setting setting;
  syntax::Strength strength = syntax::Strength::must;
  syntax::Type type;
  syntax::Type::Number number_type;
  syntax::InForce in_force;
  std::vector<syntax::ChoiceValue> values;
  std::optional<syntax::Name> because;
  bool negated = false;
  syntax::ExpectedStatus status = syntax::ExpectedStatus::undecided;
  syntax::Given given;
  std::vector<syntax::Given> facts;
  syntax::Expectation expectation;
  std::vector<syntax::Expectation> expectations;
  std::vector<syntax::Signature> signatures;

  // ---- expressions
  unsigned nesting = 0;
  syntax::Term term;
  void end_term(Span span);
  void begin_comparison(Span span) { comparison_ = {syntax::Comparison::is, span}; }
  void compare(syntax::Comparison op) { comparison_.op = op; }
  void end_comparison(Span span);
  void end_truth();
  void push(Span span, decltype(syntax::Expr::node) node) { expressions_.push_back({span, std::move(node)}); }
  syntax::Expr pop();
  void widen_last(Span span) { expressions_.back().span = span; }
  void begin_expression() { open_.push_back({expressions_.size(), {}}); }
  /// The last token was an `and` or an `or`.
  void join(bool by_and) { open_.back().joints.push_back({by_and, last_token_}); }
  void end_expression();
  void begin_list(syntax::ListKind kind) { lists_.push_back({kind, {}, {}, {}}); }
  void label_item() { lists_.back().label = std::move(name); }
  void cite_item() { lists_.back().cites = std::exchange(names, {}); }
  void end_item(Span span);
  void end_list(Span span);

  // ---- declarations
  syntax::PolicyHeader header;
  syntax::Declaration declaration;

  /// Forgets everything of the declaration before, a broken one too.
  void reset();
  template <class Node>
  Node& the() {
    if constexpr (std::is_same_v<Node, syntax::PolicyHeader>) {
      return header;
    } else if constexpr (std::is_same_v<Node, syntax::Provision>) {
      return the<syntax::Source>().provisions.back();
    } else if constexpr (std::is_same_v<Node, syntax::Step>) {
      return the<syntax::Procedure>().steps.back();
    } else if constexpr (std::is_same_v<Node, syntax::Answer>) {
      return the<syntax::Step>().answers.back();
    } else if constexpr (std::is_same_v<Node, syntax::Field>) {
      return the<syntax::Record>().fields.back();
    } else if constexpr (std::is_same_v<Node, syntax::Shares>) {
      return the<syntax::Agreement>().shares.back();
    } else {
      return std::get<Node>(declaration.node);
    }
  }
  void end_declaration(Span span) { declaration.span = span; }
  /// Notes that a clause was given, or reports that it was given before. `slot` is what it fills; `words` its words.
  bool is_first(const void* slot, bool occupied, Span words);

  std::vector<syntax::Comment> comments;

 private:
  struct Joint {
    bool by_and;  // else by `or`
    Span word;
  };
  struct OpenExpression {
    std::size_t first;  // its first part among expressions_
    std::vector<Joint> joints;
  };
  struct OpenList {
    syntax::ListKind kind;
    std::optional<syntax::Name> label;
    std::vector<syntax::Name> cites;
    std::vector<syntax::ListItem> items;
  };
  struct OpenComparison {
    syntax::Comparison op = syntax::Comparison::is;
    Span span;
  };
  struct Given {
    const void* slot;
    Span words;
  };

  std::uint32_t offset(const char* place) const { return static_cast<std::uint32_t>(place - text_.data()); }
  void report_mixed(const std::vector<syntax::Expr>& parts, const std::vector<Joint>& joints);

  const SourceMap& sources_;
  SourceId source_;
  std::string_view text_;
  Diagnostics& diagnostics_;
  std::size_t errors_before_;
  Span token_before_;
  Span last_token_;
  std::vector<std::string> misspelt_;  // reported once each
  std::vector<syntax::Expr> expressions_;
  std::vector<OpenExpression> open_;
  std::vector<OpenList> lists_;
  OpenComparison comparison_;
  std::vector<Given> given_;
};

}  // namespace duly
