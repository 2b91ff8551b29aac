#pragma once

#include "interpreter/report/case_json.hpp"
#include "tests/unit/interpreter/report/compiled_policy.hpp"

namespace duly {

/// A small policy with a bit of everything that reports show.
inline const CompiledPolicy& visit_policy() {
  static const CompiledPolicy policy(R"(policy visit "When a visit needs a second person"
  version "1.2"

source guide "Visiting: a guide" by "A council" dated 2024-02-01
  provision pairs_1 "Two go where there is a known risk"
  provision pairs_2 "A manager may allow one person alone"
  provision notes_1 "Every visit is written down"

fact home.risk "There is a known risk at the home" : yes/no
  ask "Is there a known risk at this home?"
  help "Look at the file, and ask the last visitor."
fact home.dogs "Number of dogs" : number from 0 to 9
  ask "How many dogs are there?"
fact manager.allows "The manager allows one person alone" : yes/no
  ask "Has the manager allowed it?"

decision crew "How many people make the visit?"
  single "One person makes the visit."
  double "Two people make the visit."
  otherwise single

define danger "Something could go wrong" means any of
  - known: home.risk  [guide.pairs_1]
  - dogs: home.dogs is at least 3

rule pair "Two go where something could go wrong"
  crew is double
  when danger
  cite guide.pairs_1

rule alone "The manager's word is enough"
  crew is single
  when manager.allows
  despite pair
  because "The manager knows the home."
  cite guide.pairs_2

action write_note "Write the visit down" by "the visitor"
rule note "Visits are written down" must write_note timing "on the same day" cite guide.notes_1

safeguard no_lone_pack "Nobody meets a pack of dogs alone"
  when home.dogs is over 5
  never crew is single

case quiet "A quiet home"
  facts home.risk is no  home.dogs is 0  manager.allows is no
  expect crew is single  must write_note  asks nothing

case risky "A risk is on file" like quiet
  facts home.risk is yes
  expect crew is double because pair

case allowed "The manager knows the home" like risky
  facts manager.allows is yes
  expect crew is single because alone
)",
                                     "visit.policy");
  return policy;
}

/// A case of it, on a day of its own, decided.
inline DecidedCase decided_visit(std::string_view facts) {
  CaseReading reading = read_case_json(visit_policy().program(), facts);
  REQUIRE(reading.facts.has_value());
  reading.facts->as_at = *parse_date("2026-11-22");
  return DecidedCase(visit_policy(), *reading.facts);
}

}  // namespace duly
