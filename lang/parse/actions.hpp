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

// ---- policy, source, choice, fact, definition, decision, action --------------------------------------------------

inline void begin_in_force(Builder& b, Span span) { b.in_force = {{}, {}, span}; }
inline void in_force_since(Builder& b, Span span) {
  b.in_force.from = b.date;
  b.in_force.span = cover(b.in_force.span, span);
}
inline void in_force_until(Builder& b, Span span) {
  b.in_force.until = b.date;
  b.in_force.span = cover(b.in_force.span, span);
}
template <> struct action<in_force_words> : runs<begin_in_force> {};
template <> struct action<in_force_from> : runs<in_force_since> {};
template <> struct action<until> : runs<in_force_until> {};

template <> struct action<policy_head> {
  static void apply0(Builder& b) {
    b.header = {};
    b.header.name = std::move(b.name);
    b.header.title = std::move(b.text_part);
  }
};
template <> struct action<policy_version> : sets<&syntax::PolicyHeader::version> {};
template <> struct action<policy_in_force> : sets<&syntax::PolicyHeader::in_force> {};
template <> struct action<policy_extends> : sets<&syntax::PolicyHeader::extends> {};
template <> struct action<policy_decides> : sets<&syntax::PolicyHeader::decides> {};
template <> struct action<policy_contact> : sets<&syntax::PolicyHeader::contact> {};
template <> struct action<policy> : ends_part<syntax::PolicyHeader> {};

template <> struct action<source_head> : begins<syntax::Source> {};
template <> struct action<source_by> : sets<&syntax::Source::by> {};
template <> struct action<source_dated> : sets<&syntax::Source::dated> {};
template <> struct action<source_url> : sets<&syntax::Source::url> {};
template <> struct action<provision_head> : begins_part<&syntax::Source::provisions> {};
template <> struct action<provision_judgement> : sets<&syntax::Provision::judgement> {};
template <> struct action<provision> : ends_part<syntax::Provision> {};

template <> struct action<choice_value> {
  static void apply0(Builder& b) { b.values.push_back({std::move(b.name), std::move(b.text_part)}); }
};
template <> struct action<choice_head> : begins<syntax::Choice> {};
template <> struct action<choice_ordered> : sets<&syntax::Choice::ordered> {};
template <> struct action<choice_cite> : adds<&syntax::Choice::cites> {};
template <> struct action<choice> : takes_values<&syntax::Choice::values> {};
template <> struct action<extend_head> : begins<syntax::ExtendChoice> {};
template <> struct action<extend_cite> : adds<&syntax::ExtendChoice::cites> {};
template <> struct action<extend> : takes_values<&syntax::ExtendChoice::values> {};

template <> struct action<fact_head> : begins<syntax::Fact> {};
template <> struct action<fact_type> {
  static void apply0(Builder& b) { b.the<syntax::Fact>().type = std::move(b.type); }
};
template <> struct action<fact_ask> : sets<&syntax::Fact::ask> {};
template <> struct action<fact_help> : sets<&syntax::Fact::help> {};
template <> struct action<fact_cite> : adds<&syntax::Fact::cites> {};
template <> struct action<fact_judgement> : sets<&syntax::Fact::judgement> {};
template <> struct action<fact_sensitive> : sets<&syntax::Fact::sensitive> {};

template <> struct action<define_head> : begins<syntax::Define> {};
template <> struct action<redefine_head> : begins<syntax::Define> {};
template <> struct action<define_type> : sets<&syntax::Define::type> {};
template <> struct action<define_means> : sets<&syntax::Define::means> {};
template <> struct action<define_otherwise> : sets<&syntax::Define::otherwise> {};
template <> struct action<define_cite> : adds<&syntax::Define::cites> {};

template <> struct action<decision_head> : begins<syntax::Decision> {};
template <> struct action<decision_otherwise> : sets<&syntax::Decision::otherwise> {};
template <> struct action<decision_cite> : adds<&syntax::Decision::cites> {};
template <> struct action<decision> : takes_values<&syntax::Decision::outcomes> {};

template <> struct action<action_head> : begins<syntax::Action> {};
template <> struct action<action_by> : sets<&syntax::Action::by> {};
template <> struct action<action_to> : sets<&syntax::Action::to> {};
template <> struct action<action_cite> : adds<&syntax::Action::cites> {};

// ---- rule, procedure, record -----------------------------------------------------------------------------------

