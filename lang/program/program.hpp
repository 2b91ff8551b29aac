#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lang/base/date.hpp"
#include "lang/base/id.hpp"
#include "lang/source/source.hpp"

/// The Program: what a policy and all that it extends come to, as flat arrays with typed ids. Names are bound, types
/// settled, precedence closed over, every definition shaped as rules. The interpreter needs nothing else.
namespace duly {

using ModuleId = Id<struct ModuleTag>;
using ChoiceId = Id<struct ChoiceTag>;
using FactId = Id<struct FactTag>;        // the fact's slot in a case
using SubjectId = Id<struct SubjectTag>;  // what rules speak of: definitions, decisions, agreements' values, actions
using RuleId = Id<struct RuleTag>;
using InstanceId = Id<struct InstanceTag>;  // a rule in one place, see Instance
using NodeId = Id<struct NodeTag>;          // a part of a condition
using TermId = Id<struct TermTag>;
using ItemId = Id<struct ItemTag>;  // an item of a list
using SourceDocumentId = Id<struct SourceDocumentTag>;
using ProvisionId = Id<struct ProvisionTag>;
using ProcedureId = Id<struct ProcedureTag>;
using StepId = Id<struct StepTag>;
using SafeguardId = Id<struct SafeguardTag>;
using RecordId = Id<struct RecordTag>;
using AgreementId = Id<struct AgreementTag>;
using CaseId = Id<struct CaseTag>;

/// Every known value is one 64-bit number: no 0, yes 1; a choice's value by its index; a number; a date in days since
/// 1970-01-01; a set as one bit an element; a text as an index into the case's texts.
using Scalar = std::int64_t;

enum class TypeKind : std::uint8_t { yes_no, choice, number, date, set, text };

struct Type {
  TypeKind kind = TypeKind::yes_no;
  ChoiceId choice;         // of a choice, and of a set's elements
  std::string unit;        // of a number; may be empty
  Scalar low = INT64_MIN;  // of numbers, dates and choices: the range, both ends included
  Scalar high = INT64_MAX;
};

struct ChoiceValue {
  std::string name;
  std::string title;  // its name where none was written
};

struct Choice {
  std::string name;  // of a decision's outcomes and of `one of`: the decision's, the fact's
  std::string title;
  ModuleId module;
  bool ordered = false;
  bool declared = false;  // by `choice`, so that `set of` and other facts may use it
  std::vector<ChoiceValue> values;
  Span span;
  std::vector<ProvisionId> cites;
};

struct Module {
  std::string name;
  std::string title;
  std::string version;  // empty where none is given
  std::string contact;
  std::string sha256;  // of its text, lower-case hexadecimal
  std::optional<Date> from, until;
  std::vector<ModuleId> extends;      // as written
  std::vector<ModuleId> all_extends;  // transitively, the most basic first
  SourceId source;
};

struct Fact {
  std::string name;
  std::string title;
  std::string ask;  // empty: no question
  std::string help;
  Type type;
  ModuleId module;
  std::vector<ProvisionId> cites;
  bool judgement = false;
  bool sensitive = false;
  Span span;
};

// ---- conditions --------------------------------------------------------------------------------------------------

/// What a condition reads: a fact or a subject, as it is or as time elapsed since it (of dates).
struct Term {
  bool is_subject = false;
  std::uint32_t index = 0;  // of the fact or subject
  Elapsed elapsed = Elapsed::none;

