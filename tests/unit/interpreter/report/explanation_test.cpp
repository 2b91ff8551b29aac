#include "interpreter/report/explanation.hpp"

#include "interpreter/report/decision_text.hpp"
#include "tests/unit/interpreter/report/visit_policy.hpp"

namespace duly {
namespace {

std::string text(std::string_view facts, Depth depth, TextLayout layout = {}) {
  DecidedCase decided = decided_visit(facts);
  return decision_text(explain(decided.view(), depth), layout);
}

TEST_CASE("explained: a decision that is made, in spite of a rule") {
  CHECK(text(R"({"facts": {"home.risk": true, "home.dogs": 0, "manager.allows": true}})", Depth::normal) ==
        R"(How many people make the visit?
  One person makes the visit. (crew: single)

Because
  - The manager's word is enough. The manager knows the home. [guide.pairs_2]
    (visit.alone)
    - The manager allows one person alone: yes

Despite
  - Two go where something could go wrong. This would have been: Two people make the
    visit. [guide.pairs_1] (visit.pair)
    - set aside by: The manager's word is enough [guide.pairs_2] (visit.alone)

What must be done
  - Write the visit down (by: the visitor), on the same day [guide.notes_1]

Sources
  - Visiting: a guide (A council, 1 February 2024) (guide)

As at 22 November 2026, by the policy visit 1.2, "When a visit needs a second person".
)");
}

TEST_CASE("explained: a decision that rests on a definition") {
  CHECK(text(R"({"facts": {"home.risk": false, "home.dogs": 4, "manager.allows": false}})", Depth::normal) ==
        R"(How many people make the visit?
  Two people make the visit. (crew: double)

Because
  - Two go where something could go wrong [guide.pairs_1] (visit.pair)
    - Something could go wrong (visit.danger)
      - Number of dogs: at least 3 (visit.danger.dogs)
        - Number of dogs: 4

What must be done
  - Write the visit down (by: the visitor), on the same day [guide.notes_1]

Sources
  - Visiting: a guide (A council, 1 February 2024) (guide)

As at 22 November 2026, by the policy visit 1.2, "When a visit needs a second person".
)");
}

TEST_CASE("explained: a decision where no rule applies") {
  CHECK(text(R"({"facts": {"home.risk": false, "home.dogs": 0, "manager.allows": false}})", Depth::normal) ==
        R"(How many people make the visit?
  One person makes the visit. (crew: single)

Because
  - No rule about this applies, and then this is the answer

The rules that came nearest
  - Two go where something could go wrong. Not so here: There is a known risk at the
    home (here: no); Number of dogs: at least 3 (here: 0). [guide.pairs_1] (visit.pair)

What must be done
  - Write the visit down (by: the visitor), on the same day [guide.notes_1]

Sources
  - Visiting: a guide (A council, 1 February 2024) (guide)

As at 22 November 2026, by the policy visit 1.2, "When a visit needs a second person".
)");
}

TEST_CASE("explained: a decision that needs more to be known") {
  CHECK(text(R"({"facts": {"home.risk": false}})", Depth::normal) == R"(How many people make the visit?
  This is not decided yet: more has to be known. (crew: undecided)

What would still have to be known
  1. How many dogs are there? (home.dogs)
  2. Has the manager allowed it? (manager.allows)

What may still come out
  - One person makes the visit. (single)
    - Perhaps: The manager's word is enough. The manager knows the home. [guide.pairs_2]
      (visit.alone)
  - Two people make the visit. (double)
    - Two go where something could go wrong [guide.pairs_1] (visit.pair)

What must be done
  - Write the visit down (by: the visitor), on the same day [guide.notes_1]

Sources
  - Visiting: a guide (A council, 1 February 2024) (guide)

As at 22 November 2026, by the policy visit 1.2, "When a visit needs a second person".
)");
}

TEST_CASE("explained: a decision that a safeguard forbids") {
  CHECK(text(R"({"facts": {"home.dogs": 8, "manager.allows": true}})", Depth::normal) ==
        R"(How many people make the visit?
  STOP: a safeguard is broken, so what the rules say must not be relied on. (crew:
  unsafe)
  Until that is settled, the advice is: One person makes the visit.

A safeguard is broken
  - Nobody meets a pack of dogs alone: this does not hold here (visit.no_lone_pack)

What the rules would have said
  - One person makes the visit. Because: The manager's word is enough. The manager knows
    the home. [guide.pairs_2] (visit.alone)
    - The manager allows one person alone: yes

Despite
  - Two go where something could go wrong. This would have been: Two people make the
    visit. [guide.pairs_1] (visit.pair)
    - set aside by: The manager's word is enough [guide.pairs_2] (visit.alone)

What must be done
  - Write the visit down (by: the visitor), on the same day [guide.notes_1]

Mind
  - The advice on `crew`, `single`, is the very outcome with which a safeguard is broken
    (`visit.no_lone_pack`): do not act on it, ask somebody who is responsible for the
    policy

Sources
  - Visiting: a guide (A council, 1 February 2024) (guide)

As at 22 November 2026, by the policy visit 1.2, "When a visit needs a second person".
)");
}

TEST_CASE("explained: a decision in about five lines") {
  CHECK(text(R"({"facts": {"home.risk": true, "home.dogs": 0, "manager.allows": false}})", Depth::brief) ==
        R"(How many people make the visit?
  Two people make the visit. (crew: double)
Because: Two go where something could go wrong [guide.pairs_1] (visit.pair).
Must: Write the visit down, on the same day.
As at 22 November 2026, by the policy visit 1.2.
)");
}

TEST_CASE("explained: in about five lines, of many duties the first three and how many there are beside") {
  std::string policy = "policy page \"A policy\"\ndecision d \"D?\" yes_please \"Yes.\" otherwise yes_please\n";
  const auto with_duties = [&](int count) {
    for (int i = 1; i <= count; ++i) {
      policy += "action a" + std::to_string(i) + " \"Do " + std::to_string(i) + "\"\nrule r" + std::to_string(i) +
                " \"R\" must a" + std::to_string(i) + "\n";
    }
    const CompiledPolicy compiled(policy);
    DecidedCase decided(compiled, Case(compiled.program()));
    return decision_text(explain(decided.view(), Depth::brief), {});
  };
  CHECK(with_duties(4).find("Must: Do 1; Do 2; Do 3; Do 4.\n") != std::string::npos);
  policy.resize(policy.find("action"));
  CHECK(with_duties(6).find("Must: Do 1; Do 2; Do 3; and 3 more.\n") != std::string::npos);
}

TEST_CASE("explained: an open decision in about five lines") {
  CHECK(text(R"({"facts": {}})", Depth::brief) == R"(How many people make the visit?
  This is not decided yet: more has to be known. (crew: undecided)
Still to be known: Is there a known risk at this home? (home.risk); How many dogs are
  there? (home.dogs); Has the manager allowed it? (manager.allows).
Possible: One person makes the visit. (single); Two people make the visit. (double).
Must: Write the visit down, on the same day.
As at 22 November 2026, by the policy visit 1.2.
)");
}

TEST_CASE("explained: everything that was considered") {
  CHECK(text(R"({"facts": {"home.risk": true, "home.dogs": 0, "manager.allows": false}})", Depth::full) ==
        R"(How many people make the visit?
  Two people make the visit. (crew: double)

Because
  - Two go where something could go wrong [guide.pairs_1] (visit.pair)
    - Something could go wrong (visit.danger)
      - There is a known risk at the home [guide.pairs_1] (visit.danger.known)

What must be done
  - Write the visit down (by: the visitor), on the same day [guide.notes_1]
    - Visits are written down [guide.notes_1] (visit.note)

What was worked out
  - Something could go wrong: yes (danger)

Outcomes that one fact would have made
  - One person makes the visit. (single)
    - with one fact otherwise: There is a known risk at the home: no, instead of yes
      (home.risk)

Rules that do not apply here
  - The manager's word is enough [guide.pairs_2] (visit.alone)
    - The manager allows one person alone (here: no) (manager.allows, visit.policy:33)

What was known
  - There is a known risk at the home: yes (home.risk)
  - Number of dogs: 0 (home.dogs)
  - The manager allows one person alone: no (manager.allows)

Sources
  - Visiting: a guide (A council, 1 February 2024) (guide)
    - pairs_1: Two go where there is a known risk
    - pairs_2: A manager may allow one person alone
    - notes_1: Every visit is written down

As at 22 November 2026, by the policy visit 1.2, "When a visit needs a second person".
)");
}

TEST_CASE("explained in Markdown") {
  DecidedCase decided = decided_visit(R"({"facts": {"home.risk": true, "home.dogs": 0, "manager.allows": true}})");
  CHECK(decision_markdown(explain(decided.view(), Depth::normal)) == R"(# How many people make the visit?

**One person makes the visit.** (`crew: single`)

## Because

- The manager's word is enough. The manager knows the home. [guide.pairs\_2] (`visit.alone`)
  - The manager allows one person alone: yes

## Despite

- Two go where something could go wrong. This would have been: Two people make the visit. [guide.pairs\_1] (`visit.pair`)
  - set aside by: The manager's word is enough [guide.pairs\_2] (`visit.alone`)

## What must be done

- Write the visit down (by: the visitor), on the same day [guide.notes\_1]

## Sources

- Visiting: a guide (A council, 1 February 2024) (`guide`)

As at 22 November 2026, by the policy visit 1.2, "When a visit needs a second person".
)");
}

TEST_CASE("rules that disagree, and no rule at all") {
  const CompiledPolicy policy(R"(policy page "P"
fact x "X holds" : yes/no
fact y "Y holds" : yes/no
decision d "Which?" a "Do A." b "Do B."
rule first "The first rule" d is a when x
rule second "The second rule" d is b when y
action act "Act"
rule do_act "Do it" must act when x
rule leave_it "Leave it" must not act when y
)");
  const auto explained = [&](Scalar x, Scalar y) {
    Case facts(policy.program());
    facts.set(FactId{0}, x);
    facts.set(FactId{1}, y);
    facts.as_at = *parse_date("2026-11-22");
    DecidedCase decided(policy, facts);
    return decision_text(explain(decided.view(), Depth::normal));
  };
  CHECK(explained(1, 1) == R"(Which?
  The rules disagree, so this policy gives no answer. (d: conflict)

What the rules say
  - Do A. Because: The first rule (page.first)
    - X holds: yes
  - Do B. Because: The second rule (page.second)
    - Y holds: yes

Duties about which the rules give no answer
  - Act: the rules disagree
    - must. Because: Do it (page.do_act)
      - X holds: yes
    - must not. Because: Leave it (page.leave_it)
      - Y holds: yes

As at 22 November 2026, by the policy page, "P".
)");
  CHECK(explained(0, 0) == R"(Which?
  No rule decides this, so the policy gives no answer. (d: gap)

As at 22 November 2026, by the policy page, "P".
)");
}

TEST_CASE("a decision that holds only by its `otherwise` says what kept the nearest rules from applying") {
  const CompiledPolicy policy(R"(policy page "P"
fact x "X holds" : yes/no
fact y "Y holds" : yes/no
fact z "Z holds" : yes/no
decision d "Which?" a "Do A." b "Do B." otherwise a
rule near "Near it" d is b when x and y
rule far "Far from it" d is b when y and z
rule same "The same" d is a when z
)");
  Case facts(policy.program());
  facts.set(FactId{0}, 1);
  facts.set(FactId{1}, 0);
  facts.set(FactId{2}, 0);
  facts.as_at = *parse_date("2026-11-22");
  DecidedCase decided(policy, facts);
  const auto said = [&](Depth depth) { return decision_text(explain(decided.view(), depth)); };
  CHECK(said(Depth::normal) == R"(Which?
  Do A. (d: a)

Because
  - No rule about this applies, and then this is the answer

The rules that came nearest
  - Near it. Not so here: Y holds (here: no). (page.near)

As at 22 November 2026, by the policy page, "P".
)");
  CHECK(said(Depth::brief).find("nearest") == std::string::npos);
  CHECK(said(Depth::full).find("came nearest") == std::string::npos);  // it has its near misses
}

TEST_CASE("an advice with which a safeguard is broken comes with a warning") {
  const CompiledPolicy policy(R"(policy page "P"
fact x "X holds" : yes/no
fact y "Y holds" : yes/no
decision d "Which?" a "Do A." b "Do B." otherwise a
rule second "The second rule" d is b when y
safeguard not_a "Never A with X" when x never d is a
safeguard not_b "Never B with X" when x never d is b
)");
  const auto warnings = [&](Scalar x, Scalar y) {
    Case facts(policy.program());
    facts.set(FactId{0}, x);
    facts.set(FactId{1}, y);
    DecidedCase decided(policy, facts);
    return decision_warnings(decided.view());
  };
  REQUIRE(warnings(1, 0).size() == 1);
  CHECK(
      warnings(1, 0).front() ==
      "The advice on `d`, `a`, is the very outcome with which a safeguard is broken (`page.not_a`): do not act on it, "
      "ask somebody who is responsible for the policy");
  CHECK(warnings(1, 1).empty());  // broken with the other outcome
  CHECK(warnings(0, 0).empty());
}

TEST_CASE("colour changes no word, and lines are wrapped") {
  const char* facts = R"({"facts": {"home.risk": true, "home.dogs": 0, "manager.allows": true}})";
  const std::string plain = text(facts, Depth::normal);
  std::string colored = text(facts, Depth::normal, {.color = true});
  CHECK(colored.find("\x1b[") != std::string::npos);
  for (std::size_t at = 0; (at = colored.find("\x1b[")) != std::string::npos;) {
    colored.erase(at, colored.find('m', at) + 1 - at);
  }
  CHECK(colored == plain);

  const std::string narrow = text(facts, Depth::normal, {.width = 40});
  for (std::size_t begin = 0; begin < narrow.size();) {
    const std::size_t end = narrow.find('\n', begin);
    CHECK(end - begin <= 40);
    begin = end + 1;
  }
}

TEST_CASE("dates are said in words") { CHECK(date_in_words(*parse_date("2024-02-29")) == "29 February 2024"); }

}  // namespace
}  // namespace duly
