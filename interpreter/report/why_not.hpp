#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "interpreter/analysis/nearest.hpp"
#include "interpreter/eval/walk.hpp"
#include "interpreter/report/explanation.hpp"
#include "interpreter/report/json_writer.hpp"
#include "interpreter/report/view.hpp"

/// Why something did not come out: which part of a condition failed, what set a rule aside, and what would have to be
/// otherwise.
namespace duly {

/// What is asked about: a rule, or a value of a decision, definition or action.
struct WhyNotTarget {
  std::optional<RuleId> rule;
  SubjectId subject;  // of a rule: what it is about
  Scalar value = 0;   // of a value; a Duty of an action
};

/// The target that a text names, or what is wrong with the text, and the nearest right one.
struct WhyNotNaming {
  std::optional<WhyNotTarget> target;
  std::string error, help;
};

/// Reads `do_not_share` (an outcome of the decision asked), `consent.giver=child` (a value of a definition, decision or
/// action), `national.own_consent` or `own_consent` (a rule).
WhyNotNaming find_why_not(const Program& program, std::optional<SubjectId> decision, std::string_view text);

/// A part of a condition, and why it holds or not.
struct WhyNotPart {
  std::string text;            // in words
  std::string here;            // what the case has for it: `no`, `The child's age: 11 years`; may be empty
  std::optional<Truth> truth;  // null where it is a reason for what stands above it
  std::vector<ProvisionId> cites;
  std::string name;  // of the item, rule, fact or value
  Span span = nowhere;
  std::vector<Term> reads;
  std::vector<WhyNotPart> below;  // alternatives; what a definition that it reads rests on
};

/// A rule that would have led to what is asked about, and what kept it from that.
struct WhyNotRule {
  RuleId rule;
  std::vector<WhyNotPart> parts;     // of its condition
  std::vector<RuleId> set_aside_by;  // where it applies, or may, and is not left
};

struct WhyNot {
  WhyNotTarget target;
  bool is_so = false;             // it is what came out; the rule applies and is left
  bool holds_otherwise = false;   // the value is what holds where no rule applies
  std::vector<WhyNotRule> rules;  // the rule, or those that conclude the value
  std::vector<RuleId> instead;    // left: what decided otherwise
  NearestCase nearest;
};

/// Looks into a decided case. Builds the diagrams of every case for what would have to be otherwise.
WhyNot why_not(const DecisionView& view, const WhyNotTarget& target);

/// In words. `brief`: the parts that failed, and what would have to be otherwise; `full`: every part.
Explanation explain_why_not(const DecisionView& view, const WhyNot& found, Depth depth);

/// Writes the value of the key `why_not`.
void write_why_not(JsonWriter& json, const DecisionView& view, const WhyNot& found);

// ---- shared with other reports -----------------------------------------------------------------------------------

/// The parts of a rule's condition in this case, with what they rest on. `walk` has run on the case.
std::vector<WhyNotPart> explained_parts(const DecisionView& view, const Walk& walk, RuleId rule);

/// A part as a point of an explanation: `The child's age: at most 11 years (here: 12 years)`.
Point point_of(const DecisionView& view, const WhyNotPart& part, bool failing_only);

/// What a change says: `The child's age: 12 years or more, instead of 11 years`.
std::string say_change(const Program& program, const FactChange& change);

/// A fact's value in words, dates written out.
std::string say_value(const Program& program, const Type& type, Scalar value);

}  // namespace duly
