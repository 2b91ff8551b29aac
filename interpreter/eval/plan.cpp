#include "interpreter/eval/plan.hpp"

#include <algorithm>
#include <bit>
#include <map>
#include <optional>
#include <tuple>

namespace duly {
namespace {

Plan::Slot slot_of(const Term& term) { return {term.index, term.is_subject, term.elapsed}; }

/// Of a number only a fact's range is sure to hold: a definition may copy a value from elsewhere.
bool has_few_values(const Type& type, bool is_fact) {
  const bool is_small_number = is_fact && type.kind == TypeKind::number && type.low >= 0;
  return (type.kind == TypeKind::yes_no || type.kind == TypeKind::choice || is_small_number) && type.high < 64;
}

std::uint64_t first_bits(std::uint32_t count) {
  return count >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << count) - 1;
}

std::uint64_t mask_of(const Range& range, std::uint32_t values) {
  if (range.low > range.high || range.high < 0 || range.low >= values) return 0;
  const auto low = static_cast<std::uint32_t>(std::max(range.low, Scalar{0}));
  const auto high = static_cast<std::uint32_t>(std::min(range.high, Scalar{values} - 1));
  return first_bits(high + 1) & ~first_bits(low);
}

constexpr std::size_t few_entries = 32;    // are looked at sooner than passed over
constexpr std::size_t many_entries = 512;  // in all: then every guard is worth asking

}  // namespace

/// Makes a Plan, part by part.
class PlanMaker {
 public:
  PlanMaker(const Program& program, Plan& plan) : program_(program), plan_(plan) {}

  void make() {
    plan_.ranges_ = program_.ranges;
    plan_.work_of_.resize(program_.subjects.size());
    for (std::uint32_t i = 0; i < program_.evaluation_order.size(); ++i) {
      plan_.work_of_[program_.evaluation_order[i].index] = i;
    }
    plan_.works_.resize(program_.evaluation_order.size());
    groups_.assign(program_.nodes.size() * 2, Plan::none);
    place_few();
    place_tests();
    plan_.words_ = plan_.readers_.size() / 64;
    add_works();
    list_entries_of_rules();
    make_guards();
    note_what_rests();
    for (std::uint32_t node = 0; node < program_.nodes.size(); ++node) {
      plan_.node_groups_.push_back(group(NodeId{node}, false));
    }
  }

 private:
  /// A fact or a subject with few values.
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

  // ---- tests: where each stands in the bit string ----

  std::uint32_t values_of(const FewSlot& slot) const {
    if (!slot.is_subject) return static_cast<std::uint32_t>(program_.facts[slot.index].type.high) + 1;
    const Subject& subject = program_.subjects[slot.index];
    if (subject.kind == SubjectKind::action) return static_cast<std::uint32_t>(Duty::must_not) + 1;
    return static_cast<std::uint32_t>(subject.type.high) + 1;
  }

  std::optional<FewTest> few_test(const Node& node) const {
    if (node.op == Op::duty_is) return FewTest{{true, node.a}, std::uint64_t{1} << node.b};
    if (node.op != Op::in_range && node.op != Op::in_mask) return std::nullopt;
    const Term& term = program_.terms[node.a];
    const FewSlot slot{term.is_subject, term.index};
    if (node.op == Op::in_mask) return FewTest{slot, program_.masks[node.b] & first_bits(values_of(slot))};
    if (term.elapsed != Elapsed::none || !has_few_values(program_.type_of(term), !term.is_subject)) return std::nullopt;
    return FewTest{slot, mask_of(program_.ranges[node.b], values_of(slot))};
  }

  /// Room for tests that share a word.
  Place room(std::uint32_t count) {
    if (used_ + count > 64) {
      ++word_;
      used_ = 0;
    }
    const Place place{word_, std::uint64_t{1} << used_};
    used_ += count;
    plan_.readers_.resize((std::size_t{word_} + 1) * 64);
    return place;
  }

  void note_reader(const Place& place, Plan::Slot first, Plan::Slot second) {
    plan_.readers_[place.word * 64 + static_cast<std::size_t>(std::countr_zero(place.bits))] = {first, second};
  }

