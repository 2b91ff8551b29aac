#include "interpreter/report/comparison.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "interpreter/analysis/witness.hpp"
#include "interpreter/report/reasons.hpp"
#include "interpreter/report/values_json.hpp"
#include "interpreter/report/view.hpp"
#include "lang/program/reads.hpp"

namespace duly {
namespace {

constexpr std::size_t most_makers = 4;
constexpr std::size_t most_examples = 3;

/// Everything that a subject rests on.
std::set<SubjectId> rests_on(const Program& program, SubjectId subject) {
  std::set<SubjectId> result;
  std::vector<SubjectId> open{subject};
  while (!open.empty()) {
    const SubjectId next = open.back();
    open.pop_back();
    for (const SubjectId read : subjects_read(program, next)) {
      if (result.insert(read).second) open.push_back(read);
    }
  }
  return result;
}

std::optional<SubjectId> find(const Program& program, std::string_view name, bool action) {
  for (std::uint32_t i = 0; i < program.subjects.size(); ++i) {
    const Subject& subject = program.subjects[i];
    if (subject.name == name && (subject.kind == SubjectKind::action) == action) return SubjectId{i};
  }
  return std::nullopt;
}

/// One case under one policy.
struct Decided {
  const ComparedPolicy& policy;
  const Case& facts;
  Decision decision;

  const Program& program() const { return policy.program; }
  const Subject& subject(SubjectId id) const { return at(policy.program.subjects, id); }

  DifferenceMaker maker(const Reason& reason) const {
    const std::string words = title(program(), reason);
    return {full_name(program(), reason), reason.holds ? words : fmt::format("not so: {}", words),
            place(policy.sources, span(program(), reason)), provisions(own_cites(program(), reason))};
  }

  std::vector<std::pair<std::string, std::string>> provisions(const std::vector<ProvisionId>& cites) const {
    std::vector<std::pair<std::string, std::string>> result;
    for (const ProvisionId id : cites) {
      const Provision& provision = at(program().provisions, id);
      result.emplace_back(provision.full_name, provision.title);
    }
    return result;
  }

  /// The rules that made a value what it is; of a list the items that decided.
  std::vector<DifferenceMaker> makers(SubjectId id) const {
    std::vector<DifferenceMaker> result;
    const Finding& finding = decision.of(id);
    if (finding.status == Status::undecided) return result;
    for (const Reason& reason : reasons(program(), facts, decision, id)) {
      const std::size_t before = result.size();
      for (const Reason& below : reason.because) {
        // An item that cites nothing of its own says less than its rule does.
        if (below.kind == Reason::Kind::item && !own_cites(program(), below).empty()) result.push_back(maker(below));
      }
      if (result.size() == before) result.push_back(maker(reason));
    }
    if (result.empty()) result = rules_that_do_not_apply(id);
    return result;
  }

  /// What would have to hold for a value to be otherwise: the rules about it that stand nearest to the policy.
  std::vector<DifferenceMaker> rules_that_do_not_apply(SubjectId id) const {
    std::vector<DifferenceMaker> result;
    ModuleId nearest;
    for (const RuleId rule : subject(id).rules) nearest = std::max(nearest, at(program().rules, rule).module);
    for (const RuleId each : subject(id).rules) {
      const Rule& rule = at(program().rules, each);
      if (rule.module != nearest) continue;
      result.push_back({rule.full_name, fmt::format("this does not hold: {}", rule.title),
                        place(policy.sources, rule.span), provisions(rule.cites)});
    }
    return result;
  }
};

ComparedCell cell_of(const Decided& decided, SubjectId id) {
  const Subject& subject = decided.subject(id);
  const Finding& finding = decided.decision.of(id);
  if (finding.status != Status::decided) return {std::string(to_string(finding.status)), {}, {}};
  if (subject.kind == SubjectKind::action) {
    const std::string word(to_string(finding.duty()));
    ComparedCell cell{word, word, {}};
    for (const Reason& reason : reasons(decided.program(), decided.facts, decided.decision, id)) {
      cell.because.push_back(decided.maker(reason));
    }
    return cell;
  }
  if (finding.copies_text) {
    const std::string text(copied_text(decided.program(), decided.facts, finding.value));
    return {text, text, {}};
  }
  return {decided.program().show(subject.type, finding.value), decided.program().say(subject.type, finding.value), {}};
}

/// What is undecided may turn out alike, so it does not count as a difference.
bool differ(const ComparedRow& row) {
  std::set<std::string> values;
  for (const ComparedCell& cell : row.cells) {
    if (!cell.value.empty() && cell.value != to_string(Status::undecided)) values.insert(cell.value);
  }
  return values.size() > 1;
}

class Comparer {
 public:
  explicit Comparer(const std::vector<Decided>& decided) : decided_(decided) {}

