#include "interpreter/api/teller.hpp"

#include <fmt/format.h>

#include "interpreter/report/view.hpp"
#include "lang/base/match.hpp"
#include "lang/program/reads.hpp"

namespace duly::api {
namespace {

duly_truth truth_of(Truth truth) {
  switch (truth) {
    case Truth::no: return DULY_NO;
    case Truth::yes: return DULY_YES;
    case Truth::unknown: return DULY_UNKNOWN;
  }
  return DULY_UNKNOWN;
}

duly_truth truth_of(Extent extent) {
  switch (extent) {
    case Extent::none: return DULY_NO;
    case Extent::every: return DULY_YES;
    case Extent::some: return DULY_UNKNOWN;
  }
  return DULY_UNKNOWN;
}

duly_truth known(bool is_known) { return is_known ? DULY_YES : DULY_UNKNOWN; }

duly_joint joint_of(trace::Joint joint) {
  switch (joint) {
    case trace::Joint::none: return DULY_SINGLE;
    case trace::Joint::all: return DULY_ALL_OF;
    case trace::Joint::any: return DULY_ANY_OF;
    case trace::Joint::not_all: return DULY_NOT_ALL_OF;
    case trace::Joint::not_any: return DULY_NONE_OF;
  }
  return DULY_SINGLE;
}

}  // namespace

void Teller::tell(const trace::Event& told) {
  begin(told);
  match(told.what, [this](const auto& what) { fill(what); });
  const trace::StepWords words = trace::words(program_, told);
  say(words.text, words.span, words.cites);
  send();
  if (const auto* tried = std::get_if<trace::ConditionTried>(&told.what)) parts(told, *tried, words);
}

void Teller::begin(const trace::Event& told) {
  duly_event& next = event();
  next = duly_event{};
  next.depth = told.depth;
  next.truth = DULY_YES;
  if (told.subject) next.subject = handle_of(loaded_, *told.subject);
  for (duly_text* const text : {&next.value.text, &next.name, &next.item, &next.by, &next.title}) *text = no_text();
}

void Teller::say(std::string words, Span span, const std::vector<ProvisionId>& cites) {
  words_ = std::move(words);
  place_ = place(loaded_.sources, span);
  cites_.clear();
  for (const ProvisionId each : cites) cites_.push_back(given(at(program_.provisions, each).full_name));
  event().words = given(words_);
  event().place = given(place_);
  event().cites = cites_.size();
  cites_.push_back(no_text());  // so that there is an array to point to
  event().cited = cites_.data();
}

void Teller::send() {
  duly_code code = DULY_OK;
  try {
    code = observer_(context_, &event());
  } catch (...) {
    code = DULY_INTERNAL;
  }
  if (code != DULY_OK) throw Stopped{code};
}

// ---- parts of conditions
// ---------------------------------------------------------------------------------------------

void Teller::parts(const trace::Event& whole, const trace::ConditionTried& what, const trace::StepWords& words) {
  reads(whole, what, 0, what.reads);
  std::vector<std::uint32_t> open;  // the numbers of the parts that stand around the next one
  for (std::uint32_t i = 0; i < what.parts.size(); ++i) {
    const trace::ConditionPart& part = what.parts[i];
    open.resize(part.level);
    begin(whole);
    fill(what);
    event().kind = DULY_CONDITION_PART;
    event().truth = truth_of(part.truth);
    event().joint = joint_of(trace::joint(program_, part.node));
    event().part = i + 1;
    event().parent = open.empty() ? 0 : open.back();
    event().level = part.level;
    const Item* const item = part.item ? &at(program_.items, *part.item) : nullptr;
    event().title = given(item != nullptr ? item->title : words.parts[i].text);
    if (item != nullptr) event().item = given(item->name);
    say(fmt::format("{}: {}", words.parts[i].text, trace::to_string(part.truth)), at(program_.node_spans, part.node),
        item != nullptr ? item->cites : std::vector<ProvisionId>{});
    send();
    reads(whole, what, i + 1, part.reads);
    open.push_back(i + 1);
  }
}

void Teller::reads(const trace::Event& whole, const trace::ConditionTried& what, std::uint32_t part,
                   const std::vector<trace::ValueRead>& reads) {
  for (const trace::ValueRead& read : reads) {
    begin(whole);
    fill(what);
    event().kind = DULY_VALUE_READ;
    event().truth = known(read.known);
    event().joint = DULY_SINGLE;
    event().part = part;
    std::string words;
    if (read.term.is_subject) {
      const SubjectId subject = read.term.subject();
      event().read = handle_of(loaded_, subject);
      event().title = given(at(program_.subjects, subject).title);
      if (read.known) give(subject, read.value);
      words = trace::subject_in_words(program_, subject, read.known, read.value);
    } else {
      const FactId fact = read.term.fact();
      event().fact = handle_of(loaded_, fact);
      event().title = given(at(program_.facts, fact).title);
      if (read.known) give(at(program_.facts, fact).type, read.value);
      words = trace::fact_in_words(program_, fact, read.known, read.value, {});
    }
    say(std::move(words), nowhere, {});
    send();
  }
}

// ---- one event each
// --------------------------------------------------------------------------------------------------

void Teller::name(RuleId rule) {
  event().name = given(at(program_.rules, rule).full_name);
  event().title = given(at(program_.rules, rule).title);
}
void Teller::name(StepId id) {
  const Step& step = at(program_.steps, id);
  const ModuleId module = at(program_.procedures, step.procedure).module;
  name_ = fmt::format("{}.{}", at(program_.modules, module).name, step.name);
  event().name = given(name_);
  event().title = given(step.title);
}
void Teller::name(SafeguardId safeguard) {
  event().name = given(at(program_.safeguards, safeguard).full_name);
  event().title = given(at(program_.safeguards, safeguard).title);
}

void Teller::give(const Type& type, Scalar value) {
  event().has_value = true;
  event().value = value_of(program_, type, value);
}
void Teller::give(SubjectId id, Scalar value) {
  const Subject& subject = at(program_.subjects, id);
  event().has_value = true;
  event().value = subject.kind == SubjectKind::action ? value_of(static_cast<Duty>(value))
                                                      : value_of(program_, subject.type, value);
}

void Teller::fill(const trace::QuestionReached& what) {
  event().kind = DULY_QUESTION_REACHED;
  event().subject = handle_of(loaded_, what.subject);
  event().title = given(at(program_.subjects, what.subject).title);
}
void Teller::fill(const trace::StepReached& what) {
  event().kind = DULY_STEP_REACHED;
  name(what.step);
  event().number = what.number;
  event().truth = truth_of(what.reached);
}
void Teller::fill(const trace::StepAnswered& what) {
  event().kind = DULY_STEP_ANSWERED;
  name(what.step);
  event().number = what.number;
  event().truth = known(what.known);
  if (what.known) give(program_.type_of(at(program_.terms, at(program_.steps, what.step).on)), what.answer);
  if (what.outcome) event().by = given(at(program_.rules, *what.outcome).full_name);
}
void Teller::fill(const trace::FactRead& what) {
  const Fact& fact = at(program_.facts, what.fact);
  event().kind = DULY_FACT_READ;
  event().fact = handle_of(loaded_, what.fact);
  event().title = given(fact.title);
  event().truth = known(what.known);
  if (!what.known) return;
  give(fact.type, what.value);
  if (fact.type.kind == TypeKind::text) event().value.text = given(what.text);
}
void Teller::fill(const trace::ConditionTried& what) {
  event().kind = DULY_CONDITION_TRIED;
  if (what.rule) name(*what.rule);
  if (what.safeguard) name(*what.safeguard);
  event().truth = truth_of(what.truth);
  event().joint = joint_of(trace::joint(program_, what.node));
}
void Teller::fill(const trace::RuleTried& what) {
  event().kind = DULY_RULE_TRIED;
  name(what.rule);
  event().truth = truth_of(what.applies);
  if (what.value) give(at(program_.rules, what.rule).subject, *what.value);
}
void Teller::fill(const trace::RuleSetAside& what) {
  event().kind = DULY_RULE_SET_ASIDE;
  name(what.rule);
  event().by = given(at(program_.rules, what.by).full_name);
}
void Teller::fill(const trace::DutyLaid& what) {
  event().kind = DULY_DUTY_LAID;
  event().subject = handle_of(loaded_, what.action);
  event().title = given(at(program_.subjects, what.action).title);
  give(what.action, static_cast<Scalar>(what.duty));
}
void Teller::fill(const trace::ValueSettled& what) {
  const Subject& subject = at(program_.subjects, what.subject);
  event().kind = DULY_VALUE_SETTLED;
  event().subject = handle_of(loaded_, what.subject);
  event().title = given(subject.title);
  event().status = status_of(what.status);
  if (what.status != Status::decided) return;
  give(what.subject, what.value);
  if (event().value.type == DULY_TEXT) event().value.text = given(what.text);
}
void Teller::fill(const trace::SafeguardWatched& what) {
  event().kind = DULY_SAFEGUARD_WATCHED;
  name(what.safeguard);
  event().truth = truth_of(what.holds);
}

}  // namespace duly::api