  void place_few() {
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
      if (slot.is_subject) plan_.works_[plan_.work_of_[slot.index]].first_table = size(plan_.subject_tables_);
      for (std::size_t first = 0; first < masks.size(); first += 64) {
        const auto some = std::span(masks).subspan(first, std::min<std::size_t>(64, masks.size() - first));
        auto& tables = slot.is_subject ? plan_.subject_tables_ : plan_.fact_tables_;
        tables.push_back(table(slot, some));
        if (slot.is_subject) ++plan_.works_[plan_.work_of_[slot.index]].table_count;
      }
    }
  }

  Plan::Table table(const FewSlot& slot, std::span<const std::uint64_t> masks) {
    Place place = room(static_cast<std::uint32_t>(masks.size()));
    Plan::Table table{slot.index, place.word, 0, size(plan_.by_value_), values_of(slot)};
    plan_.by_value_.resize(plan_.by_value_.size() + table.values, 0);
    for (const std::uint64_t mask : masks) {
      table.every |= place.bits;
      for (std::uint32_t value = 0; value < table.values; ++value) {
        if ((mask >> value) & 1) plan_.by_value_[table.first + value] |= place.bits;
      }
      few_places_[{slot, mask}] = place;
      note_reader(place, {slot.index, slot.is_subject, Elapsed::none}, {});
      place.bits <<= 1;
    }
    return table;
  }

  /// Those with more values, a bit for the test and one for its contrary; each where its last value is worked out.
  void place_tests() {
    std::map<std::uint32_t, std::vector<Plan::Test>> by_work;  // none: of facts and the day alone
    for (std::uint32_t i = 0; i < program_.nodes.size(); ++i) {
      const Node& node = program_.nodes[i];
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
        if (last == Plan::none || plan_.work_of_[slot.index] > last) last = plan_.work_of_[slot.index];
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

  /// What a test asks, whatever node asks it: kind, relation, what is read, and what it is held against.
  using SlotKey = std::tuple<std::uint32_t, bool, Elapsed>;
  using TestKey = std::tuple<Op, Relation, SlotKey, SlotKey, std::pair<Scalar, Scalar>>;

  TestKey test_key(const Node& node) const {
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

  Plan::Test make_test(const Node& node) {
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

  // ---- conditions ----

  std::uint32_t group(NodeId id, bool negated) {
    const std::size_t key = std::size_t{id.index} * 2 + (negated ? 1 : 0);
    if (groups_[key] != Plan::none) return groups_[key];
    const Node& node = at(program_.nodes, id);
    Draft draft;
    draft.any = (node.op == Op::any) != negated && (node.op == Op::any || node.op == Op::all);
    const std::uint32_t index =
        node.op == Op::negation ? group(program_.children[node.a], !negated) : (add(draft, id, negated), put(draft));
    return groups_[key] = index;
  }

  /// Takes a part into a group: its tests as bits, parts of the same kind as if they stood there themselves.
  void add(Draft& draft, NodeId id, bool negated) {
    const Node& node = at(program_.nodes, id);
    switch (node.op) {
      case Op::constant:
        if ((node.a != 0) != negated) {
          if (draft.any) draft.groups.push_back(put(Draft{}));  // all of nothing: holds
        } else {
          if (!draft.any) draft.groups.push_back(put(Draft{.any = true, .masks = {}, .groups = {}}));
        }
        return;
      case Op::negation: add(draft, program_.children[node.a], !negated); return;
      case Op::all:
      case Op::any:
        if (((node.op == Op::any) != negated) != draft.any) {
          draft.groups.push_back(group(id, negated));
          return;
        }
        for (std::uint32_t i = 0; i < node.b; ++i) add(draft, program_.children[node.a + i], negated);
        return;
      case Op::in_range:
      case Op::in_mask:
      case Op::compare:
      case Op::includes_any:
      case Op::includes_all:
      case Op::is_empty:
      case Op::duty_is:
      case Op::day_in: break;
    }
    Place place;
    if (const auto test = few_test(node)) {
      place = few_places_.at({test->slot, negated ? first_bits(values_of(test->slot)) & ~test->mask : test->mask});
    } else {
      const auto& places = test_places_.at(test_key(node));
      place = negated ? places.second : places.first;
    }
    const auto same = std::find_if(draft.masks.begin(), draft.masks.end(),
                                   [&](const Place& other) { return other.word == place.word; });
    if (same != draft.masks.end()) {
      same->bits |= place.bits;
    } else {
      draft.masks.push_back(place);
    }
  }

  std::uint32_t put(const Draft& draft) {
    Plan::Group group;
    group.any = draft.any;
    group.first_mask = size(plan_.masks_);
    group.mask_count = size(draft.masks);
    plan_.masks_.insert(plan_.masks_.end(), draft.masks.begin(), draft.masks.end());
    group.first_group = size(plan_.group_lists_);
    group.group_count = size(draft.groups);
    plan_.group_lists_.insert(plan_.group_lists_.end(), draft.groups.begin(), draft.groups.end());
    plan_.groups_.push_back(group);
    return size(plan_.groups_) - 1;
  }

  // ---- rules ----

  void add_works() {
    std::vector<std::uint32_t> entry_of(program_.instances.size(), Plan::none);
    for (std::uint32_t index = 0; index < plan_.works_.size(); ++index) {
      const SubjectId id = program_.evaluation_order[index];
      const Subject& subject = at(program_.subjects, id);
      Plan::Work& work = plan_.works_[index];
      work.subject = id.index;
      work.first = size(plan_.entries_);
      work.count = subject.instance_count;
      work.is_action = subject.kind == SubjectKind::action;
      work.plain = true;
      if (!subject.otherwise) {
        work.resting = answer::on_gap;
      } else if (subject.otherwise->copied) {
        work.copied = slot_of(at(program_.terms, *subject.otherwise->copied));
        work.plain = false;
      } else {
        work.value = subject.otherwise->value;
      }
      for (std::uint32_t i = 0; i < subject.instance_count; ++i) {
        entry_of[subject.first_instance + i] = work.first + i;
        add_entry(work, subject.first_instance + i, entry_of);
        plan_.entry_works_.push_back(index);
      }
    }
  }

  void add_entry(Plan::Work& work, std::uint32_t index, const std::vector<std::uint32_t>& entry_of) {
    const Instance& instance = program_.instances[index];
    const Rule& rule = at(program_.rules, instance.rule);
    Plan::Entry entry;
    entry.condition = group(rule.condition, false);
    const Plan::Group& condition = plan_.groups_[entry.condition];
    entry.is_one_mask = !condition.any && condition.mask_count == 1 && condition.group_count == 0;
    if (entry.is_one_mask) entry.mask = plan_.masks_[condition.first_mask];
    entry.rule = instance.rule.index;
    if (instance.place) entry.place = entry_of[instance.place->index];
    if (rule.conclusion.copied) {
      entry.copied = slot_of(at(program_.terms, *rule.conclusion.copied));
      work.plain = false;
    }
    entry.value = rule.conclusion.value;
    entry.first_loser = size(plan_.losers_);
    const std::uint32_t first_instance = program_.subjects[work.subject].first_instance;
    for (const InstanceId loser : program_.prevails_over[index]) {
      plan_.losers_.push_back(work.first + (loser.index - first_instance));
    }
    entry.loser_count = size(plan_.losers_) - entry.first_loser;
    work.yields = work.yields || entry.loser_count > 0;
    plan_.entries_.push_back(entry);
  }

  void list_entries_of_rules() {
    auto& starts = plan_.rule_starts_;
    starts.assign(program_.rules.size() + 1, 0);
    for (const Plan::Entry& entry : plan_.entries_) ++starts[entry.rule + 1];
    for (std::size_t rule = 0; rule < program_.rules.size(); ++rule) starts[rule + 1] += starts[rule];
    plan_.rule_entries_.resize(starts.back());
    std::vector<std::uint32_t> next(starts.begin(), starts.end() - 1);
    for (std::uint32_t i = 0; i < plan_.entries_.size(); ++i) {
      Plan::Entry& entry = plan_.entries_[i];
      entry.first_of_rule = next[entry.rule] == starts[entry.rule];
      plan_.rule_entries_[next[entry.rule]++] = i;
    }
  }

  // ---- the index ----

  /// The tests of facts that must hold for a condition to hold.
  std::vector<FewTest> necessary(NodeId id, bool negated) const {
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
  void make_guards() {
    std::vector<std::vector<FewTest>> tests;
    std::vector<std::size_t> tested(program_.facts.size(), 0);
    for (const Plan::Entry& entry : plan_.entries_) {
      tests.push_back(necessary(program_.rules[entry.rule].condition, false));
      for (const FewTest& test : tests.back()) ++tested[test.slot.index];
    }
    std::map<std::uint32_t, std::vector<std::pair<std::uint32_t, std::uint64_t>>> by_fact;
    for (std::uint32_t i = 0; i < tests.size(); ++i) {
      const auto share = [&](const FewTest& test) {
        return std::popcount(test.mask) / static_cast<double>(values_of(test.slot));
      };
      const auto most = std::min_element(tests[i].begin(), tests[i].end(), [&](const FewTest& a, const FewTest& b) {
        if (share(a) != share(b)) return share(a) < share(b);
        return tested[a.slot.index] > tested[b.slot.index];
      });
      if (most != tests[i].end()) by_fact[most->slot.index].emplace_back(i, most->mask);
    }
    std::vector<bool> is_guarded(plan_.entries_.size(), false);
    for (const auto& [fact, entries] : by_fact) {
      if (entries.size() < few_entries && plan_.entries_.size() < many_entries) continue;
      add_guard(fact, entries);
      for (const auto& [entry, mask] : entries) is_guarded[entry] = true;
    }
    for (Plan::Work& work : plan_.works_) {
      if (!work.guarded) continue;
      work.first_unguarded = size(plan_.unguarded_);
      for (std::uint32_t i = work.first; i < work.first + work.count; ++i) {
        if (!is_guarded[i]) plan_.unguarded_.push_back(i);
      }
      work.unguarded_count = size(plan_.unguarded_) - work.first_unguarded;
    }
    plan_.always_.assign((plan_.works_.size() + 63) / 64, 0);
    for (std::size_t i = 0; i < plan_.works_.size(); ++i) {
      if (is_always_due(plan_.works_[i])) plan_.always_[i / 64] |= std::uint64_t{1} << (i % 64);
    }
  }

  void add_guard(std::uint32_t fact, const std::vector<std::pair<std::uint32_t, std::uint64_t>>& entries) {
    const std::uint32_t values = values_of({false, fact});
    plan_.guards_.push_back({fact, size(plan_.guard_starts_), values});
    for (std::uint32_t value = 0; value < values; ++value) {
      plan_.guard_starts_.push_back(size(plan_.guarded_));
      for (const auto& [entry, mask] : entries) {
        if ((mask >> value) & 1) plan_.guarded_.push_back(entry);
      }
    }
    plan_.guard_starts_.push_back(size(plan_.guarded_));
    for (const auto& [entry, mask] : entries) plan_.works_[plan_.entry_works_[entry]].guarded = true;
  }

  bool is_always_due(const Plan::Work& work) const {
    if (work.copied.index != Plan::none || work.test_count > 0) return true;
    return work.guarded ? work.unguarded_count > 0 : work.count > 0;
  }

  void note_what_rests() {
    plan_.resting_truth_.assign(plan_.words_, 0);
    plan_.resting_unknown_.assign(plan_.words_, 0);
    for (std::size_t i = 0; i < plan_.works_.size(); ++i) {
      if ((plan_.always_[i / 64] >> (i % 64)) & 1) continue;
      const Plan::Work& work = plan_.works_[i];
      for (std::uint32_t t = 0; t < work.table_count; ++t) {
        const Plan::Table& table = plan_.subject_tables_[work.first_table + t];
        if (work.resting == answer::no) {
          plan_.resting_truth_[table.word] |= plan_.by_value_[table.first + static_cast<std::size_t>(work.value)];
        } else {
          plan_.resting_unknown_[table.word] |= table.every;
        }
      }
    }
  }

  template <class Container>
  static std::uint32_t size(const Container& container) {
    return static_cast<std::uint32_t>(container.size());
  }

  const Program& program_;
  Plan& plan_;
  std::map<std::pair<FewSlot, std::uint64_t>, Place> few_places_;
  std::map<TestKey, std::pair<Place, Place>> test_places_;
  std::vector<std::uint32_t> groups_;  // by node, as it is and turned round
  std::uint32_t word_ = 0, used_ = 0;
};

Plan::Plan(const Program& program) { PlanMaker(program, *this).make(); }

}  // namespace duly
