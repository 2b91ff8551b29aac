#pragma once

#include <tao/pegtl.hpp>

#include "lang/parse/tokens.hpp"

/// The grammar of Duly, as PEGTL rules. How it is written, and why:
///
/// - It reads one declaration at a time (`declaration`); the driver in parse.cpp calls it again and again. So a mistake
///   costs the declaration that it stands in and no other.
/// - One word decides. Every construct opens with a keyword, or with a name where nothing else can stand, and from
///   there on everything is a must-position (`if_must`, `must`): nothing is tried twice, no action runs for something
///   that is given up later, and a failure is known to be the author's and can be explained at its place.
///   The few places where one word does not tell look ahead with `at<…>`, which runs no actions.
/// - What each must-position expects is said in expectations.hpp; a position without such a line does not compile.
/// - White space is part of the tokens (tokens.hpp) and never mentioned here.
/// - A clause that several declarations have (`cite`, `when`) has a rule of its own in each (`fact_cite`, `rule_cite`),
///   so that its action (actions.hpp) knows where the clause belongs. A clause belongs to the nearest thing before it
///   that can have it: a `cite` behind a field is the field's.
/// - Depth is counted where rules call themselves, in `nested`, before the call.
namespace duly::grammar {

// ---- building blocks -------------------------------------------------------------------------------------------

/// A keyword and what must follow it.
template <Letters letters, class... Rest>
struct clause : p::if_must<word<letters>, Rest...> {};

/// The keyword, the name and the title that a declaration begins with.
template <Letters letters, class Name>
struct head : p::if_must<word<letters>, Name, title> {};

/// A name where clauses can stand as well: the clauses' words are reserved there.
template <Letters... clauses>
struct name_unless : p::seq<p::not_at<p::sor<spelled<clauses>...>>, plain_name> {};

template <class Item>
struct comma_list : p::list_must<Item, mark<','>> {};

struct listed_name : p::seq<name> {};
struct names : comma_list<listed_name> {};
struct listed_label : p::seq<name_or_yes_no> {};
struct labels : comma_list<listed_label> {};

/// `nested<Rule>` is Rule, one level deeper. The limit holds before anything is called, so that no text, however deep,
/// costs stack.
inline constexpr unsigned nesting_limit = 64;
struct too_deep {};
template <class Rule>
struct nested {
  using rule_t = nested;
  using subs_t = p::type_list<Rule>;

