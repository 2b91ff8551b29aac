#include <algorithm>
#include <optional>

#include "interpreter/eval/decision.hpp"
#include "interpreter/eval/walk.hpp"
#include "interpreter/outcome/diagrams.hpp"
#include "interpreter/outcome/residual.hpp"
#include "lang/program/reads.hpp"

namespace duly {
namespace {

Extent extent_of(Truth truth) {
  return truth == Truth::yes ? Extent::every : truth == Truth::no ? Extent::none : Extent::some;
}

}  // namespace

struct Decider::Impl {
  Impl(const Program& the_program, Limits the_limits) : program(the_program), limits(the_limits), walk(the_program) {
    orders.resize(program.subjects.size());
  }

  const Program& program;
  Limits limits;
  Walk walk;

  // The diagrams, for the day (where it matters) and, where values are compared with each other, for the case.
  std::optional<Diagrams> diagrams;
  Date diagrams_day;
  bool too_large = false;
  std::vector<std::optional<std::vector<FactId>>> orders;  // of asking, by subject

  const std::vector<FactId>& order(SubjectId subject) {
    auto& known = orders[subject.index];
    if (!known) known = asking_order(program, subject);
    return *known;
  }

  /// Null where they outgrew the bound.
  const Diagrams* diagrams_for(const Case& facts) {
    if (too_large) return nullptr;
    const bool fits =
        diagrams && !diagrams->variables().depends_on_case() && (!program.uses_day || diagrams_day == facts.as_at);
    if (!fits) {
      try {
        diagrams.reset();
        diagrams.emplace(program, facts.as_at, &facts, limits.diagram_nodes);
        diagrams_day = facts.as_at;
      } catch (const TooLarge&) {
        diagrams.reset();
        too_large = true;  // another case would fare no better
        return nullptr;
      }
    }
    return &*diagrams;
  }

  std::vector<FactId> in_order(std::vector<FactId> facts, SubjectId subject) {
    const auto& asked = order(subject);
    const auto place = [&](FactId fact) { return std::find(asked.begin(), asked.end(), fact) - asked.begin(); };
    std::sort(facts.begin(), facts.end(), [&](FactId a, FactId b) { return place(a) < place(b); });
    return facts;
  }

  /// Past the bound: every unknown fact that it could come to.
  Finding all_open(const Case& facts, SubjectId subject) {
    Finding finding;
    finding.approximate = true;
    for (const FactId fact : order(subject)) {
      if (!facts.known(fact)) finding.needs.push_back(fact);
    }
    return finding;
  }

  Finding find(Residual& residual, Edge outcome, SubjectId subject) {
    Finding finding;
    const Edge rest = residual.of(outcome);
    if (rest.is_leaf()) {
      const Leaf& leaf = residual.table().leaf_of(rest);
      switch (leaf.kind) {
        case Leaf::Kind::value:
          finding.status = Status::decided;
          finding.value = leaf.low;
          return finding;
        case Leaf::Kind::conflict: finding.status = Status::conflict; return finding;
        case Leaf::Kind::gap: finding.status = Status::gap; return finding;
        case Leaf::Kind::unsplit:
        case Leaf::Kind::none: break;
      }
    }
    finding.needs = in_order(residual.needs(rest, finding.approximate), subject);
    return finding;
  }

  static Extent extent(Residual& residual, Edge diagram) {
    const Edge rest = residual.of(diagram);
    if (!rest.is_leaf()) return Extent::some;
    return residual.table().leaf_of(rest).low != 0 ? Extent::every : Extent::none;
  }

  Decision decide(const Case& facts) {
    walk.run(facts);
    Decision decision;
    decision.as_at = facts.as_at;
    decision.subjects.resize(program.subjects.size());
    decision.rules.resize(program.rules.size());
    std::optional<Residual> residual;
    const auto residual_of_case = [&]() -> Residual* {
      if (!residual) {
        if (const Diagrams* all = diagrams_for(facts)) residual.emplace(*all, facts, limits.diagram_nodes);
      }
      return residual ? &*residual : nullptr;
    };
    for (std::uint32_t i = 0; i < program.subjects.size(); ++i) {
      const SubjectId subject{i};
      decision.subjects[i] = settled(subject);
      if (walk.of(subject).state == Resolved::State::open) {
        Residual* const rest = residual_of_case();
        decision.subjects[i] = rest ? find(*rest, diagrams->outcome(subject), subject) : all_open(facts, subject);
      }
      decision.subjects[i].copies_text = program.subjects[i].type.kind == TypeKind::text;
    }
    for (std::uint32_t i = 0; i < program.rules.size(); ++i) {
      const RuleId rule{i};
      RuleFinding& finding = decision.rules[i];
      finding = {extent_of(walk.applies(rule)), extent_of(walk.left(rule))};
      if (finding.applies != Extent::some && finding.left != Extent::some) continue;
      if (Residual* const rest = residual_of_case()) {
        finding = {extent(*rest, diagrams->applies(rule)), extent(*rest, diagrams->left(rule))};
      }
    }
    watch_safeguards(decision, residual_of_case);
    return decision;
  }

