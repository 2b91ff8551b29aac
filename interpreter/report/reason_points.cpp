#include "interpreter/report/reason_points.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "interpreter/report/values_json.hpp"

namespace duly {

std::string sentence(std::string words) {
  if (!words.empty() && std::string_view(".!?").find(words.back()) == std::string_view::npos) words += '.';
  return words;
}

std::string source_in_words(const Program& program, SourceDocumentId id) {
  const SourceDocument& source = at(program.sources, id);
  std::vector<std::string> details;
  if (!source.by.empty()) details.push_back(source.by);
  if (source.dated) details.push_back(date_in_words(*source.dated));
  return details.empty() ? source.title : fmt::format("{} ({})", source.title, fmt::join(details, ", "));
}

namespace {

/// A list item may be just a fact: `Danger` and `Danger: yes`, `not: Danger` and `Danger: no`.
bool says_the_same(const std::string& item, const std::string& fact) {
  return fact == item || fact == item + ": yes" || "not: " + fact == item + ": no" ||
         "Not so: " + fact == item + ": no";
}

/// What decides by being false, as what is true then.
std::string denied(const std::string& words) {
  constexpr std::string_view negation = "not: ";
  return words.starts_with(negation) ? words.substr(negation.size()) : fmt::format("Not so: {}", words);
}

}  // namespace

std::vector<Point> ReasonPoints::points(const std::vector<Reason>& reasons) {
  std::vector<Point> result;
  for (const Reason& reason : reasons) result.push_back(point(reason));
  return result;
}

Point ReasonPoints::point(const Reason& reason) { return point(reason, /*nested=*/false); }

Point ReasonPoints::point(const Reason& reason, bool nested) {
  const Program& program = view_.program;
  Point result;
  result.text = title(program, reason);
  if (reason.kind != Reason::Kind::item) told_about_.insert(reason.subject);
  result.name = full_name(program, reason);
  result.cites = cite(own_cites(program, reason));
  if (reason.kind == Reason::Kind::otherwise) {
    result.text = fmt::format("{}: {}", result.text, says(reason.subject));
    result.name.clear();
  } else if (reason.kind == Reason::Kind::rule) {
    const Rule& rule = at(program.rules, reason.rule);
    if (nested && rule.kind != RuleKind::means) result.text = fmt::format("{} {}", outcome(rule.subject), rule.title);
    if (!rule.because.empty()) result.text = fmt::format("{} {}", sentence(result.text), rule.because);
  }
  if (!reason.holds) result.text = denied(result.text);
  if (reason.in_some) result.text = fmt::format("Perhaps: {}", result.text);

  const std::uint32_t index = reason.kind == Reason::Kind::rule   ? reason.rule.index
                              : reason.kind == Reason::Kind::item ? reason.item.index
                                                                  : reason.subject.index;
  const bool rests_on_something = !reason.facts.empty() || !reason.because.empty();
  if (!told_.emplace(static_cast<int>(reason.kind), index).second && rests_on_something) {
    result.text += " (see above)";
    return result;
  }
  for (const FactId read : reason.facts) {
    Point known = fact(read);
    if (!says_the_same(result.text, known.text)) result.below.push_back(std::move(known));
  }
  for (const Reason& deeper : reason.because) result.below.push_back(point(deeper, /*nested=*/true));
  return result;
}

std::string ReasonPoints::outcome(SubjectId id) const {
  const std::string& title = at(view_.program.subjects, id).title;
  const bool asks = title.ends_with('?');
  return sentence(fmt::format("{}{} {}", title, asks ? "" : ":", says(id)));
}

Point ReasonPoints::fact(FactId id) {
  Point result;
  result.text = fmt::format("{}: {}", at(view_.program.facts, id).title, value(id));
  return result;
}

std::string ReasonPoints::value(FactId id) const {
  const Type& type = at(view_.program.facts, id).type;
  if (!view_.facts.known(id)) return "not known";
  if (type.kind == TypeKind::text) return std::string(view_.facts.text(id));
  if (type.kind == TypeKind::date) return date_in_words(Date{static_cast<std::int32_t>(view_.facts.value(id))});
  return view_.program.say(type, view_.facts.value(id));
}

Point ReasonPoints::rule(RuleId id) {
  const Rule& rule = at(view_.program.rules, id);
  Point result;
  result.text = rule.title;
  result.cites = cite(rule.cites);
  result.name = rule.full_name;
  return result;
}

std::vector<Point> ReasonPoints::disagreeing(SubjectId id, const std::vector<Reason>& reasons) {
  std::vector<Point> result;
  for (const Reason& reason : reasons) {
    Point next = point(reason);
    if (reason.kind == Reason::Kind::rule) {
      const SubjectId about = at(view_.program.rules, reason.rule).subject;
      const std::string& title = at(view_.program.subjects, about).title;
      const std::string what = about == id ? "" : title.ends_with('?') ? title + " " : title + ": ";
      next.text = fmt::format("{}{} Because: {}", what, sentence(concludes(reason.rule)), next.text);
    }
    result.push_back(std::move(next));
  }
  return result;
}

std::string ReasonPoints::concludes(RuleId id) const {
  const Program& program = view_.program;
  const Rule& rule = at(program.rules, id);
  const Subject& about = at(program.subjects, rule.subject);
  if (rule.conclusion.copied) {
    const Term& term = at(program.terms, *rule.conclusion.copied);
    return fmt::format("the same as `{}`", term.is_subject ? at(program.subjects, term.subject()).name
                                                           : at(program.facts, term.fact()).name);
  }
  if (about.kind == SubjectKind::action) return std::string(to_string(static_cast<Duty>(rule.conclusion.value)));
  return program.say(about.type, rule.conclusion.value);
}

std::vector<std::string> ReasonPoints::cite(const std::vector<ProvisionId>& provisions) {
  std::vector<std::string> result;
  for (const ProvisionId provision : provisions) {
    cited_.insert(provision);
    result.push_back(at(view_.program.provisions, provision).full_name);
  }
  return result;
}

void ReasonPoints::add_cites(Point& point, const std::vector<ProvisionId>& provisions) {
  for (std::string& name : cite(provisions)) {
    if (std::find(point.cites.begin(), point.cites.end(), name) == point.cites.end()) {
      point.cites.push_back(std::move(name));
    }
  }
}

std::string ReasonPoints::says(SubjectId id) const {
  const Subject& subject = at(view_.program.subjects, id);
  const Finding& finding = view_.decision.of(id);
  switch (finding.status) {
    case Status::undecided: return "not known yet";
    case Status::conflict: return "the rules disagree";
    case Status::gap: return "no rule says";
    case Status::unsafe: return "a safeguard is broken";
    case Status::decided: break;
  }
  if (subject.kind == SubjectKind::action) return std::string(to_string(finding.duty()));
  if (finding.copies_text) return std::string(copied_text(view_.program, view_.facts, finding.value));
  if (subject.type.kind == TypeKind::date) return date_in_words(Date{static_cast<std::int32_t>(finding.value)});
  return view_.program.say(subject.type, finding.value);
}

}  // namespace duly