  CaseComparison compare() {
    result_.as_at = decided_.front().facts.as_at;
    for (const Decided& each : decided_) add_side(each);
    add_values();
    add_duties();
    for (std::size_t i = 0; i < decided_.size(); ++i) {
      if (some_other_differs(i)) result_.sides[i].because = makers(i);
    }
    return std::move(result_);
  }

 private:
  void add_side(const Decided& decided) {
    const Finding& finding = decided.decision.of(decided.policy.decision);
    ComparedSide side;
    side.outcome = named_outcome({decided.program(), decided.policy.decision}, finding);
    for (const FactId need : finding.needs) side.needs.push_back(at(decided.program().facts, need).name);
    switch (finding.status) {
      case Status::decided:
        side.says = decided.program().say(decided.subject(decided.policy.decision).type, finding.value);
        break;
      case Status::undecided:
        side.says = fmt::format("Not decided yet: it needs {}", fmt::join(side.needs, ", "));
        break;
      case Status::conflict: side.says = "No answer: the rules disagree"; break;
      case Status::gap: side.says = "No answer: no rule decides"; break;
      case Status::unsafe: side.says = "No answer: a safeguard is broken"; break;
    }
    result_.sides.push_back(std::move(side));
  }

  void add_row(const std::string& name, bool action, std::vector<ComparedRow>& rows) {
    ComparedRow row{name, {}, {}};
    for (const Decided& each : decided_) {
      const auto subject = find(each.program(), name, action);
      if (!subject) {
        row.cells.push_back({action ? std::string(to_string(Duty::none)) : std::string(), {}, {}});
        continue;
      }
      if (row.title.empty()) row.title = each.subject(*subject).title;
      row.cells.push_back(cell_of(each, *subject));
    }
    if (differ(row)) rows.push_back(std::move(row));
  }

  /// The values on which the decision rests under any policy.
  void add_values() {
    std::set<std::string> seen;
    for (const Decided& each : decided_) {
      for (const SubjectId id : rests_on(each.program(), each.policy.decision)) {
        const Subject& subject = each.subject(id);
        const bool value = subject.kind == SubjectKind::definition || subject.kind == SubjectKind::agreement;
        if (value && seen.insert(subject.name).second) add_row(subject.name, false, result_.values);
      }
    }
  }

  void add_duties() {
    std::set<std::string> seen;
    for (const Decided& each : decided_) {
      for (const Subject& subject : each.program().subjects) {
        if (subject.kind != SubjectKind::action || !seen.insert(subject.name).second) continue;
        add_row(subject.name, true, result_.duties);
      }
    }
    for (ComparedRow& row : result_.duties) row.follows = follows(row);
  }

  /// The policies that agree on the outcome agree on the duty, and no policy of its own outcome lays it by its own
  /// rule.
  bool follows(const ComparedRow& row) const {
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      bool is_alone = true;
      for (std::size_t j = 0; j < row.cells.size(); ++j) {
        if (i == j || result_.sides[i].outcome != result_.sides[j].outcome) continue;
        is_alone = false;
        if (row.cells[i].value != row.cells[j].value) return false;
      }
      const auto& because = row.cells[i].because;
      if (is_alone && std::any_of(because.begin(), because.end(), [&](const auto& m) { return is_local(m); }))
        return false;
    }
    return true;
  }

  bool some_other_differs(std::size_t side) const {
    for (std::size_t i = 0; i < decided_.size(); ++i) {
      if (result_.sides[i].outcome != result_.sides[side].outcome) return true;
    }
    return std::any_of(result_.values.begin(), result_.values.end(),
                       [&](const ComparedRow& row) { return !row.cells[side].value.empty(); });
  }

