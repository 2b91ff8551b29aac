#include "tests/bench/flowchart_by_hand.hpp"

namespace duly::bench {
namespace {

enum Rule : std::uint8_t {
  purpose_no,
  identifies_no,
  confidential_no,
  agreed_yes,
  other_reason_yes,
  other_reason_no,
  the_law,
  need_to_know,
  record_decision,
  record_sharing,
  inform_family,
  not_inform_family,
  seek_consent,
  seek_advice_rule,
  share_securely,
  refer_concern,
  discuss_refusal,
};

constexpr std::uint8_t must = 3, should = 2, must_not = 5;

}  // namespace

void decide_by_hand(const FlowchartFacts& f, FlowchartAnswer& answer) {
  answer.because.count = 0;
  answer.duties = {};
  for (ReasonList& list : answer.duties_because) list.count = 0;

  const Said said = f.age >= 12 ? f.child : f.parent;
  const bool effective = said == Said::given && f.informed;
  const bool override_reason = f.function || f.vital || f.statutory || f.concern == Level::harm;
  const auto conclude = [&](Outcome outcome, Rule rule) {
    answer.sharing = outcome;
    answer.because.add(rule);
  };
  if (f.statutory) {
    conclude(must_share, the_law);
  } else if (f.identifies && !f.recipient_needs) {
    conclude(do_not_share, need_to_know);
  } else if (!f.legitimate) {
    conclude(do_not_share, purpose_no);
  } else if (!f.identifies) {
    conclude(may_share, identifies_no);
  } else if (!f.confidential) {
    conclude(may_share, confidential_no);
  } else if (effective) {
    conclude(may_share, agreed_yes);
  } else if (override_reason) {
    conclude(may_share, other_reason_yes);
  } else {
    conclude(do_not_share, other_reason_no);
  }

  const auto lay = [&](std::size_t action, std::uint8_t duty, Rule rule) {
    answer.duties[action] = duty;
    answer.duties_because[action].add(rule);
  };
  const bool shared = answer.sharing == must_share || answer.sharing == may_share;
  lay(0, must, record_decision);
  if (shared) lay(1, must, record_sharing);
  if (shared && f.identifies) {
    if (f.raises_risk) {
      lay(2, must_not, not_inform_family);
    } else {
      lay(2, must, inform_family);
    }
  }
  if (said == Said::not_sought && f.identifies && f.confidential) lay(3, should, seek_consent);
  if (f.in_doubt) lay(4, should, seek_advice_rule);
  if (shared && f.identifies) lay(5, must, share_securely);
  if (f.concern >= Level::in_need) lay(6, should, refer_concern);
  if (answer.sharing == do_not_share) lay(7, should, discuss_refusal);
}

}  // namespace duly::bench
