#include "interpreter/trace/narrate.hpp"

#include <algorithm>
#include <functional>
#include <iterator>

#include "interpreter/report/reasons.hpp"
#include "interpreter/report/truths.hpp"
#include "lang/program/reads.hpp"

namespace duly::trace {
namespace {

class Narrator {
 public:
  Narrator(const Program& program, const Case& facts, const Decision& decision, const Observer& observer)
      : program_(program),
        facts_(facts),
        decision_(decision),
        observer_(observer),
        walk_(program),
        truths_(program, facts, decision, &walk_),
        told_subjects_(program.subjects.size(), false),
        told_facts_(program.facts.size(), false) {
    walk_.run(facts);
  }

  void tell(std::optional<SubjectId> first) {
    if (first) then([this, id = *first] { subject(id); });
    for (const SubjectKind kind : {SubjectKind::decision, SubjectKind::action}) {
      for (std::uint32_t i = 0; i < program_.subjects.size(); ++i) {
        const Subject& each = program_.subjects[i];
        if (each.kind != kind || (kind == SubjectKind::action && each.rules.empty())) continue;
        then([this, i] { subject(SubjectId{i}); });
      }
    }
    for (std::uint32_t i = 0; i < program_.safeguards.size(); ++i) then([this, i] { safeguard(SafeguardId{i}); });
    run();
  }

 private:
  // What is to be told next waits on a stack of our own, for definitions may form long chains. A task tells what it can
  // at once and leaves the rest for later by `then`, in order; all of that comes before what waited already.
  using Task = std::function<void()>;

  void then(Task task) { next_.push_back(std::move(task)); }

  void run() {
    for (;;) {
      std::move(next_.rbegin(), next_.rend(), std::back_inserter(waiting_));
      next_.clear();
      if (waiting_.empty()) return;
      const Task task = std::move(waiting_.back());
      waiting_.pop_back();
      task();
    }
  }

  void emit(What what) { observer_(Event{depth_, within_, std::move(what)}); }

  // ---- questions
  // -----------------------------------------------------------------------------------------------------

  void subject(SubjectId id) {
    if (told_subjects_[id.index]) return;
    told_subjects_[id.index] = true;
    const std::optional<SubjectId> around = within_;
    within_ = id;
    emit(QuestionReached{id});
    ++depth_;
    const Subject& subject = at(program_.subjects, id);
    std::vector<ProcedureId> told_procedures;
    for (const RuleId rule : subject.rules) {
      const std::optional<StepId> step = at(program_.rules, rule).step;
      if (!step) {
        then([this, rule] { this->rule(rule); });
        continue;
      }
      const ProcedureId of = at(program_.steps, *step).procedure;
      if (std::find(told_procedures.begin(), told_procedures.end(), of) != told_procedures.end()) continue;
      told_procedures.push_back(of);
      then([this, of] { this->step(of, 0, Truth::yes); });
    }
    const bool surely_left = std::any_of(subject.rules.begin(), subject.rules.end(),
                                         [&](RuleId rule) { return decision_.of(rule).left == Extent::every; });
    if (subject.otherwise && subject.otherwise->copied && !surely_left)
      then_read(at(program_.terms, *subject.otherwise->copied));
    then([this, id, around] {
      for (const SetAside& pair : set_aside(program_, decision_, id)) emit(RuleSetAside{pair.rule, pair.by});
      --depth_;
      settled(id);
      within_ = around;
    });
  }

  void settled(SubjectId id) {
    const Subject& subject = at(program_.subjects, id);
    const Finding& finding = decision_.of(id);
    std::vector<RuleId> left;
    for (const Extent extent : {Extent::every, Extent::some}) {
      for (const RuleId rule : subject.rules) {
        if (decision_.of(rule).left == extent && decides(rule, finding)) left.push_back(rule);
      }
      if (!left.empty()) break;
    }
    if (subject.kind == SubjectKind::action && finding.status == Status::decided && finding.duty() != Duty::none) {
      emit(DutyLaid{id, finding.duty(), std::move(left)});
      return;
    }
    const bool has_value = finding.status == Status::decided;
    emit(ValueSettled{id, finding.status, has_value && !finding.copies_text ? finding.value : 0,
                      has_value && finding.copies_text ? text(finding.value) : std::string(), finding.needs,
                      std::move(left)});
  }

