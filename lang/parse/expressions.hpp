#pragma once

#include <tao/pegtl.hpp>

#include "lang/parse/limits.hpp"
#include "lang/parse/tokens.hpp"

/// The grammar's building blocks, and expressions. How the grammar is written is said in grammar.hpp.
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
struct duty_not : word<"not"> {};
struct strength : p::sor<p::seq<p::sor<must_word, should_word>, p::opt<duty_not>>, may_word> {};
struct duty : p::seq<strength, p::must<name>> {};

struct elapsed_years : word<"years"> {};
struct elapsed_months : word<"months"> {};
struct elapsed_days : word<"days"> {};
struct elapsed_term : p::if_must<p::sor<elapsed_years, elapsed_months, elapsed_days>, word<"since">, name> {};
struct term : p::sor<elapsed_term, p::seq<name>> {};

// The right side of `is`. English comparisons that are no Duly, `is more than`, `is equal to`, are known by their
// second word.
struct borrowed_words {};
struct borrowed_comparison : p::seq<p::at<name, p::sor<spelled<"than">, spelled<"to">>>, p::raise<borrowed_words>> {};
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
struct not_in_front_of : p::seq<p::at<p::sor<spelled<"under">, spelled<"over">, spelled<"at">, spelled<"from">,
                                             spelled<"before">, spelled<"after">, spelled<"empty">>>,
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
struct comparison : p::sor<p::if_must<is_word, right_of_is>, p::if_must<includes_word, right_of_includes>> {};
struct truth : p::success {};
struct statement : p::seq<term, p::sor<comparison, truth>> {};

struct part;
struct condition;
struct negation : p::seq<p::at<spelled<"not">>, nested<clause<"not", part>>> {};
struct parenthesised : p::seq<p::at<p::one<'('>>, nested<p::if_must<mark<'('>, condition, mark<')'>>>> {};
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

}  // namespace duly::grammar

namespace tao::pegtl {
template <class Name, class Rule>
struct analyze_traits<Name, duly::grammar::nested<Rule>> : analyze_traits<Name, typename seq<Rule>::rule_t> {};
}  // namespace tao::pegtl
