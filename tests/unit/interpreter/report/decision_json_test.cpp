#include "interpreter/report/decision_json.hpp"

#include "tests/unit/interpreter/report/visit_policy.hpp"

namespace duly {
namespace {

std::string json(std::string_view facts) {
  DecidedCase decided = decided_visit(facts);
  return decision_json(decided.view());
}

std::string line(std::string_view facts, std::string_view id = {}) {
  DecidedCase decided = decided_visit(facts);
  return compact_json(decided.view(), id);
}

TEST_CASE("a decision as JSON has its keys in order") {
  CHECK(json(R"({"facts": {"home.risk": true, "home.dogs": 0, "manager.allows": true}})") == R"({
  "policy": {
    "name": "visit",
    "version": "1.2",
    "sha256": "41981d161cc701571fa1d72e021185d469e970441c54d84ab195734e1fbccd9d",
    "modules": []
  },
  "as_at": "2026-11-22",
  "default": "crew",
  "decisions": {
    "crew": {
      "status": "decided",
      "outcome": "single",
      "advised": null,
      "says": "One person makes the visit.",
      "because": [
        {
          "rule": "visit.alone",
          "title": "The manager's word is enough",
          "cites": ["guide.pairs_2"],
          "at": "visit.policy:31",
          "because": [],
          "facts": {
            "manager.allows": true
          }
        }
      ],
      "set_aside": [
        {
          "rule": "visit.pair",
          "by": "visit.alone"
        }
      ],
      "needs": []
    }
  },
  "duties": [
    {
      "action": "write_note",
      "duty": "must",
      "status": "decided",
      "says": "Write the visit down",
      "timing": "on the same day",
      "because": [
        {
          "rule": "visit.note",
          "title": "Visits are written down",
          "cites": ["guide.notes_1"],
          "at": "visit.policy:39",
          "because": []
        }
      ],
      "by": "the visitor",
      "to": null,
      "set_aside": []
    }
  ],
  "values": {
    "danger": {
      "status": "decided",
      "value": true,
      "needs": []
    }
  },
  "next_question": null,
  "safeguards_broken": [],
  "warnings": []
}
)");
}

TEST_CASE("an open decision as JSON has its possible outcomes and the next question") {
  CHECK(json(R"({"facts": {"home.risk": false, "manager.allows": false}})") == R"({
  "policy": {
    "name": "visit",
    "version": "1.2",
    "sha256": "41981d161cc701571fa1d72e021185d469e970441c54d84ab195734e1fbccd9d",
    "modules": []
  },
  "as_at": "2026-11-22",
  "default": "crew",
  "decisions": {
    "crew": {
      "status": "undecided",
      "outcome": null,
      "advised": null,
      "says": null,
      "because": [],
      "set_aside": [],
      "needs": ["home.dogs"],
      "possible": {
        "single": [],
        "double": [
          {
            "rule": "visit.pair",
            "title": "Two go where something could go wrong",
            "cites": ["guide.pairs_1"],
            "at": "visit.policy:26",
            "because": []
          }
        ]
      }
    }
  },
  "duties": [
    {
      "action": "write_note",
      "duty": "must",
      "status": "decided",
      "says": "Write the visit down",
      "timing": "on the same day",
      "because": [
        {
          "rule": "visit.note",
          "title": "Visits are written down",
          "cites": ["guide.notes_1"],
          "at": "visit.policy:39",
          "because": []
        }
      ],
      "by": "the visitor",
      "to": null,
      "set_aside": []
    }
  ],
  "values": {
    "danger": {
      "status": "undecided",
      "value": null,
      "needs": ["home.dogs"]
    }
  },
  "next_question": {
    "fact": "home.dogs",
    "ask": "How many dogs are there?",
    "help": null,
    "type": "number",
    "answers": null,
    "unit": null,
    "from": 0,
    "to": 9
  },
  "safeguards_broken": [],
  "warnings": []
}
)");
}

TEST_CASE("a decision on one line") {
  CHECK(line(R"({"facts": {"home.risk": true, "home.dogs": 0, "manager.allows": false}})") ==
        R"({"decisions":{"crew":"double"},"duties":{"write_note":"must"}})");
  CHECK(
      line(R"({"facts": {"home.risk": false}})", R"("7-b")") ==
      R"({"id":"7-b","decisions":{"crew":{"undecided":["home.dogs","manager.allows"]}},"duties":{"write_note":"must"}})");
  CHECK(line(R"({"facts": {"home.dogs": 8, "manager.allows": true}})") ==
        R"({"decisions":{"crew":{"unsafe":["visit.no_lone_pack"]}},"duties":{"write_note":"must"}})");
}

TEST_CASE("conflicts and gaps on one line") {
  const CompiledPolicy policy(R"(policy page "P"
fact x "X" : yes/no
decision d "D?" a "A" b "B"
decision e "E?" a2 "A"
rule first "First" d is a when x
rule second "Second" d is b when x
rule third "Third" e is a2 when x
)");
  const auto line_of = [&](Scalar x) {
    Case facts(policy.program());
    facts.set(FactId{0}, x);
    DecidedCase decided(policy, facts);
    return compact_json(decided.view());
  };
  CHECK(line_of(1) == R"({"decisions":{"d":{"conflict":["page.first","page.second"]},"e":"a2"},"duties":{}})");
  CHECK(line_of(0) == R"({"decisions":{"d":{"gap":[]},"e":{"gap":[]}},"duties":{}})");
}

}  // namespace
}  // namespace duly
