#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "lang/base/date.hpp"
#include "lang/source/source.hpp"

/// The tree that the parser builds: plain data, as written, nothing bound or checked.
/// Optional clauses are optional; every part keeps the span of the words it came from.
namespace duly::syntax {

/// A name as written, possibly dotted, possibly with its module in front: `child.age`, `national.own_consent`.
struct Name {
  std::string text;
  Span span;
};

/// A text with its escapes undone and, in `"""`, its indentation removed.
struct Text {
  std::string value;
  Span span;
};

struct DateText {
  Date date;
  Span span;
};

/// One value on the right of `is`, in a list of values, after `otherwise`: a literal or a name.
struct Operand {
  struct YesNo {
    bool yes;
  };
  std::variant<YesNo, std::int64_t, Date, std::string> value;  // the string is a name
  Span span;
};

/// What a value is set to: one operand, several for a set, or the empty set.
struct Setting {
  std::vector<Operand> values;
  bool empty_set = false;  // `is empty`
  Span span;
};

// ---- expressions -------------------------------------------------------------------------------------------------

enum class Strength : std::uint8_t { must, must_not, should, should_not, may };

/// A value, or the time since one: `child.age`, `years since child.born`.
struct Term {
  Elapsed elapsed = Elapsed::none;
  Name value;
  Span span;
};

enum class Comparison : std::uint8_t {
  is,
  is_not,
  is_one_of,
  is_not_one_of,
  is_under,
  is_over,
  is_at_least,
  is_at_most,
  is_from_to,  // two operands
  is_before,
  is_after,
  includes,
  includes_any_of,
  includes_all_of,
  is_empty,  // no operand
};

struct Expr;

struct And {
  std::vector<Expr> parts;
};
struct Or {
  std::vector<Expr> parts;
};
struct Not {
  std::vector<Expr> part;  // exactly one
};

enum class ListKind : std::uint8_t { any_of, all_of, none_of };
struct ListItem;
struct List {
  ListKind kind = ListKind::any_of;
  std::vector<ListItem> items;
};

/// A yes/no value standing alone.
struct Truth {
  Term term;
};
struct Compare {
  Term left;
  Comparison op = Comparison::is;
  Span op_span;
  std::vector<Operand> right;
};
/// `must inform_family` as a condition.
struct DutyTest {
  Strength strength = Strength::must;
  Name action;
};

struct Expr {
  Span span;
  std::variant<And, Or, Not, List, Truth, Compare, DutyTest> node;
};

struct ListItem {
  std::optional<Name> label;
  Expr expr;
  std::vector<Name> cites;
  Span span;
};

// ---- declarations ------------------------------------------------------------------------------------------------

struct InForce {
  DateText from;
  std::optional<DateText> until;  // the last day in force
  Span span;
};

struct PolicyHeader {
  Name name;
  Text title;
  std::optional<Text> version;
  std::optional<InForce> in_force;
  std::vector<Name> extends;
  std::optional<Name> decides;
  std::optional<Text> contact;
  Span span;
};

struct Provision {
  Name name;
  Text title;
  std::optional<Text> judgement;  // why no rule can decide it
  Span span;
};

struct Source {
  Name name;
  Text title;
  std::optional<Text> by;
  std::optional<DateText> dated;
  std::optional<Text> url;
  std::vector<Provision> provisions;
};

struct ChoiceValue {
  Name name;
  std::optional<Text> title;  // absent only in `one of` written in place
};

struct Choice {
  Name name;
  Text title;
  bool ordered = false;
  std::vector<ChoiceValue> values;
  std::vector<Name> cites;
};

struct ExtendChoice {
  Name name;
  std::vector<ChoiceValue> values;
  std::vector<Name> cites;
};

struct Type {
  struct YesNo {};
  struct OfChoice {
    Name choice;
  };
  struct OneOf {
    std::vector<ChoiceValue> values;
  };
  struct Number {
    std::optional<Name> unit;
    std::optional<std::int64_t> from;  // both or neither
    std::optional<std::int64_t> to;
  };
  struct DateType {};
  struct SetOf {
    Name choice;
  };
  struct TextType {};
  std::variant<YesNo, OfChoice, OneOf, Number, DateType, SetOf, TextType> kind;
  Span span;
};

struct Fact {
  Name name;
  Text title;
  Type type;
  std::optional<Text> ask;
  std::optional<Text> help;
  std::vector<Name> cites;
  bool judgement = false;
  bool sensitive = false;
};

struct Define {
  bool redefine = false;
  Name name;
  Text title;
  std::optional<Type> type;          // absent with `means`
  std::optional<Setting> otherwise;  // never with `means`
  std::optional<Expr> means;
  std::vector<Name> cites;
};

struct Decision {
  Name name;
  Text title;
  std::vector<ChoiceValue> outcomes;
  std::optional<Name> otherwise;
  std::vector<Name> cites;
};

struct Action {
  Name name;
  Text title;
  std::optional<Text> by;
  std::optional<Text> to;
  std::vector<Name> cites;
};

struct ValueIs {
  Name value;
  Setting setting;
};
struct Duty {
  Strength strength = Strength::must;
  Name action;
};
struct Conclusion {
  Span span;
  std::variant<ValueIs, Duty> node;
};

struct Rule {
  Name name;
  Text title;
  Conclusion conclusion;
  std::optional<Expr> when;
  std::optional<Span> despite_all;
  std::vector<Name> despite;
  std::vector<Name> instead_of;  // rule labels, or a value's name (`yes` and `no` included)
  std::optional<Text> timing;
  std::optional<Text> because;
  std::vector<Name> cites;
  std::optional<Span> is_protected;
};

struct Answer {
  std::vector<Name> answers;      // `yes`, `given`; empty for `otherwise`
  std::optional<Span> otherwise;  // set where the line says `otherwise:`
  std::optional<Name> outcome;    // absent: continue
  std::vector<Name> cites;
  Span span;
};

struct Step {
  Name name;
  Text title;
  Name on;
  std::vector<Answer> answers;
  std::vector<Name> cites;
  Span span;
};

struct Procedure {
  Name name;
  Text title;
  Name decides;
  std::vector<Step> steps;
  std::vector<Name> cites;
};

struct Field {
  Name name;
  Text title;
  Type type;
  std::optional<Name> from;
  std::optional<Expr> when;
  std::vector<Name> cites;
  Span span;
};

struct Record {
  Name name;
  Text title;
  std::optional<Expr> when;
  std::vector<Field> fields;
  std::vector<Name> cites;
};

struct Signature {
  Name body;
  DateText date;
};

/// One `shares` clause; `from`/`to` absent means any party.
struct Shares {
  std::vector<Name> categories;
  std::optional<Name> from;
  std::optional<Name> to;
  Span span;
};

struct Agreement {
  Name name;
  Text title;
  int tier = 0;  // 1 or 2
  Span tier_span;
  std::optional<Name> under;
  std::vector<Name> between;
  Span between_span;  // empty where the clause is missing
  std::vector<Signature> signatures;
  std::optional<InForce> in_force;
  std::optional<DateText> review_by;
  std::optional<Text> owner;
  std::vector<Shares> shares;
  std::vector<Name> purposes;  // `for`
  std::optional<Name> basis;
  std::optional<Text> power;
  std::optional<Text> frequency;
  std::optional<Text> retention;
  std::optional<Text> security;
  std::vector<Name> cites;
};

struct Safeguard {
  Name name;
  Text title;
  std::optional<Expr> when;
  bool never = false;
  std::optional<Expr> holds;  // what is always (or never) so; present in every tree without errors
  std::vector<Name> cites;
};

/// `FACT is VALUE`, `FACT is unknown`.
struct Given {
  Name fact;
  std::optional<Setting> setting;  // absent: unknown
  Span span;
};

struct ExpectValue {
  Name value;
  bool negated = false;  // `is not X`
  Setting setting;
  std::optional<Name> because;
};
enum class ExpectedStatus : std::uint8_t { undecided, conflict, gap, unsafe };
struct ExpectStatus {
  Name value;
  ExpectedStatus status = ExpectedStatus::undecided;
};
struct ExpectDuty {
  Strength strength = Strength::must;
  Name action;
  std::optional<Name> because;
};
/// `no duty A`, `duty A is undecided`, `duty A is conflict`.
struct ExpectNoDuty {
  Name action;
};
struct ExpectDutyStatus {
  Name action;
  ExpectedStatus status = ExpectedStatus::undecided;
};
struct ExpectAsks {
  std::optional<Name> fact;  // absent: asks nothing
};
struct Expectation {
  Span span;
  std::variant<ExpectValue, ExpectStatus, ExpectDuty, ExpectNoDuty, ExpectDutyStatus, ExpectAsks> node;
};

struct Case {
  Name name;
  Text title;
  std::optional<Name> like;
  std::optional<Text> story;
  std::optional<DateText> as_at;
  std::vector<Given> facts;
  std::vector<Expectation> expectations;
  std::optional<Text> discuss;
  std::vector<Name> cites;
};

/// One declaration; `span` runs from its keyword to its last word, `head` covers its keyword and name.
struct Declaration {
  Span span;
  Span head;
  std::variant<Source, Choice, ExtendChoice, Fact, Define, Decision, Action, Rule, Procedure, Record, Agreement,
               Safeguard, Case>
      node;
};

/// Comments are kept beside the tree, in order of place, for the formatter.
struct Comment {
  Span span;  // from `#` to the end of the line
};

/// One file: one module.
struct Module {
  SourceId source;
  PolicyHeader header;
  std::vector<Declaration> declarations;
  std::vector<Name> unread;  // names of declarations with a syntax error: they exist, but nothing more is known
  std::vector<Comment> comments;
};

}  // namespace duly::syntax
