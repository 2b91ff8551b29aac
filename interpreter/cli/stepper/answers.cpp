#include <fmt/format.h>

#include <algorithm>

#include "interpreter/cli/stepper/stepper.hpp"
#include "interpreter/report/decision_text.hpp"
#include "interpreter/report/reason_points.hpp"
#include "interpreter/report/why_not.hpp"
#include "interpreter/trace/steps.hpp"
#include "interpreter/trace/words.hpp"

namespace duly::cli::stepper {
namespace {

constexpr std::size_t page_width = 76;

constexpr std::string_view help_text =
    "n, right, space, Enter   the next step\n"
    "b, left                  back a step\n"
    "0, Home                  to the start\n"
    "$, End                   to the end\n"
    "r                        to the next rule\n"
    "d                        to where the next decision is settled\n"
    "y                        why: the whole step, and the reasons so far\n"
    "w                        why not: choose an outcome or a rule\n"
    "i                        what if: change a fact, and see where the paths part\n"
    "g                        guess: hide the outcome, and later commit to one\n"
    "?                        this page\n"
    "q                        leave\n"
    "\n"
    "In the policy's text > marks where the step stands, | what belongs to it;\n"
    "y, n and ? say that a part of a condition which begins there is met, is not\n"
    "met, or is not known. Of the facts, * has been read and > is read in this\n"
    "step; the others stand in the case and have not been read yet.\n"
    "On a page the arrows scroll, and any other key goes back.\n";

/// The question that an event is about, beside the one around it.
std::optional<SubjectId> rule_subject(const Program& program, const trace::Event& event) {
  if (const auto* settled = std::get_if<trace::ValueSettled>(&event.what)) return settled->subject;
  if (const auto* duty = std::get_if<trace::DutyLaid>(&event.what)) return duty->action;
  if (const auto* tried = std::get_if<trace::RuleTried>(&event.what)) return at(program.rules, tried->rule).subject;
  return event.subject;
}

bool tells_progress(const trace::Event& event) {
  return std::holds_alternative<trace::RuleTried>(event.what) ||
         std::holds_alternative<trace::StepAnswered>(event.what) ||
         std::holds_alternative<trace::RuleSetAside>(event.what) ||
         std::holds_alternative<trace::ConditionTried>(event.what);
}

}  // namespace

DecisionView Stepper::view() {
  return {.program = program_,
          .sources = sources_,
          .facts = path_.facts,
          .decision = path_.decision,
          .decider = decider_,
          .asked = decision_};
}

std::optional<SubjectId> Stepper::subject_here() const {
  return cursor_.empty() ? std::nullopt : rule_subject(program_, cursor_.event());
}

void Stepper::help() { page_ = Page{"Keys", std::string(help_text)}; }

std::string Stepper::reasons_text(SubjectId subject, std::size_t width) {
  const DecisionView seen = view();
  ReasonPoints points(seen);
  Explanation explanation;
  explanation.question = at(program_.subjects, subject).title;
  explanation.answer = sentence(points.says(subject));
  Section because{"Because", Tone::plain, false, {}};
  because.points = points.points(reasons(program_, path_.facts, path_.decision, subject));
  if (because.points.empty()) {
    Point none;
    none.text =
        path_.decision.of(subject).status == Status::undecided ? "more has to be known" : "no rule about this applies";
    because.points.push_back(std::move(none));
  }
  explanation.sections.push_back(std::move(because));
  return decision_text(explanation, {.color = false, .width = width});
}

void Stepper::why() {
  if (cursor_.empty()) return;
  const trace::State state = cursor_.state();
  std::string text = trace::step_text(program_, sources_, path_.recording, cursor_.index(), page_width);
  for (const ProvisionId each : trace::words(program_, cursor_.event()).cites) {
    text += fmt::format("      {}\n", trace::provision_in_words(program_, each));
  }
  if (!state.open.empty()) {
    text += "\nWhat it is for\n";
    for (std::size_t i = 0; i < state.open.size(); ++i) {
      text += fmt::format("{}- {}\n", std::string(2 * i + 2, ' '), at(program_.subjects, state.open[i]).title);
    }
  }
  const auto subject = subject_here();
  if (subject && state.find(*subject) != nullptr) {
    text += fmt::format("\n{}", reasons_text(*subject, page_width));
  } else if (subject) {
    text += "\nSo far\n";
    bool any = false;
    for (std::size_t i = 0; i <= cursor_.index(); ++i) {
      const trace::Event& event = path_.recording[i];
      if (event.subject != subject || !tells_progress(event)) continue;
      text += fmt::format("  - {}\n", trace::words(program_, event).text);
      any = true;
    }
    if (!any) text += "  - nothing about it has been worked out yet\n";
  }
  page_ = Page{"Why", std::move(text)};
}

void Stepper::ask_why_not() {
  if (hidden_) {
    message_ = "That would give the answer away. Press g to commit to an outcome first.";
    return;
  }
  // The outcomes that did not come out, then the rules of the question in hand, then those of the decision.
  std::vector<std::pair<std::optional<Scalar>, RuleId>> choices;
  Question question;
  question.title = "Why not? Choose an outcome or a rule";
  std::vector<SubjectId> subjects;
  if (const auto here = subject_here()) subjects.push_back(*here);
  if (decision_) {
    const Subject& decision = at(program_.subjects, *decision_);
    const Finding& found = path_.decision.of(*decision_);
    const auto& values = at(program_.choices, decision.type.choice).values;
    for (std::size_t i = 0; i < values.size(); ++i) {
      const auto value = static_cast<Scalar>(i);
      if (found.status == Status::decided && found.value == value) continue;
      choices.emplace_back(value, RuleId{});
      question.items.push_back(fmt::format("Outcome: {}", values[i].title));
    }
    if (std::find(subjects.begin(), subjects.end(), *decision_) == subjects.end()) subjects.push_back(*decision_);
  }
  for (const SubjectId subject : subjects) {
    for (const RuleId rule : at(program_.subjects, subject).rules) {
      if (path_.decision.of(rule).left == Extent::every) continue;
      choices.emplace_back(std::nullopt, rule);
      question.items.push_back(
          fmt::format("Rule: {} ({})", at(program_.rules, rule).title, at(program_.rules, rule).full_name));
    }
  }
  if (choices.empty()) {
    message_ = "Every outcome and rule here came about.";
    return;
  }
  question.choose = [this, choices](std::size_t index) {
    const auto& [outcome, rule] = choices[index];
    const DecisionView seen = view();
    WhyNotTarget target;
    target.subject = outcome ? *decision_ : at(program_.rules, rule).subject;
    if (outcome) {
      target.value = *outcome;
    } else {
      target.rule = rule;
    }
    const Explanation explanation = explain_why_not(seen, duly::why_not(seen, target), Depth::normal);
    page_ = Page{"Why not", decision_text(explanation, {.color = false, .width = page_width})};
  };
  question_ = std::move(question);
}

void Stepper::ask_what_if() {
  if (hidden_) {
    message_ = "That would give the answer away. Press g to commit to an outcome first.";
    return;
  }
  // Facts read so far come first, the latest on top; then the others as declared.
  std::vector<FactId> facts = cursor_.empty() ? std::vector<FactId>() : cursor_.state().facts;
  std::reverse(facts.begin(), facts.end());
  for (const auto& event : path_.recording) {
    const auto* read = std::get_if<trace::FactRead>(&event.what);
    if (read && std::find(facts.begin(), facts.end(), read->fact) == facts.end()) facts.push_back(read->fact);
  }
  if (facts.empty()) {
    message_ = "No fact is read in this case.";
    return;
  }
  Question question;
  question.title = "What if? Choose the fact to change";
  for (const FactId fact : facts) {
    const bool known = path_.facts.known(fact);
    const bool is_text = at(program_.facts, fact).type.kind == TypeKind::text;
    question.items.push_back(trace::fact_in_words(program_, fact, known, known ? path_.facts.value(fact) : 0,
                                                  known && is_text ? path_.facts.text(fact) : std::string_view()));
  }
  question.choose = [this, facts](std::size_t index) { ask_value(facts[index]); };
  question_ = std::move(question);
}

void Stepper::ask_value(FactId id) {
  const Fact& fact = at(program_.facts, id);
  Question question;
  question.title = fact.ask.empty() ? fact.title : fact.ask;
  const std::vector<Scalar> answers = trace::answers_of(program_, id);
  if (!answers.empty()) {
    for (const Scalar answer : answers) question.items.push_back(program_.say(fact.type, answer));
    question.items.emplace_back("not known");
    question.choose = [this, id, answers](std::size_t index) {
      what_if({trace::Change{id, index < answers.size() ? std::optional(answers[index]) : std::nullopt, {}}});
    };
  } else {
    question.title += " Type the answer, or unknown.";
    question.type = [this, id](const std::string& typed) {
      trace::ChangeReading reading = trace::read_change(program_, id, typed);
      if (!reading.change) {
        question_->problem = fmt::format("{}. {}", reading.problem, reading.help);
        question_->typed.clear();
        return;
      }
      question_.reset();
      what_if({std::move(*reading.change)});
    };
  }
  question_ = std::move(question);
}

void Stepper::ask_guess() {
  const Subject& decision = at(program_.subjects, *decision_);
  Question question;
  question.title = fmt::format("{} What does your group say?", decision.title);
  const auto& values = at(program_.choices, decision.type.choice).values;
  for (const ChoiceValue& value : values) question.items.push_back(value.title);
  question.items.emplace_back("The policy gives no answer here.");
  const std::size_t count = values.size();
  question.choose = [this, count](std::size_t index) {
    commit(index < count ? std::optional(static_cast<Scalar>(index)) : std::nullopt);
  };
  question_ = std::move(question);
}

void Stepper::commit(std::optional<Scalar> guess) {
  hidden_ = false;
  const Subject& decision = at(program_.subjects, *decision_);
  const Finding& found = path_.decision.of(*decision_);
  const bool decided = found.status == Status::decided;
  const bool right = guess ? decided && found.value == *guess : !decided;
  std::string text = fmt::format("Your group said: {}\n", guess ? sentence(program_.say(decision.type, *guess))
                                                                : "The policy gives no answer here.");
  text += right ? "That is what the policy says.\n\n" : "The policy says something else.\n\n";
  text += decision_text(explain(view(), Depth::normal), {.color = false, .width = page_width});
  page_ = Page{right ? "Right" : "Not so", std::move(text)};
}

}  // namespace duly::cli::stepper
