#include "interpreter/trace/words.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "interpreter/report/explanation.hpp"
#include "interpreter/report/reason_points.hpp"
#include "interpreter/report/wrapped.hpp"
#include "lang/base/match.hpp"
#include "lang/program/reads.hpp"

namespace duly::trace {
namespace {

std::string value_in_words(const Program& program, const Type& type, Scalar value) {
  if (type.kind == TypeKind::date) return date_in_words(Date{static_cast<std::int32_t>(value)});
  return program.say(type, value);
}

/// A title and what follows: `Whose consent counts: the parent`, `Is it urgent? yes`.
std::string titled(std::string_view title, std::string_view what) {
  const bool ends = !title.empty() && std::string_view("?!:.").find(title.back()) != std::string_view::npos;
  return fmt::format("{}{} {}", title, ends ? "" : ":", what);
}

std::string_view direction(Duty duty) {
  switch (duty) {
    case Duty::none: return "Nothing is said about this";
    case Duty::may: return "This may be done";
    case Duty::should: return "This should be done";
    case Duty::must: return "This must be done";
    case Duty::should_not: return "This should not be done";
    case Duty::must_not: return "This must not be done";
  }
  return "";
}

class Teller {
 public:
  explicit Teller(const Program& program) : program_(program) {}

  StepWords tell(const Event& event) {
    match(event.what, [this](const auto& what) { this->what(what); });
    return std::move(result_);
  }

 private:
  const Rule& rule(RuleId id) const { return at(program_.rules, id); }
  const Subject& subject(SubjectId id) const { return at(program_.subjects, id); }

  void cite(const std::vector<ProvisionId>& provisions) {
    for (const ProvisionId provision : provisions) {
      if (std::find(result_.cites.begin(), result_.cites.end(), provision) == result_.cites.end()) {
        result_.cites.push_back(provision);
      }
    }
  }

  std::string named(RuleId id) const { return fmt::format("\"{}\" ({})", rule(id).title, rule(id).full_name); }

  std::string names(const std::vector<RuleId>& rules) const {
    std::vector<std::string> list;
    for (const RuleId each : rules) list.push_back(named(each));
    return listed(list);
  }

  /// Where it is defined: after a `redefine`, there.
  Span where(const Subject& about) const {
    if (about.rules.size() != 1) return about.span;
    const Rule& only = rule(about.rules.front());
    return only.kind == RuleKind::means && only.module != about.module ? only.span : about.span;
  }

  void what(const QuestionReached& event) {
    const Subject& about = subject(event.subject);
    const char* form = about.kind == SubjectKind::decision ? "To decide: {} ({})"
                       : about.kind == SubjectKind::action ? "Is there a duty about this? {} ({})"
                                                           : "To work out: {} ({})";
    result_.text = fmt::format(fmt::runtime(form), about.title, about.name);
    result_.span = where(about);
    cite(about.cites);
  }

  void what(const StepReached& event) {
    const Step& step = at(program_.steps, event.step);
    result_.text = fmt::format("Question {}: {}", event.number, step.title);
    if (event.number == 1)
      result_.text += fmt::format(" (the first of \"{}\")", at(program_.procedures, step.procedure).title);
    if (event.reached == Truth::unknown) result_.text += " (whether the path comes here is not known yet)";
    result_.span = step.span;
    cite(step.cites);
  }

  void what(const StepAnswered& event) {
    const Step& step = at(program_.steps, event.step);
    result_.span = step.span;
    const std::string question = fmt::format("Question {}: {}", event.number, step.title);
    if (!event.known) {
      result_.text =
          fmt::format("{} The answer is not known yet, so each of its answers stays open.", sentence(question));
      cite(step.cites);
      return;
    }
    const Type type = program_.type_of(at(program_.terms, step.on));
    const std::string answered = sentence(titled(question, program_.say(type, event.answer)));
    if (event.outcome) {
      const Rule& answer = rule(*event.outcome);
      result_.text = fmt::format("{} This leads to: {}", answered,
                                 program_.say(subject(answer.subject).type, answer.conclusion.value));
      result_.span = answer.span;
      cite(answer.cites);
    } else {
      result_.text = fmt::format("{} This leads on to question {}.", answered, event.number + 1);
      cite(step.cites);
    }
  }

  void what(const FactRead& event) {
    const Fact& fact = at(program_.facts, event.fact);
    result_.text = fmt::format("{} (fact {})",
                               fact_in_words(program_, event.fact, event.known, event.value, event.text), fact.name);
    result_.span = fact.span;
    cite(fact.cites);
  }

