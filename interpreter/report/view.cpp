#include "interpreter/report/view.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "interpreter/eval/walk.hpp"

namespace duly {

std::vector<SubjectId> decisions_shown(const DecisionView& view) {
  std::vector<SubjectId> result;
  for (std::uint32_t i = 0; i < view.program.subjects.size(); ++i) {
    const SubjectId id{i};
    if (view.program.subjects[i].kind != SubjectKind::decision) continue;
    if (!view.only_asked || view.asked == id) result.push_back(id);
  }
  return result;
}

std::optional<Scalar> advised(const DecisionView& view, SubjectId subject) {
  const Status status = view.decision.of(subject).status;
  if (status == Status::decided || status == Status::undecided) return std::nullopt;
  const std::optional<Conclusion>& otherwise = at(view.program.subjects, subject).otherwise;
  if (!otherwise || otherwise->copied) return std::nullopt;
  return otherwise->value;
}

std::string place(const SourceMap& sources, Span span) {
  if (span.source.index == no_source) return {};
  std::string_view name = sources.name(span.source);
  if (const auto slash = name.find_last_of("/\\"); slash != std::string_view::npos) name.remove_prefix(slash + 1);
  return fmt::format("{}:{}", name, sources.position(span.source, span.begin).line);
}

namespace {

const Subject& subject_of(const Program& program, const Reason& reason) { return at(program.subjects, reason.subject); }

}  // namespace

std::string full_name(const Program& program, const Reason& reason) {
  switch (reason.kind) {
    case Reason::Kind::rule: return at(program.rules, reason.rule).full_name;
    case Reason::Kind::item: return at(program.items, reason.item).name;
    case Reason::Kind::otherwise: {
      const Subject& subject = subject_of(program, reason);
      return fmt::format("{}.{}", at(program.modules, subject.module).name, subject.name);
    }
  }
  return {};
}

std::string title(const Program& program, const Reason& reason) {
  switch (reason.kind) {
    case Reason::Kind::rule: return at(program.rules, reason.rule).title;
    case Reason::Kind::item: return at(program.items, reason.item).title;
    case Reason::Kind::otherwise: return subject_of(program, reason).title;
  }
  return {};
}

Span span(const Program& program, const Reason& reason) {
  switch (reason.kind) {
    case Reason::Kind::rule: return at(program.rules, reason.rule).span;
    case Reason::Kind::item: return at(program.items, reason.item).span;
    case Reason::Kind::otherwise: return subject_of(program, reason).name_span;
  }
  return nowhere;
}

const std::vector<ProvisionId>& own_cites(const Program& program, const Reason& reason) {
  switch (reason.kind) {
    case Reason::Kind::rule: return at(program.rules, reason.rule).cites;
    case Reason::Kind::item: return at(program.items, reason.item).cites;
    case Reason::Kind::otherwise: break;
  }
  return subject_of(program, reason).cites;
}

std::string timing(const Program& program, const std::vector<Reason>& reasons) {
  std::vector<std::string_view> seen;
  std::string result;
  for (const Reason& reason : reasons) {
    if (reason.kind != Reason::Kind::rule) continue;
    const std::string& timing = at(program.rules, reason.rule).timing;
    if (timing.empty() || std::find(seen.begin(), seen.end(), timing) != seen.end()) continue;
    seen.push_back(timing);
    if (!result.empty()) result += "; ";
    result += timing;
  }
  return result;
}

namespace {

/// Decisions whose advice is no help: it is the outcome that the rules gave, and with it a safeguard is broken.
void warn_of_advice(const DecisionView& view, std::vector<std::string>& warnings) {
  if (view.decision.broken.empty()) return;
  Walk walk(view.program);
  walk.run(view.facts);
  for (const SubjectId id : decisions_shown(view)) {
    const std::optional<Scalar> advice = advised(view, id);
    if (!advice || view.decision.of(id).status != Status::unsafe) continue;
    if (walk.of(id) != Resolved{Resolved::State::value, *advice}) continue;
    const Subject& decision = at(view.program.subjects, id);
    std::string names;
    for (const SafeguardId broken : view.decision.broken) {
      const Safeguard& safeguard = at(view.program.safeguards, broken);
      if (!std::binary_search(safeguard.watches.begin(), safeguard.watches.end(), id)) continue;
      names += fmt::format("{}`{}`", names.empty() ? "" : ", ", safeguard.full_name);
    }
    warnings.push_back(fmt::format(
        "The advice on `{}`, `{}`, is the very outcome with which a safeguard is broken ({}): do not act on "
        "it, ask somebody who is responsible for the policy",
        decision.name, view.program.show(decision.type, *advice), names));
  }
}

}  // namespace

std::vector<std::string> decision_warnings(const DecisionView& view) {
  std::vector<std::string> result;
  for (const Module& module : view.program.modules) {
    const bool early = module.from && view.decision.as_at < *module.from;
    const bool late = module.until && view.decision.as_at > *module.until;
    if (!early && !late) continue;
    result.push_back(fmt::format("`{}` is in force {} {}, and the day of this decision is {}", module.name,
                                 early ? "from" : "until", to_string(early ? *module.from : *module.until),
                                 to_string(view.decision.as_at)));
  }
  for (const SubjectId id : decisions_shown(view)) {
    if (!view.decision.of(id).approximate) continue;
    result.push_back(fmt::format(
        "`{}` may be decided already: working that out exactly goes past the bound, or compares two unknown numbers",
        at(view.program.subjects, id).name));
  }
  warn_of_advice(view, result);
  return result;
}

}  // namespace duly