  /// Of the rules left, those that say what came out.
  bool decides(RuleId id, const Finding& finding) const {
    if (finding.status != Status::decided) return true;
    const std::optional<Scalar> value = concludes(id);
    return !value || *value == finding.value;
  }

  std::optional<Scalar> concludes(RuleId id) const {
    const Conclusion& conclusion = at(program_.rules, id).conclusion;
    return conclusion.copied ? truths_.value(at(program_.terms, *conclusion.copied)) : conclusion.value;
  }

  // ---- procedures and rules
  // ------------------------------------------------------------------------------------------

  void step(ProcedureId procedure, std::uint32_t index, Truth reached) {
    const std::vector<StepId>& steps = at(program_.procedures, procedure).steps;
    if (index >= steps.size()) return;
    const StepId id = steps[index];
    emit(StepReached{id, index + 1, reached});
    ++depth_;
    then_read(at(program_.terms, at(program_.steps, id).on));
    then([=, this] {
      --depth_;
      const Step& step = at(program_.steps, id);
      const std::optional<Scalar> answer = truths_.value(at(program_.terms, step.on));
      const std::optional<RuleId> outcome = answer ? outcome_of(step) : std::nullopt;
      emit(StepAnswered{id, index + 1, answer.has_value(), answer.value_or(0), outcome});
      for (const RuleId rule : step.answers) {
        if (decision_.of(rule).applies != Extent::none) tried(rule, true);
      }
      if (!outcome) this->step(procedure, index + 1, answer ? reached : Truth::unknown);
    });
  }

  /// The rule of the answer that was given, where that leads to an outcome.
  std::optional<RuleId> outcome_of(const Step& step) const {
    for (const RuleId rule : step.answers) {
      // The answer's own test is what its condition ends with; before it stands how the step is reached.
      NodeId test = at(program_.rules, rule).condition;
      if (const Node& node = at(program_.nodes, test); node.op == Op::all)
        test = program_.children[node.a + node.b - 1];
      if (truths_.of(test) == Truth::yes) return rule;
    }
    return std::nullopt;
  }

  void rule(RuleId id) {
    const Rule& rule = at(program_.rules, id);
    condition(rule.condition, id, std::nullopt);
    if (rule.conclusion.copied && decision_.of(id).applies != Extent::none) {
      then_read(at(program_.terms, *rule.conclusion.copied));
    }
    then([this, id] { tried(id, truths_.of(at(program_.rules, id).condition) == Truth::yes); });
  }

  void tried(RuleId id, bool condition_holds) {
    const Type& type = at(program_.subjects, at(program_.rules, id).subject).type;
    emit(RuleTried{id, decision_.of(id).applies, condition_holds, places(id),
                   type.kind == TypeKind::text ? std::nullopt : concludes(id)});
  }

  /// The rules in whose place it stands, each once.
  std::vector<RuleId> places(RuleId id) const {
    std::vector<RuleId> result;
    const Subject& subject = at(program_.subjects, at(program_.rules, id).subject);
    for (std::uint32_t i = 0; i < subject.instance_count; ++i) {
      const Instance& instance = program_.instances[subject.first_instance + i];
      if (instance.rule != id || !instance.place) continue;
      const RuleId place = at(program_.instances, *instance.place).rule;
      if (std::find(result.begin(), result.end(), place) == result.end()) result.push_back(place);
    }
    return result;
  }