inline void conclude_duty(Builder& b, Span span) {
  b.the<syntax::Rule>().conclusion = {span, syntax::Duty{b.strength, std::move(b.subject)}};
}
inline void conclude_value(Builder& b, Span span) {
  b.the<syntax::Rule>().conclusion = {span, syntax::ValueIs{std::move(b.subject), std::move(b.setting)}};
}
inline void prevail(Builder& b, Span span) {
  auto& rule = b.the<syntax::Rule>();
  const bool occupied = rule.despite_all || !rule.despite.empty();
  const Span word{span.source, span.begin, span.begin + static_cast<std::uint32_t>(std::string_view("despite").size())};
  if (b.is_first(&rule.despite, occupied, word)) {
    rule.despite_all = b.all;
    rule.despite = b.names;
  }
  b.all.reset();
  b.names.clear();
}
template <> struct action<rule_head> : begins<syntax::Rule> {};
template <> struct action<concluded_value> : runs<keep_subject> {};
template <> struct action<duty_conclusion> : runs<conclude_duty> {};
template <> struct action<value_conclusion> : runs<conclude_value> {};
template <> struct action<rule_when> : sets<&syntax::Rule::when> {};
template <> struct action<despite_all> { static void apply0(Builder& b) { b.all = b.last_token(); } };
template <> struct action<rule_despite> : runs<prevail> {};
template <> struct action<rule_instead_of> : sets<&syntax::Rule::instead_of> {};
template <> struct action<rule_timing> : sets<&syntax::Rule::timing> {};
template <> struct action<rule_because> : sets<&syntax::Rule::because> {};
template <> struct action<rule_cite> : adds<&syntax::Rule::cites> {};
template <> struct action<rule_protected> : sets<&syntax::Rule::is_protected> {};

inline void begin_answer(Builder& b, Span) {
  b.the<syntax::Step>().answers.emplace_back().answers = std::exchange(b.names, {});
}
inline void begin_otherwise(Builder& b, Span span) { b.the<syntax::Step>().answers.emplace_back().otherwise = span; }
template <> struct action<step_head> : begins_part<&syntax::Procedure::steps> {};
template <> struct action<step_on> { static void apply0(Builder& b) { b.the<syntax::Step>().on = std::move(b.name); } };
template <> struct action<step_cite> : adds<&syntax::Step::cites> {};
template <> struct action<answer_names> : runs<begin_answer> {};
template <> struct action<answer_otherwise> : runs<begin_otherwise> {};
template <> struct action<answer_outcome> {
  static void apply0(Builder& b) { b.the<syntax::Answer>().outcome = std::move(b.name); }
};
template <> struct action<answer_cite> : adds<&syntax::Answer::cites> {};
template <> struct action<answer> : ends_part<syntax::Answer> {};
template <> struct action<step> : ends_part<syntax::Step> {};
template <> struct action<procedure_head> : begins<syntax::Procedure> {};
template <> struct action<procedure_decides> : sets<&syntax::Procedure::decides> {};
template <> struct action<procedure_cite> : adds<&syntax::Procedure::cites> {};

template <> struct action<field_head> : begins_part<&syntax::Record::fields> {};
template <> struct action<field_type> {
  static void apply0(Builder& b) { b.the<syntax::Field>().type = std::move(b.type); }
};
template <> struct action<field_from> : sets<&syntax::Field::from> {};
template <> struct action<field_when> : sets<&syntax::Field::when> {};
template <> struct action<field_cite> : adds<&syntax::Field::cites> {};
template <> struct action<field> : ends_part<syntax::Field> {};
template <> struct action<record_head> : begins<syntax::Record> {};
template <> struct action<record_when> : sets<&syntax::Record::when> {};
template <> struct action<record_cite> : adds<&syntax::Record::cites> {};

// ---- agreement, safeguard, case --------------------------------------------------------------------------------

inline void begin_shares(Builder& b, Span) {
  b.the<syntax::Agreement>().shares.emplace_back().categories = std::exchange(b.names, {});
}
inline void keep_between(Builder& b, Span span) {
  auto& agreement = b.the<syntax::Agreement>();
  const Span word{span.source, span.begin, span.begin + static_cast<std::uint32_t>(std::string_view("between").size())};
  auto bodies = std::exchange(b.names, {});
  if (!b.is_first(&agreement.between, is_given(agreement.between), word)) return;
  agreement.between = std::move(bodies);
  agreement.between_span = span;
}
template <> struct action<agreement_head> : begins<syntax::Agreement> {};
template <> struct action<tier_number> : runs<&Builder::read_tier> {};
template <> struct action<agreement_under> : sets<&syntax::Agreement::under> {};
template <> struct action<agreement_between> : runs<keep_between> {};
template <> struct action<signing_body> : runs<keep_subject> {};
template <> struct action<signature> {
  static void apply0(Builder& b) { b.signatures.push_back({std::move(b.subject), b.date}); }
};
template <> struct action<agreement_signed> : sets<&syntax::Agreement::signatures> {};
template <> struct action<agreement_in_force> : sets<&syntax::Agreement::in_force> {};
template <> struct action<agreement_review> : sets<&syntax::Agreement::review_by> {};
template <> struct action<agreement_owner> : sets<&syntax::Agreement::owner> {};
template <> struct action<shared_categories> : runs<begin_shares> {};
template <> struct action<shares_from> : sets<&syntax::Shares::from> {};
template <> struct action<shares_to> : sets<&syntax::Shares::to> {};
template <> struct action<agreement_shares> : ends_part<syntax::Shares> {};
template <> struct action<agreement_for> : sets<&syntax::Agreement::purposes> {};
template <> struct action<agreement_basis> : sets<&syntax::Agreement::basis> {};
template <> struct action<agreement_power> : sets<&syntax::Agreement::power> {};
template <> struct action<agreement_frequency> : sets<&syntax::Agreement::frequency> {};
template <> struct action<agreement_retention> : sets<&syntax::Agreement::retention> {};
template <> struct action<agreement_security> : sets<&syntax::Agreement::security> {};
template <> struct action<agreement_cite> : adds<&syntax::Agreement::cites> {};

