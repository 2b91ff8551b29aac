#pragma once

#include <string_view>

/// A policy with a fact of each type, for the tests of the faces.
inline constexpr std::string_view visits_policy = R"(policy visits "When a visit needs a second person"
  version "1.2"

source guide "Visiting: a guide" by "A council" dated 2024-02-01
  provision pairs_1 "Two go where there is a known risk"
  provision notes_1 "Every visit is written down"

choice area "Part of town"
  north "The north"
  south "The south"
choice equipment "Equipment"
  phone "A telephone"
  alarm "An alarm"

fact home.risk "There is a known risk at the home" : yes/no
  ask "Is there a known risk at this home?"
  help "Look at the file."
fact home.dogs "Number of dogs" : number of dogs from 0 to 9
  ask "How many dogs are there?"
fact home.area "Where the home is" : area
  ask "Where is it?"
fact last_visit "The last visit" : date
  ask "When was the last visit?"
fact carried "What the visitor carries" : set of equipment
  ask "What does the visitor carry?"
fact visitor "Who visits" : text
  sensitive

decision crew "How many people make the visit?"
  single "One person makes the visit."
  double "Two people make the visit."
  otherwise single

define danger "Something could go wrong" means any of
  - known: home.risk  [guide.pairs_1]
  - dogs: home.dogs is at least 3
define who "Who visits" : text
rule who_visits "The visitor"
  who is visitor
  when home.risk

rule pair "Two go where something could go wrong"
  crew is double
  when danger
  cite guide.pairs_1
rule alone "With an alarm one is enough in the north"
  crew is single
  when home.area is north and carried includes alarm and years since last_visit is under 2
  despite pair

action write_note "Write the visit down" by "the visitor" to "the office"
rule note "Visits are written down" must write_note timing "on the same day" cite guide.notes_1

safeguard no_lone_pack "Nobody meets a pack of dogs alone"
  when home.dogs is over 5
  never crew is single

record visit_record "Record of the visit"
  field dogs "Dogs" : number of dogs from 0 to 9 from home.dogs
  field seen "What was seen" : text
)";
