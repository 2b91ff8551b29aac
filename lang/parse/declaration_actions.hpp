#pragma once

#include <cstdint>
#include <string_view>
#include <utility>

#include "lang/parse/actions.hpp"

/// The actions of declarations and their clauses, in the order of grammar.hpp.
namespace duly::grammar {

// clang-format off

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
    const bool negated = std::exchange(b.negated, false);
    expect(b, syntax::ExpectValue{std::move(b.subject), negated, std::move(b.setting), std::move(because)});
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