template <> struct action<safeguard_head> : begins<syntax::Safeguard> {};
template <> struct action<safeguard_when> : sets<&syntax::Safeguard::when> {};
template <> struct action<safeguard_always> : sets<&syntax::Safeguard::holds> {};
template <> struct action<safeguard_never> {
  template <class Input>
  static void apply(const Input& in, Builder& b) {
    auto& safeguard = b.the<syntax::Safeguard>();
    if (!safeguard.holds) safeguard.never = true;
    sets<&syntax::Safeguard::holds>::apply(in, b);
  }
};
template <> struct action<safeguard_cite> : adds<&syntax::Safeguard::cites> {};

inline void end_given(Builder& b, Span span) { b.given.span = span; b.facts.push_back(std::move(b.given)); }
template <> struct action<case_head> : begins<syntax::Case> {};
template <> struct action<case_like> : sets<&syntax::Case::like> {};
template <> struct action<case_story> : sets<&syntax::Case::story> {};
template <> struct action<case_as_at> : sets<&syntax::Case::as_at> {};
template <> struct action<given_fact> { static void apply0(Builder& b) { b.given = {std::move(b.name), {}, {}}; } };
template <> struct action<given_setting> { static void apply0(Builder& b) { b.given.setting = std::move(b.setting); } };
template <> struct action<given> : runs<end_given> {};
template <> struct action<case_facts> : sets<&syntax::Case::facts> {};

inline void expect(Builder& b, decltype(syntax::Expectation::node) node) { b.expectation.node = std::move(node); }
inline void end_expectation(Builder& b, Span span) {
  b.expectation.span = span;
  b.expectations.push_back(std::move(b.expectation));
}
template <> struct action<expected_value> : runs<keep_subject> {};
template <> struct action<because_rule> { static void apply0(Builder& b) { b.because = std::move(b.name); } };
template <> struct action<status_undecided> {
  static void apply0(Builder& b) { b.status = syntax::ExpectedStatus::undecided; }
};
template <> struct action<status_conflict> {
  static void apply0(Builder& b) { b.status = syntax::ExpectedStatus::conflict; }
};
template <> struct action<status_gap> { static void apply0(Builder& b) { b.status = syntax::ExpectedStatus::gap; } };
template <> struct action<status_unsafe> {
  static void apply0(Builder& b) { b.status = syntax::ExpectedStatus::unsafe; }
};
template <> struct action<expected_status> {
  static void apply0(Builder& b) { expect(b, syntax::ExpectStatus{std::move(b.subject), b.status}); }
};
template <> struct action<expected_not> { static void apply0(Builder& b) { b.negated = true; } };
template <> struct action<expected_result> {
  static void apply0(Builder& b) {
    auto because = std::exchange(b.because, {});
    expect(b, syntax::ExpectValue{std::move(b.subject), std::exchange(b.negated, false), std::move(b.setting), because});
  }
};
template <> struct action<expect_duty> {
  static void apply0(Builder& b) {
    expect(b, syntax::ExpectDuty{b.strength, std::move(b.subject), std::exchange(b.because, {})});
  }
};
template <> struct action<expect_no_duty> {
  static void apply0(Builder& b) { expect(b, syntax::ExpectNoDuty{std::move(b.name)}); }
};
template <> struct action<expect_duty_status> {
  static void apply0(Builder& b) { expect(b, syntax::ExpectDutyStatus{std::move(b.name), b.status}); }
};
template <> struct action<asks_nothing> { static void apply0(Builder& b) { expect(b, syntax::ExpectAsks{}); } };
template <> struct action<asks_fact> {
  static void apply0(Builder& b) { expect(b, syntax::ExpectAsks{std::move(b.name)}); }
};
template <> struct action<expectation> : runs<end_expectation> {};
template <> struct action<case_expect> : sets<&syntax::Case::expectations> {};
template <> struct action<case_discuss> : sets<&syntax::Case::discuss> {};
template <> struct action<case_cite> : adds<&syntax::Case::cites> {};

// clang-format on

template <>
struct action<any_declaration> : runs<&Builder::end_declaration> {};

}  // namespace duly::grammar