  FactId fact() const { return FactId{index}; }
  SubjectId subject() const { return SubjectId{index}; }
  friend constexpr bool operator==(const Term&, const Term&) = default;
};

enum class Op : std::uint8_t {
  constant,      // a: 0 or 1
  all,           // children [a, a+b)
  any,           // children [a, a+b)
  negation,      // children [a, a+1)
  in_range,      // term a lies in ranges[b]: yes/no, choices, numbers, dates, elapsed time
  in_mask,       // term a, a choice, is one of masks[b] (choices of up to 64 values)
  compare,       // term a, relation, term b
  includes_any,  // term a, a set, and masks[b]
  includes_all,  // term a, a set, and masks[b]
  is_empty,      // term a, a set
  duty_is,       // the duty about the action (subject a) is Duty b
  day_in,        // the day of the decision lies in ranges[b]
};

enum class Relation : std::uint8_t { equal, not_equal, less, less_equal, greater, greater_equal };

/// One node of a condition. Children lie in Program::children.
struct Node {
  Op op = Op::constant;
  Relation relation = Relation::equal;
  std::uint32_t a = 0;
  std::uint32_t b = 0;
};

struct Range {
  Scalar low = INT64_MIN;
  Scalar high = INT64_MAX;  // both ends included; low > high holds for nothing
  friend constexpr bool operator==(const Range&, const Range&) = default;
};

/// An item of an `any of`, `all of` or `none of` list.
struct Item {
  std::string name;   // in full: `derby.reason_to_override.reasonable`; its number where it has no label
  std::string title;  // its condition in words
  std::vector<ProvisionId> cites;
  NodeId node;
  bool labelled = false;
  Span span;
};

// ---- rules -------------------------------------------------------------------------------------------------------

/// The value of an action, as its rules resolve it.
enum class Duty : std::uint8_t { none, may, should, must, should_not, must_not };

/// What a rule concludes, or what holds otherwise: a known value, or the value of a term.
struct Conclusion {
  std::optional<TermId> copied;
  Scalar value = 0;  // where nothing is copied
};

enum class RuleKind : std::uint8_t {
  rule,
  answer,     // of a procedure's step
  means,      // of `define … means`
  agreement,  // what makes an agreement's value yes
};

struct Rule {
  RuleKind kind = RuleKind::rule;
  ModuleId module;
  std::string name;       // without its module: `own_consent`, `agreed.yes`
  std::string full_name;  // `national.own_consent`
  std::string title;
  std::string because;
  std::string timing;
  SubjectId subject;
  NodeId condition;
  Conclusion conclusion;  // of an action: a Duty
  std::vector<ProvisionId> cites;
  std::optional<StepId> step;  // of an answer
  bool is_protected = false;
  bool replaced = false;  // by a `redefine`: kept for its name, never applies
  Span span;              // the whole declaration, or the answer's line
  Span name_span;
};

/// A rule in one place. A rule without `instead of` has one instance; one with has an instance for each label, which
/// applies only where the instance in whose place it stands applies as well.
struct Instance {
  RuleId rule;
  std::optional<InstanceId> place;
};

enum class SubjectKind : std::uint8_t { definition, decision, agreement, action };

struct Subject {
  SubjectKind kind = SubjectKind::definition;
  std::string name;    // `consent.giver`
  std::string title;   // a decision's is its question
  std::string by, to;  // of an action
  ModuleId module;
  Type type;                            // of an action: a choice-like range of Duty
  std::optional<Conclusion> otherwise;  // an action's is Duty::none
  std::vector<ProvisionId> cites;
  std::optional<AgreementId> agreement;
  Span span;
  Span name_span;

