#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "interpreter/eval/answer.hpp"
#include "lang/program/program.hpp"

namespace duly {

/// A Program as the walk reads it. Every test of a fact or a subject, such as `child.age is under 12`, is a bit of one
/// bit string, each different test once; what must hold together is a mask over it, so that a whole condition is two
/// or three operations. Beside these stand the subjects and their rules, in the order in which they are worked out, and
/// an index that passes over rules which a known fact rules out. Made once, immutable, shared by threads.
///
/// Here a subject goes by its work, that is its place in the order of working out, and not by its SubjectId.
class Plan {
 public:
  explicit Plan(const Program& program);

  static constexpr std::uint32_t none = 0xffff'ffff;

  /// A fact, or a subject by its work: as it is, or as time elapsed since it.
  struct Slot {
    std::uint32_t index = none;
    bool is_subject = false;
    Elapsed elapsed = Elapsed::none;
  };

  /// The tests of one fact or subject that has few values: what they come to, by value. They share a word.
  struct Table {
    std::uint64_t every = 0;  // all of them
    std::uint32_t word = 0;
    std::uint32_t first = 0;    // of by_value(): one a value, then the one of what is unknown
    std::uint32_t values = 0;   // so many
    std::uint32_t fact = none;  // of a fact
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

  /// A rule in one place (see Instance). Entries stand by work, in order.
  struct Entry {
    // Its condition: a group. Most are `all` of one mask, and then that stands here too.
    std::uint64_t bits = 0;
    std::uint32_t word = none;
    std::uint32_t condition = 0;
    std::uint32_t place = none;   // the entry in whose place it stands
    std::uint32_t copied = none;  // what it concludes: another's value, of slots(),
    Scalar value = 0;             // or this
    std::uint64_t losers = 0;     // which of the first 64 standing entries of its work give way to it
  };

  /// All entries that give way to one: those at [first, first + count) of losers(), in order.
  struct Losers {
    std::uint32_t first = 0, count = 0;
  };

  /// A subject to be worked out, and what it is where no entry of it applies. Its *standing* entries are looked at in
  /// every case: those that no guard stands before.
  struct Work {
    std::uint32_t first = 0, count = 0;                    // its entries
    std::uint32_t first_standing = 0, standing_count = 0;  // of standing()
    std::uint32_t first_table = 0, table_count = 0;        // of subject_tables(): the tests of its value
    std::uint32_t first_test = 0, test_count = 0;          // of tests(): those that can be worked out once it is
    Scalar value = 0;
    std::uint32_t copied = none;  // its value is another's, of slots()
    Answer resting = answer::no;  // where nothing applies: `no`, its value is known, or `on_gap`
    bool is_action = false;
    bool is_text = false;
    bool guarded = false;  // some of its entries are
    bool yields = false;   // some of its entries prevail over others
    // It has one standing entry, and what that concludes and what is otherwise are values. Then the entry stands here
    // too.
    bool is_one = false;
    std::uint32_t only = none, word = none;
    std::uint64_t bits = 0;
    Scalar when_applies = 0;
    bool many = false;  // it has more standing entries than a mask of losers has bits
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
  const std::vector<TestWord>& by_value() const { return by_value_; }
  /// Those of facts and of the day first: [0, fact_test_count()); then those of each work.
  const std::vector<Test>& tests() const { return tests_; }
  std::size_t fact_test_count() const { return fact_test_count_; }
  const std::vector<Mask>& masks() const { return masks_; }
  const std::vector<Group>& groups() const { return groups_; }
  const std::vector<std::uint32_t>& group_lists() const { return group_lists_; }
  const std::vector<Range>& ranges() const { return ranges_; }
  const std::vector<Slot>& slots() const { return slots_; }

  const std::vector<Entry>& entries() const { return entries_; }
  std::span<const std::uint32_t> losers_of(std::uint32_t entry) const {
    return std::span(losers_).subspan(entry_losers_[entry].first, entry_losers_[entry].count);
  }
  RuleId rule_of(std::uint32_t entry) const { return entry_rules_[entry]; }
  /// The subjects, in the order of working out.
  const std::vector<Work>& works() const { return works_; }
  std::uint32_t work_of(SubjectId subject) const { return work_of_[subject.index]; }
  SubjectId subject_of(std::uint32_t work) const { return subjects_[work]; }
  /// Of each work, the entries that no guard stands before, in order.
  const std::vector<std::uint32_t>& standing() const { return standing_; }
  /// For each entry, its work.
  const std::vector<std::uint32_t>& entry_works() const { return entry_works_; }

  const std::vector<Guard>& guards() const { return guards_; }
  const std::vector<std::uint32_t>& guard_starts() const { return guard_starts_; }
  const std::vector<std::uint32_t>& guarded() const { return guarded_; }
  /// The works that are always to be done: all but those without entries, or with guarded ones alone. In order, and as
  /// bits.
  const std::vector<std::uint32_t>& always() const { return always_; }
  const std::vector<std::uint64_t>& always_bits() const { return always_bits_; }
  /// The tests of the others, as they are where none of their entries applies.
  const std::vector<TestWord>& resting() const { return resting_; }

  /// A part of a condition, for those who ask about it by itself.
  const Group& part(NodeId id) const { return groups_[node_groups_[id.index]]; }
  /// The entries of a rule.
  std::span<const std::uint32_t> entries_of(RuleId rule) const {
    const std::uint32_t first = rule_starts_[rule.index];
    return {rule_entries_.data() + first, rule_starts_[rule.index + 1] - first};
  }
  /// The one or two slots that the test of a word and bit reads, to tell what it hangs on where it is unknown.
  std::pair<Slot, Slot> read_by(std::uint32_t word, unsigned bit) const { return readers_[word * 64 + bit]; }

 private:
  friend class PlanMaker;

  std::size_t words_ = 0;
  std::vector<Table> fact_tables_, subject_tables_;
  std::vector<TestWord> by_value_;
  std::vector<Test> tests_;
  std::size_t fact_test_count_ = 0;
  std::vector<std::pair<Slot, Slot>> readers_;
  std::vector<Mask> masks_;
  std::vector<Group> groups_;
  std::vector<std::uint32_t> group_lists_;
  std::vector<Range> ranges_;
  std::vector<Slot> slots_;
  std::vector<Entry> entries_;
  std::vector<RuleId> entry_rules_;
  std::vector<std::uint32_t> entry_works_;
  std::vector<Losers> entry_losers_;
  std::vector<std::uint32_t> losers_;
  std::vector<Work> works_;
  std::vector<std::uint32_t> work_of_;
  std::vector<SubjectId> subjects_;
  std::vector<std::uint32_t> standing_;
  std::vector<Guard> guards_;
  std::vector<std::uint32_t> guard_starts_, guarded_;
  std::vector<std::uint32_t> always_;
  std::vector<std::uint64_t> always_bits_;
  std::vector<TestWord> resting_;
  std::vector<std::uint32_t> node_groups_;
  std::vector<std::uint32_t> rule_starts_, rule_entries_;
};

}  // namespace duly