  void what(const ConditionTried& event) {
    const std::string whose = event.rule ? fmt::format("The condition of {}", named(*event.rule))
                                         : fmt::format("What the safeguard \"{}\" ({}) asks for",
                                                       at(program_.safeguards, *event.safeguard).title,
                                                       at(program_.safeguards, *event.safeguard).full_name);
    const char* truth = event.truth == Truth::yes  ? "holds"
                        : event.truth == Truth::no ? "does not hold"
                                                   : "cannot be told yet";
    const char* single = event.truth == Truth::yes  ? ", for this is so:"
                         : event.truth == Truth::no ? ", for this is not so:"
                                                    : ", for this is not known:";
    result_.text = fmt::format("{} {}{} {}", whose, truth, event.parts.empty() ? single : ":", how(event));
    result_.span = at(program_.node_spans, event.node);
    if (event.rule && result_.span.source.index == no_source) result_.span = rule(*event.rule).span;
    if (event.rule) cite(rule(*event.rule).cites);
    if (event.safeguard) cite(at(program_.safeguards, *event.safeguard).cites);
    for (const ConditionPart& part : event.parts) {
      std::string text = in_words(program_, part.node);
      if (part.item) {
        const Item& item = at(program_.items, *part.item);
        text = item.title;
        if (item.labelled) text += fmt::format(" ({})", item.name);
        if (part.truth == Truth::yes) cite(item.cites);
      }
      result_.parts.push_back({std::move(text), part.level, part.truth});
    }
  }

  /// How the parts come to the whole.
  std::string how(const ConditionTried& event) const {
    if (event.parts.empty()) return sentence(in_words(program_, event.node));
    const Joint joined = joint(program_, event.node);
    const bool any = joined == Joint::any || joined == Joint::not_any;
    const bool negated = joined == Joint::not_all || joined == Joint::not_any;
    const bool holds = (event.truth == Truth::yes) != negated;
    if (event.truth == Truth::unknown) {
      if (negated) return any ? "it holds where none of these is so." : "it holds where one of these is not so.";
      return any ? "one of these is enough." : "all of these are needed.";
    }
    if (any) return holds ? "at least one of these is so." : "none of these is so.";
    return holds ? "all of these are so." : "not all of these are so.";
  }

  void what(const RuleTried& event) {
    const Rule& tried = rule(event.rule);
    const std::string says = saying(program_, event.rule, event.value);
    switch (event.applies) {
      case Extent::every:
        result_.text = fmt::format("Rule {} applies: {} It says: {}", tried.full_name, sentence(tried.title), says);
        break;
      case Extent::some:
        result_.text = fmt::format("Rule {} may apply, once more is known: {} It would say: {}", tried.full_name,
                                   sentence(tried.title), says);
        break;
      case Extent::none:
        result_.text = fmt::format("Rule {} does not apply: {}", tried.full_name, sentence(tried.title));
        if (event.condition_holds && !event.in_place_of.empty()) {
          result_.text += fmt::format(" It stands in the place of {}, which {} not apply.", names(event.in_place_of),
                                      event.in_place_of.size() == 1 ? "does" : "do");
        }
        break;
    }
    if (event.applies != Extent::none && !tried.because.empty())
      result_.text = fmt::format("{} {}", sentence(result_.text), tried.because);
    result_.span = tried.span;
    cite(tried.cites);
  }

  void what(const RuleSetAside& event) {
    result_.text = fmt::format("Rule {} is set aside by {}.", named(event.rule), named(event.by));
    result_.span = rule(event.by).span;
    cite(rule(event.by).cites);
    cite(rule(event.rule).cites);
  }

  void what(const DutyLaid& event) {
    const Subject& action = subject(event.action);
    result_.text = fmt::format("{}: {}", direction(event.duty), action.title);
    if (!action.by.empty()) result_.text += fmt::format(", by {}", action.by);
    if (!action.to.empty()) result_.text += fmt::format(", to {}", action.to);
    std::vector<std::string> timings;
    for (const RuleId each : event.rules) {
      const std::string& timing = rule(each).timing;
      if (!timing.empty() && std::find(timings.begin(), timings.end(), timing) == timings.end())
        timings.push_back(timing);
      cite(rule(each).cites);
    }
    if (!timings.empty()) result_.text += fmt::format(", {}", fmt::join(timings, "; "));
    result_.text += fmt::format(" ({}: {})", action.name, duly::to_string(event.duty));
    result_.span = event.rules.empty() ? action.span : rule(event.rules.front()).span;
    cite(action.cites);
  }

