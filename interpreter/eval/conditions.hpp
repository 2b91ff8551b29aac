#pragma once

#include "interpreter/eval/plan.hpp"

namespace duly {

/// Answers conditions from the bit string of tests, by Kleene's tables: `no`, `yes` or `unknown`. Without a branch that
/// depends on the case, since processors would guess it wrongly. Bare pointers into a plan and a walk.
struct Conditions {
  const Plan::Group* groups;
  const Plan::Mask* masks;
  const std::uint32_t* group_lists;
  const TestWord* words;

  Answer of(const Plan::Group& group) const { return group.any ? any_of(group) : all_of(group); }

  Answer of(const Plan::Entry& entry) const {
    return entry.word == Plan::none ? of(groups[entry.condition]) : of(entry.word, entry.bits);
  }

  /// All of the tests of one mask.
  Answer of(std::uint32_t word, std::uint64_t bits) const {
    return all((bits & words[word].unsure) != 0, (bits & words[word].failed) != 0);
  }

 private:
  // As sums, which compilers do not turn into branches. What failed is not sure either; what is sure has not failed.
  static Answer all(unsigned some_unsure, unsigned some_failed) {
    return static_cast<Answer>(answer::yes + some_unsure - 2 * some_failed);
  }
  static Answer any(unsigned some_sure, unsigned some_not_failed) {
    return static_cast<Answer>(2 * some_not_failed - some_sure);
  }

  Answer all_of(const Plan::Group& group) const {
    std::uint64_t unsure = 0, failed = 0;
    const Plan::Mask* const end = masks + group.first_mask + group.mask_count;
    for (const Plan::Mask* mask = masks + group.first_mask; mask != end; ++mask) {
      unsure |= mask->bits & words[mask->word].unsure;
      failed |= mask->bits & words[mask->word].failed;
    }
    for (std::uint32_t i = 0; i < group.group_count; ++i) {
      const Answer part = of(groups[group_lists[group.first_group + i]]);
      unsure |= part != answer::yes ? 1u : 0u;
      failed |= part == answer::no ? 1u : 0u;
    }
    return all(unsure != 0, failed != 0);
  }

  Answer any_of(const Plan::Group& group) const {
    std::uint64_t sure = 0, not_failed = 0;
    const Plan::Mask* const end = masks + group.first_mask + group.mask_count;
    for (const Plan::Mask* mask = masks + group.first_mask; mask != end; ++mask) {
      sure |= mask->bits & ~words[mask->word].unsure;
      not_failed |= mask->bits & ~words[mask->word].failed;
    }
    for (std::uint32_t i = 0; i < group.group_count; ++i) {
      const Answer part = of(groups[group_lists[group.first_group + i]]);
      sure |= part == answer::yes ? 1u : 0u;
      not_failed |= part != answer::no ? 1u : 0u;
    }
    return any(sure != 0, not_failed != 0);
  }
};

}  // namespace duly
