#include "interpreter/report/analysis_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <stdexcept>

#include "interpreter/analysis/witness.hpp"
#include "interpreter/eval/decision.hpp"
#include "interpreter/report/view.hpp"
#include "lang/program/reads.hpp"

namespace duly {
namespace {

class Describer {
 public:
  Describer(const Program& program, const SourceMap& sources, std::size_t max_nodes)
      : program_(program), sources_(sources), decider_(program, {max_nodes}) {
    for (const TestCase& each : program.cases) case_names_.insert(each.name);
  }

  AnalysisFinding describe(const Problem& problem) {
    AnalysisFinding finding;
    finding.kind = problem.kind;
    switch (problem.kind) {
      case ProblemKind::conflict:
      case ProblemKind::gap: disagreement(problem, finding); break;
      case ProblemKind::broken_safeguard: safeguard(problem, finding); break;
      case ProblemKind::never_applies:
      case ProblemKind::never_decides: idle_rule(problem, finding); break;
      case ProblemKind::idle_item: idle_item(problem, finding); break;
    }
    if (problem.witness) add_case(problem, finding);
    return finding;
  }

 private:
  bool is_own(ModuleId module) const { return module.index + 1 == program_.modules.size(); }
  const Subject& subject(SubjectId id) const { return at(program_.subjects, id); }

  NamedPart part(RuleId id) const {
    const Rule& rule = at(program_.rules, id);
    return {rule.full_name, rule.title, concluded(rule), place(sources_, rule.span)};
  }

  std::string concluded(const Rule& rule) const {
    if (rule.conclusion.copied) {
      const Term& term = at(program_.terms, *rule.conclusion.copied);
      return term.is_subject ? subject(term.subject()).name : at(program_.facts, term.fact()).name;
    }
    const Subject& about = subject(rule.subject);
    if (about.kind == SubjectKind::action) return std::string(to_string(static_cast<Duty>(rule.conclusion.value)));
    return program_.show(about.type, rule.conclusion.value);
  }

  /// How a label of the rule may be written in `despite`, in this policy.
  std::string label(RuleId id) const {
    const Rule& rule = at(program_.rules, id);
    return is_own(rule.module) ? rule.name : rule.full_name;
  }

  std::string labels(const std::vector<RuleId>& rules) const {
    std::vector<std::string> names;
    for (const RuleId rule : rules) names.push_back(label(rule));
    return fmt::format("{}", fmt::join(names, ", "));
  }

  bool any_own(const std::vector<RuleId>& rules) const {
    return std::any_of(rules.begin(), rules.end(), [&](RuleId id) { return is_own(at(program_.rules, id).module); });
  }

  /// Whether a rule of the policy's own can have a part in what these subjects come to.
  bool own_rules_matter(std::vector<SubjectId> subjects) const {
    std::set<SubjectId> seen(subjects.begin(), subjects.end());
    while (!subjects.empty()) {
      const SubjectId next = subjects.back();
      subjects.pop_back();
      if (any_own(subject(next).rules)) return true;
      for (const SubjectId read : subjects_read(program_, next)) {
        if (seen.insert(read).second) subjects.push_back(read);
      }
    }
    return false;
  }

  void disagreement(const Problem& problem, AnalysisFinding& finding) const {
    const Subject& about = subject(problem.subject);
    finding.about = about.name;
    finding.title = about.title;
    finding.inherited = !is_own(about.module) && !own_rules_matter({problem.subject});
    for (const RuleId rule : problem.rules) finding.parts.push_back(part(rule));
    for (const SubjectId also : problem.also) finding.also.push_back(subject(also).name);
    const std::string home = at(program_.modules, about.module).name;
    if (problem.kind == ProblemKind::gap) {
      finding.means =
          fmt::format("There is a case in which no rule about `{}` applies and nothing holds otherwise.", about.name);
      finding.mend =
          !is_own(about.module)
              ? fmt::format("Add `otherwise` to `{}` in `{}`, or a rule here for such a case.", about.name, home)
              : fmt::format("Add `otherwise` and a value to `{}`, or a rule for such a case.", about.name);
      finding.parts.push_back(
          {fmt::format("{}.{}", home, about.name), about.title, {}, place(sources_, about.name_span)});
      return;
    }
    finding.means = fmt::format(
        "There is a case in which these rules apply together, say different things about `{}`, and none of them comes "
        "before the others.",
        about.name);
    finding.mend =
        !any_own(problem.rules)
            ? fmt::format(
                  "The rules are all inherited. Say here which one is meant with a rule of your own, "
                  "`despite {}`; or mend it where they stand.",
                  labels(problem.rules))
            : "Decide which of them is meant to come first and write `despite` and the other's name in it, or "
              "narrow a `when` so that they do not meet.";
  }

