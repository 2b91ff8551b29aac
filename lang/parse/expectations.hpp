#pragma once

#include "lang/parse/failure.hpp"
#include "lang/parse/grammar.hpp"

/// What each must-position of the grammar expects. A position without a line here does not compile, so that no failure
/// ever goes unexplained.
namespace duly::grammar {

struct Expectation {
  Expected what;
  std::string_view word = {};
};

template <class Rule>
struct expectation_at;  // the missing specialisation is the message: give this rule a line below

template <Expected what>
struct expects {
  static constexpr Expectation value{what};
};

template <Letters letters>
struct expectation_at<word<letters>> {
  static constexpr Expectation value{Expected::word, letters.view()};
};
template <char c>
struct expectation_at<mark<c>> {
  static constexpr char text[] = {c, '\0'};
  static constexpr Expectation value{Expected::mark, text};
};

// clang-format off
template <> struct expectation_at<plain_name> : expects<Expected::own_name> {};
template <> struct expectation_at<dotted_name> : expects<Expected::own_name> {};
template <> struct expectation_at<in_place_value> : expects<Expected::own_name> {};
template <> struct expectation_at<in_place_values> : expects<Expected::own_name> {};
template <> struct expectation_at<keyword_value> : expects<Expected::own_name> {};
template <> struct expectation_at<title> : expects<Expected::title> {};

template <> struct expectation_at<name> : expects<Expected::name> {};
template <> struct expectation_at<names> : expects<Expected::name> {};
template <> struct expectation_at<listed_name> : expects<Expected::name> {};
template <> struct expectation_at<labels> : expects<Expected::name> {};
template <> struct expectation_at<listed_label> : expects<Expected::name> {};
template <> struct expectation_at<despite_item> : expects<Expected::name> {};
template <> struct expectation_at<comma_list<despite_item>> : expects<Expected::name> {};
template <> struct expectation_at<signature> : expects<Expected::name> {};
template <> struct expectation_at<comma_list<signature>> : expects<Expected::name> {};
template <> struct expectation_at<asked> : expects<Expected::name> {};
template <> struct expectation_at<unit> : expects<Expected::name> {};

template <> struct expectation_at<text> : expects<Expected::text> {};
template <> struct expectation_at<date> : expects<Expected::date> {};
template <> struct expectation_at<in_force_from> : expects<Expected::date> {};
template <> struct expectation_at<range_from> : expects<Expected::number> {};
template <> struct expectation_at<range_to> : expects<Expected::number> {};
template <> struct expectation_at<tier_number> : expects<Expected::tier> {};
template <> struct expectation_at<agreement_tier> : expects<Expected::tier> {};

template <> struct expectation_at<fact_type> : expects<Expected::type_clause> {};
template <> struct expectation_at<field_type> : expects<Expected::type_clause> {};
template <> struct expectation_at<type> : expects<Expected::type> {};
template <> struct expectation_at<type_or_means> : expects<Expected::type_or_means> {};
template <> struct expectation_at<define_means> : expects<Expected::means> {};

template <> struct expectation_at<conclusion> : expects<Expected::conclusion> {};
template <> struct expectation_at<condition> : expects<Expected::condition> {};
template <> struct expectation_at<part> : expects<Expected::condition> {};
template <> struct expectation_at<item_condition> : expects<Expected::condition> {};
template <> struct expectation_at<list_item> : expects<Expected::list_item> {};
template <> struct expectation_at<operand> : expects<Expected::operand> {};
template <> struct expectation_at<operands> : expects<Expected::operand> {};
template <> struct expectation_at<right_of_is> : expects<Expected::operand> {};
template <> struct expectation_at<right_of_is_not> : expects<Expected::operand> {};
template <> struct expectation_at<right_of_includes> : expects<Expected::operand> {};
template <> struct expectation_at<least_or_most> : expects<Expected::least_or_most> {};
template <> struct expectation_at<setting> : expects<Expected::set_to> {};
template <> struct expectation_at<given_value> : expects<Expected::set_to> {};
template <> struct expectation_at<what_it_is> : expects<Expected::set_to> {};
template <> struct expectation_at<expected_setting> : expects<Expected::set_to> {};
template <> struct expectation_at<duty_status> : expects<Expected::status> {};

template <> struct expectation_at<step_on> { static constexpr Expectation value{Expected::word, "on"}; };
template <> struct expectation_at<outcome> : expects<Expected::outcome> {};

template <> struct expectation_at<policy> : expects<Expected::policy> {};
template <> struct expectation_at<any_declaration> : expects<Expected::declaration> {};
template <> struct expectation_at<next_declaration> : expects<Expected::clause_or_declaration> {};

template <> struct expectation_at<unclosed_text> : expects<Expected::closing_quote> {};
template <> struct expectation_at<too_deep> : expects<Expected::shallower_nesting> {};
template <> struct expectation_at<bare_list> : expects<Expected::list_in_parentheses> {};
template <> struct expectation_at<misplaced_not> : expects<Expected::not_in_front> {};
template <> struct expectation_at<borrowed_words> : expects<Expected::comparison> {};
// clang-format on

}  // namespace duly::grammar