  void what(const ValueSettled& event) {
    const Subject& about = subject(event.subject);
    const std::string came_to = outcome_in_words(program_, event.subject, event.status, event.value, event.text);
    const bool decision = about.kind == SubjectKind::decision;
    switch (event.status) {
      case Status::decided:
        result_.text = fmt::format("{}: {}", decision ? "Decided" : "Settled", titled(about.title, came_to));
        if (event.rules.empty() && about.kind != SubjectKind::action) {
          result_.text = fmt::format("{} No rule about it applies, and then this holds.", sentence(result_.text));
        }
        break;
      case Status::undecided: {
        std::vector<std::string> needs;
        for (const FactId need : event.needs) needs.push_back(at(program_.facts, need).name);
        result_.text =
            fmt::format("Not settled yet: {} Facts that can still matter: {}.", sentence(about.title), listed(needs));
        break;
      }
      case Status::conflict:
        result_.text = fmt::format("The rules disagree: {}", sentence(about.title));
        if (!event.rules.empty()) result_.text += fmt::format(" They are {}.", names(event.rules));
        break;
      case Status::gap: result_.text = fmt::format("No rule says: {}", sentence(about.title)); break;
      case Status::unsafe:
        result_.text = fmt::format("STOP: {} A safeguard is broken, so what the rules say must not be relied on.",
                                   sentence(about.title));
        break;
    }
    result_.span = where(about);
    for (const RuleId each : event.rules) cite(rule(each).cites);
    cite(about.cites);
  }

  void what(const SafeguardWatched& event) {
    const Safeguard& safeguard = at(program_.safeguards, event.safeguard);
    const char* form = event.holds == Truth::yes  ? "The safeguard holds: {} ({})"
                       : event.holds == Truth::no ? "STOP: the safeguard is broken: {} ({})"
                                                  : "The safeguard cannot be told yet: {} ({})";
    result_.text = fmt::format(fmt::runtime(form), safeguard.title, safeguard.full_name);
    result_.span = safeguard.span;
    cite(safeguard.cites);
  }

  const Program& program_;
  StepWords result_;
};

}  // namespace

StepWords words(const Program& program, const Event& event) { return Teller(program).tell(event); }

std::string_view to_string(Truth truth) {
  switch (truth) {
    case Truth::no: return "not met";
    case Truth::yes: return "met";
    case Truth::unknown: return "not known";
  }
  return "";
}

std::string fact_in_words(const Program& program, FactId id, bool known, Scalar value, std::string_view text) {
  const Fact& fact = at(program.facts, id);
  if (!known) return titled(fact.title, "not known");
  if (fact.type.kind == TypeKind::text) return titled(fact.title, text);
  return titled(fact.title, value_in_words(program, fact.type, value));
}

std::string subject_in_words(const Program& program, SubjectId id, bool known, Scalar value) {
  const std::string what = known ? outcome_in_words(program, id, Status::decided, value, {}) : "not known";
  return titled(at(program.subjects, id).title, what);
}

std::string outcome_in_words(const Program& program, SubjectId id, Status status, Scalar value, std::string_view text) {
  const Subject& subject = at(program.subjects, id);
  switch (status) {
    case Status::undecided: return "not known yet";
    case Status::conflict: return "the rules disagree";
    case Status::gap: return "no rule says";
    case Status::unsafe: return "a safeguard is broken";
    case Status::decided: break;
  }
  if (subject.kind == SubjectKind::action) return std::string(duly::to_string(static_cast<Duty>(value)));
  if (subject.type.kind == TypeKind::text) return std::string(text);
  return value_in_words(program, subject.type, value);
}

std::string saying(const Program& program, RuleId id, std::optional<Scalar> value) {
  const Rule& rule = at(program.rules, id);
  const Subject& about = at(program.subjects, rule.subject);
  if (about.kind == SubjectKind::action) {
    const auto duty = static_cast<Duty>(value.value_or(rule.conclusion.value));
    return fmt::format("{}: {}", duly::to_string(duty), about.title);
  }
  std::string what;
  if (value) {
    what = value_in_words(program, about.type, *value);
  } else if (rule.conclusion.copied) {
    const Term& term = at(program.terms, *rule.conclusion.copied);
    what = fmt::format("the same as \"{}\"", term.is_subject ? at(program.subjects, term.subject()).title
                                                             : at(program.facts, term.fact()).title);
  }
  return about.kind == SubjectKind::decision ? what : titled(about.title, what);
}

std::string provision_in_words(const Program& program, ProvisionId id) {
  const Provision& provision = at(program.provisions, id);
  return fmt::format("{}: {}", provision.full_name, provision.title);
}

}  // namespace duly::trace
