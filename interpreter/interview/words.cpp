#include "interpreter/interview/words.hpp"

#include <fmt/format.h>

#include "interpreter/report/reason_points.hpp"
#include "interpreter/report/why_not.hpp"

namespace duly {
namespace {

std::string cited(const Program& program, const std::vector<ProvisionId>& cites) {
  std::vector<std::string> names;
  for (const ProvisionId id : cites) names.push_back(at(program.provisions, id).full_name);
  return names.empty() ? std::string() : fmt::format(" [{}]", fmt::join(names, ", "));
}

}  // namespace

std::string say_question(const Program& program, FactId id) {
  const Fact& fact = at(program.facts, id);
  return fact.ask.empty() ? fact.title : fact.ask;
}

std::vector<std::string> say_asked_for(const Program& program, const std::vector<AskedFor>& chain) {
  std::vector<std::string> lines;
  for (const AskedFor& each : chain) {
    const Rule& rule = at(program.rules, each.rule);
    std::string line = rule.title;
    std::vector<ProvisionId> cites = rule.cites;
    if (rule.step) {
      const Step& step = at(program.steps, *rule.step);
      line = step.title;
      if (cites.empty()) cites = step.cites;
    }
    if (each.item) cites = at(program.items, *each.item).cites;
    lines.push_back(line + cited(program, cites));
  }
  return lines;
}

std::string say_finding(const Program& program, SubjectId id, const Finding& finding) {
  const Subject& subject = at(program.subjects, id);
  switch (finding.status) {
    case Status::undecided: return "not decided yet";
    case Status::conflict: return "the rules disagree";
    case Status::gap: return "no rule decides it";
    case Status::unsafe: return "a safeguard is broken";
    case Status::decided: break;
  }
  if (subject.kind == SubjectKind::action) return std::string(to_string(finding.duty()));
  return say_value(program, subject.type, finding.value);
}

std::string say_consequence(const Program& program, const Question& question, const Consequence& consequence) {
  Finding finding;
  finding.status = consequence.status;
  finding.value = consequence.outcome;
  if (consequence.status != Status::undecided) {
    return fmt::format("settles it: {}", sentence(say_finding(program, question.about, finding)));
  }
  if (consequence.settles.empty()) return "leaves it open";
  std::string text = fmt::format("settles \u201c{}\u201d", at(program.subjects, consequence.settles.front()).title);
  if (const std::size_t more = consequence.settles.size() - 1; more > 0) text += fmt::format(" and {} more", more);
  return text;
}

std::string say_within(const Program& program, FactId id, const Consequence& consequence) {
  const Type& type = at(program.facts, id).type;
  const Range& range = consequence.within;
  if (type.kind != TypeKind::number && type.kind != TypeKind::date) {
    return say_value(program, type, consequence.value);
  }
  const bool is_date = type.kind == TypeKind::date;
  const bool first = range.low <= type.low || (is_date && range.low <= first_date.days);
  const bool last = range.high >= type.high || (is_date && range.high >= last_date.days);
  const auto say = [&](Scalar value) { return say_value(program, type, value); };
  if (range.low == range.high) return say(range.low);
  if (first && last) return "whatever it is";
  if (first) return fmt::format("{} {}", is_date ? "before" : "under", say(range.high + 1));
  if (last) return fmt::format("{} or {}", say(range.low), is_date ? "later" : "more");
  return fmt::format("from {} to {}", say(range.low), say(range.high));
}

std::string say_answer(const Program& program, const InterviewAnswer& answer) {
  const std::string question = say_question(program, answer.fact);
  const std::string value =
      answer.value ? say_value(program, at(program.facts, answer.fact).type, *answer.value) : "not known";
  return fmt::format("{}{} {}", question, question.ends_with('?') ? "" : ":", value);
}

}  // namespace duly
