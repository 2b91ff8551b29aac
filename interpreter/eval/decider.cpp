#include <algorithm>
#include <array>
#include <optional>

#include "interpreter/eval/decision.hpp"
#include "interpreter/eval/walk.hpp"
#include "interpreter/outcome/diagrams.hpp"
#include "interpreter/outcome/residual.hpp"
#include "lang/program/reads.hpp"

namespace duly {
namespace {

constexpr std::size_t answers = 32;  // an Answer is less

// As tables, because what they say of a case cannot be guessed by processors.
constexpr auto extents = [] {
  std::array<Extent, answers> by_answer{};
  by_answer.fill(Extent::some);
  by_answer[answer::no] = Extent::none;
  by_answer[answer::yes] = Extent::every;
  return by_answer;
}();

constexpr auto statuses = [] {
  std::array<Status, answers> by_state{};
  by_state.fill(Status::undecided);
  by_state[answer::no] = Status::decided;
  by_state[answer::on_conflict] = Status::conflict;
  by_state[answer::on_gap] = Status::gap;
  return by_state;
}();

}  // namespace

struct Decider::Impl {
  Impl(const Program& the_program, Limits the_limits)
      : program(the_program), limits(the_limits), walk(the_program), residual(the_limits.diagram_nodes) {
    orders.resize(program.subjects.size());
    for (const Plan::Work& work : walk.plan()->works()) {
      nothing_rests_in_a_gap = nothing_rests_in_a_gap && (work.resting == answer::no || is_always_done(work));
    }
  }

  const Program& program;
  Limits limits;
  Walk walk;
  bool nothing_rests_in_a_gap = true;                            // whatever a run does not come to has a value
  std::shared_ptr<const void> token = std::make_shared<int>(0);  // marks the decisions that this one filled

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

  /// Past the bound: every unknown fact that it could come to.
  void leave_open(const Case& facts, SubjectId subject, Finding& finding) {
    finding.approximate = true;
    for (const FactId fact : order(subject).facts) {
      if (!facts.known(fact)) finding.needs.push_back(fact);
    }
  }

  void find(Residual& rest_of, Edge outcome, SubjectId subject, Finding& finding) {
    const Edge rest = rest_of.of(outcome);
    if (rest.is_leaf()) {
      const Leaf& leaf = rest_of.table().leaf_of(rest);
      switch (leaf.kind) {
        case Leaf::Kind::value:
          finding.status = Status::decided;
          finding.value = leaf.low;
          return;
        case Leaf::Kind::conflict: finding.status = Status::conflict; return;
        case Leaf::Kind::gap: finding.status = Status::gap; return;
        case Leaf::Kind::unsplit:
        case Leaf::Kind::none: break;
      }
    }
    rest_of.add_needs(rest, finding.needs, finding.approximate);
    const auto& place = order(subject).place;
    std::sort(finding.needs.begin(), finding.needs.end(),
              [&](FactId a, FactId b) { return place[a.index] < place[b.index]; });
  }

  static Extent extent(Residual& rest_of, Edge diagram) {
    const Edge rest = rest_of.of(diagram);
    if (!rest.is_leaf()) return Extent::some;
    return rest_of.table().leaf_of(rest).low != 0 ? Extent::every : Extent::none;
  }

  bool settle(const Case& facts) {
    walk.run(facts);
    if (walk.some_open()) return false;
    for (const std::uint32_t index : walk.done()) {
      if (walk.state(walk.plan()->works()[index].subject) != answer::no) return false;
    }
    for (std::uint32_t i = 0; i < program.safeguards.size(); ++i) {
      if (walk.holds(SafeguardId{i}) != Truth::yes) return false;
    }
    return nothing_rests_in_a_gap;
  }

  void decide(const Case& facts, Decision& decision, Rules exactness) {
    walk.run(facts);
    decision.as_at = facts.as_at;
    if (decision.filled_by_ != token) {
      fill_at_rest(decision);
    } else {
      put_back(decision);
    }
    const bool some_open = take_over(decision, exactness != Rules::none);
    residual_is_due = true;
    if (some_open) settle_open(facts, decision);
    if (exactness == Rules::exact) settle_rules(facts, decision);
    watch_safeguards(facts, decision);
  }

  bool is_always_done(const Plan::Work& work) const {
    const std::uint32_t index = walk.plan()->work_of(work.subject);
    return ((walk.plan()->always()[index / 64] >> (index % 64)) & 1) != 0;
  }

