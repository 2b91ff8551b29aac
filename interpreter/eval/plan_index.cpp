#include <algorithm>
#include <bit>

#include "interpreter/eval/plan_maker.hpp"

namespace duly {
namespace {

constexpr std::size_t few_entries = 32;    // are looked at sooner than passed over
constexpr std::size_t many_entries = 512;  // in all: then a guard of few is worth asking where it lets few through

}  // namespace

/// The tests of facts that must hold for a condition to hold.
std::vector<PlanMaker::FewTest> PlanMaker::necessary(NodeId id, bool negated) const {
  const Node& node = at(program_.nodes, id);
  if (node.op == Op::negation) return necessary(program_.children[node.a], !negated);
  std::vector<FewTest> result;
  if ((node.op == Op::all && !negated) || (node.op == Op::any && negated)) {
    for (std::uint32_t i = 0; i < node.b; ++i) {
      for (const FewTest& test : necessary(program_.children[node.a + i], negated)) result.push_back(test);
    }
  } else if (auto test = few_test(node); test && !test->slot.is_subject) {
    const std::uint32_t values = values_of(test->slot);
    if (negated) test->mask = first_bits(values) & ~test->mask;
    if (static_cast<std::uint32_t>(std::popcount(test->mask)) * 2 <= values) result.push_back(*test);
  }
  return result;
}

/// Of the tests that must hold for an entry to apply, that which lets the fewest values pass stands guard; of equals,
/// that of the fact which most entries test.
void PlanMaker::make_guards() {
  std::vector<std::vector<FewTest>> tests;
  std::vector<std::size_t> tested(program_.facts.size(), 0);
  for (const RuleId rule : plan_.entry_rules_) {
    tests.push_back(necessary(at(program_.rules, rule).condition, false));
    for (const FewTest& test : tests.back()) ++tested[test.slot.index];
  }
  const auto share = [&](const FewTest& test) {  // of its values that it lets through
    return std::popcount(test.mask) / static_cast<double>(values_of(test.slot));
  };
  std::map<std::uint32_t, std::vector<std::pair<std::uint32_t, std::uint64_t>>> by_fact;
  for (std::uint32_t i = 0; i < tests.size(); ++i) {
    const auto most = std::min_element(tests[i].begin(), tests[i].end(), [&](const FewTest& a, const FewTest& b) {
      if (share(a) != share(b)) return share(a) < share(b);
      return tested[a.slot.index] > tested[b.slot.index];
    });
    if (most != tests[i].end()) by_fact[most->slot.index].emplace_back(i, most->mask);
  }
  is_guarded_.assign(plan_.entries_.size(), false);
  for (const auto& [fact, entries] : by_fact) {
    double saved = 0;  // entries not looked at, less those that the guard costs as much as
    for (const auto& [entry, mask] : entries) saved += 1 - 2 * share({{false, fact}, mask});
    if (entries.size() < few_entries && (plan_.entries_.size() < many_entries || saved < 1)) continue;
    add_guard(fact, entries);
  }
}

void PlanMaker::add_guard(std::uint32_t fact, const std::vector<std::pair<std::uint32_t, std::uint64_t>>& entries) {
  const std::uint32_t values = values_of({false, fact});
  plan_.guards_.push_back({fact, size(plan_.guard_starts_), values});
  for (std::uint32_t value = 0; value < values; ++value) {
    plan_.guard_starts_.push_back(size(plan_.guarded_));
    for (const auto& [entry, mask] : entries) {
      if ((mask >> value) & 1) plan_.guarded_.push_back(entry);
    }
  }
  plan_.guard_starts_.push_back(size(plan_.guarded_));
  for (const auto& [entry, mask] : entries) {
    plan_.works_[plan_.entry_works_[entry]].guarded = true;
    is_guarded_[entry] = true;
  }
}

void PlanMaker::list_standing() {
  for (Plan::Work& work : plan_.works_) {
    work.first_standing = size(plan_.standing_);
    for (std::uint32_t i = work.first; i < work.first + work.count; ++i) {
      if (!is_guarded_[i]) plan_.standing_.push_back(i);
    }
    work.standing_count = size(plan_.standing_) - work.first_standing;
    work.many = work.standing_count > 64;
    note_only(work);
    if (work.yields) note_losers(work);
  }
}

void PlanMaker::note_only(Plan::Work& work) {
  if (work.standing_count != 1 || work.copied != Plan::none) return;
  const std::uint32_t only = plan_.standing_[work.first_standing];
  const Plan::Entry& entry = plan_.entries_[only];
  if (entry.copied != Plan::none || entry.place != Plan::none) return;
  work.is_one = true;
  work.only = only;
  work.word = entry.word;
  work.bits = entry.bits;
  work.when_applies = entry.value;
}

/// The masks of those that give way.
void PlanMaker::note_losers(const Plan::Work& work) {
  std::vector<std::uint64_t> bit_of(work.count, 0);  // by entry, of those that stand first
  for (std::uint32_t i = 0; i < std::min(work.standing_count, std::uint32_t{64}); ++i) {
    bit_of[plan_.standing_[work.first_standing + i] - work.first] = std::uint64_t{1} << i;
  }
  for (std::uint32_t i = work.first; i < work.first + work.count; ++i) {
    for (const std::uint32_t loser : plan_.losers_of(i)) plan_.entries_[i].losers |= bit_of[loser - work.first];
  }
}

void PlanMaker::list_always() {
  plan_.always_bits_.assign((plan_.works_.size() + 63) / 64, 0);
  for (std::uint32_t i = 0; i < plan_.works_.size(); ++i) {
    const Plan::Work& work = plan_.works_[i];
    if (work.copied == Plan::none && work.test_count == 0 && work.standing_count == 0) continue;
    plan_.always_.push_back(i);
    plan_.always_bits_[i / 64] |= std::uint64_t{1} << (i % 64);
  }
}

void PlanMaker::note_what_rests() {
  plan_.resting_.assign(plan_.words_, {});
  for (std::size_t i = 0; i < plan_.works_.size(); ++i) {
    if ((plan_.always_bits_[i / 64] >> (i % 64)) & 1) continue;
    const Plan::Work& work = plan_.works_[i];
    for (std::uint32_t t = 0; t < work.table_count; ++t) {
      const Plan::Table& table = plan_.subject_tables_[work.first_table + t];
      const bool known = work.resting == answer::no;
      const TestWord& here =
          plan_.by_value_[table.first + (known ? static_cast<std::size_t>(work.value) : table.values)];
      plan_.resting_[table.word].unsure |= here.unsure;
      plan_.resting_[table.word].failed |= here.failed;
    }
  }
}

}  // namespace duly
