#pragma once

#include <string>
#include <utility>
#include <vector>

#include "interpreter/eval/case.hpp"
#include "interpreter/eval/decision.hpp"
#include "lang/program/program.hpp"

namespace duly {

/// A decision of one policy: what is compared.
struct PolicyDecision {
  const Program& program;
  SubjectId decision;
};

/// What a decision comes to, by names, so that two policies' can be compared.
struct NamedOutcome {
  Status status = Status::decided;
  std::string outcome;  // where decided
  friend auto operator<=>(const NamedOutcome&, const NamedOutcome&) = default;
};

NamedOutcome named_outcome(const PolicyDecision& policy, const Finding& finding);

/// A case as both policies read it: each has the facts that it knows.
using SharedWitness = std::pair<Case, Case>;

/// All cases in which the first policy comes to the one outcome, the second to the other.
struct Parting {
  NamedOutcome first, second;
  std::vector<std::string> facts;       // that can play a part
  std::vector<SharedWitness> examples;  // the shortest first
};

struct Differences {
  std::vector<Parting> partings;
  std::vector<std::string> not_shared;  // facts of one name that are not of one kind: each policy's stands for itself
  bool complete = true;                 // false where the diagrams outgrew their bound
  bool approximate = false;  // a parting was left out for which no example could be found: values are compared
};

/// Where two policies decide differently, over every case: both outcome diagrams are brought over common facts, by
/// name, and combined. Numbers and dates are cut where either policy cuts them; of choices the values that both have
/// are looked at. Each parting has up to `examples` cases, as different from each other as the diagram is.
Differences differences(const PolicyDecision& first, const PolicyDecision& second, Date day, std::size_t examples,
                        std::size_t max_nodes = 1'000'000);

}  // namespace duly
