#pragma once

#include <array>
#include <cstdint>
#include <string_view>

/// The policy of flowchart.policy, written by hand: what it is measured against.
namespace duly::bench {

enum class Said : std::uint8_t { given, refused, not_sought };
enum class Level : std::uint8_t { none_known, needs, in_need, harm };

struct FlowchartFacts {
  bool legitimate, identifies, confidential;
  std::int8_t age;
  Said child, parent;
  bool informed, function, vital, statutory;
  Level concern;
  bool raises_risk, in_doubt, recipient_needs;
};

/// The rules by which something came out.
struct ReasonList {
  std::array<std::uint8_t, 5> rules;  // four at most, and room to write one that does not count
  std::uint8_t count = 0;
  void add(std::uint8_t rule) { rules[count++] = rule; }
  /// Without a branch, which would depend on the case.
  void add_if(bool counts, std::uint8_t rule) {
    rules[count] = rule;
    count = static_cast<std::uint8_t>(count + (counts ? 1 : 0));
  }
};

enum Outcome : std::uint8_t { must_share, may_share, do_not_share, seek_advice };
constexpr std::size_t actions = 8;

struct FlowchartAnswer {
  Outcome sharing;
  ReasonList because;
  std::array<std::uint8_t, actions> duties;  // as duly::Duty
  std::array<ReasonList, actions> duties_because;
};

/// The rules that an answer names, by their numbers.
constexpr std::array<std::string_view, 18> hand_rules = {
    "purpose.no",   "identifies.no", "confidential.no", "agreed.yes",     "other_reason.yes", "other_reason.no",
    "the_law",      "need_to_know",  "record_decision", "record_sharing", "inform_family",    "not_inform_family",
    "seek_consent", "seek_advice",   "share_securely",  "refer_concern",  "discuss_refusal",  ""};
/// The actions, in the order of an answer's duties.
constexpr std::array<std::string_view, actions> hand_actions = {"record_decision", "record_sharing", "inform_family",
                                                                "seek_consent",    "seek_advice",    "share_securely",
                                                                "refer_concern",   "discuss_refusal"};

void decide_by_hand(const FlowchartFacts& facts, FlowchartAnswer& answer);

}  // namespace duly::bench
