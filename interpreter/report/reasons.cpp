#include "interpreter/report/reasons.hpp"

#include <algorithm>
#include <set>

#include "interpreter/report/truths.hpp"
#include "lang/program/reads.hpp"

namespace duly {
namespace {

// Reasons nest as deep as definitions do, and shared ones stand wherever they are needed. A policy may be written so
// that this grows without end; nobody reads that far.
constexpr std::size_t max_reasons = 5'000;
constexpr int max_depth = 100;

class Explainer {
 public:
  Explainer(const Program& program, const Case& facts, const Decision& decision)
      : program_(program), facts_(facts), decision_(decision), truths_(program, facts, decision) {}

  std::vector<Reason> reasons_of(SubjectId id) {
    const Finding& finding = decision_.of(id);
    if (finding.status == Status::undecided || finding.status == Status::gap) return {};
    std::vector<Reason> result;
    for (const SubjectId root : roots_of_conflict(program_, decision_, id)) {
      for (Reason& reason : left_rules(root, finding)) result.push_back(std::move(reason));
    }
    return result;
  }

  /// Those left in every way of filling in; where there is none, those left in some.
  std::vector<Reason> left_rules(SubjectId id, const Finding& finding) {
    std::vector<Reason> result;
    for (const Extent extent : {Extent::every, Extent::some}) {
      for (const RuleId rule : at(program_.subjects, id).rules) {
        if (decision_.of(rule).left == extent && decides(rule, finding))
          result.push_back(reason(rule, extent == Extent::some));
      }
      if (!result.empty()) break;
    }
    return result;
  }

  Reason reason(RuleId id, bool in_some) {
    const Rule& rule = at(program_.rules, id);
    Reason result;
    result.rule = id;
    result.subject = rule.subject;
    result.in_some = in_some;
    ++count_;
    if (++depth_ <= max_depth && count_ <= max_reasons) {
      expand(rule.condition, result);
      expand_places(id, result);
      if (rule.conclusion.copied) expand(at(program_.terms, *rule.conclusion.copied), result);
    }
    --depth_;
    return result;
  }

 private:
  bool decides(RuleId id, const Finding& finding) const {
    if (finding.status != Status::decided) return true;
    const Conclusion& conclusion = at(program_.rules, id).conclusion;
    if (!conclusion.copied) return conclusion.value == finding.value;
    const auto value = truths_.value(at(program_.terms, *conclusion.copied));
    return !value || *value == finding.value;
  }

  // ---- what it rests on ----

  /// Adds the parts that make the condition true or false: of `any` that is true, those that are true; of `all` that is
  /// false, those that are false; else all of them. A list item that decides is a reason of its own, and so is each of
  /// a list none of which may hold (`negated`).
  void expand(NodeId id, Reason& into, bool negated = false) {
    const Node& node = at(program_.nodes, id);
    switch (node.op) {
      case Op::constant:
      case Op::day_in: return;
      case Op::negation: return expand(program_.children[node.a], into, !negated);
      case Op::all:
      case Op::any: {
        const Truth whole = truths_.of(id);
        const Truth stop = node.op == Op::any ? Truth::yes : Truth::no;
        for (std::uint32_t i = 0; i < node.b; ++i) {
          const NodeId child = program_.children[node.a + i];
          const Truth part = truths_.of(child);
          if (part == Truth::unknown || (whole == stop && part != stop)) continue;
          const auto& item = program_.child_items[node.a + i];
          const bool all_count = negated ? whole == Truth::no && node.op == Op::any  //
                                         : whole == Truth::yes && node.op == Op::all;
          const bool names_item = item && (whole == stop || all_count);
          if (names_item)
            add_item(*item, part == Truth::yes, into);
          else
            expand(child, into, negated);
        }
        return;
      }
      case Op::compare:
        expand(program_.terms[node.a], into);
        expand(program_.terms[node.b], into);
        return;
      case Op::duty_is: return expand(Term{true, node.a, Elapsed::none}, into);
      case Op::in_range:
      case Op::in_mask:
      case Op::includes_any:
      case Op::includes_all:
      case Op::is_empty: return expand(program_.terms[node.a], into);
    }
  }

  void expand(const Term& term, Reason& into) {
    if (!term.is_subject) {
      const bool there = std::find(into.facts.begin(), into.facts.end(), term.fact()) != into.facts.end();
      if (facts_.known(term.fact()) && !there) into.facts.push_back(term.fact());
      return;
    }
    if (decision_.of(term.subject()).status != Status::decided) return;
    for (const Reason& there : into.because) {
      if (there.kind != Reason::Kind::item && there.subject == term.subject()) return;
    }
    std::vector<Reason> below = reasons_of(term.subject());
    if (below.empty()) below.push_back(otherwise(term.subject()));
    for (Reason& reason : below) into.because.push_back(std::move(reason));
  }

