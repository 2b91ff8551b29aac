#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "lang/program/program.hpp"

namespace duly {

/// What a condition comes to in one case: no, yes, or unknown and then what that hangs on, as bits.
using Answer = std::uint8_t;
namespace answer {
inline constexpr Answer no = 0;
inline constexpr Answer yes = 1;
inline constexpr Answer unknown = 2;                // this bit in every unknown one
inline constexpr Answer on_fact = unknown | 4;      // nobody has given a fact
inline constexpr Answer on_conflict = unknown | 8;  // a definition is in conflict
inline constexpr Answer on_gap = unknown | 16;      // a definition has a gap
}  // namespace answer

/// A Program as the walk reads it. Every test of a fact or a subject, such as `child.age is under 12`, is a bit of one
/// bit string, each different test once; what must hold together is a mask over it, so that a whole condition is two
/// or three operations. Beside these stand the rules, in the order in which they are worked out, and an index that
/// passes over rules which a known fact rules out. Made once, immutable, shared by threads.
class Plan {
 public:
  explicit Plan(const Program& program);

  static constexpr std::uint32_t none = 0xffff'ffff;

  /// A fact or a subject, as it is or as time elapsed since it.
  struct Slot {
    std::uint32_t index = none;
    bool is_subject = false;
    Elapsed elapsed = Elapsed::none;
  };

  /// The tests of one fact or subject that has few values: which of them hold, by value. They share a word.
  struct Table {
    std::uint32_t slot = 0;  // a fact or a subject
    std::uint32_t word = 0;
    std::uint64_t every = 0;  // all of them
    std::uint32_t first = 0;  // of by_value(): a mask a value
    std::uint32_t values = 0;
  };

  enum class Kind : std::uint8_t {
    in_range,      // the slot's value lies in ranges()[operand]
    compare,       // the slot's value, relation, that of slots()[operand]
    includes_any,  // the slot's value, a set, and `operand`
    includes_all,  // likewise
    is_empty,      // the slot's value, a set
    day_in,        // the day of the decision lies in ranges()[operand]
  };

  /// A test that is worked out by itself: of numbers, dates, sets, and of values with each other.
  struct Test {
    Kind kind = Kind::in_range;
    Relation relation = Relation::equal;
    Slot slot;
    std::uint64_t operand = 0;
    std::uint32_t word = 0;
    std::uint64_t holds = 0, fails = 0;  // a bit for each way of asking
  };

  /// Tests that are looked at together.
  struct Mask {
    std::uint32_t word = 0;
    std::uint64_t bits = 0;
  };

  /// What must hold together, or of which one must hold: tests, and groups of the other kind.
  struct Group {
    bool any = false;
    std::uint32_t first_mask = 0, mask_count = 0;
    std::uint32_t first_group = 0, group_count = 0;  // of group_lists()
  };

  /// A rule in one place (see Instance). Entries stand by subject, in the order of working out.
  struct Entry {
    std::uint32_t condition = 0;  // a group
    bool is_one_mask = false;     // that group is `all` of one mask: most are, and then it stands here too
    Mask mask;
    std::uint32_t rule = 0;
    std::uint32_t place = none;  // the entry in whose place it stands
    std::uint32_t first_loser = 0, loser_count = 0;
    bool first_of_rule = true;  // of a rule in several places: the others follow
    Slot copied;                // what it concludes: another's value,
    Scalar value = 0;           // or this
  };

  /// One subject to be worked out, and what it is where no entry of it applies.
  struct Work {
    std::uint32_t subject = 0;
    std::uint32_t first = 0, count = 0;                      // its entries
    std::uint32_t first_table = 0, table_count = 0;          // of subject_tables(): the tests of its value
    std::uint32_t first_test = 0, test_count = 0;            // of tests(): those that can be worked out once it is
    std::uint32_t first_unguarded = 0, unguarded_count = 0;  // of unguarded(), where it is guarded
    bool is_action = false;
    bool guarded = false;         // some of its entries are: not all are looked at
    bool plain = false;           // all that its rules conclude are known values, none copied
    bool yields = false;          // some of its entries prevail over others
    Answer resting = answer::no;  // where nothing applies: `no`, its value is known, or `on_gap`
    Slot copied;
    Scalar value = 0;
  };

