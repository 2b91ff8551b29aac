#include "interpreter/interview/interview.hpp"

#include <algorithm>

#include "interpreter/analysis/witness.hpp"
#include "interpreter/interview/longest.hpp"
#include "interpreter/outcome/residual.hpp"
#include "lang/program/reads.hpp"

namespace duly {
namespace {

constexpr std::size_t max_nodes = 1'000'000;
constexpr std::size_t max_tried = 64;  // answers of one question; what more would settle is not worked out

bool contains(std::span<const FactId> facts, FactId fact) {
  return std::find(facts.begin(), facts.end(), fact) != facts.end();
}

}  // namespace

Interview::Interview(const Program& program, std::optional<SubjectId> decision, Case start)
    : program_(program), asked_(decision), facts_(std::move(start)), decider_(program) {
  for (std::uint32_t i = 0; i < program.facts.size(); ++i) {
    const FactId fact{i};
    if (!facts_.known(fact) || program.facts[i].type.kind == TypeKind::text) continue;
    answers_.push_back({fact, facts_.value(fact), true});
  }
  decide();
}

void Interview::decide() {
  decision_ = decider_.decide(facts_);
  if (diagrams_ && !diagrams_->variables().depends_on_case()) return;
  try {
    diagrams_.reset();
    diagrams_.emplace(program_, facts_.as_at, &facts_, max_nodes);
  } catch (const TooLarge&) {
    diagrams_.reset();
  }
}

// ---- what to ask -------------------------------------------------------------------------------------------------

bool Interview::was_asked(FactId fact) const {
  return std::any_of(answers_.begin(), answers_.end(),
                     [&](const InterviewAnswer& answer) { return answer.fact == fact; });
}

std::optional<Question> Interview::first_question(SubjectId subject) const {
  const auto needs = decision_.needs(subject);
  if (ask_first_ && contains(needs, *ask_first_)) return Question{*ask_first_, subject};
  for (const FactId fact : needs) {
    if (was_asked(fact)) continue;
    const Question question{fact, subject};
    const auto before = at(program_.facts, fact).judgement ? before_judgement(question) : std::nullopt;
    return before ? Question{*before, subject} : question;
  }
  return std::nullopt;
}

namespace {

/// The facts that the rules of a definition read themselves.
std::vector<FactId> facts_read(const Program& program, SubjectId definition) {
  std::vector<FactId> facts;
  const auto add = [&](const Term& term) {
    if (!term.is_subject && !contains(facts, term.fact())) facts.push_back(term.fact());
  };
  for (const RuleId rule : at(program.subjects, definition).rules) {
    for_each_read(program, at(program.rules, rule).condition, add);
    if (const auto& copied = at(program.rules, rule).conclusion.copied) add(at(program.terms, *copied));
  }
  return facts;
}

}  // namespace

/// A plain fact of which some answer settles the definition for which a judgement is asked.
std::optional<FactId> Interview::before_judgement(const Question& judgement) const {
  const std::vector<AskedFor> chain = asked_for(judgement);
  if (chain.empty() || !diagrams_) return std::nullopt;
  const SubjectId definition = at(program_.rules, chain.back().rule).subject;
  if (at(program_.subjects, definition).kind != SubjectKind::definition) return std::nullopt;
  for (const FactId fact : facts_read(program_, definition)) {
    const bool is_open = contains(decision_.needs(definition), fact) && !was_asked(fact) &&
                         contains(decision_.needs(judgement.about), fact);
    if (!is_open || at(program_.facts, fact).judgement) continue;
    for (const Consequence& answer : values_to_try(fact)) {
      Case tried = facts_;
      tried.set(fact, answer.value);
      try {
        Residual residual(*diagrams_, tried, max_nodes);
        if (residual.of(diagrams_->outcome(definition)).is_leaf()) return fact;
      } catch (const TooLarge&) {
        return std::nullopt;
      }
    }
  }
  return std::nullopt;
}

/// The facts that may be asked before a judgement, and so out of the order of the diagram.
std::vector<FactId> Interview::beside_judgements() const {
  std::vector<FactId> facts;
  for (std::uint32_t i = 0; i < program_.subjects.size(); ++i) {
    if (program_.subjects[i].kind != SubjectKind::definition) continue;
    const std::vector<FactId> read = facts_read(program_, SubjectId{i});
    const auto is_judgement = [&](FactId fact) { return at(program_.facts, fact).judgement; };
    if (std::none_of(read.begin(), read.end(), is_judgement)) continue;
    for (const FactId fact : read) {
      if (!is_judgement(fact) && !contains(facts, fact)) facts.push_back(fact);
    }
  }
  return facts;
}

std::optional<Question> Interview::duty_question() const {
  for (std::uint32_t i = 0; i < program_.subjects.size(); ++i) {
    if (program_.subjects[i].kind != SubjectKind::action) continue;
    if (const auto question = first_question(SubjectId{i})) return question;
  }
  return std::nullopt;
}

std::optional<Question> Interview::question() const {
  if (asked_) {
    if (const auto question = first_question(*asked_)) return question;
  }
  return wants_duties_ ? duty_question() : std::nullopt;
}

// ---- answers -----------------------------------------------------------------------------------------------------

void Interview::answer(std::optional<Scalar> value) {
  const auto asked = question();
  if (!asked) return;
  ask_first_.reset();
  answers_.push_back({asked->fact, value, false});
  if (!value) return;
  facts_.set(asked->fact, *value);
  decide();
}

std::optional<FactId> Interview::back() {
  if (answers_.empty() || answers_.back().given) return std::nullopt;
  const InterviewAnswer last = answers_.back();
  answers_.pop_back();
  ask_first_ = last.fact;
  facts_.clear(last.fact);
  decide();
  return last.fact;
}

bool Interview::can_matter(FactId fact) const {
  for (std::uint32_t i = 0; i < program_.subjects.size(); ++i) {
    const SubjectId subject{i};
    const bool counts = subject == asked_ || program_.subjects[i].kind == SubjectKind::action;
    if (counts && contains(decision_.needs(subject), fact)) return true;
  }
  return false;
}

std::vector<InterviewAnswer> Interview::change(std::size_t place, std::optional<Scalar> value) {
  if (place >= answers_.size()) return {};
  const std::vector<InterviewAnswer> before = std::move(answers_);
  answers_.clear();
  ask_first_.reset();
  std::vector<InterviewAnswer> dropped;
  // What was given from the start stays, whatever becomes of it.
  for (const InterviewAnswer& answer : before) facts_.clear(answer.fact);
  for (std::size_t i = 0; i < before.size(); ++i) {
    InterviewAnswer answer = before[i];
    if (i == place) answer.value = value;
    if (i > place && !answer.given) {
      decide();
      if (!can_matter(answer.fact)) {
        dropped.push_back(answer);
        continue;
      }
    }
    if (answer.value) facts_.set(answer.fact, *answer.value);
    answers_.push_back(answer);
  }
  decide();
  return dropped;
}

std::vector<FactId> Interview::not_known() const {
  std::vector<FactId> facts;
  for (const InterviewAnswer& answer : answers_) {
    const bool open = !answer.value && asked_ && contains(decision_.needs(*asked_), answer.fact);
    if (open) facts.push_back(answer.fact);
  }
  return facts;
}

// ---- how far it is -----------------------------------------------------------------------------------------------

std::size_t Interview::at_most() const {
  const auto unasked = [&](SubjectId subject, std::vector<FactId>& facts) {
    for (const FactId fact : decision_.needs(subject)) {
      if (!contains(facts, fact) && !was_asked(fact)) facts.push_back(fact);
    }
  };
  std::vector<FactId> facts;
  if (asked_) unasked(*asked_, facts);
  if (facts.empty()) {
    for (std::uint32_t i = 0; i < program_.subjects.size(); ++i) {
      if (program_.subjects[i].kind == SubjectKind::action) unasked(SubjectId{i}, facts);
    }
    return facts.size();
  }
  // The diagram asks in the order of the policy's own decision; of another one every open fact is counted.
  const bool in_order = asked_ == program_.default_decision && !decision_.of(*asked_).approximate && diagrams_;
  if (!in_order) return facts.size();
  std::vector<FactId> not_known;
  for (const InterviewAnswer& answer : answers_) {
    if (!answer.value) not_known.push_back(answer.fact);
  }
  // What may be asked out of order is counted by itself: asking it never makes the rest longer.
  const std::vector<FactId> early = beside_judgements();
  const auto asked_early = std::count_if(facts.begin(), facts.end(), [&](FactId f) { return contains(early, f); });
  try {
    Residual residual(*diagrams_, facts_, max_nodes);
    const Edge left = residual.of(diagrams_->outcome(*asked_));
    return longest_interview(*diagrams_, residual, left, not_known, early) + static_cast<std::size_t>(asked_early);
  } catch (const TooLarge&) {
    return facts.size();
  }
}

// ---- why it is asked, and what it would settle -------------------------------------------------------------------

/// Whether the fact can still change that the rule applies.
bool Interview::can_turn(RuleId rule, FactId fact) const {
  if (!diagrams_) return decision_.of(rule).applies == Extent::some;
  try {
    Residual residual(*diagrams_, facts_, max_nodes);
    bool approximate = false;
    std::vector<FactId> needs;
    residual.add_needs(residual.of(diagrams_->applies(rule)), needs, approximate);
    return contains(needs, fact);
  } catch (const TooLarge&) {
    return decision_.of(rule).applies == Extent::some;
  }
}

namespace {

/// The item of a list within a condition in which a term is read.
std::optional<ItemId> item_reading(const Program& program, NodeId condition, const Term& term) {
  const Node& node = at(program.nodes, condition);
  if (node.op != Op::all && node.op != Op::any && node.op != Op::negation) return std::nullopt;
  const std::uint32_t count = node.op == Op::negation ? 1 : node.b;
  for (std::uint32_t i = 0; i < count; ++i) {
    const NodeId child = program.children[node.a + i];
    bool reads = false;
    for_each_read(program, child, [&](const Term& read) {
      reads = reads || (read.is_subject == term.is_subject && read.index == term.index);
    });
    if (!reads) continue;
    if (node.op != Op::negation && program.child_items[node.a + i]) return program.child_items[node.a + i];
    return item_reading(program, child, term);
  }
  return std::nullopt;
}

}  // namespace

bool Interview::find_asked_for(SubjectId about, FactId fact, std::vector<SubjectId>& seen,
                               std::vector<AskedFor>& found) const {
  if (std::find(seen.begin(), seen.end(), about) != seen.end()) return false;
  seen.push_back(about);
  for (const RuleId id : at(program_.subjects, about).rules) {
    const Rule& rule = at(program_.rules, id);
    std::vector<Term> terms;
    if (can_turn(id, fact)) {
      for_each_read(program_, rule.condition, [&](const Term& term) { terms.push_back(term); });
    }
    if (rule.conclusion.copied && decision_.of(id).left != Extent::none) {
      terms.push_back(at(program_.terms, *rule.conclusion.copied));
    }
    for (const Term& term : terms) {
      const bool is_it = !term.is_subject && term.fact() == fact;
      const bool leads_to_it = term.is_subject && contains(decision_.needs(term.subject()), fact);
      if (!is_it && !leads_to_it) continue;
      found.push_back({id, item_reading(program_, rule.condition, term)});
      if (is_it || find_asked_for(term.subject(), fact, seen, found)) return true;
      found.pop_back();
    }
  }
  return false;
}

std::vector<AskedFor> Interview::asked_for(const Question& question) const {
  std::vector<SubjectId> seen;
  std::vector<AskedFor> found;
  find_asked_for(question.about, question.fact, seen, found);
  return found;
}

std::vector<Consequence> Interview::values_to_try(FactId fact) const {
  std::vector<Consequence> result;
  const auto add = [&](Scalar value, Range within) {
    Consequence consequence;
    consequence.value = value;
    consequence.within = within;
    result.push_back(std::move(consequence));
  };
  const Type& type = at(program_.facts, fact).type;
  switch (type.kind) {
    case TypeKind::yes_no:
      add(1, {1, 1});
      add(0, {0, 0});
      break;
    case TypeKind::choice: {
      const auto values = static_cast<Scalar>(at(program_.choices, type.choice).values.size());
      for (Scalar value = 0; value < values; ++value) add(value, {value, value});
      break;
    }
    case TypeKind::set: {
      add(0, {0, 0});
      const std::size_t elements = std::min<std::size_t>(at(program_.choices, type.choice).values.size(), 64);
      for (std::size_t i = 0; i < elements; ++i) {
        const auto bit = static_cast<Scalar>(std::uint64_t{1} << i);
        add(bit, {bit, bit});
      }
      break;
    }
    case TypeKind::number:
    case TypeKind::date:
      if (!diagrams_) break;
      for (const Range& range : diagrams_->variables().regions({false, fact.index, Elapsed::none})) {
        add(representative(range, type.kind, facts_.as_at), range);
      }
      break;
    case TypeKind::text: break;
  }
  return result;
}

namespace {

/// What a subject rests on, directly or through others.
std::vector<SubjectId> rests_on(const Program& program, SubjectId subject) {
  std::vector<SubjectId> found{subject};
  for (std::size_t i = 0; i < found.size(); ++i) {
    for (const SubjectId read : subjects_read(program, found[i])) {
      if (std::find(found.begin(), found.end(), read) == found.end()) found.push_back(read);
    }
  }
  found.erase(found.begin());
  return found;
}

/// Neighbouring stretches of a number or date that do the same, as one.
std::vector<Consequence> joined(std::vector<Consequence> stretches) {
  std::vector<Consequence> result;
  for (Consequence& next : stretches) {
    const bool same = !result.empty() && result.back().status == next.status && result.back().outcome == next.outcome &&
                      result.back().settles == next.settles;
    if (same) {
      result.back().within.high = next.within.high;
    } else {
      result.push_back(std::move(next));
    }
  }
  return result;
}

}  // namespace

std::vector<Consequence> Interview::consequences(const Question& question) {
  const std::vector<SubjectId> below = rests_on(program_, question.about);
  std::vector<Consequence> result = values_to_try(question.fact);
  if (result.size() > max_tried) return {};
  for (Consequence& consequence : result) {
    Case tried = facts_;
    tried.set(question.fact, consequence.value);
    const Decision then = decider_.decide(tried);
    consequence.status = then.of(question.about).status;
    consequence.outcome = then.of(question.about).value;
    for (const SubjectId subject : below) {
      const bool was_open = decision_.of(subject).status == Status::undecided;
      if (was_open && then.of(subject).status == Status::decided) consequence.settles.push_back(subject);
    }
  }
  const TypeKind kind = at(program_.facts, question.fact).type.kind;
  return kind == TypeKind::number || kind == TypeKind::date ? joined(std::move(result)) : result;
}

}  // namespace duly
