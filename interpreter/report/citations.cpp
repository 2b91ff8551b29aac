#include "interpreter/report/citations.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>

namespace duly {
namespace {

bool applies(const CaseRun& run, RuleId rule) { return run.decision.of(rule).applies == Extent::every; }
bool is_decided(const CaseRun& run, SubjectId subject) { return run.decision.of(subject).status == Status::decided; }
bool holds(const CaseRun& run, const std::optional<NodeId>& condition) {
  return !condition || run.walk.condition(*condition) == Truth::yes;
}

/// The flow came to the step, or past it: an answer of this step, or of a later one, applies.
bool is_reached(const CaseRun& run, const Procedure& procedure, StepId step) {
  const auto first = std::find(procedure.steps.begin(), procedure.steps.end(), step);
  return std::any_of(first, procedure.steps.end(), [&](StepId at_or_after) {
    const std::vector<RuleId>& answers = at(run.program.steps, at_or_after).answers;
    return std::any_of(answers.begin(), answers.end(), [&](RuleId answer) { return applies(run, answer); });
  });
}

bool is_used(const CaseRun& run, ChoiceId choice) {
  const auto is_of = [&](const Type& type) {
    return (type.kind == TypeKind::choice || type.kind == TypeKind::set) && type.choice == choice;
  };
  const Program& program = run.program;
  for (std::uint32_t i = 0; i < program.facts.size(); ++i) {
    if (is_of(program.facts[i].type) && run.facts.known(FactId{i})) return true;
  }
  for (std::uint32_t i = 0; i < program.subjects.size(); ++i) {
    const Subject& subject = program.subjects[i];
    if (subject.kind != SubjectKind::action && is_of(subject.type) && is_decided(run, SubjectId{i})) return true;
  }
  return false;
}

class Collector {
 public:
  explicit Collector(const Program& program) : program_(program) {}

  std::vector<Citing> collect() {
    rules();
    steps();
    subjects();
    items();
    facts_and_choices();
    records();
    for (std::uint32_t i = 0; i < program_.safeguards.size(); ++i) {
      const Safeguard& safeguard = program_.safeguards[i];
      add({CitingKind::safeguard, safeguard.full_name, safeguard.title, safeguard.span, safeguard.cites,
           [id = SafeguardId{i}](const CaseRun& run) { return run.walk.holds(id) != Truth::unknown; }});
    }
    for (const Agreement& agreement : program_.agreements) {
      add({CitingKind::agreement, in_full(agreement.module, agreement.name), agreement.title, agreement.span,
           agreement.cites, [covers = agreement.covers](const CaseRun& run) {
             return is_decided(run, covers) && run.decision.of(covers).value != 0;
           }});
    }
    for (const TestCase& test_case : program_.cases) {
      add({CitingKind::test_case, test_case.full_name, test_case.title, test_case.span, test_case.cites,
           [name = test_case.full_name](const CaseRun& run) { return run.test_case.full_name == name; }});
    }
    return std::move(found_);
  }

 private:
  void add(Citing citing) {
    if (!citing.cites.empty()) found_.push_back(std::move(citing));
  }

  std::string in_full(ModuleId module, const std::string& name) const {
    return fmt::format("{}.{}", at(program_.modules, module).name, name);
  }

  void rules() {
    for (std::uint32_t i = 0; i < program_.rules.size(); ++i) {
      const Rule& rule = program_.rules[i];
      if (rule.kind == RuleKind::means) {
        means_.insert(rule.span);
        if (rule.replaced) continue;
        add({CitingKind::definition, rule.full_name, rule.title, rule.span, rule.cites,
             [subject = rule.subject](const CaseRun& run) { return is_decided(run, subject); }});
        continue;
      }
      if (rule.replaced || rule.kind == RuleKind::agreement) continue;  // an agreement cites as a whole
      std::vector<ProvisionId> cites = rule.cites;
      // What its step cites stands last in an answer's own; the step is listed for it.
      if (rule.step) cites.resize(cites.size() - at(program_.steps, *rule.step).cites.size());
      add({rule.kind == RuleKind::answer ? CitingKind::answer : CitingKind::rule, rule.full_name, rule.title, rule.span,
           std::move(cites), [id = RuleId{i}](const CaseRun& run) { return applies(run, id); }});
    }
  }

