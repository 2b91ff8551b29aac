#pragma once

#include <optional>
#include <string_view>
#include <utility>

#include "lang/parse/builder.hpp"
#include "lang/parse/grammar.hpp"
#include "lang/parse/moves.hpp"

/// What happens when a rule of the grammar has matched: nearly always, one part moves from a register of the builder to
/// its place in the tree. Rules without a line here do nothing of their own.
namespace duly::grammar {

template <class Rule>
struct action : p::nothing<Rule> {};

// ---- tokens ----------------------------------------------------------------------------------------------------

template <Letters letters>
struct action<spelled<letters>> : is_token {};
template <char c>
struct action<character<c>> : is_token {};
template <YesNo yes_no>
struct action<free_word<yes_no>> : is_name<Builder::Dots::allowed> {};
template <>
struct action<plain_name_word> : is_name<Builder::Dots::forbidden> {};
template <>
struct action<dotted_name_word> : is_name<Builder::Dots::allowed> {};
template <>
struct action<unit_word> : is_name<Builder::Dots::forbidden> {};
template <>
struct action<text_body> : is_literal<&Builder::read_text> {};
template <>
struct action<figures> : is_literal<&Builder::read_number> {};
template <>
struct action<date_figures> : is_literal<&Builder::read_date> {};
template <>
struct action<comment> {
  template <class Input>
  static void apply(const Input& in, Builder& b) {
    b.read_comment(b.token(in.begin(), in.end()));
  }
};

// clang-format off

// ---- names and values ------------------------------------------------------------------------------------------

inline void list_name(Builder& b, Span) { b.names.push_back(std::move(b.name)); }
inline void keep_subject(Builder& b, Span) { b.subject = std::move(b.name); }

template <> struct action<listed_name> : runs<list_name> {};
template <> struct action<listed_label> : runs<list_name> {};

inline void operand_is(Builder& b, decltype(syntax::Operand::value) value, Span span) {
  b.read_operand({std::move(value), span});
}
template <> struct action<operand_yes> {
  static void apply0(Builder& b) { operand_is(b, syntax::Operand::YesNo{true}, b.last_token()); }
};
template <> struct action<operand_no> {
  static void apply0(Builder& b) { operand_is(b, syntax::Operand::YesNo{false}, b.last_token()); }
};
template <> struct action<operand_date> {
  static void apply0(Builder& b) { operand_is(b, b.date.date, b.last_token()); }
};
template <> struct action<operand_number> {
  static void apply0(Builder& b) { operand_is(b, b.number, b.last_token()); }
};
template <> struct action<operand_name> {
  static void apply0(Builder& b) { operand_is(b, std::move(b.name.text), b.last_token()); }
};

inline void end_setting(Builder& b, Span span) {
  const bool empty = b.operands.empty();
  b.setting = {std::exchange(b.operands, {}), empty, span};
}
template <> struct action<setting> : runs<end_setting> {};

inline void add_negation(Builder& b, Span) {
  b.strength = b.strength == syntax::Strength::must ? syntax::Strength::must_not : syntax::Strength::should_not;
}
template <> struct action<must_word> { static void apply0(Builder& b) { b.strength = syntax::Strength::must; } };
template <> struct action<should_word> { static void apply0(Builder& b) { b.strength = syntax::Strength::should; } };
template <> struct action<may_word> { static void apply0(Builder& b) { b.strength = syntax::Strength::may; } };
template <> struct action<duty_not> : runs<add_negation> {};
template <> struct action<duty> : runs<keep_subject> {};

// ---- expressions -----------------------------------------------------------------------------------------------

template <> struct action<elapsed_years> { static void apply0(Builder& b) { b.term.elapsed = Elapsed::years; } };
template <> struct action<elapsed_months> { static void apply0(Builder& b) { b.term.elapsed = Elapsed::months; } };
template <> struct action<elapsed_days> { static void apply0(Builder& b) { b.term.elapsed = Elapsed::days; } };
template <> struct action<term> : runs<&Builder::end_term> {};

template <syntax::Comparison op>
struct compares { static void apply0(Builder& b) { b.compare(op); } };
template <> struct action<is_word> : runs<&Builder::begin_comparison> {};
template <> struct action<is_not_operand> : compares<syntax::Comparison::is_not> {};
template <> struct action<is_one_of> : compares<syntax::Comparison::is_one_of> {};
template <> struct action<is_not_one_of> : compares<syntax::Comparison::is_not_one_of> {};
template <> struct action<is_under> : compares<syntax::Comparison::is_under> {};
template <> struct action<is_over> : compares<syntax::Comparison::is_over> {};
template <> struct action<is_at_least> : compares<syntax::Comparison::is_at_least> {};
template <> struct action<is_at_most> : compares<syntax::Comparison::is_at_most> {};
template <> struct action<is_from_to> : compares<syntax::Comparison::is_from_to> {};
template <> struct action<is_before> : compares<syntax::Comparison::is_before> {};
template <> struct action<is_after> : compares<syntax::Comparison::is_after> {};
template <> struct action<is_empty> : compares<syntax::Comparison::is_empty> {};
template <> struct action<includes_word> : runs<&Builder::begin_comparison> {};
template <> struct action<includes_operand> : compares<syntax::Comparison::includes> {};
template <> struct action<includes_any> : compares<syntax::Comparison::includes_any_of> {};
template <> struct action<includes_all> : compares<syntax::Comparison::includes_all_of> {};
template <> struct action<comparison> : runs<&Builder::end_comparison> {};
template <> struct action<truth> { static void apply0(Builder& b) { b.end_truth(); } };

inline void negate(Builder& b, Span span) {
  syntax::Not negation;
  negation.part.push_back(b.pop());
  b.push(span, std::move(negation));
}
inline void test_duty(Builder& b, Span span) { b.push(span, syntax::DutyTest{b.strength, std::move(b.subject)}); }
template <> struct action<negation> : runs<negate> {};
template <> struct action<parenthesised> : runs<&Builder::widen_last> {};
template <> struct action<duty_test> : runs<test_duty> {};

template <> struct action<opens_expression> { static void apply0(Builder& b) { b.begin_expression(); } };
template <> struct action<and_word> { static void apply0(Builder& b) { b.join(true); } };
template <> struct action<or_word> { static void apply0(Builder& b) { b.join(false); } };
template <> struct action<expression> { static void apply0(Builder& b) { b.end_expression(); } };
template <> struct action<item_condition> { static void apply0(Builder& b) { b.end_expression(); } };

template <> struct action<any_of> { static void apply0(Builder& b) { b.begin_list(syntax::ListKind::any_of); } };
template <> struct action<all_of> { static void apply0(Builder& b) { b.begin_list(syntax::ListKind::all_of); } };
template <> struct action<none_of> { static void apply0(Builder& b) { b.begin_list(syntax::ListKind::none_of); } };
template <> struct action<item_label> { static void apply0(Builder& b) { b.label_item(); } };
template <> struct action<item_cites> { static void apply0(Builder& b) { b.cite_item(); } };
template <> struct action<list_item> : runs<&Builder::end_item> {};
template <> struct action<list> : runs<&Builder::end_list> {};

// ---- types -----------------------------------------------------------------------------------------------------

inline void type_is(Builder& b, decltype(syntax::Type::kind) kind, Span span) { b.type = {std::move(kind), span}; }
inline void type_is_yes_no(Builder& b, Span span) { type_is(b, syntax::Type::YesNo{}, span); }
inline void type_is_one_of(Builder& b, Span span) {
  type_is(b, syntax::Type::OneOf{std::exchange(b.values, {})}, span);
}
inline void type_is_number(Builder& b, Span span) { type_is(b, std::move(b.number_type), span); }
inline void type_is_date(Builder& b, Span span) { type_is(b, syntax::Type::DateType{}, span); }
inline void type_is_set(Builder& b, Span span) { type_is(b, syntax::Type::SetOf{std::move(b.name)}, span); }
inline void type_is_text(Builder& b, Span span) { type_is(b, syntax::Type::TextType{}, span); }
inline void type_is_choice(Builder& b, Span span) { type_is(b, syntax::Type::OfChoice{std::move(b.name)}, span); }

template <> struct action<in_place_name> {
  static void apply0(Builder& b) { b.values.push_back({std::move(b.name), {}}); }
};
template <> struct action<in_place_title> {
  static void apply0(Builder& b) { b.values.back().title = std::move(b.text_part); }
};
template <> struct action<number_word> { static void apply0(Builder& b) { b.number_type = {}; } };
template <> struct action<unit> { static void apply0(Builder& b) { b.number_type.unit = std::move(b.name); } };
template <> struct action<range_from> { static void apply0(Builder& b) { b.number_type.from = b.number; } };
template <> struct action<range_to> { static void apply0(Builder& b) { b.number_type.to = b.number; } };
template <> struct action<yes_no_type> : runs<type_is_yes_no> {};
template <> struct action<one_of_type> : runs<type_is_one_of> {};
template <> struct action<number_type> : runs<type_is_number> {};
template <> struct action<date_type> : runs<type_is_date> {};
template <> struct action<set_type> : runs<type_is_set> {};
template <> struct action<text_type> : runs<type_is_text> {};
template <> struct action<choice_type> : runs<type_is_choice> {};

// clang-format on

}  // namespace duly::grammar