  /// Everything as it is where no rule applies.
  void fill_at_rest(Decision& decision) {
    decision.subjects.assign(program.subjects.size(), {});
    decision.rules.assign(program.rules.size(), {});
    decision.subjects_to_put_back_.clear();
    decision.rules_to_put_back_.clear();
    decision.broken.clear();
    decision.filled_by_ = token;
    for (const Plan::Work& work : walk.plan()->works()) {
      Finding& finding = decision.subjects[work.subject];
      finding.copies_text = program.subjects[work.subject].type.kind == TypeKind::text;
      put_at_rest(finding, work);
    }
  }

  void put_back(Decision& decision) {
    for (const SubjectId subject : decision.subjects_to_put_back_) {
      put_at_rest(decision.subjects[subject.index], walk.plan()->works()[walk.plan()->work_of(subject.index)]);
    }
    for (const RuleId rule : decision.rules_to_put_back_) decision.rules[rule.index] = {};
    decision.subjects_to_put_back_.clear();
    decision.rules_to_put_back_.clear();
    decision.broken.clear();
  }

  static void put_at_rest(Finding& finding, const Plan::Work& work) {
    finding.status = work.resting == answer::no ? Status::decided : Status::gap;
    finding.value = work.value;
    finding.approximate = false;
    finding.needs.clear();
  }

  /// What the walk found; true where it left something open.
  bool take_over(Decision& decision, bool with_rules) const {
    const Plan& plan = *walk.plan();
    bool some_open = false;
    for (const std::uint32_t index : walk.done()) {
      const Plan::Work& work = plan.works()[index];
      if (work.guarded) {
        decision.subjects_to_put_back_.push_back(SubjectId{work.subject});
      } else if (with_rules) {
        for (std::uint32_t entry = work.first; entry < work.first + work.count; ++entry) note(decision, entry);
      }
      Finding& finding = decision.subjects[work.subject];
      finding.status = statuses[walk.state(work.subject)];
      finding.value = walk.value(work.subject);
      finding.approximate = false;
      finding.needs.clear();
      some_open |= finding.status == Status::undecided;
    }
    if (!with_rules) return some_open;
    for (const std::uint32_t entry : walk.applying_guarded()) {
      note(decision, entry);
      decision.rules_to_put_back_.push_back(RuleId{plan.entries()[entry].rule});
    }
    return some_open;
  }

  void note(Decision& decision, std::uint32_t index) const {
    const Plan::Entry& entry = walk.plan()->entries()[index];
    RuleFinding& finding = decision.rules[entry.rule];
    const Extent applies = extents[walk.entry_applies(index)];
    const Extent left = extents[walk.entry_left(index)];
    if (entry.first_of_rule) {
      finding = {applies, left};
    } else {
      finding = {std::max(finding.applies, applies), std::max(finding.left, left)};
    }
  }

  void settle_open(const Case& facts, Decision& decision) {
    for (const std::uint32_t index : walk.done()) {
      const SubjectId subject{walk.plan()->works()[index].subject};
      Finding& finding = decision.subjects[subject.index];
      if (finding.status != Status::undecided) continue;
      if (Residual* const rest = residual_of(facts)) {
        find(*rest, diagrams->outcome(subject), subject, finding);
      } else {
        leave_open(facts, subject, finding);
      }
    }
  }

  void settle_rules(const Case& facts, Decision& decision) {
    for (std::uint32_t i = 0; i < decision.rules.size(); ++i) {
      RuleFinding& finding = decision.rules[i];
      if (finding.applies != Extent::some && finding.left != Extent::some) continue;
      if (Residual* const rest = residual_of(facts)) {
        finding = {extent(*rest, diagrams->applies(RuleId{i})), extent(*rest, diagrams->left(RuleId{i}))};
      }
    }
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
        Finding& finding = decision.subjects[watched.index];
        finding.status = Status::unsafe;
        decision.subjects_to_put_back_.push_back(watched);
        finding.needs.clear();
        finding.approximate = false;
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
Scalar Decider::value(SubjectId subject) const { return impl_->walk.value(subject.index); }

std::vector<Decider::Possible> Decider::possible(const Case& facts, SubjectId subject) {
  try {
    return impl_->possible(facts, subject);
  } catch (const TooLarge&) {
    return {};
  }
}

}  // namespace duly