  void steps() {
    for (const Procedure& procedure : program_.procedures) {
      add({CitingKind::procedure, in_full(procedure.module, procedure.name), procedure.title, procedure.span,
           procedure.cites, [&procedure](const CaseRun& run) {
             return std::any_of(procedure.steps.begin(), procedure.steps.end(),
                                [&](StepId step) { return is_reached(run, procedure, step); });
           }});
      for (const StepId id : procedure.steps) {
        const Step& step = at(program_.steps, id);
        add({CitingKind::step, in_full(procedure.module, step.name), step.title, step.span, step.cites,
             [&procedure, id](const CaseRun& run) { return is_reached(run, procedure, id); }});
      }
    }
  }

  void subjects() {
    for (std::uint32_t i = 0; i < program_.subjects.size(); ++i) {
      const Subject& subject = program_.subjects[i];
      const std::string name = in_full(subject.module, subject.name);
      const SubjectId id{i};
      switch (subject.kind) {
        case SubjectKind::agreement: break;
        case SubjectKind::definition:
          if (means_.contains(subject.span)) break;  // listed, or replaced, with the rule that it is
          [[fallthrough]];
        case SubjectKind::decision:
          add({subject.kind == SubjectKind::decision ? CitingKind::decision : CitingKind::definition, name,
               subject.title, subject.span, subject.cites, [id](const CaseRun& run) { return is_decided(run, id); }});
          break;
        case SubjectKind::action:
          add({CitingKind::action, name, subject.title, subject.span, subject.cites,
               [id](const CaseRun& run) { return is_decided(run, id) && run.decision.of(id).duty() != Duty::none; }});
          break;
      }
    }
  }

  void items() {
    for (const Item& item : program_.items) {
      add({CitingKind::item, item.name, item.title, item.span, item.cites,
           [node = item.node](const CaseRun& run) { return holds(run, node); }});
    }
  }

  void facts_and_choices() {
    for (std::uint32_t i = 0; i < program_.facts.size(); ++i) {
      const Fact& fact = program_.facts[i];
      add({CitingKind::fact, in_full(fact.module, fact.name), fact.title, fact.span, fact.cites,
           [id = FactId{i}](const CaseRun& run) { return run.facts.known(id); }});
    }
    for (std::uint32_t i = 0; i < program_.choices.size(); ++i) {
      const Choice& choice = program_.choices[i];
      add({CitingKind::choice, in_full(choice.module, choice.name), choice.title, choice.span, choice.cites,
           [id = ChoiceId{i}](const CaseRun& run) { return is_used(run, id); }});
    }
  }

  void records() {
    for (const Record& record : program_.records) {
      add({CitingKind::record, record.full_name, record.title, record.span, record.cites,
           [when = record.when](const CaseRun& run) { return holds(run, when); }});
      for (const Field& field : record.fields) {
        add({CitingKind::field, fmt::format("{}.{}", record.full_name, field.name), field.title, field.span,
             field.cites, [shown = record.when, when = field.when](const CaseRun& run) {
               return holds(run, shown) && holds(run, when);
             }});
      }
    }
  }

  const Program& program_;
  std::set<Span> means_;  // declarations that are a definition and its rule at once
  std::vector<Citing> found_;
};

}  // namespace

std::string_view to_string(CitingKind kind) {
  switch (kind) {
    case CitingKind::rule: return "rule";
    case CitingKind::answer: return "answer";
    case CitingKind::step: return "step";
    case CitingKind::item: return "list item";
    case CitingKind::definition: return "definition";
    case CitingKind::decision: return "decision";
    case CitingKind::fact: return "fact";
    case CitingKind::action: return "action";
    case CitingKind::choice: return "choice";
    case CitingKind::procedure: return "procedure";
    case CitingKind::record: return "record";
    case CitingKind::field: return "field";
    case CitingKind::safeguard: return "safeguard";
    case CitingKind::agreement: return "agreement";
    case CitingKind::test_case: return "case";
  }
  return {};
}

std::vector<Citing> citing_things(const Program& program) { return Collector(program).collect(); }

}  // namespace duly
