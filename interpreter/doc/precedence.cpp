#include "interpreter/doc/precedence.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace duly::doc {
namespace {

const Subject& subject_of(const Program& program, RuleId rule) {
  return at(program.subjects, at(program.rules, rule).subject);
}

}  // namespace

Standing standing_of(const Program& program, RuleId rule) {
  std::set<RuleId> places, losers, winners;
  const Subject& subject = subject_of(program, rule);
  for (std::uint32_t i = 0; i < subject.instance_count; ++i) {
    const InstanceId id{subject.first_instance + i};
    const Instance& instance = at(program.instances, id);
    const bool is_own = instance.rule == rule;
    if (is_own && instance.place) places.insert(at(program.instances, *instance.place).rule);
    for (const InstanceId loser : at(program.prevails_over, id)) {
      const RuleId other = at(program.instances, loser).rule;
      if (is_own && other != rule) losers.insert(other);
      if (!is_own && other == rule) winners.insert(instance.rule);
    }
  }
  Standing standing;
  standing.in_place_of.assign(places.begin(), places.end());
  for (const RuleId loser : losers) {
    if (!places.contains(loser)) standing.prevails_over.push_back(loser);
  }
  standing.yields_to.assign(winners.begin(), winners.end());
  return standing;
}

std::vector<RuleId> strongest_first(const Program& program, SubjectId id) {
  const Subject& subject = at(program.subjects, id);
  // What prevails over another prevails over all that the other does, and so over more.
  std::map<RuleId, std::size_t> strength;
  for (std::uint32_t i = 0; i < subject.instance_count; ++i) {
    const InstanceId instance{subject.first_instance + i};
    std::size_t& most = strength[at(program.instances, instance).rule];
    most = std::max(most, at(program.prevails_over, instance).size());
  }
  std::vector<RuleId> rules = subject.rules;
  std::stable_sort(rules.begin(), rules.end(), [&](RuleId a, RuleId b) { return strength[a] > strength[b]; });
  return rules;
}

std::optional<RuleId> redefinition_of(const Program& program, SubjectId subject) {
  const bool was_replaced = std::any_of(program.rules.begin(), program.rules.end(),
                                        [&](const Rule& rule) { return rule.replaced && rule.subject == subject; });
  if (!was_replaced) return std::nullopt;
  for (const RuleId id : at(program.subjects, subject).rules) {
    if (at(program.rules, id).kind == RuleKind::means) return id;
  }
  return std::nullopt;
}

}  // namespace duly::doc