  Finding settled(SubjectId subject) const {
    Finding finding;
    const Resolved& resolved = walk.of(subject);
    switch (resolved.state) {
      case Resolved::State::value:
        finding.status = Status::decided;
        finding.value = resolved.value;
        break;
      case Resolved::State::conflict: finding.status = Status::conflict; break;
      case Resolved::State::gap: finding.status = Status::gap; break;
      case Resolved::State::open: break;
    }
    return finding;
  }

  /// Broken: false however the unknown facts turn out. It makes the decisions that it mentions unsafe.
  template <class ResidualOfCase>
  void watch_safeguards(Decision& decision, const ResidualOfCase& residual_of_case) {
    for (std::uint32_t i = 0; i < program.safeguards.size(); ++i) {
      const SafeguardId safeguard{i};
      Truth holds = walk.holds(safeguard);
      if (holds == Truth::unknown) {
        if (Residual* const rest = residual_of_case()) {
          if (extent(*rest, diagrams->holds(safeguard)) == Extent::none) holds = Truth::no;
        }
      }
      if (holds != Truth::no) continue;
      decision.broken.push_back(safeguard);
      for (const SubjectId watched : program.safeguards[i].watches) {
        if (at(program.subjects, watched).kind != SubjectKind::decision) continue;
        Finding& finding = decision.subjects[watched.index];
        finding.status = Status::unsafe;
        finding.needs.clear();
        finding.approximate = false;
      }
    }
  }

  std::vector<Possible> possible(const Case& facts, SubjectId subject) {
    const Diagrams* const all = diagrams_for(facts);
    if (!all) return {};
    Residual residual(*all, facts, limits.diagram_nodes);
    Table& table = residual.table();
    const Edge outcome = residual.of(all->outcome(subject));
    std::vector<Possible> result;
    for (const Edge end : table.leaves(outcome)) {
      const Leaf leaf = table.leaf_of(end);
      Possible possible;
      possible.value = leaf.low;
      if (leaf.kind == Leaf::Kind::conflict) possible.status = Status::conflict;
      if (leaf.kind == Leaf::Kind::gap) possible.status = Status::gap;
      if (leaf.kind == Leaf::Kind::unsplit) possible.status = Status::undecided;
      const Edge here = table.indicator(outcome, [&](const Leaf& other) { return other == leaf; });
      for (const RuleId rule : at(program.subjects, subject).rules) {
        const Edge left = residual.of(all->left(rule));
        if (table.conjunction(here, left) == table.no()) continue;
        const bool always = table.conjunction(here, table.negation(left)) == table.no();
        possible.rules.emplace_back(rule, always ? Extent::every : Extent::some);
      }
      result.push_back(std::move(possible));
    }
    std::sort(result.begin(), result.end(), [](const Possible& a, const Possible& b) {
      return std::pair(a.status != Status::decided, a.value) < std::pair(b.status != Status::decided, b.value);
    });
    return result;
  }
};

Decider::Decider(const Program& program) : Decider(program, Limits()) {}
Decider::Decider(const Program& program, Limits limits) : impl_(std::make_unique<Impl>(program, limits)) {}
Decider::~Decider() = default;
Decider::Decider(Decider&&) noexcept = default;
Decider& Decider::operator=(Decider&&) noexcept = default;

Decision Decider::decide(const Case& facts) { return impl_->decide(facts); }
std::vector<Decider::Possible> Decider::possible(const Case& facts, SubjectId subject) {
  try {
    return impl_->possible(facts, subject);
  } catch (const TooLarge&) {
    return {};
  }
}

}  // namespace duly