  void safeguard(const Problem& problem, AnalysisFinding& finding) const {
    const Safeguard& safeguard = at(program_.safeguards, *problem.safeguard);
    finding.about = safeguard.full_name;
    finding.title = safeguard.title;
    finding.inherited = !is_own(safeguard.module) && !own_rules_matter(safeguard.watches);
    finding.parts.push_back({safeguard.full_name, safeguard.title, {}, place(sources_, safeguard.span)});
    for (const RuleId rule : problem.rules) finding.parts.push_back(part(rule));
    finding.means =
        "There is a case in which the rules come to what this safeguard rules out. The policy then gives no "
        "outcome: it says that it is unsafe.";
    finding.mend = problem.rules.empty()
                       ? "Add a rule for such a case: what holds when no rule applies is what the safeguard rules out."
                       : "Narrow the `when` of the rules that decide this case, or write a rule that comes before them "
                         "here; only if the safeguard says more than was meant, narrow the safeguard.";
  }

  void idle_rule(const Problem& problem, AnalysisFinding& finding) const {
    const RuleId id = problem.rules.front();
    const Rule& rule = at(program_.rules, id);
    finding.about = rule.full_name;
    finding.title = rule.title;
    finding.parts.push_back(part(id));
    for (const RuleId before : problem.give_way_to) finding.give_way_to.push_back(part(before));
    if (problem.kind == ProblemKind::never_applies) {
      finding.means = "No case fulfils its condition, so the policy would decide the same without it.";
      finding.mend =
          "Look for parts of its condition that shut each other out, also in what it reads and in the rule in "
          "whose place it stands; if it is not needed, take it away.";
    } else {
      finding.means =
          "In every case in which it applies a rule that comes before it applies as well, so it never decides.";
      finding.mend =
          "Narrow the rules that come before it, or let it come before them with `despite`; if they say all "
          "that it says, take it away.";
    }
  }

  void idle_item(const Problem& problem, AnalysisFinding& finding) const {
    const Item& item = at(program_.items, *problem.item);
    finding.about = item.name;
    finding.title = item.title;
    finding.parts.push_back({item.name, item.title, {}, place(sources_, item.span)});
    finding.means = problem.in_all_of ? "It is true in every case, so this item of the list asks for nothing."
                                      : "It is true in no case, so this item of the list never counts.";
    finding.mend = "Correct its condition, or take the item away.";
  }

  void add_case(const Problem& problem, AnalysisFinding& finding) {
    const Decision decision = decider_.decide(*problem.witness);
    if (!is_shown(program_, decision, problem)) {
      throw std::logic_error(fmt::format("the witness for `{}` does not come out as the analysis says", finding.about));
    }
    std::vector<std::string> expected = expectations(program_, decision, problem);
    finding.fails_until_mended = expected.empty();
    if (expected.empty()) expected = values_watched(*problem.safeguard, decision);
    finding.witness = problem.witness;
    const bool is_conflict = problem.kind == ProblemKind::conflict;
    const std::string name = problem.safeguard ? at(program_.safeguards, *problem.safeguard).name : finding.about;
    const std::string title = problem.safeguard ? fmt::format("The safeguard {} breaks", name)
                              : is_conflict     ? fmt::format("The rules about {} disagree", name)
                                                : fmt::format("No rule decides about {}", name);
    finding.case_block = write_case_block(program_, *problem.witness,
                                          case_name(name, problem.safeguard ? "breaks"
                                                          : is_conflict     ? "conflict"
                                                                            : "gap"),
                                          title, expected, program_.uses_day);
  }

  /// No status tells of a safeguard that speaks of definitions alone; what they come to does.
  std::vector<std::string> values_watched(SafeguardId id, const Decision& decision) const {
    std::vector<std::string> result;
    for (const SubjectId watched : at(program_.safeguards, id).watches) {
      const Finding& finding = decision.of(watched);
      const Subject& about = subject(watched);
      if (finding.status != Status::decided || finding.copies_text) continue;
      if (about.kind == SubjectKind::action) {
        result.push_back(fmt::format("{} {}", to_string(finding.duty()), about.name));
      } else {
        result.push_back(fmt::format("{} is {}", about.name, program_.show(about.type, finding.value)));
      }
    }
    return result;
  }

  std::string case_name(std::string name, std::string_view what) {
    std::replace(name.begin(), name.end(), '.', '_');
    const std::string wanted = fmt::format("{}_{}", name, what);
    std::string free = wanted;
    for (int i = 2; !case_names_.insert(free).second; ++i) free = fmt::format("{}_{}", wanted, i);
    return free;
  }

  const Program& program_;
  const SourceMap& sources_;
  Decider decider_;
  std::set<std::string> case_names_;
};

}  // namespace

PolicyAnalysis describe_analysis(const Program& program, const SourceMap& sources, const std::string& file,
                                 Analysis analysis, std::size_t max_nodes) {
  PolicyAnalysis result{program.policy().name, file, {}, max_nodes, {}};
  Describer describer(program, sources, max_nodes);
  for (const Problem& problem : analysis.problems) result.findings.push_back(describer.describe(problem));
  result.analysis = std::move(analysis);
  return result;
}

}  // namespace duly
