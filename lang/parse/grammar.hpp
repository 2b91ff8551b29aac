#pragma once

#include <tao/pegtl.hpp>

#include "lang/parse/expressions.hpp"
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
/// - White space is part of the tokens (tokens.hpp) and never mentioned in rules. Expressions are in expressions.hpp.
/// - A clause that several declarations have (`cite`, `when`) has a rule of its own in each (`fact_cite`, `rule_cite`),
///   so that its action (actions.hpp) knows where the clause belongs. A clause belongs to the nearest thing before it
///   that can have it: a `cite` behind a field is the field's.
/// - Depth is counted where rules call themselves, in `nested` (expressions.hpp), before the call.
namespace duly::grammar {

// ---- types -----------------------------------------------------------------------------------------------------

struct yes_no_type : p::if_must<p::seq<spelled<"yes">>, mark<'/'>, word<"no">> {};
/// `one of` and its values in place; a comma may be left out where a title stands between two of them. Everything that
/// may follow a type in a fact, a definition or a field is excluded from the names.
struct in_place_name : name_unless<"ask", "help", "cite", "judgement", "sensitive", "means", "otherwise", "field"> {};
struct in_place_title : text {};
struct in_place_value : p::seq<in_place_name, p::opt<in_place_title>> {};
struct titled_value_follows : p::at<in_place_name, p::one<'"'>> {};
struct in_place_values
    : p::seq<in_place_value,
             p::star<p::sor<p::if_must<mark<','>, in_place_value>, p::seq<titled_value_follows, in_place_value>>>> {};
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
struct number_word : word<"number"> {};
struct number_type : p::seq<number_word, p::opt<number_unit>, p::opt<number_range>> {};
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
struct in_force_words : clause<"in", word<"force">, word<"from">> {};
struct in_force : p::seq<in_force_words, p::must<in_force_from>, p::opt<until>> {};

// `cite` and `otherwise` are reserved where these values stand; `ordered` in choices alone.
struct value_name : name_unless<"cite", "otherwise"> {};
struct keyword_value {};
struct keyword_as_value : p::seq<p::at<reserved_word, gap, p::one<'"'>>, p::raise<keyword_value>> {};
struct choice_value : p::sor<p::if_must<value_name, title>, keyword_as_value> {};

struct policy_head : head<"policy", plain_name> {};
struct policy_version : clause<"version", text> {};
struct policy_in_force : in_force {};
struct policy_extends : clause<"extends", names> {};
struct policy_decides : clause<"decides", name> {};
struct policy_contact : clause<"contact", text> {};
struct policy
    : p::seq<policy_head,
             p::star<p::sor<policy_version, policy_in_force, policy_extends, policy_decides, policy_contact>>> {};

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
struct decision_otherwise : clause<"otherwise", name> {};
struct decision_cite : cite {};
struct decision : p::seq<decision_head, p::star<p::sor<decision_otherwise, decision_cite, choice_value>>> {};

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
struct answer_names : p::seq<p::not_at<p::sor<spelled<"cite">, spelled<"step">, spelled<"decides">>>, labels> {};
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
struct procedure : p::seq<procedure_head, p::star<p::sor<procedure_decides, procedure_cite>>, p::star<step>> {};

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
struct safeguard
    : p::seq<safeguard_head, p::star<p::sor<safeguard_when, safeguard_always, safeguard_never, safeguard_cite>>> {};

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
struct expected_not : word<"not"> {};
struct expected_setting : p::seq<setting> {};
struct expected_result : p::seq<p::opt<expected_not>, p::must<expected_setting>, p::opt<because_rule>> {};
struct what_it_is : p::sor<expected_status, expected_result> {};
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
struct case_
    : p::seq<case_head,
             p::star<p::sor<case_like, case_story, case_as_at, case_facts, case_expect, case_discuss, case_cite>>> {};

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
