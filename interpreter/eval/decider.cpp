#include <algorithm>
#include <array>
#include <optional>

#include "interpreter/eval/decision.hpp"
#include "interpreter/eval/walk.hpp"
#include "interpreter/outcome/diagrams.hpp"
#include "interpreter/outcome/residual.hpp"
#include "lang/program/reads.hpp"

namespace duly {

struct Decider::Impl {
  Impl(const Program& the_program, Limits the_limits)
      : program(the_program), limits(the_limits), walk(the_program), residual(the_limits.diagram_nodes) {
    orders.resize(program.subjects.size());
    std::vector<bool> is_always_done(program.subjects.size(), false);
    for (const std::uint32_t work : walk.plan()->always()) is_always_done[work] = true;
    for (std::uint32_t work = 0; work < is_always_done.size(); ++work) {
      if (!is_always_done[work] && walk.plan()->works()[work].resting != answer::no) nothing_rests_in_a_gap = false;
    }
  }

  const Program& program;
  Limits limits;
  Walk walk;
  bool nothing_rests_in_a_gap = true;  // whatever a run does not come to has a value

  // The diagrams, for the day (where it matters) and, where values are compared with each other, for the case.
  std::optional<Diagrams> diagrams;
  Date diagrams_day;
  bool too_large = false;

  /// Which facts a subject can come to, in the order of asking; and each fact's place in it.
  struct AskingOrder {
    std::vector<FactId> facts;
    std::vector<std::uint32_t> place;
  };
  std::vector<std::optional<AskingOrder>> orders;  // by subject, made when first asked for