  /// In the order of asking: procedures first, the most basic module first, then as declared; none that was replaced.
  std::vector<RuleId> rules;
  /// Their instances: [first_instance, first_instance + instance_count). An instance comes after the one in whose place
  /// it stands.
  std::uint32_t first_instance = 0;
  std::uint32_t instance_count = 0;
};

struct Step {
  std::string name;
  std::string title;
  ProcedureId procedure;
  TermId on;
  std::vector<ProvisionId> cites;
  std::vector<RuleId> answers;  // those with an outcome
  Span span;
};

struct Procedure {
  std::string name;
  std::string title;
  ModuleId module;
  SubjectId decides;
  std::vector<StepId> steps;
  std::vector<ProvisionId> cites;
  Span span;
};

struct Safeguard {
  std::string name;
  std::string full_name;
  std::string title;
  ModuleId module;
  NodeId holds;  // what must be true in every case, `when` and `never` worked in
  std::vector<ProvisionId> cites;
  std::vector<SubjectId> watches;  // what it mentions, directly or through others; sorted
  Span span;
};

// ---- what policies carry beside rules ----------------------------------------------------------------------------

struct SourceDocument {
  std::string name, title, by, url;
  std::optional<Date> dated;
  ModuleId module;
  Span span;
};

struct Provision {
  SourceDocumentId source;
  std::string name;       // `flow_1_purpose`
  std::string full_name;  // `hmg2015.flow_1_purpose`
  std::string title;
  std::string judgement;  // why no rule can decide it; empty where one can
  bool is_judgement = false;
  Span span;
};

struct Field {
  std::string name, title;
  Type type;
  std::optional<TermId> from;
  std::optional<NodeId> when;
  std::vector<ProvisionId> cites;
  Span span;
};

struct Record {
  std::string name, full_name, title;
  ModuleId module;
  std::optional<NodeId> when;
  std::vector<Field> fields;
  std::vector<ProvisionId> cites;
  Span span;
};

struct AgreementShare {
  std::vector<Scalar> categories;
  std::optional<Scalar> from, to;  // bodies
};

struct Agreement {
  std::string name, title;
  ModuleId module;
  int tier = 1;
  std::optional<AgreementId> under;
  std::vector<Scalar> between;
  std::vector<std::pair<Scalar, Date>> signatures;
  Date from;
  std::optional<Date> until;
  Date review_by;
  std::string owner, basis, power, frequency, retention, security;
  std::vector<AgreementShare> shares;
  std::vector<Scalar> purposes;
  SubjectId in_force, covers;
  std::vector<ProvisionId> cites;
  Span span;
};

enum class ExpectKind : std::uint8_t { value, not_value, status, duty, no_duty, duty_status, asks, asks_nothing };
enum class Status : std::uint8_t { decided, undecided, conflict, gap, unsafe };

struct Expectation {
  ExpectKind kind = ExpectKind::value;
  SubjectId subject;
  Scalar value = 0;                   // of value and not_value; a Duty of duty
  Status status = Status::undecided;  // of status and duty_status
  std::optional<RuleId> because;
  FactId fact;  // of asks
  Span span;
};

struct GivenFact {
  FactId fact;
  std::optional<Scalar> value;  // null: unknown, which takes away what `like` brought
  std::string text;             // of a text fact
};

struct TestCase {
  std::string name, full_name, title, story, discuss;
  ModuleId module;
  std::optional<Date> as_at;     // `like` already followed
  std::vector<GivenFact> facts;  // `like` already followed; none unknown, none twice
  std::vector<Expectation> expectations;
  std::vector<ProvisionId> cites;
  Span span;
};

struct Program {
  std::vector<Module> modules;  // the most basic first; the policy itself last
  std::vector<Choice> choices;
  std::vector<Fact> facts;
  std::vector<Subject> subjects;
  std::vector<Rule> rules;
  std::vector<Instance> instances;
  std::vector<Procedure> procedures;
  std::vector<Step> steps;
  std::vector<Safeguard> safeguards;
  std::vector<SourceDocument> sources;
  std::vector<Provision> provisions;
  std::vector<Record> records;
  std::vector<Agreement> agreements;
  std::vector<TestCase> cases;  // of every module

  // conditions
  std::vector<Node> nodes;
  std::vector<Span> node_spans;
  std::vector<NodeId> children;
  std::vector<std::optional<ItemId>> child_items;  // beside children: the list item that the child is
  std::vector<Term> terms;
  std::vector<Range> ranges;
  std::vector<std::uint64_t> masks;
  std::vector<Item> items;

  /// For each instance, the instances over which it prevails (of the same subject), closed over; sorted.
  std::vector<std::vector<InstanceId>> prevails_over;
  /// Every subject after those that its rules, `otherwise` and copies read.
  std::vector<SubjectId> evaluation_order;

  std::optional<SubjectId> default_decision;  // null where there is no decision at all
  bool uses_day = false;                      // the day of the decision can matter

  const Module& policy() const { return modules.back(); }
  Type type_of(const Term& term) const;
  std::optional<FactId> find_fact(std::string_view name) const;
  std::optional<SubjectId> find_subject(std::string_view name) const;
  std::optional<SubjectId> find_decision(std::string_view name) const;
  /// Of this module first, else the one inherited case of that name; `module.name` in full. Null where none or several.
  std::optional<CaseId> find_case(std::string_view name) const;
  /// By its full name, or by a bare name of the policy's own module or of just one other.
  std::optional<RuleId> find_rule(std::string_view name) const;

  /// A value as it is written in policies: `yes`, `parent`, `11`, `2024-04-01`, `a, b`, `empty`. Not for texts.
  std::string show(const Type& type, Scalar value) const;
  /// A value as its title says it, for people.
  std::string say(const Type& type, Scalar value) const;
};

template <class T, class Tag>
decltype(auto) at(T& array, Id<Tag> id) {
  return array[id.index];
}

std::string_view to_string(Duty duty);      // "must not"; "no duty" for none
std::string_view to_string(Status status);  // "decided"

}  // namespace duly