  /// The entries for which one fact's value decides whether they can apply: those at [starts[v], starts[v + 1]) of
  /// guarded() where it is v; all of them where it is unknown. Only facts that many entries test stand guard: few are
  /// looked at in less time than it takes to ask which.
  struct Guard {
    std::uint32_t fact = 0;
    std::uint32_t first = 0;  // of guard_starts(): one a value of the fact, and one past the last
    std::uint32_t values = 0;
  };

  /// The words of the bit string.
  std::size_t words() const { return words_; }
  const std::vector<Table>& fact_tables() const { return fact_tables_; }
  const std::vector<Table>& subject_tables() const { return subject_tables_; }
  const std::vector<std::uint64_t>& by_value() const { return by_value_; }
  /// Those of facts and of the day first: [0, fact_test_count()); then those of each work.
  const std::vector<Test>& tests() const { return tests_; }
  std::size_t fact_test_count() const { return fact_test_count_; }
  const std::vector<Mask>& masks() const { return masks_; }
  const std::vector<Group>& groups() const { return groups_; }
  const std::vector<std::uint32_t>& group_lists() const { return group_lists_; }
  const std::vector<Range>& ranges() const { return ranges_; }
  const std::vector<Slot>& slots() const { return slots_; }

  const std::vector<Entry>& entries() const { return entries_; }
  const std::vector<std::uint32_t>& losers() const { return losers_; }
  /// The subjects, in the order of working out.
  const std::vector<Work>& works() const { return works_; }
  std::uint32_t work_of(std::uint32_t subject) const { return work_of_[subject]; }
  /// For each entry, where its subject stands among the works.
  const std::vector<std::uint32_t>& entry_works() const { return entry_works_; }

  const std::vector<Guard>& guards() const { return guards_; }
  const std::vector<std::uint32_t>& guard_starts() const { return guard_starts_; }
  const std::vector<std::uint32_t>& guarded() const { return guarded_; }
  /// Of guarded works, the entries that no guard stands before.
  const std::vector<std::uint32_t>& unguarded() const { return unguarded_; }
  /// The works that are always to be done, as bits: all but those without entries, or with guarded ones alone.
  const std::vector<std::uint64_t>& always() const { return always_; }
  /// The tests of the others, as they are where none of their entries applies: which hold, which are unknown.
  const std::vector<std::uint64_t>& resting_truth() const { return resting_truth_; }
  const std::vector<std::uint64_t>& resting_unknown() const { return resting_unknown_; }

  /// A part of a condition, for those who ask about it by itself.
  const Group& part(NodeId id) const { return groups_[node_groups_[id.index]]; }
  /// The entries of a rule.
  std::span<const std::uint32_t> entries_of(RuleId rule) const {
    return std::span(rule_entries_)
        .subspan(rule_starts_[rule.index], rule_starts_[rule.index + 1] - rule_starts_[rule.index]);
  }
  /// The one or two slots that the test of a word and bit reads, to tell what it hangs on where it is unknown.
  std::pair<Slot, Slot> read_by(std::uint32_t word, unsigned bit) const { return readers_[word * 64 + bit]; }

 private:
  friend class PlanMaker;

  std::size_t words_ = 0;
  std::vector<Table> fact_tables_, subject_tables_;
  std::vector<std::uint64_t> by_value_;
  std::vector<Test> tests_;
  std::size_t fact_test_count_ = 0;
  std::vector<std::pair<Slot, Slot>> readers_;
  std::vector<Mask> masks_;
  std::vector<Group> groups_;
  std::vector<std::uint32_t> group_lists_;
  std::vector<Range> ranges_;
  std::vector<Slot> slots_;
  std::vector<Entry> entries_;
  std::vector<std::uint32_t> losers_;
  std::vector<Work> works_;
  std::vector<std::uint32_t> work_of_, entry_works_;
  std::vector<Guard> guards_;
  std::vector<std::uint32_t> guard_starts_, guarded_;
  std::vector<std::uint32_t> unguarded_;
  std::vector<std::uint64_t> always_, resting_truth_, resting_unknown_;
  std::vector<std::uint32_t> node_groups_;
  std::vector<std::uint32_t> rule_starts_, rule_entries_;
};

}  // namespace duly