  void add_item(ItemId id, bool holds, Reason& into) {
    Reason item;
    item.kind = Reason::Kind::item;
    item.item = id;
    item.holds = holds;
    item.subject = into.subject;
    ++count_;
    if (++depth_ <= max_depth && count_ <= max_reasons) expand(at(program_.items, id).node, item);
    --depth_;
    into.because.push_back(std::move(item));
  }

  /// No rule is left: the facts for which none applies.
  Reason otherwise(SubjectId id) {
    Reason result;
    result.kind = Reason::Kind::otherwise;
    result.subject = id;
    ++count_;
    if (++depth_ <= max_depth && count_ <= max_reasons) {
      const Subject& subject = at(program_.subjects, id);
      for (const RuleId rule : subject.rules) expand(at(program_.rules, rule).condition, result);
      if (subject.otherwise && subject.otherwise->copied)
        expand(at(program_.terms, *subject.otherwise->copied), result);
    }
    --depth_;
    return result;
  }

  /// A rule in another's place rests on what that one rests on.
  void expand_places(RuleId id, Reason& into) {
    const Subject& subject = at(program_.subjects, at(program_.rules, id).subject);
    for (std::uint32_t i = 0; i < subject.instance_count; ++i) {
      const Instance* instance = &program_.instances[subject.first_instance + i];
      if (instance->rule != id) continue;
      while (instance->place) {
        instance = &at(program_.instances, *instance->place);
        if (decision_.of(instance->rule).applies != Extent::none)
          expand(at(program_.rules, instance->rule).condition, into);
      }
    }
  }

  const Program& program_;
  const Case& facts_;
  const Decision& decision_;
  Truths truths_;
  std::size_t count_ = 0;
  int depth_ = 0;
};

/// Two rules that are left in every way of filling in conclude different things.
bool disagree(const Program& program, const Decision& decision, SubjectId id) {
  std::optional<Scalar> first;
  for (const RuleId rule : at(program.subjects, id).rules) {
    const Conclusion& conclusion = at(program.rules, rule).conclusion;
    if (decision.of(rule).left != Extent::every || conclusion.copied) continue;
    if (first && *first != conclusion.value) return true;
    first = conclusion.value;
  }
  return false;
}

void add_cites(const Program& program, const Reason& reason, std::vector<ProvisionId>& cites) {
  const auto& own = reason.kind == Reason::Kind::rule   ? at(program.rules, reason.rule).cites
                    : reason.kind == Reason::Kind::item ? at(program.items, reason.item).cites
                                                        : at(program.subjects, reason.subject).cites;
  for (const ProvisionId cite : own) {
    if (std::find(cites.begin(), cites.end(), cite) == cites.end()) cites.push_back(cite);
  }
  for (const Reason& below : reason.because) add_cites(program, below, cites);
}

}  // namespace

std::vector<Reason> reasons(const Program& program, const Case& facts, const Decision& decision, SubjectId subject) {
  return Explainer(program, facts, decision).reasons_of(subject);
}

Reason reason_for(const Program& program, const Case& facts, const Decision& decision, RuleId rule, bool in_some) {
  return Explainer(program, facts, decision).reason(rule, in_some);
}

std::vector<SubjectId> roots_of_conflict(const Program& program, const Decision& decision, SubjectId subject) {
  std::vector<SubjectId> roots;
  std::vector<SubjectId> open{subject};
  std::set<SubjectId> seen{subject};
  while (!open.empty()) {
    const SubjectId id = open.back();
    open.pop_back();
    std::vector<SubjectId> below;
    if (decision.of(id).status == Status::conflict && !disagree(program, decision, id)) {
      for (const SubjectId read : subjects_read(program, id)) {
        if (decision.of(read).status == Status::conflict) below.push_back(read);
      }
    }
    if (below.empty()) roots.push_back(id);
    for (const SubjectId next : below) {
      if (seen.insert(next).second) open.push_back(next);
    }
  }
  std::sort(roots.begin(), roots.end());
  return roots;
}

std::vector<SetAside> set_aside(const Program& program, const Decision& decision, SubjectId id) {
  std::vector<SetAside> result;
  const Subject& subject = at(program.subjects, id);
  for (const RuleId rule : subject.rules) {
    if (decision.of(rule).applies != Extent::every || decision.of(rule).left != Extent::none) continue;
    std::optional<RuleId> by;
    for (std::uint32_t i = 0; i < subject.instance_count; ++i) {
      const std::uint32_t index = subject.first_instance + i;
      const RuleId winner = program.instances[index].rule;
      if (decision.of(winner).applies == Extent::none || winner == rule) continue;
      const auto& losers = program.prevails_over[index];
      const bool prevails = std::any_of(losers.begin(), losers.end(),
                                        [&](InstanceId loser) { return at(program.instances, loser).rule == rule; });
      if (prevails && (!by || decision.of(winner).left > decision.of(*by).left)) by = winner;
    }
    if (by) result.push_back({rule, *by});
  }
  return result;
}

std::vector<ProvisionId> cites_of(const Program& program, const Reason& reason) {
  std::vector<ProvisionId> cites;
  add_cites(program, reason, cites);
  return cites;
}

}  // namespace duly
