#include "lang/parse/outline.hpp"

#include <algorithm>
#include <tao/pegtl.hpp>

#include "lang/parse/grammar.hpp"
#include "lang/parse/readable.hpp"

/// The grammar a second time, with other actions: they build no tree but note where its rules matched.
namespace duly::grammar {
namespace {

struct Notes {
  const char* text = nullptr;
  unsigned nesting = 0;  // counted by the grammar
  std::vector<Part> parts;
};

template <PartKind kind>
struct is {
  template <class Input>
  static void apply(const Input& in, Notes& notes) {
    notes.parts.push_back(
        {kind, static_cast<std::uint32_t>(in.begin() - notes.text), static_cast<std::uint32_t>(in.end() - notes.text)});
  }
};

template <class Rule>
struct note : tao::pegtl::nothing<Rule> {};

// clang-format off

template <> struct note<policy> : is<PartKind::declaration> {};
template <> struct note<policy_version> : is<PartKind::clause> {};
template <> struct note<policy_in_force> : is<PartKind::clause> {};
template <> struct note<policy_extends> : is<PartKind::clause> {};
template <> struct note<policy_decides> : is<PartKind::clause> {};
template <> struct note<policy_contact> : is<PartKind::clause> {};

template <> struct note<source> : is<PartKind::declaration> {};
template <> struct note<source_by> : is<PartKind::clause> {};
template <> struct note<source_dated> : is<PartKind::clause> {};
template <> struct note<source_url> : is<PartKind::clause> {};
template <> struct note<provision> : is<PartKind::clause> {};
template <> struct note<provision_judgement> : is<PartKind::addition> {};

template <> struct note<choice> : is<PartKind::declaration> {};
template <> struct note<choice_ordered> : is<PartKind::ending> {};
template <> struct note<choice_cite> : is<PartKind::clause> {};
template <> struct note<choice_value> : is<PartKind::clause> {};
template <> struct note<extend> : is<PartKind::declaration> {};
template <> struct note<extend_cite> : is<PartKind::clause> {};

template <> struct note<fact> : is<PartKind::declaration> {};
template <> struct note<fact_type> : is<PartKind::ending> {};
template <> struct note<fact_ask> : is<PartKind::clause> {};
template <> struct note<fact_help> : is<PartKind::clause> {};
template <> struct note<fact_cite> : is<PartKind::clause> {};
template <> struct note<fact_judgement> : is<PartKind::clause> {};
template <> struct note<fact_sensitive> : is<PartKind::clause> {};
template <> struct note<in_place_value> : is<PartKind::value> {};

template <> struct note<define> : is<PartKind::declaration> {};
template <> struct note<redefine> : is<PartKind::declaration> {};
template <> struct note<define_type> : is<PartKind::ending> {};
template <> struct note<define_means> : is<PartKind::meaning> {};
template <> struct note<define_otherwise> : is<PartKind::clause> {};
template <> struct note<define_cite> : is<PartKind::clause> {};

template <> struct note<decision> : is<PartKind::declaration> {};
template <> struct note<decision_otherwise> : is<PartKind::clause> {};
template <> struct note<decision_cite> : is<PartKind::clause> {};

template <> struct note<action_> : is<PartKind::declaration> {};
template <> struct note<action_by> : is<PartKind::clause> {};
template <> struct note<action_to> : is<PartKind::addition> {};
template <> struct note<action_cite> : is<PartKind::clause> {};

template <> struct note<rule> : is<PartKind::declaration> {};
template <> struct note<conclusion> : is<PartKind::clause> {};
template <> struct note<rule_when> : is<PartKind::clause> {};
template <> struct note<rule_despite> : is<PartKind::clause> {};
template <> struct note<rule_instead_of> : is<PartKind::clause> {};
template <> struct note<rule_timing> : is<PartKind::clause> {};
template <> struct note<rule_because> : is<PartKind::clause> {};
template <> struct note<rule_cite> : is<PartKind::clause> {};
template <> struct note<rule_protected> : is<PartKind::clause> {};

template <> struct note<procedure> : is<PartKind::declaration> {};
template <> struct note<procedure_decides> : is<PartKind::ending> {};
template <> struct note<procedure_cite> : is<PartKind::clause> {};
template <> struct note<step> : is<PartKind::clause> {};
template <> struct note<step_on> : is<PartKind::ending> {};
template <> struct note<step_cite> : is<PartKind::clause> {};
template <> struct note<answer> : is<PartKind::clause> {};
template <> struct note<answer_cite> : is<PartKind::addition> {};

template <> struct note<record> : is<PartKind::declaration> {};
template <> struct note<record_when> : is<PartKind::clause> {};
template <> struct note<record_cite> : is<PartKind::clause> {};
template <> struct note<field> : is<PartKind::clause> {};
template <> struct note<field_type> : is<PartKind::ending> {};
template <> struct note<field_from> : is<PartKind::addition> {};
template <> struct note<field_when> : is<PartKind::addition> {};
template <> struct note<field_cite> : is<PartKind::addition> {};

template <> struct note<agreement> : is<PartKind::declaration> {};
template <> struct note<agreement_tier> : is<PartKind::ending> {};
template <> struct note<agreement_under> : is<PartKind::clause> {};
template <> struct note<agreement_between> : is<PartKind::clause> {};
template <> struct note<agreement_signed> : is<PartKind::clause> {};
template <> struct note<agreement_in_force> : is<PartKind::clause> {};
template <> struct note<agreement_review> : is<PartKind::clause> {};
template <> struct note<agreement_owner> : is<PartKind::clause> {};
template <> struct note<agreement_shares> : is<PartKind::clause> {};
template <> struct note<agreement_for> : is<PartKind::clause> {};
template <> struct note<agreement_basis> : is<PartKind::clause> {};
template <> struct note<agreement_power> : is<PartKind::clause> {};
template <> struct note<agreement_frequency> : is<PartKind::clause> {};
template <> struct note<agreement_retention> : is<PartKind::clause> {};
template <> struct note<agreement_security> : is<PartKind::clause> {};
template <> struct note<agreement_cite> : is<PartKind::clause> {};

template <> struct note<safeguard> : is<PartKind::declaration> {};
template <> struct note<safeguard_when> : is<PartKind::clause> {};
template <> struct note<safeguard_always> : is<PartKind::clause> {};
template <> struct note<safeguard_never> : is<PartKind::clause> {};
template <> struct note<safeguard_cite> : is<PartKind::clause> {};

template <> struct note<case_> : is<PartKind::declaration> {};
template <> struct note<case_like> : is<PartKind::clause> {};
template <> struct note<case_story> : is<PartKind::clause> {};
template <> struct note<case_as_at> : is<PartKind::clause> {};
template <> struct note<case_facts> : is<PartKind::clause> {};
template <> struct note<given> : is<PartKind::clause> {};
template <> struct note<case_expect> : is<PartKind::clause> {};
template <> struct note<expectation> : is<PartKind::clause> {};
template <> struct note<because_rule> : is<PartKind::addition> {};
template <> struct note<case_discuss> : is<PartKind::clause> {};
template <> struct note<case_cite> : is<PartKind::clause> {};

template <> struct note<title> : is<PartKind::title> {};
template <> struct note<expression> : is<PartKind::expression> {};
template <> struct note<item_condition> : is<PartKind::expression> {};
template <> struct note<parenthesised> : is<PartKind::parenthesised> {};
template <> struct note<and_word> : is<PartKind::conjunction> {};
template <> struct note<or_word> : is<PartKind::conjunction> {};
template <> struct note<list> : is<PartKind::list> {};
template <> struct note<list_item> : is<PartKind::item> {};
template <> struct note<item_cites> : is<PartKind::item_cites> {};

// clang-format on

using Text = p::memory_input<p::tracking_mode::lazy, p::eol::lf_crlf, const char*>;

struct SyntaxError {};

template <class Rule>
struct Control : p::normal<Rule> {
  template <class In>
  [[noreturn]] static void raise(const In&, Notes&) {
    throw SyntaxError{};
  }
};

struct file : p::seq<gap, policy_declaration, p::until<p::eof, declaration>> {};

}  // namespace
}  // namespace duly::grammar

namespace duly {

std::vector<Part> outline(std::string_view text) {
  using namespace grammar;
  Notes notes;
  notes.text = text.data();
  Text in(text.data() + byte_order_mark(text), text.data() + text.size(), "");
  try {
    const bool read = p::parse<file, note, Control>(in, notes);
    if (!read) return {};
  } catch (const SyntaxError&) {
    return {};
  }
  // A rule is noted when it ends, so what is inside stands before what it is inside of.
  std::reverse(notes.parts.begin(), notes.parts.end());
  std::stable_sort(notes.parts.begin(), notes.parts.end(),
                   [](const Part& a, const Part& b) { return a.begin != b.begin ? a.begin < b.begin : a.end > b.end; });
  return std::move(notes.parts);
}

}  // namespace duly
