#pragma once

#include <algorithm>
#include <cstdlib>
#include <random>
#include <string>

#include "interpreter/eval/case.hpp"
#include "tests/unit/interpreter/report/compiled_policy.hpp"

namespace duly {

/// Another one each time, unless DULY_SEED=N says which.
inline unsigned random_seed() {
  const char* const seed = std::getenv("DULY_SEED");
  return seed != nullptr ? static_cast<unsigned>(std::strtoul(seed, nullptr, 10)) : std::random_device()();
}

/// Facts of every type, nested in several ways, and one of each thing that a line can say of a decision and a duty.
inline const CompiledPolicy& every_type_policy() {
  static const CompiledPolicy policy(R"(policy every_type "Every type of fact"
choice skill "A skill"
  first_aid "First aid"
  driving "Driving"
  law "Law"
fact child.age "Age" : number of years from 0 to 25
  ask "Age?"
fact child.home.rooms "Rooms" : number from -5 to 5
  ask "Rooms?"
fact child.home.risk "Risk" : yes/no
  ask "Risk?"
fact child.born "Born" : date
  ask "Born?"
fact notes "Notes" : text
  ask "Notes?"
fact worker.notes "More notes" : text
  ask "Notes?"
fact worker.grade "Grade" : one of
    new "New"
    old "Old"
  ask "Grade?"
fact worker.skills "Skills" : set of skill
  ask "Skills?"
fact a "A" : yes/no
  ask "A?"
fact b "B" : yes/no
  ask "B?"
decision visit "Visit?"
  today "Today."
  later "Later."
  otherwise later
decision share "Share?"
  send "Yes."
  keep "No."
rule risk "Risk"
  visit is today
  when child.home.risk or child.age is under 5
rule share_it "Share"
  share is send
  when a
rule keep_it "Keep"
  share is keep
  when b
action note "Note it" by "the worker"
action call "Call" by "the worker"
rule note_it "Note"
  must note
  when child.home.risk
rule no_note "No note"
  must not note
  when worker.grade is new
rule call_it "Call"
  must call
  when worker.skills includes law
safeguard together "Nobody waits who is at risk"
  when a and child.home.rooms is over 3
  never visit is later
)",
                                     "every_type.policy");
  return policy;
}

/// Each fact is given or not, at random.
inline Case random_facts(const Program& program, std::mt19937& random) {
  const auto between = [&](Scalar low, Scalar high) {
    return std::uniform_int_distribution<Scalar>(low, high)(random);
  };
  const Scalar unknown_of_ten = between(0, 4);
  Case facts(program);
  for (std::uint32_t i = 0; i < program.facts.size(); ++i) {
    if (between(1, 10) <= unknown_of_ten) continue;
    const FactId fact{i};
    const Type& type = program.facts[i].type;
    switch (type.kind) {
      case TypeKind::yes_no: facts.set(fact, between(0, 1)); break;
      case TypeKind::choice: facts.set(fact, between(type.low, type.high)); break;
      case TypeKind::set:
        facts.set(fact, between(0, (Scalar{1} << at(program.choices, type.choice).values.size()) - 1));
        break;
      case TypeKind::number:
      case TypeKind::date: {
        const bool narrow = between(0, 3) > 0;
        facts.set(fact, narrow ? between(std::max<Scalar>(type.low, -100), std::min<Scalar>(type.high, 20'000))
                               : between(type.low, type.high));
        break;
      }
      case TypeKind::text: {
        static const char* const texts[] = {
            "", "plain", "a \"quoted\" word", "two\nlines", "caf\xC3\xA9 \xF0\x9F\x8F\xA0", "\\"};
        facts.set_text(fact, texts[between(0, 5)]);
        break;
      }
    }
  }
  return facts;
}

/// JSON on one line: line ends inside texts are escaped, so all others are between tokens.
inline std::string on_one_line(std::string json) {
  std::string line;
  for (const char c : json) {
    if (c != '\n') line += c;
  }
  return line;
}

}  // namespace duly