  /// The values in which the policies part first, those that rest on no other such value; what stands above follows
  /// from them, but for rules of a policy's own about the decision.
  std::vector<DifferenceMaker> makers(std::size_t side) const {
    const Decided& decided = decided_[side];
    std::vector<SubjectId> parted;
    for (const ComparedRow& row : result_.values) {
      if (const auto subject = find(decided.program(), row.name, false)) parted.push_back(*subject);
    }
    std::vector<DifferenceMaker> result;
    std::set<std::string> seen;
    const auto add = [&](std::vector<DifferenceMaker> makers) {
      for (DifferenceMaker& maker : makers) {
        if (result.size() < most_makers && seen.insert(maker.name).second) result.push_back(std::move(maker));
      }
    };
    const std::vector<DifferenceMaker> deciding = decided.makers(decided.policy.decision);
    if (parted.empty() || std::any_of(deciding.begin(), deciding.end(), [&](const auto& m) { return is_local(m); })) {
      add(deciding);
    }
    for (const SubjectId subject : parted) {
      const std::set<SubjectId> below = rests_on(decided.program(), subject);
      if (std::none_of(parted.begin(), parted.end(), [&](SubjectId other) { return below.contains(other); })) {
        add(decided.makers(subject));
      }
    }
    if (result.empty()) add(deciding);
    return result;
  }

  /// A rule of a module that not every policy builds on.
  bool is_local(const DifferenceMaker& maker) const {
    const std::string module = maker.name.substr(0, maker.name.find('.'));
    return std::any_of(decided_.begin(), decided_.end(), [&](const Decided& each) {
      const auto& modules = each.program().modules;
      return std::none_of(modules.begin(), modules.end(), [&](const Module& m) { return m.name == module; });
    });
  }

  const std::vector<Decided>& decided_;
  CaseComparison result_;
};

/// What is known of a case, as expectations and facts that stand in the first policy, and comments on the second.
std::string case_block(const std::vector<ComparedPolicy>& policies, const Parting& parting,
                       const SharedWitness& witness, std::size_t number) {
  const Program& first = policies[0].program;
  const Program& second = policies[1].program;
  const auto comes_to = [&](int side, const NamedOutcome& outcome) {
    const ComparedPolicy& policy = policies[static_cast<std::size_t>(side)];
    return fmt::format("{} is {}", at(policy.program.subjects, policy.decision).name,
                       outcome.status == Status::decided ? outcome.outcome : std::string(to_string(outcome.status)));
  };
  std::string text = write_case_block(
      first, witness.first, fmt::format("unlike_{}_{}", policies[1].program.policy().name, number),
      fmt::format("Unlike {}", policies[1].label), {comes_to(0, parting.first)}, first.uses_day || second.uses_day);
  for (std::uint32_t i = 0; i < second.facts.size(); ++i) {
    const FactId fact{i};
    if (!witness.second.known(fact) || first.find_fact(second.facts[i].name)) continue;
    text += fmt::format("    # in {} also: {} is {}\n", policies[1].label, second.facts[i].name,
                        second.show(second.facts[i].type, witness.second.value(fact)));
  }
  return text + fmt::format("    # in {}: {}\n", policies[1].label, comes_to(1, parting.second));
}

}  // namespace

bool CaseComparison::outcomes_differ() const {
  return std::any_of(sides.begin(), sides.end(),
                     [&](const ComparedSide& side) { return side.outcome != sides.front().outcome; });
}

CaseComparison compare_case(std::vector<ComparedPolicy>& policies, const std::vector<Case>& cases) {
  std::vector<Decided> decided;
  for (std::size_t i = 0; i < policies.size(); ++i) {
    decided.push_back({policies[i], cases[i], policies[i].decider.decide(cases[i])});
  }
  return Comparer(decided).compare();
}

std::vector<ComparedParting> compare_partings(std::vector<ComparedPolicy>& policies, const Differences& differences) {
  std::vector<ComparedParting> result;
  std::size_t number = 0;
  for (const Parting& parting : differences.partings) {
    ComparedParting compared{parting, {}, {}};
    std::set<std::string> told;
    for (const SharedWitness& witness : parting.examples) {
      CaseComparison comparison = compare_case(policies, {witness.first, witness.second});
      std::string makers;
      for (const ComparedSide& side : comparison.sides) {
        for (const DifferenceMaker& maker : side.because) makers += maker.name + " ";
        makers += '/';
      }
      if (compared.examples.size() >= most_examples || !told.insert(makers).second) continue;
      compared.examples.push_back(std::move(comparison));
      compared.case_blocks.push_back(case_block(policies, parting, witness, ++number));
    }
    result.push_back(std::move(compared));
  }
  return result;
}

}  // namespace duly