  void safeguard(SafeguardId id) {
    condition(at(program_.safeguards, id).holds, std::nullopt, id);
    then([this, id] {
      const bool broken = std::find(decision_.broken.begin(), decision_.broken.end(), id) != decision_.broken.end();
      const Truth holds = walk_.holds(id);
      // What the tables leave open is broken or may hold: only the first was asked for.
      emit(SafeguardWatched{id, broken ? Truth::no : holds == Truth::no ? Truth::unknown : holds});
    });
  }

  // ---- conditions and what they read
  // ---------------------------------------------------------------------------------

  void condition(NodeId id, std::optional<RuleId> rule, std::optional<SafeguardId> safeguard) {
    if (at(program_.nodes, id).op == Op::constant) return;  // always, or never: nothing is looked at
    for_each_read(program_, id, [this](const Term& term) { then_read(term); });
    then([=, this] {
      ConditionTried tried{rule, safeguard, id, truths_.of(id), {}, reads(id)};
      parts(id, 0, tried.parts);
      emit(std::move(tried));
    });
  }

  void parts(NodeId id, std::uint32_t level, std::vector<ConditionPart>& into) const {
    const Node& node = at(program_.nodes, id);
    if (node.op == Op::negation) return parts(program_.children[node.a], level, into);
    if (node.op != Op::all && node.op != Op::any) return;
    for (std::uint32_t i = 0; i < node.b; ++i) {
      const NodeId child = program_.children[node.a + i];
      into.push_back({child, program_.child_items[node.a + i], level, truths_.of(child), reads(child)});
      parts(child, level + 1, into);
    }
  }

  /// What a single comparison looked up.
  std::vector<ValueRead> reads(NodeId id) const {
    std::vector<ValueRead> result;
    if (joint(program_, id) != Joint::none) return result;
    for_each_read(program_, id, [&](const Term& term) {
      const std::optional<Scalar> value = truths_.value({term.is_subject, term.index, Elapsed::none});
      result.push_back({term, value.has_value(), value.value_or(0)});
    });
    return result;
  }

  void then_read(const Term& term) {
    then([this, term] { read(term); });
  }

  void read(const Term& term) {
    if (term.is_subject) return subject(term.subject());
    const FactId id = term.fact();
    if (told_facts_[id.index]) return;
    told_facts_[id.index] = true;
    const bool known = facts_.known(id);
    const bool is_text = at(program_.facts, id).type.kind == TypeKind::text;
    emit(FactRead{id, known, known && !is_text ? facts_.value(id) : 0,
                  known && is_text ? facts_.text(id) : std::string()});
  }

  /// A definition that copies a text has the text's number in the case.
  std::string text(Scalar number) const {
    for (std::uint32_t i = 0; i < program_.facts.size(); ++i) {
      const FactId fact{i};
      const bool is_it = program_.facts[i].type.kind == TypeKind::text && facts_.known(fact);
      if (is_it && facts_.value(fact) == number) return facts_.text(fact);
    }
    return {};
  }

  const Program& program_;
  const Case& facts_;
  const Decision& decision_;
  const Observer& observer_;
  Walk walk_;
  Truths truths_;
  std::vector<Task> next_, waiting_;
  std::vector<bool> told_subjects_;
  std::vector<bool> told_facts_;
  std::optional<SubjectId> within_;
  std::uint32_t depth_ = 0;
};

}  // namespace

Joint joint(const Program& program, NodeId condition) {
  bool negated = false;
  while (at(program.nodes, condition).op == Op::negation) {
    negated = !negated;
    condition = program.children[at(program.nodes, condition).a];
  }
  const Op op = at(program.nodes, condition).op;
  if (op == Op::all) return negated ? Joint::not_all : Joint::all;
  if (op == Op::any) return negated ? Joint::not_any : Joint::any;
  return Joint::none;
}

void narrate(const Program& program, const Case& facts, const Decision& decision, std::optional<SubjectId> first,
             const Observer& observer) {
  Narrator(program, facts, decision, observer).tell(first);
}

}  // namespace duly::trace