  const AskingOrder& order(SubjectId subject) {
    auto& known = orders[subject.index];
    if (!known) {
      known.emplace(AskingOrder{asking_order(program, subject), std::vector<std::uint32_t>(program.facts.size(), ~0u)});
      for (std::uint32_t i = 0; i < known->facts.size(); ++i) known->place[known->facts[i].index] = i;
    }
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

  Residual residual;             // of the case being decided
  bool residual_is_due = false;  // it is still of a case before

  /// What is left of the diagrams in this case; null where they outgrew the bound.
  Residual* residual_of(const Case& facts) {
    const Diagrams* const all = diagrams_for(facts);
    if (!all) return nullptr;
    if (residual_is_due) residual.start(*all, facts);
    residual_is_due = false;
    return &residual;
  }

  static Extent extent(Residual& rest_of, Edge diagram) {
    const Edge rest = rest_of.of(diagram);
    if (!rest.is_leaf()) return Extent::some;
    return rest_of.table().leaf_of(rest).low != 0 ? Extent::every : Extent::none;
  }

  bool settle(const Case& facts) {
    walk.run(facts);
    if (!walk.all_known()) return false;
    for (std::uint32_t i = 0; i < program.safeguards.size(); ++i) {
      if (walk.holds(SafeguardId{i}) != Truth::yes) return false;
    }
    return nothing_rests_in_a_gap;
  }

  void decide(const Case& facts, Decision& decision, Rules exactness) {
    for (const std::uint32_t work : decision.unsafe_) decision.outcomes_.works_to_put_back.push_back(work);
    decision.unsafe_.clear();
    decision.open_.clear();
    decision.needs_.clear();
    decision.broken.clear();
    decision.as_at = facts.as_at;
    walk.run(facts, decision.outcomes_);
    residual_is_due = true;
    for (const std::uint32_t work : walk.open()) settle_open(facts, decision, work);
    if (exactness == Rules::exact) settle_rules(facts, decision);
    watch_safeguards(facts, decision);
  }

  void settle_open(const Case& facts, Decision& decision, std::uint32_t work) {
    const SubjectId subject = walk.plan()->subject_of(work);
    Decision::Open open{work, false, static_cast<std::uint32_t>(decision.needs_.size()), 0};
    if (Residual* const rest_of = residual_of(facts)) {
      const Edge rest = rest_of->of(diagrams->outcome(subject));
      if (rest.is_leaf()) {
        const Leaf& leaf = rest_of->table().leaf_of(rest);
        Cell& cell = decision.outcomes_.cells[work];
        switch (leaf.kind) {
          case Leaf::Kind::value: cell = {leaf.low, answer::no}; return;
          case Leaf::Kind::conflict: cell.state = answer::on_conflict; return;
          case Leaf::Kind::gap: cell.state = answer::on_gap; return;
          case Leaf::Kind::unsplit:
          case Leaf::Kind::none: break;
        }
      }
      rest_of->add_needs(rest, decision.needs_, open.approximate);
      const auto& place = order(subject).place;
      std::sort(decision.needs_.begin() + open.first_need, decision.needs_.end(),
                [&](FactId a, FactId b) { return place[a.index] < place[b.index]; });
    } else {  // past the bound: every unknown fact that it could come to
      open.approximate = true;
      for (const FactId fact : order(subject).facts) {
        if (!facts.known(fact)) decision.needs_.push_back(fact);
      }
    }
    open.need_count = static_cast<std::uint32_t>(decision.needs_.size()) - open.first_need;
    decision.open_.push_back(open);
  }

  void settle_rules(const Case& facts, Decision& decision) {
    for (std::uint32_t i = 0; i < program.rules.size(); ++i) {
      const RuleId rule{i};
      const RuleFinding found = decision.of(rule);
      if (found.applies != Extent::some && found.left != Extent::some) continue;
      Residual* const rest = residual_of(facts);
      if (!rest) return;
      const Answer applies = as_answer(extent(*rest, diagrams->applies(rule)));
      const Answer left = as_answer(extent(*rest, diagrams->left(rule)));
      // A rule in several places goes as far as in all of them together.
      for (const std::uint32_t entry : walk.plan()->entries_of(rule)) {
        Mark& mark = decision.outcomes_.marks[entry];
        mark = Mark::of(mark.applies() == answer::no ? answer::no : applies,
                        mark.left() == answer::no ? answer::no : left);
      }
    }
  }

  static Answer as_answer(Extent extent) {
    return extent == Extent::none ? answer::no : extent == Extent::every ? answer::yes : answer::unknown;
  }

  /// Broken: false however the unknown facts turn out. It makes the decisions that it mentions unsafe.
  void watch_safeguards(const Case& facts, Decision& decision) {
    for (std::uint32_t i = 0; i < program.safeguards.size(); ++i) {
      const SafeguardId safeguard{i};
      Truth holds = walk.holds(safeguard);
      if (holds == Truth::unknown) {
        if (Residual* const rest = residual_of(facts)) {
          if (extent(*rest, diagrams->holds(safeguard)) == Extent::none) holds = Truth::no;
        }
      }
      if (holds != Truth::no) continue;
      decision.broken.push_back(safeguard);
      for (const SubjectId watched : program.safeguards[i].watches) {
        if (at(program.subjects, watched).kind != SubjectKind::decision) continue;
        const std::uint32_t work = walk.plan()->work_of(watched);
        decision.unsafe_.push_back(work);  // before there is anything to put back
        decision.outcomes_.cells[work].state = answer::on_broken_safeguard;
      }
    }
  }

  std::vector<Possible> possible(const Case& facts, SubjectId subject) {
    const Diagrams* const all = diagrams_for(facts);
    if (!all) return {};
    Residual rest_of(*all, facts, limits.diagram_nodes);
    Table& table = rest_of.table();
    const Edge outcome = rest_of.of(all->outcome(subject));
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
        const Edge left = rest_of.of(all->left(rule));
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

Decision Decider::decide(const Case& facts) {
  Decision decision;
  impl_->decide(facts, decision, Rules::exact);
  return decision;
}

void Decider::decide(const Case& facts, Decision& into, Rules rules) { impl_->decide(facts, into, rules); }

bool Decider::settle(const Case& facts) { return impl_->settle(facts); }
std::span<const Cell> Decider::settled() const { return impl_->walk.cells(); }
std::size_t Decider::place_of(SubjectId subject) const { return impl_->walk.plan()->work_of(subject); }

std::vector<Decider::Possible> Decider::possible(const Case& facts, SubjectId subject) {
  try {
    return impl_->possible(facts, subject);
  } catch (const TooLarge&) {
    return {};
  }
}

}  // namespace duly
