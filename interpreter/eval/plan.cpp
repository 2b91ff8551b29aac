#include "interpreter/eval/plan.hpp"

#include "interpreter/eval/plan_maker.hpp"

namespace duly {

Plan::Plan(const Program& program) { PlanMaker(program, *this).make(); }

void PlanMaker::make() {
  plan_.ranges_ = program_.ranges;
  plan_.subjects_ = program_.evaluation_order;
  plan_.work_of_.resize(program_.subjects.size());
  for (std::uint32_t i = 0; i < plan_.subjects_.size(); ++i) plan_.work_of_[plan_.subjects_[i].index] = i;
  plan_.works_.resize(plan_.subjects_.size());
  groups_.assign(program_.nodes.size() * 2, Plan::none);
  place_few();
  place_tests();
  plan_.words_ = plan_.readers_.size() / 64;
  add_works();
  list_entries_of_rules();
  make_guards();
  list_standing();
  list_always();
  note_what_rests();
  for (std::uint32_t node = 0; node < program_.nodes.size(); ++node) {
    plan_.node_groups_.push_back(group(NodeId{node}, false));
  }
}

Plan::Slot PlanMaker::slot_of(const Term& term) const {
  return {term.is_subject ? plan_.work_of(term.subject()) : term.index, term.is_subject, term.elapsed};
}

std::uint32_t PlanMaker::copied_from(const std::optional<TermId>& term) {
  if (!term) return Plan::none;
  plan_.slots_.push_back(slot_of(at(program_.terms, *term)));
  return size(plan_.slots_) - 1;
}

void PlanMaker::add_works() {
  std::vector<std::uint32_t> entry_of(program_.instances.size(), Plan::none);
  for (std::uint32_t index = 0; index < plan_.works_.size(); ++index) {
    const Subject& subject = at(program_.subjects, plan_.subjects_[index]);
    Plan::Work& work = plan_.works_[index];
    work.first = size(plan_.entries_);
    work.count = subject.instance_count;
    work.is_action = subject.kind == SubjectKind::action;
    work.is_text = subject.type.kind == TypeKind::text;
    if (!subject.otherwise) {
      work.resting = answer::on_gap;
    } else {
      work.copied = copied_from(subject.otherwise->copied);
      if (work.copied == Plan::none) work.value = subject.otherwise->value;
    }
    for (std::uint32_t i = 0; i < subject.instance_count; ++i) {
      entry_of[subject.first_instance + i] = work.first + i;
      add_entry(work, subject, subject.first_instance + i, entry_of);
      plan_.entry_works_.push_back(index);
    }
  }
}

void PlanMaker::add_entry(Plan::Work& work, const Subject& subject, std::uint32_t index,
                          const std::vector<std::uint32_t>& entry_of) {
  const Instance& instance = program_.instances[index];
  const Rule& rule = at(program_.rules, instance.rule);
  Plan::Entry entry;
  entry.condition = group(rule.condition, false);
  const Plan::Group& condition = plan_.groups_[entry.condition];
  if (!condition.any && condition.mask_count == 1 && condition.group_count == 0) {
    entry.word = plan_.masks_[condition.first_mask].word;
    entry.bits = plan_.masks_[condition.first_mask].bits;
  }
  if (instance.place) entry.place = entry_of[instance.place->index];
  entry.copied = copied_from(rule.conclusion.copied);
  entry.value = rule.conclusion.value;
  Plan::Losers losers{size(plan_.losers_), 0};
  for (const InstanceId loser : program_.prevails_over[index]) {
    plan_.losers_.push_back(work.first + (loser.index - subject.first_instance));
  }
  losers.count = size(plan_.losers_) - losers.first;
  work.yields = work.yields || losers.count > 0;
  plan_.entries_.push_back(entry);
  plan_.entry_rules_.push_back(instance.rule);
  plan_.entry_losers_.push_back(losers);
}

void PlanMaker::list_entries_of_rules() {
  auto& starts = plan_.rule_starts_;
  starts.assign(program_.rules.size() + 1, 0);
  for (const RuleId rule : plan_.entry_rules_) ++starts[rule.index + 1];
  for (std::size_t rule = 0; rule < program_.rules.size(); ++rule) starts[rule + 1] += starts[rule];
  plan_.rule_entries_.resize(starts.back());
  std::vector<std::uint32_t> next(starts.begin(), starts.end() - 1);
  for (std::uint32_t i = 0; i < plan_.entries_.size(); ++i) {
    plan_.rule_entries_[next[plan_.entry_rules_[i].index]++] = i;
  }
}

}  // namespace duly
