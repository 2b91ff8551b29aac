#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "interpreter/eval/case.hpp"
#include "interpreter/eval/conditions.hpp"
#include "interpreter/eval/outcomes.hpp"
#include "interpreter/eval/plan.hpp"
#include "lang/program/program.hpp"

namespace duly {

/// The tree walk: decides a case by language.md, section 5, subject after subject. Where every fact that matters is
/// known it settles everything; else it leaves open what Kleene's tables leave open. Buffers are kept between cases,
/// and a walk touches only the subjects and rules that the case's facts do not rule out at once.
class Walk {
 public:
  explicit Walk(const Program& program);                           // keeps a reference
  Walk(const Program& program, std::shared_ptr<const Plan> plan);  // the plan of this program, shared by walks
  Walk(const Walk&) = delete;
  Walk& operator=(const Walk&) = delete;

  /// Decides a case. The case and the outcomes must stay where they are while anything is asked of the walk.
  void run(const Case& facts, Outcomes& outcomes);
  void run(const Case& facts) { run(facts, own_); }

  // Of the last run:
  Resolved of(SubjectId subject) const { return now_->of(subject); }
  Truth applies(RuleId rule) const { return now_->applies(rule); }
  Truth left(RuleId rule) const { return now_->left(rule); }
  Truth holds(SafeguardId safeguard) const;
  /// The truth of a part of a condition, with what this case has settled.
  Truth condition(NodeId node) const;
  std::span<const Cell> cells() const { return now_->cells; }  // by work
  /// The works that are left open.
  std::span<const std::uint32_t> open() const { return open_; }
  /// Whether every subject that the run worked out has a value.
  bool all_known() const { return seen_ == answer::no; }

  const std::shared_ptr<const Plan>& plan() const { return plan_; }

 private:
  using Entries = std::span<const std::uint32_t>;
  struct Here;  // what a run reads and writes most

  Here here();
  Conditions conditions() const;
  void work_out(const Here& here, std::uint32_t index);
  bool settle_one(const Here& here, const Plan::Work& work, Cell& cell);
  bool settle_known(const Here& here, const Plan::Work& work, Cell& cell);
  bool settle_value(const Here& here, const Plan::Work& work, Cell& cell);
  bool settle_duty(const Here& here, const Plan::Work& work, Cell& cell);
  std::uint64_t apply_standing(const Here& here, const Plan::Work& work, Answer& seen);
  void publish(const Here& here, const Plan::Work& work, const Cell& cell);
  void publish(std::uint32_t index);
  void read_facts();
  void find_due();
  bool has_candidates(const Plan::Work& work) const;
  void find_candidates(std::uint32_t index);
  void run_tests(std::size_t first, std::size_t count);
  Answer test(const Plan::Test& test) const;
  /// The value of a fact or a subject; returns what it hangs on, `no` where it is known.
  Answer read(const Plan::Slot& slot, Scalar& value) const {
    const Cell& cell = cells_[slot.is_subject ? 1 : 0][slot.index];
    if (!cell.known()) return static_cast<Answer>(cell.state);
    value = cell.value;
    if (slot.elapsed != Elapsed::none) {
      value = elapsed(slot.elapsed, Date{static_cast<std::int32_t>(value)}, facts_->as_at);
    }
    return answer::no;
  }

  // Where something is unknown (walk_open.cpp).
  Cell resolve(std::uint32_t index, Entries entries);
  void apply(Entries entries);
  Resolved settle(const Plan::Work& work, Entries entries, Answer& hangs_on);
  void set_aside(Entries entries);
  Resolved conclude(std::uint32_t copied, Scalar value, Answer& hangs_on) const;
  Resolved try_values_below(std::uint32_t index, Entries entries, Resolved found);
  Answer hangs_on(const Plan::Group& group) const;

  const Program& program_;
  std::shared_ptr<const Plan> plan_;
  Outcomes own_;
  Outcomes* now_ = &own_;
  const Case* facts_ = nullptr;
  const Cell* cells_[2] = {nullptr, nullptr};  // of facts and of works, so that both are read alike
  std::vector<TestWord> words_;
  std::uint32_t seen_ = answer::no;        // what hindered subjects to have a value, all together
  std::vector<std::uint32_t> open_;        // works
  std::vector<std::uint64_t> due_;         // works, as bits
  std::vector<std::uint32_t> candidates_;  // guarded entries that their guards let through, in order
  std::size_t next_candidate_ = 0;
  std::vector<std::uint32_t> entries_;  // of one work, those that may apply
};

}  // namespace duly
