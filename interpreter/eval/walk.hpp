#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "interpreter/eval/case.hpp"
#include "interpreter/eval/decision.hpp"
#include "interpreter/eval/plan.hpp"
#include "lang/program/program.hpp"

namespace duly {

/// Kleene's three values.
enum class Truth : std::uint8_t { no, yes, unknown };

/// What a walk makes of one subject.
struct Resolved {
  enum class State : std::uint8_t {
    value,
    conflict,
    gap,
    open,  // a fact that nobody has given may matter: the outcome diagrams tell
  };
  State state = State::open;
  Scalar value = 0;
  friend bool operator==(const Resolved&, const Resolved&) = default;
};

/// The tree walk: decides a case by language.md, section 5, subject after subject. Where every fact that matters is
/// known it settles everything; else it leaves open what Kleene's tables leave open. Buffers are kept between cases,
/// and a walk touches only the subjects and rules that the case's facts do not rule out at once.
class Walk {
 public:
  explicit Walk(const Program& program);                           // keeps a reference
  Walk(const Program& program, std::shared_ptr<const Plan> plan);  // the plan of this program, shared by walks

  void run(const Case& facts);

  /// Whether the last run left a subject open.
  bool some_open() const { return some_open_; }

  Resolved of(SubjectId subject) const;
  /// Whether the rule applies: its condition, and for one that stands in another's place, that one's as well.
  Truth applies(RuleId rule) const { return strongest(rule, applies_); }
  /// Whether it is left, once others have prevailed; unknown where that hangs on what is not known.
  Truth left(RuleId rule) const { return strongest(rule, left_); }
  Truth holds(SafeguardId safeguard) const;
  /// The truth of a part of a condition, with what this case has settled.
  Truth condition(NodeId node) const;

  /// The works of the plan that the last run did, in order; every other subject is as where no rule about it applies.
  std::span<const std::uint32_t> done() const { return {done_.data(), done_count_}; }
  /// Of those whose entries are guarded, the entries that may apply; no other one does.
  std::span<const std::uint32_t> applying_guarded() const { return applying_guarded_; }
  /// Whether an entry of a work that was done applies, and is left: `no`, `yes` or an unknown one.
  Answer entry_applies(std::uint32_t entry) const { return applies_[entry]; }
  Answer entry_left(std::uint32_t entry) const { return left_[entry]; }
  /// What a subject hangs on: `no` where its value is known, `on_conflict`, `on_gap`, or `on_fact` where it is open.
  Answer state(std::uint32_t subject) const { return subject_states_[subject]; }
  Scalar value(std::uint32_t subject) const { return subject_values_[subject]; }

  const std::shared_ptr<const Plan>& plan() const { return plan_; }

  /// What a run reads and writes most, as bare pointers: what is a byte may be written without all else being read
  /// anew.
  struct Bits {
    const Plan::Group* groups;
    const Plan::Mask* masks;
    const std::uint32_t* group_lists;
    const Plan::Entry* entries;
    const std::uint32_t* losers;
    const Plan::Table* subject_tables;
    const std::uint64_t* by_value;
    std::uint64_t* truth;
    std::uint64_t* unknown;
    Answer* applies;
    Answer* left;
    Scalar* values;
    Answer* states;
  };

 private:
  using Entries = std::span<const std::uint32_t>;

  static Truth truth(Answer value) {
    return value == answer::no ? Truth::no : value == answer::yes ? Truth::yes : Truth::unknown;
  }

  void reset();
  void find_due();
  void do_single(const Bits& all, const Plan::Work& work);
  void do_work(const Bits& all, const Plan::Work& work);
  void do_guarded(std::uint32_t index);
  void find_candidates(const Plan::Work& work);
  void settle_plain(const Bits& all, const Plan::Work& work);
  void resolve(const Plan::Work& work, Entries entries);
  void apply(Entries entries);
  Resolved settle(const Plan::Work& work, Entries entries, Answer& hangs_on);
  void set_aside(Entries entries);
  Resolved try_values_below(const Plan::Work& work, Entries entries, Resolved found);
  Bits bits() const;
  Answer hangs_on(const Plan::Group& group) const;
  void read_facts();
  void run_tests(std::size_t first, std::size_t count);
  Answer test(const Plan::Test& test) const;
  void publish(const Bits& all, const Plan::Work& work);
  Answer read(std::uint32_t index, bool is_subject, Elapsed elapsed, Scalar& value) const;
  Resolved conclude(const Plan::Slot& copied, Scalar value, Answer& hangs_on) const;
  void put(std::uint32_t subject, const Resolved& resolved);
  void put_otherwise(const Plan::Work& work);
  Truth strongest(RuleId rule, const std::vector<Answer>& of_entries) const;

  const Program& program_;
  std::shared_ptr<const Plan> plan_;
  const Case* facts_ = nullptr;
  // By whether it is a subject, so that facts and subjects are read alike: values, and what they hang on (`no`: known).
  const Scalar* values_[2] = {nullptr, nullptr};
  const Answer* states_[2] = {nullptr, nullptr};
  std::vector<Scalar> subject_values_;
  std::vector<Answer> subject_states_;
  std::vector<std::uint64_t> truth_, unknown_;  // the tests that hold, and those that are unknown
  std::vector<Answer> applies_, left_;          // by entry
  std::vector<std::uint64_t> due_;              // works, as bits
  std::vector<std::uint32_t> candidates_;       // guarded entries that their guards let through, in order
  std::size_t next_candidate_ = 0;
  std::vector<std::uint32_t> done_;  // works
  std::size_t done_count_ = 0;
  bool some_open_ = false;
  std::vector<std::uint32_t> here_;  // the entries of one subject
  std::vector<std::uint32_t> applying_guarded_;
  std::vector<std::uint32_t> guarded_done_;  // works to be put back before the next run
};

}  // namespace duly
