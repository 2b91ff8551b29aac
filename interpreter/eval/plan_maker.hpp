#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <tuple>
#include <utility>
#include <vector>

#include "interpreter/eval/plan.hpp"

namespace duly {

/// Makes a Plan, part by part: the tests (plan_tests.cpp), conditions over them (plan_conditions.cpp), the works with
/// their entries (plan.cpp), and the index over these (plan_index.cpp).
class PlanMaker {
 public:
  PlanMaker(const Program& program, Plan& plan) : program_(program), plan_(plan) {}

  void make();

 private:
  /// A fact, or a subject by its work, with few values.
  struct FewSlot {
    bool is_subject = false;
    std::uint32_t index = 0;
    friend auto operator<=>(const FewSlot&, const FewSlot&) = default;
  };
  struct FewTest {
    FewSlot slot;
    std::uint64_t mask = 0;  // the values that pass
  };
  using Place = Plan::Mask;

  struct Draft {
    bool any = false;
    std::vector<Place> masks;  // a word each
    std::vector<std::uint32_t> groups;
  };

  /// What a test asks, whatever node asks it: kind, relation, what is read, and what it is held against.
  using SlotKey = std::tuple<std::uint32_t, bool, Elapsed>;
  using TestKey = std::tuple<Op, Relation, SlotKey, SlotKey, std::pair<Scalar, Scalar>>;

  // Tests: where each stands in the bit string.
  std::uint32_t values_of(const FewSlot& slot) const;
  std::optional<FewTest> few_test(const Node& node) const;
  Place room(std::uint32_t count);
  void note_reader(const Place& place, Plan::Slot first, Plan::Slot second);
  void place_few();
  Plan::Table table(const FewSlot& slot, std::span<const std::uint64_t> masks);
  void place_tests();
  TestKey test_key(const Node& node) const;
  Plan::Test make_test(const Node& node);

  // Conditions.
  std::uint32_t group(NodeId id, bool negated);
  void add(Draft& draft, NodeId id, bool negated);
  std::uint32_t put(const Draft& draft);

  // Works and their entries.
  Plan::Slot slot_of(const Term& term) const;
  std::uint32_t copied_from(const std::optional<TermId>& term);
  void add_works();
  void add_entry(Plan::Work& work, const Subject& subject, std::uint32_t index,
                 const std::vector<std::uint32_t>& entry_of);
  void list_entries_of_rules();

  // The index.
  std::vector<FewTest> necessary(NodeId id, bool negated) const;
  void make_guards();
  void add_guard(std::uint32_t fact, const std::vector<std::pair<std::uint32_t, std::uint64_t>>& entries);
  void list_standing();
  void note_only(Plan::Work& work);
  void note_losers(const Plan::Work& work);
  void list_always();
  void note_what_rests();

  template <class Container>
  static std::uint32_t size(const Container& container) {
    return static_cast<std::uint32_t>(container.size());
  }
  /// The first `count` bits.
  static std::uint64_t first_bits(std::uint32_t count) {
    return count >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << count) - 1;
  }

  const Program& program_;
  Plan& plan_;
  std::map<std::pair<FewSlot, std::uint64_t>, Place> few_places_;
  std::map<TestKey, std::pair<Place, Place>> test_places_;
  std::vector<std::uint32_t> groups_;  // by node, as it is and turned round
  std::vector<bool> is_guarded_;       // by entry
  std::uint32_t word_ = 0, used_ = 0;  // the room that is taken
};

}  // namespace duly
