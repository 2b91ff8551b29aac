#include <algorithm>
#include <bit>

#include "interpreter/eval/plan_maker.hpp"

namespace duly {
namespace {

/// Of a number only a fact's range is sure to hold: a definition may copy a value from elsewhere.
bool has_few_values(const Type& type, bool is_fact) {
  const bool is_small_number = is_fact && type.kind == TypeKind::number && type.low >= 0;
  return (type.kind == TypeKind::yes_no || type.kind == TypeKind::choice || is_small_number) && type.high < 64;
}

}  // namespace

std::uint32_t PlanMaker::values_of(const FewSlot& slot) const {
  if (!slot.is_subject) return static_cast<std::uint32_t>(program_.facts[slot.index].type.high) + 1;
  const Subject& subject = at(program_.subjects, plan_.subject_of(slot.index));
  if (subject.kind == SubjectKind::action) return static_cast<std::uint32_t>(Duty::must_not) + 1;
  return static_cast<std::uint32_t>(subject.type.high) + 1;
}

std::optional<PlanMaker::FewTest> PlanMaker::few_test(const Node& node) const {
  if (node.op == Op::duty_is) {
    return FewTest{{true, plan_.work_of(SubjectId{node.a})}, std::uint64_t{1} << node.b};
  }
  if (node.op != Op::in_range && node.op != Op::in_mask) return std::nullopt;
  const Term& term = program_.terms[node.a];
  const FewSlot slot{term.is_subject, term.is_subject ? plan_.work_of(term.subject()) : term.index};
  if (node.op == Op::in_mask) return FewTest{slot, program_.masks[node.b] & first_bits(values_of(slot))};
  if (term.elapsed != Elapsed::none || !has_few_values(program_.type_of(term), !term.is_subject)) return std::nullopt;
  const Range& range = program_.ranges[node.b];
  const Scalar last = Scalar{values_of(slot)} - 1;
  if (range.low > range.high || range.high < 0 || range.low > last) return FewTest{slot, 0};
  const auto low = static_cast<std::uint32_t>(std::max(range.low, Scalar{0}));
  const auto high = static_cast<std::uint32_t>(std::min(range.high, last));
  return FewTest{slot, first_bits(high + 1) & ~first_bits(low)};
}

/// Room for tests that share a word.
PlanMaker::Place PlanMaker::room(std::uint32_t count) {
  if (used_ + count > 64) {
    ++word_;
    used_ = 0;
  }
  const Place place{word_, std::uint64_t{1} << used_};
  used_ += count;
  plan_.readers_.resize((std::size_t{word_} + 1) * 64);
  return place;
}

void PlanMaker::note_reader(const Place& place, Plan::Slot first, Plan::Slot second) {
  plan_.readers_[place.word * 64 + static_cast<std::size_t>(std::countr_zero(place.bits))] = {first, second};
}

void PlanMaker::place_few() {
  std::map<FewSlot, std::vector<std::uint64_t>> asked;
  for (const Node& node : program_.nodes) {
    const auto test = few_test(node);
    if (!test) continue;
    auto& masks = asked[test->slot];
    for (const std::uint64_t mask : {test->mask, first_bits(values_of(test->slot)) & ~test->mask}) {
      if (std::find(masks.begin(), masks.end(), mask) == masks.end()) masks.push_back(mask);
    }
  }
  for (const auto& [slot, masks] : asked) {
    if (slot.is_subject) plan_.works_[slot.index].first_table = size(plan_.subject_tables_);
    for (std::size_t first = 0; first < masks.size(); first += 64) {
      const auto some = std::span(masks).subspan(first, std::min<std::size_t>(64, masks.size() - first));
      auto& tables = slot.is_subject ? plan_.subject_tables_ : plan_.fact_tables_;
      tables.push_back(table(slot, some));
      if (slot.is_subject) ++plan_.works_[slot.index].table_count;
    }
  }
}

Plan::Table PlanMaker::table(const FewSlot& slot, std::span<const std::uint64_t> masks) {
  Place place = room(static_cast<std::uint32_t>(masks.size()));
  Plan::Table table;
  table.word = place.word;
  table.first = size(plan_.by_value_);
  table.values = values_of(slot);
  if (!slot.is_subject) table.fact = slot.index;
  plan_.by_value_.resize(plan_.by_value_.size() + table.values + 1);
  for (const std::uint64_t mask : masks) {
    table.every |= place.bits;
    for (std::uint32_t value = 0; value < table.values; ++value) {
      if ((mask >> value) & 1) continue;
      TestWord& here = plan_.by_value_[table.first + value];
      here.unsure |= place.bits;
      here.failed |= place.bits;
    }
    few_places_[{slot, mask}] = place;
    note_reader(place, {slot.index, slot.is_subject, Elapsed::none}, {});
    place.bits <<= 1;
  }
  plan_.by_value_[table.first + table.values] = {table.every, 0};
  return table;
}

/// Those with more values, a bit for the test and one for its contrary; each where its last value is worked out.
void PlanMaker::place_tests() {
  std::map<std::uint32_t, std::vector<Plan::Test>> by_work;  // none: of facts and the day alone
  for (const Node& node : program_.nodes) {
    if (node.op < Op::in_range || few_test(node)) continue;
    const auto key = test_key(node);
    if (test_places_.count(key) > 0) continue;
    Plan::Test test = make_test(node);
    const Place place = room(2);
    test.word = place.word;
    test.holds = place.bits;
    test.fails = place.bits << 1;
    test_places_[key] = {Place{test.word, test.holds}, Place{test.word, test.fails}};
    const Plan::Slot other = test.kind == Plan::Kind::compare ? plan_.slots_[test.operand] : Plan::Slot{};
    note_reader({test.word, test.holds}, test.slot, other);
    note_reader({test.word, test.fails}, test.slot, other);
    std::uint32_t last = Plan::none;
    for (const Plan::Slot& slot : {test.slot, other}) {
      if (slot.index == Plan::none || !slot.is_subject) continue;
      if (last == Plan::none || slot.index > last) last = slot.index;
    }
    by_work[last].push_back(test);
  }
  plan_.tests_ = by_work[Plan::none];
  plan_.fact_test_count_ = plan_.tests_.size();
  for (const auto& [index, tests] : by_work) {
    if (index == Plan::none) continue;
    Plan::Work& work = plan_.works_[index];
    work.first_test = size(plan_.tests_);
    work.test_count = size(tests);
    plan_.tests_.insert(plan_.tests_.end(), tests.begin(), tests.end());
  }
}

PlanMaker::TestKey PlanMaker::test_key(const Node& node) const {
  const auto slot = [&](std::uint32_t term) {
    const Term& read = program_.terms[term];
    return SlotKey{read.index, read.is_subject, read.elapsed};
  };
  const SlotKey nothing{Plan::none, false, Elapsed::none};
  const SlotKey read = node.op == Op::day_in ? nothing : slot(node.a);
  switch (node.op) {
    case Op::in_range:
    case Op::day_in: {
      const Range& range = program_.ranges[node.b];
      return {node.op, node.relation, read, nothing, {range.low, range.high}};
    }
    case Op::compare: return {node.op, node.relation, read, slot(node.b), {}};
    case Op::includes_any:
    case Op::includes_all:
      return {node.op, node.relation, read, nothing, {static_cast<Scalar>(program_.masks[node.b]), 0}};
    case Op::is_empty:
    case Op::constant:
    case Op::all:
    case Op::any:
    case Op::negation:
    case Op::in_mask:
    case Op::duty_is: break;
  }
  return {node.op, node.relation, read, nothing, {}};
}

Plan::Test PlanMaker::make_test(const Node& node) {
  Plan::Test test;
  test.relation = node.relation;
  if (node.op != Op::day_in) test.slot = slot_of(program_.terms[node.a]);
  test.operand = node.b;
  switch (node.op) {
    case Op::in_range: test.kind = Plan::Kind::in_range; break;
    case Op::compare:
      test.kind = Plan::Kind::compare;
      test.operand = plan_.slots_.size();
      plan_.slots_.push_back(slot_of(program_.terms[node.b]));
      break;
    case Op::includes_any:
    case Op::includes_all:
      test.kind = node.op == Op::includes_any ? Plan::Kind::includes_any : Plan::Kind::includes_all;
      test.operand = program_.masks[node.b];
      break;
    case Op::is_empty: test.kind = Plan::Kind::is_empty; break;
    case Op::day_in: test.kind = Plan::Kind::day_in; break;
    case Op::constant:
    case Op::all:
    case Op::any:
    case Op::negation:
    case Op::in_mask:
    case Op::duty_is: break;  // these are no tests of many values
  }
  return test;
}

}  // namespace duly