  template <p::apply_mode A, p::rewind_mode M, template <class...> class Action, template <class...> class Control,
            class Input, class State>
  static bool match(Input& in, State& state) {
    if (state.nesting >= nesting_limit) Control<too_deep>::raise(in, state);
    ++state.nesting;
    const bool matched = Control<Rule>::template match<A, M, Action, Control>(in, state);
    --state.nesting;  // a failure that is thrown ends the declaration, and the driver starts from zero
    return matched;
  }
};

// ---- expressions -----------------------------------------------------------------------------------------------

struct operand_yes : word<"yes"> {};
struct operand_no : word<"no"> {};
struct operand_date : p::seq<date> {};
struct operand_number : p::seq<number> {};
struct operand_name : p::seq<name> {};
struct operand : p::sor<operand_name, operand_yes, operand_no, operand_date, operand_number> {};
struct operands : comma_list<operand> {};

/// What a value is set to in a conclusion, a fact or an expectation.
struct empty_set : word<"empty"> {};
struct setting : p::sor<empty_set, operands> {};

struct must_word : word<"must"> {};
struct should_word : word<"should"> {};
struct may_word : word<"may"> {};
struct not_word : word<"not"> {};
struct strength : p::sor<p::seq<p::sor<must_word, should_word>, p::opt<not_word>>, may_word> {};
struct duty : p::seq<strength, p::must<name>> {};

struct elapsed_years : word<"years"> {};
struct elapsed_months : word<"months"> {};
struct elapsed_days : word<"days"> {};
struct elapsed_term : p::if_must<p::sor<elapsed_years, elapsed_months, elapsed_days>, word<"since">, name> {};
struct term : p::sor<elapsed_term, p::seq<name>> {};

// The right side of `is`. English comparisons that are no Duly, `is more than`, `is equal to`, are known by their
// second word.
struct borrowed_words {};
struct borrowed_comparison
    : p::seq<p::at<name, p::sor<spelled<"than">, spelled<"to">>>, p::raise<borrowed_words>> {};
struct is_under : clause<"under", operand> {};
struct is_over : clause<"over", operand> {};
struct is_at_least : clause<"least", operand> {};
struct is_at_most : clause<"most", operand> {};
struct least_or_most : p::sor<is_at_least, is_at_most> {};
struct is_at : clause<"at", least_or_most> {};
struct is_from_to : clause<"from", operand, word<"to">, operand> {};
struct is_before : clause<"before", operand> {};
struct is_after : clause<"after", operand> {};
struct is_empty : word<"empty"> {};
struct is_one_of : clause<"one", word<"of">, operands> {};
struct is_not_one_of : clause<"one", word<"of">, operands> {};
struct misplaced_not {};
struct not_in_front_of
    : p::seq<p::at<p::sor<spelled<"under">, spelled<"over">, spelled<"at">, spelled<"from">, spelled<"before">,
                          spelled<"after">, spelled<"empty">>>,
             p::raise<misplaced_not>> {};
struct is_not_operand : p::seq<operand> {};
struct right_of_is_not : p::sor<is_not_one_of, not_in_front_of, borrowed_comparison, is_not_operand> {};
struct is_not : clause<"not", right_of_is_not> {};
struct is_operand : p::seq<operand> {};
struct right_of_is : p::sor<is_not, is_one_of, is_under, is_over, is_at, is_from_to, is_before, is_after, is_empty,
                            borrowed_comparison, is_operand> {};
struct includes_any : clause<"any", word<"of">, operands> {};
struct includes_all : clause<"all", word<"of">, operands> {};
struct includes_operand : p::seq<operand> {};
struct right_of_includes : p::sor<includes_any, includes_all, includes_operand> {};
struct is_word : word<"is"> {};
struct includes_word : word<"includes"> {};
struct comparison
    : p::sor<p::if_must<is_word, right_of_is>, p::if_must<includes_word, right_of_includes>> {};
struct truth : p::success {};
struct statement : p::seq<term, p::sor<comparison, truth>> {};

struct part;
struct condition;
struct negation : p::seq<p::at<spelled<"not">>, nested<clause<"not", part>>> {};
struct parenthesised
    : p::seq<p::at<p::one<'('>>, nested<p::if_must<mark<'('>, condition, mark<')'>>>> {};
struct duty_test : p::seq<duty> {};
struct list_kind_follows : p::at<p::sor<spelled<"any">, spelled<"all">, spelled<"none">>> {};
struct bare_list {};
struct list_without_parentheses : p::seq<list_kind_follows, p::raise<bare_list>> {};
struct part : p::sor<statement, negation, parenthesised, duty_test, list_without_parentheses> {};

/// `and` and `or` are read as they come; the action of `expression` sees whether both were used.
struct and_word : word<"and"> {};
struct or_word : word<"or"> {};
struct opens_expression : p::success {};
struct expression : p::seq<opens_expression, part, p::star<p::sor<and_word, or_word>, p::must<part>>> {};

struct any_of : clause<"any", word<"of">> {};
struct all_of : clause<"all", word<"of">> {};
struct none_of : clause<"none", word<"of">> {};
struct list_kind : p::sor<any_of, all_of, none_of> {};
struct item_label : p::seq<p::at<plain_name, p::one<':'>>, plain_name, mark<':'>> {};
struct item_condition : expression {};
struct item_cites : p::if_must<mark<'['>, names, mark<']'>> {};
struct item_dash : mark<'-'> {};
struct list_item : p::seq<item_dash, p::opt<item_label>, p::must<item_condition>, p::opt<item_cites>> {};
struct list : p::seq<list_kind, p::must<list_item>, p::star<list_item>> {};
struct condition : p::sor<p::seq<list_kind_follows, list>, expression> {};

// ---- types -----------------------------------------------------------------------------------------------------

struct yes_no_type : p::if_must<p::seq<spelled<"yes">>, mark<'/'>, word<"no">> {};
/// `one of` and its values in place; a comma may be left out where a title stands between two of them. Everything that
/// may follow a type in a fact, a definition or a field is excluded from the names.
struct in_place_name
    : name_unless<"ask", "help", "cite", "judgement", "sensitive", "means", "otherwise", "field"> {};
struct in_place_title : text {};
struct in_place_value : p::seq<in_place_name, p::opt<in_place_title>> {};
struct titled_value_follows : p::at<in_place_name, p::one<'"'>> {};
struct in_place_values
    : p::seq<in_place_value, p::star<p::sor<p::if_must<mark<','>, in_place_value>,
                                            p::seq<titled_value_follows, in_place_value>>>> {};
struct one_of_type : clause<"one", word<"of">, in_place_values> {};
/// A unit may be called `years`, which is a keyword elsewhere.
struct unit_word : p::sor<spelled<"years">, spelled<"months">, spelled<"days">, free_word<YesNo::excluded>> {};
struct unit : p::seq<unit_word, gap> {};
struct number_unit : clause<"of", unit> {};
/// In a field, `from` may also be the clause that names a value.
struct range_follows : p::at<word<"from">, p::sor<p::digit, p::one<'-'>>> {};
struct range_from : p::seq<number> {};
struct range_to : p::seq<number> {};
struct number_range : p::seq<range_follows, clause<"from", range_from, word<"to">, range_to>> {};
struct number_type : p::seq<word<"number">, p::opt<number_unit>, p::opt<number_range>> {};
struct date_type : word<"date"> {};
struct set_type : clause<"set", word<"of">, name> {};
struct text_type : word<"text"> {};
struct choice_type : p::seq<name> {};
struct type : p::sor<yes_no_type, one_of_type, number_type, date_type, set_type, text_type, choice_type> {};
struct type_clause : p::if_must<mark<':'>, type> {};

// ---- declarations ----------------------------------------------------------------------------------------------

struct cite : clause<"cite", names> {};
struct when : clause<"when", condition> {};
struct until : clause<"until", date> {};
struct in_force_from : p::seq<date> {};
struct in_force : clause<"in", word<"force">, word<"from">, in_force_from, p::opt<until>> {};

// `cite` and `otherwise` are reserved where these values stand; `ordered` in choices alone.
struct value_name : name_unless<"cite", "otherwise"> {};
struct choice_value : p::if_must<value_name, title> {};

struct policy_head : head<"policy", plain_name> {};
struct policy_version : clause<"version", text> {};
struct policy_in_force : in_force {};
struct policy_extends : clause<"extends", names> {};
struct policy_decides : clause<"decides", name> {};
struct policy_contact : clause<"contact", text> {};
struct policy : p::seq<policy_head, p::star<p::sor<policy_version, policy_in_force, policy_extends, policy_decides,
                                                   policy_contact>>> {};

struct source_head : head<"source", plain_name> {};
struct source_by : clause<"by", text> {};
struct source_dated : clause<"dated", date> {};
struct source_url : clause<"url", text> {};
struct provision_head : head<"provision", plain_name> {};
struct provision_judgement : clause<"is", word<"judgement">, text> {};
struct provision : p::seq<provision_head, p::opt<provision_judgement>> {};
struct source : p::seq<source_head, p::star<p::sor<source_by, source_dated, source_url, provision>>> {};

struct choice_head : head<"choice", plain_name> {};
struct choice_ordered : word<"ordered"> {};
struct choice_cite : cite {};
struct choice : p::seq<choice_head, p::star<p::sor<choice_ordered, choice_cite, choice_value>>> {};

struct extend_head : clause<"extend", word<"choice">, name> {};
struct extend_cite : cite {};
struct extend : p::seq<extend_head, p::star<p::sor<extend_cite, choice_value>>> {};

struct fact_head : head<"fact", dotted_name> {};
struct fact_type : type_clause {};
struct fact_ask : clause<"ask", text> {};
struct fact_help : clause<"help", text> {};
struct fact_cite : cite {};
struct fact_judgement : word<"judgement"> {};
struct fact_sensitive : word<"sensitive"> {};
struct fact : p::seq<fact_head, p::must<fact_type>,
                     p::star<p::sor<fact_ask, fact_help, fact_cite, fact_judgement, fact_sensitive>>> {};

// A definition with both a type and `means` is read, and judged by the check of types.
struct define_head : head<"define", dotted_name> {};
struct define_type : type_clause {};
struct define_means : clause<"means", condition> {};
struct define_otherwise : clause<"otherwise", setting> {};
struct define_cite : cite {};
struct type_or_means : p::sor<define_type, define_means> {};
struct define : p::seq<define_head, p::must<type_or_means>,
                       p::star<p::sor<define_type, define_means, define_otherwise, define_cite>>> {};

struct redefine_head : head<"redefine", dotted_name> {};
struct redefine : p::seq<redefine_head, p::must<define_means>, p::star<p::sor<define_means, define_cite>>> {};

struct decision_head : head<"decision", dotted_name> {};
struct decision_outcome : choice_value {};
struct decision_otherwise : clause<"otherwise", name> {};
struct decision_cite : cite {};
struct decision : p::seq<decision_head, p::star<p::sor<decision_otherwise, decision_cite, decision_outcome>>> {};

struct action_head : head<"action", plain_name> {};
struct action_by : clause<"by", text> {};
struct action_to : clause<"to", text> {};
struct action_cite : cite {};
struct action_ : p::seq<action_head, p::star<p::sor<action_by, action_to, action_cite>>> {};

struct rule_head : head<"rule", plain_name> {};
struct duty_conclusion : p::seq<duty> {};
struct concluded_value : p::seq<name> {};
struct value_conclusion : p::if_must<concluded_value, word<"is">, setting> {};
struct conclusion : p::sor<duty_conclusion, value_conclusion> {};
struct rule_when : when {};
struct despite_all : word<"all"> {};
struct despite_item : p::sor<despite_all, listed_label> {};
struct rule_despite : clause<"despite", comma_list<despite_item>> {};
struct rule_instead_of : clause<"instead", word<"of">, labels> {};
struct rule_timing : clause<"timing", text> {};
struct rule_because : clause<"because", text> {};
struct rule_cite : cite {};
struct rule_protected : word<"protected"> {};
struct rule : p::seq<rule_head, p::must<conclusion>,
                     p::star<p::sor<rule_when, rule_despite, rule_instead_of, rule_timing, rule_because, rule_cite,
                                    rule_protected>>> {};

struct step_head : head<"step", plain_name> {};
struct step_on : clause<"on", name> {};
struct step_cite : cite {};
struct answer_names
    : p::seq<p::not_at<p::sor<spelled<"cite">, spelled<"step">, spelled<"decides">>>, labels> {};
struct answer_otherwise : word<"otherwise"> {};
struct answer_continue : word<"continue"> {};
struct answer_outcome : p::seq<name> {};
struct outcome : p::sor<answer_continue, answer_outcome> {};
struct answer_cite : cite {};
struct answer : p::seq<p::sor<answer_otherwise, answer_names>, p::must<mark<':'>, outcome>, p::star<answer_cite>> {};
struct step : p::seq<step_head, p::must<step_on>, p::star<step_cite>, p::star<answer>> {};
struct procedure_head : head<"procedure", plain_name> {};
struct procedure_decides : clause<"decides", name> {};
struct procedure_cite : cite {};
struct procedure
    : p::seq<procedure_head, p::star<p::sor<procedure_decides, procedure_cite>>, p::star<step>> {};

struct field_head : head<"field", plain_name> {};
struct field_type : type_clause {};
struct field_from : clause<"from", name> {};
struct field_when : when {};
struct field_cite : cite {};
struct field : p::seq<field_head, p::must<field_type>, p::star<p::sor<field_from, field_when, field_cite>>> {};
struct record_head : head<"record", plain_name> {};
struct record_when : when {};
struct record_cite : cite {};
struct record : p::seq<record_head, p::star<p::sor<record_when, record_cite>>, p::star<field>> {};

struct agreement_head : head<"agreement", plain_name> {};
struct tier_number : p::seq<number> {};
struct agreement_tier : clause<"tier", tier_number> {};
struct agreement_under : clause<"under", name> {};
struct agreement_between : clause<"between", names> {};
struct signing_body : p::seq<name> {};
struct signature : p::if_must<signing_body, date> {};
struct agreement_signed : clause<"signed", comma_list<signature>> {};
struct agreement_in_force : in_force {};
struct agreement_review : clause<"review", word<"by">, date> {};
struct agreement_owner : clause<"owner", text> {};
struct shares_from : clause<"from", name> {};
struct shares_to : clause<"to", name> {};
struct shared_categories : clause<"shares", names> {};
struct agreement_shares : p::seq<shared_categories, p::star<p::sor<shares_from, shares_to>>> {};
struct agreement_for : clause<"for", names> {};
struct agreement_basis : clause<"basis", name> {};
struct agreement_power : clause<"power", text> {};
struct agreement_frequency : clause<"frequency", text> {};
struct agreement_retention : clause<"retention", text> {};
struct agreement_security : clause<"security", text> {};
struct agreement_cite : cite {};
struct agreement
    : p::seq<agreement_head, p::must<agreement_tier>,
             p::star<p::sor<agreement_under, agreement_between, agreement_signed, agreement_in_force, agreement_review,
                            agreement_owner, agreement_shares, agreement_for, agreement_basis, agreement_power,
                            agreement_frequency, agreement_retention, agreement_security, agreement_cite>>> {};

struct safeguard_head : head<"safeguard", plain_name> {};
struct safeguard_when : when {};
struct safeguard_always : clause<"always", condition> {};
struct safeguard_never : clause<"never", condition> {};
struct safeguard_cite : cite {};
struct safeguard : p::seq<safeguard_head, p::star<p::sor<safeguard_when, safeguard_always, safeguard_never,
                                                         safeguard_cite>>> {};

/// The words that open something in a case; no fact or value of that name can begin a line there.
struct case_word : p::sor<spelled<"like">, spelled<"story">, spelled<"as">, spelled<"facts">, spelled<"expect">,
                          spelled<"discuss">, spelled<"cite">, spelled<"asks">, spelled<"duty">> {};
struct case_head : head<"case", plain_name> {};
struct case_like : clause<"like", name> {};
struct case_story : clause<"story", text> {};
struct case_as_at : clause<"as", word<"at">, date> {};
struct given_fact : p::seq<p::not_at<case_word>, name> {};
struct given_unknown : word<"unknown"> {};
struct given_setting : p::seq<setting> {};
struct given_value : p::sor<given_unknown, given_setting> {};
struct given : p::if_must<given_fact, word<"is">, given_value> {};
struct case_facts : p::seq<word<"facts">, p::star<given>> {};
struct status_undecided : word<"undecided"> {};
struct status_conflict : word<"conflict"> {};
struct status_gap : word<"gap"> {};
struct status_unsafe : word<"unsafe"> {};
struct because_rule : clause<"because", name> {};
struct expected_value : p::seq<p::not_at<case_word>, name> {};
struct expected_status : p::sor<status_undecided, status_conflict, status_gap, status_unsafe> {};
struct expected_not : p::seq<not_word> {};
struct expected_setting : p::seq<setting> {};
struct what_it_is
    : p::sor<expected_status, p::seq<p::opt<expected_not>, p::must<expected_setting>, p::opt<because_rule>>> {};
struct expect_value : p::if_must<expected_value, word<"is">, what_it_is> {};
struct expect_duty : p::seq<duty, p::opt<because_rule>> {};
struct expect_no_duty : clause<"no", word<"duty">, name> {};
struct duty_status : p::sor<status_undecided, status_conflict> {};
struct expect_duty_status : clause<"duty", name, word<"is">, duty_status> {};
struct asks_nothing : word<"nothing"> {};
struct asks_fact : p::seq<name> {};
struct asked : p::sor<asks_nothing, asks_fact> {};
struct expect_asks : clause<"asks", asked> {};
struct expectation : p::sor<expect_asks, expect_no_duty, expect_duty_status, expect_duty, expect_value> {};
struct expect_word : word<"expect"> {};
struct case_expect : p::seq<expect_word, p::star<expectation>> {};
struct case_discuss : clause<"discuss", text> {};
struct case_cite : cite {};
struct case_ : p::seq<case_head, p::star<p::sor<case_like, case_story, case_as_at, case_facts, case_expect,
                                                case_discuss, case_cite>>> {};

// ---- the file --------------------------------------------------------------------------------------------------

/// After a declaration comes the next one, or nothing; anything else is a word that the declaration cannot have.
struct next_declaration
    : p::at<p::sor<p::eof, spelled<"policy">, spelled<"source">, spelled<"choice">, spelled<"extend">, spelled<"fact">,
                   spelled<"define">, spelled<"redefine">, spelled<"decision">, spelled<"action">, spelled<"rule">,
                   spelled<"procedure">, spelled<"record">, spelled<"agreement">, spelled<"safeguard">,
                   spelled<"case">>> {};
struct any_declaration : p::sor<source, choice, extend, fact, define, redefine, decision, action_, rule, procedure,
                                record, agreement, safeguard, case_> {};
struct declaration : p::seq<p::must<any_declaration>, p::must<next_declaration>> {};
struct policy_declaration : p::seq<p::must<policy>, p::must<next_declaration>> {};

}  // namespace duly::grammar

namespace tao::pegtl {
template <class Name, class Rule>
struct analyze_traits<Name, duly::grammar::nested<Rule>> : analyze_traits<Name, typename seq<Rule>::rule_t> {};
}  // namespace tao::pegtl
