#include <fmt/format.h>

#include <algorithm>

#include "lang/base/match.hpp"
#include "lang/check/context.hpp"

/// The first walk over the tree: every name gets its place, so that order never matters afterwards.
namespace duly {
namespace {

constexpr std::size_t max_facts = 4096;
constexpr std::size_t max_rules = 16384;

template <class Tag, class T>
Id<Tag> next_id(const std::vector<T>& array) {
  return Id<Tag>{static_cast<std::uint32_t>(array.size())};
}

std::vector<ChoiceValue> values_of(Context& context, const std::vector<syntax::ChoiceValue>& written,
                                   const std::vector<ChoiceValue>& there = {}) {
  std::vector<ChoiceValue> values = there;
  for (const auto& value : written) {
    for (const auto& other : values) {
      if (other.name != value.name.text) continue;
      context.error(Code::E0302, value.name.span, fmt::format("The value `{}` is listed twice", value.name.text),
                    "listed again here", "Take one of them away.");
    }
    values.push_back({value.name.text, value.title ? value.title->value : value.name.text});
  }
  return values;
}

class Declarer {
 public:
  Declarer(Context& context, std::uint32_t module) : context_(context), program_(context.program), module_(module) {}

  void declare(const syntax::Declaration& declaration) {
    match(
        declaration.node,  //
        [&](const syntax::Source& node) { source(node); }, [&](const syntax::Choice& node) { choice(node); },
        [&](const syntax::ExtendChoice&) {}, [&](const syntax::Fact& node) { fact(node, declaration); },
        [&](const syntax::Define& node) { define(node, declaration); },
        [&](const syntax::Decision& node) { decision(node, declaration); },
        [&](const syntax::Action& node) { action(node, declaration); },
        [&](const syntax::Rule& node) { rule(node, declaration); },
        [&](const syntax::Procedure& node) { procedure(node, declaration); },
        [&](const syntax::Record& node) { record(node, declaration); },
        [&](const syntax::Agreement& node) { agreement(node, declaration); },
        [&](const syntax::Safeguard& node) { safeguard(node, declaration); },
        [&](const syntax::Case& node) { test_case(node, declaration); });
  }

 private:
  bool name(Names& names, const syntax::Name& name, std::uint32_t index, bool is_subject = false) {
    return names.declare(name.text, {index, module_, name.span, is_subject}, context_.tree, context_.diagnostics);
  }

  void source(const syntax::Source& node) {
    const auto id = next_id<SourceDocumentTag>(program_.sources);
    if (!name(context_.scope.sources, node.name, id.index)) return;
    program_.sources.push_back(
        {node.name.text, node.title.value, node.by ? node.by->value : "", node.url ? node.url->value : "",
         node.dated ? std::optional(node.dated->date) : std::nullopt, ModuleId{module_}, node.name.span});
    for (const auto& provision : node.provisions) {
      const syntax::Name full{node.name.text + "." + provision.name.text, provision.name.span};
      if (!name(context_.scope.provisions, full, next_id<ProvisionTag>(program_.provisions).index)) continue;
      program_.provisions.push_back({id, provision.name.text, full.text, provision.title.value,
                                     provision.judgement ? provision.judgement->value : "",
                                     provision.judgement.has_value(), provision.span});
    }
  }

  void choice(const syntax::Choice& node) {
    if (!name(context_.scope.choices, node.name, next_id<ChoiceTag>(program_.choices).index)) return;
    program_.choices.push_back({node.name.text, node.title.value, ModuleId{module_}, node.ordered, true,
                                values_of(context_, node.values), node.name.span});
  }

  void fact(const syntax::Fact& node, const syntax::Declaration& declaration) {
    if (program_.facts.size() >= max_facts) {
      if (program_.facts.size() == max_facts && !too_many_facts_) {
        context_.error(Code::E0904, node.name.span, fmt::format("This policy comes to more than {} facts", max_facts));
        too_many_facts_ = true;
      }
      return;
    }
    if (!name(context_.scope.values, node.name, next_id<FactTag>(program_.facts).index)) return;
    Fact fact;
    fact.name = node.name.text;
    fact.title = node.title.value;
    fact.ask = node.ask ? node.ask->value : "";
    fact.help = node.help ? node.help->value : "";
    fact.module = ModuleId{module_};
    fact.judgement = node.judgement;
    fact.sensitive = node.sensitive;
    fact.span = declaration.span;
    program_.facts.push_back(std::move(fact));
    context_.facts.push_back({&node, module_});
  }

  Subject& add_subject(SubjectKind kind, const syntax::Name& subject_name, const std::string& title, Span span) {
    Subject subject;
    subject.kind = kind;
    subject.name = subject_name.text;
    subject.title = title;
    subject.module = ModuleId{module_};
    subject.span = span;
    subject.name_span = subject_name.span;
    program_.subjects.push_back(std::move(subject));
    context_.definitions.push_back({nullptr, module_});
    return program_.subjects.back();
  }

  void define(const syntax::Define& node, const syntax::Declaration& declaration) {
    if (!node.redefine) {
      const auto id = next_id<SubjectTag>(program_.subjects);
      if (!name(context_.scope.values, node.name, id.index, true)) return;
      Subject& subject = add_subject(SubjectKind::definition, node.name, node.title.value, declaration.span);
      if (node.means) subject.otherwise = Conclusion{};  // no
      context_.definitions.back() = {&node, module_};
    }
    if (!node.means) return;
    if (node.redefine && defines_itself(node.name.text)) {
      context_.error(Code::E0506, node.name.span,
                     fmt::format("`{}` is this module's own definition, so it cannot be redefined", node.name.text), "",
                     "Change the definition itself.");
      return;
    }
    if (node.otherwise || node.type) {
      const Span span = node.otherwise ? node.otherwise->span : node.type->span;
      context_.error(Code::E0414, span,
                     fmt::format("`means` says all of `{}`: it is a yes/no, and no otherwise", node.name.text),
                     node.otherwise ? "one `otherwise` too many" : "one type too many",
                     "Take it away; or declare the definition with its type and write rules about it.");
    }
    if (auto* rule = add_rule(RuleKind::means, node.name, node.title.value, declaration.span)) {
      rule->conclusion.value = 1;  // yes
      context_.means.back() = {&node, module_};
    }
  }

  bool defines_itself(const std::string& name) const {
    const auto& declarations = context_.tree.modules[module_].declarations;
    return std::any_of(declarations.begin(), declarations.end(), [&](const syntax::Declaration& declaration) {
      const auto* define = std::get_if<syntax::Define>(&declaration.node);
      return define && !define->redefine && define->name.text == name;
    });
  }

  void decision(const syntax::Decision& node, const syntax::Declaration& declaration) {
    const auto id = next_id<SubjectTag>(program_.subjects);
    if (!name(context_.scope.values, node.name, id.index, true)) return;
    Subject& subject = add_subject(SubjectKind::decision, node.name, node.title.value, declaration.span);
    const auto choice = next_id<ChoiceTag>(program_.choices);
    program_.choices.push_back({node.name.text, node.title.value, ModuleId{module_}, false, false,
                                values_of(context_, node.outcomes), node.name.span});
    subject.type = {TypeKind::choice, choice, "", 0, static_cast<Scalar>(node.outcomes.size()) - 1};
    subject.cites = {};
    decisions_.push_back({&node, id});
    if (!node.otherwise) return;
    for (std::size_t i = 0; i < node.outcomes.size(); ++i) {
      if (node.outcomes[i].name.text == node.otherwise->text) {
        subject.otherwise = Conclusion{std::nullopt, static_cast<Scalar>(i)};
        return;
      }
    }
    std::string outcomes;
    for (const auto& outcome : node.outcomes)
      outcomes += fmt::format("{}`{}`", outcomes.empty() ? "" : ", ", outcome.name.text);
    context_.error(Code::E0413, node.otherwise->span,
                   fmt::format("`{}` is no outcome of `{}`", node.otherwise->text, node.name.text), "not an outcome",
                   fmt::format("The outcomes are {}.", outcomes));
  }

  void action(const syntax::Action& node, const syntax::Declaration& declaration) {
    const auto id = next_id<SubjectTag>(program_.subjects);
    if (!name(context_.scope.actions, node.name, id.index, true)) return;
    Subject& subject = add_subject(SubjectKind::action, node.name, node.title.value, declaration.span);
    subject.by = node.by ? node.by->value : "";
    subject.to = node.to ? node.to->value : "";
    subject.type = {TypeKind::choice, ChoiceId{}, "", 0, static_cast<Scalar>(Duty::must_not)};
    subject.otherwise = Conclusion{std::nullopt, static_cast<Scalar>(Duty::none)};
  }

  Rule* add_rule(RuleKind kind, const syntax::Name& rule_name, const std::string& title, Span span) {
    if (program_.rules.size() >= max_rules) {
      if (!too_many_rules_) {
        context_.error(Code::E0905, rule_name.span, fmt::format("This policy comes to more than {} rules", max_rules));
      }
      too_many_rules_ = true;
      return nullptr;
    }
    if (!name(context_.scope.rules, rule_name, next_id<RuleTag>(program_.rules).index)) return nullptr;
    Rule rule;
    rule.kind = kind;
    rule.module = ModuleId{module_};
    rule.name = rule_name.text;
    rule.full_name = context_.full_name(module_, rule_name.text);
    rule.title = title;
    rule.span = span;
    rule.name_span = rule_name.span;
    program_.rules.push_back(std::move(rule));
    context_.rules.push_back({nullptr, module_});
    context_.means.push_back({nullptr, module_});
    context_.claims.emplace_back();
    return &program_.rules.back();
  }

  void rule(const syntax::Rule& node, const syntax::Declaration& declaration) {
    Rule* rule = add_rule(RuleKind::rule, node.name, node.title.value, declaration.span);
    if (!rule) return;
    rule->because = node.because ? node.because->value : "";
    rule->timing = node.timing ? node.timing->value : "";
    rule->is_protected = node.is_protected.has_value();
    context_.rules.back() = {&node, module_};
  }

  void procedure(const syntax::Procedure& node, const syntax::Declaration& declaration) {
    const auto id = next_id<ProcedureTag>(program_.procedures);
    if (!name(context_.scope.procedures, node.name, id.index)) return;
    program_.procedures.push_back({node.name.text, node.title.value, ModuleId{module_}, {}, {}, {}, declaration.span});
    context_.procedures.push_back({&node, module_});
    for (const auto& written : node.steps) {
      // A step's own name shares the rules' namespace, so that `despite agreed` can say what is meant.
      const auto step = next_id<StepTag>(program_.steps);
      program_.steps.push_back({written.name.text, written.title.value, id, {}, {}, {}, written.span});
      program_.procedures.back().steps.push_back(step);
      if (!context_.scope.rules.declare(written.name.text, {step_entry, module_, written.name.span, false},
                                        context_.tree, context_.diagnostics))
        continue;
      for (const auto& answer : written.answers) {
        if (!answer.outcome) continue;
        if (answer.otherwise) {
          add_answer(step, written, {"otherwise", *answer.otherwise}, answer);
        }
        for (const auto& given : answer.answers) add_answer(step, written, given, answer);
      }
    }
  }

  void add_answer(StepId step, const syntax::Step& written, const syntax::Name& given, const syntax::Answer& answer) {
    for (const RuleId other : at(program_.steps, step).answers) {
      if (at(program_.rules, other).name == written.name.text + "." + given.text) return;  // reported with the step
    }
    Rule* rule = add_rule(RuleKind::answer, {written.name.text + "." + given.text, given.span}, written.title.value,
                          answer.span);
    if (!rule) return;
    rule->step = step;
    at(program_.steps, step).answers.push_back(RuleId{static_cast<std::uint32_t>(program_.rules.size() - 1)});
  }

  void record(const syntax::Record& node, const syntax::Declaration& declaration) {
    if (!name(context_.scope.records, node.name, next_id<RecordTag>(program_.records).index)) return;
    Record record;
    record.name = node.name.text;
    record.full_name = context_.full_name(module_, node.name.text);
    record.title = node.title.value;
    record.module = ModuleId{module_};
    record.span = declaration.span;
    program_.records.push_back(std::move(record));
    context_.records.push_back({&node, module_});
  }

  void agreement(const syntax::Agreement& node, const syntax::Declaration& declaration) {
    const auto id = next_id<AgreementTag>(program_.agreements);
    if (!name(context_.scope.agreements, node.name, id.index)) return;
    Agreement agreement;
    agreement.name = node.name.text;
    agreement.title = node.title.value;
    agreement.module = ModuleId{module_};
    agreement.tier = node.tier;
    agreement.span = declaration.span;
    std::string dates;
    if (node.in_force) dates = fmt::format(", in force from {}", to_string(node.in_force->from.date));
    if (node.in_force && node.in_force->until) dates += fmt::format(" until {}", to_string(node.in_force->until->date));
    agreement.in_force = agreement_value(
        node, ".in_force", "is in force" + (dates.empty() ? dates : " (" + dates.substr(2) + ")"), declaration, id);
    agreement.covers =
        agreement_value(node, ".covers", "covers this sharing" + (dates.empty() ? dates : " (" + dates.substr(2) + ")"),
                        declaration, id);
    program_.agreements.push_back(std::move(agreement));
    context_.agreements.push_back({&node, module_});
  }

  SubjectId agreement_value(const syntax::Agreement& node, std::string_view suffix, const std::string& says,
                            const syntax::Declaration& declaration, AgreementId id) {
    const auto subject_id = next_id<SubjectTag>(program_.subjects);
    const syntax::Name value_name{node.name.text + std::string(suffix), node.name.span};
    name(context_.scope.values, value_name, subject_id.index, true);
    const std::string title = fmt::format("{} {}", node.title.value, says);
    Subject& subject = add_subject(SubjectKind::agreement, value_name, title, declaration.span);
    subject.agreement = id;
    subject.otherwise = Conclusion{};
    if (Rule* rule = add_rule(RuleKind::agreement, value_name, title, declaration.span)) {
      rule->subject = subject_id;
      rule->conclusion.value = 1;
    }
    return subject_id;
  }

  void safeguard(const syntax::Safeguard& node, const syntax::Declaration& declaration) {
    if (!name(context_.scope.safeguards, node.name, next_id<SafeguardTag>(program_.safeguards).index)) return;
    Safeguard safeguard;
    safeguard.name = node.name.text;
    safeguard.full_name = context_.full_name(module_, node.name.text);
    safeguard.title = node.title.value;
    safeguard.module = ModuleId{module_};
    safeguard.span = declaration.span;
    program_.safeguards.push_back(std::move(safeguard));
    context_.safeguards.push_back({&node, module_});
  }

  void test_case(const syntax::Case& node, const syntax::Declaration& declaration) {
    if (!name(context_.scope.cases, node.name, next_id<CaseTag>(program_.cases).index)) return;
    TestCase test_case;
    test_case.name = node.name.text;
    test_case.full_name = context_.full_name(module_, node.name.text);
    test_case.title = node.title.value;
    test_case.story = node.story ? node.story->value : "";
    test_case.discuss = node.discuss ? node.discuss->value : "";
    test_case.module = ModuleId{module_};
    test_case.span = declaration.span;
    program_.cases.push_back(std::move(test_case));
    context_.cases.push_back({&node, module_});
  }

 public:
  /// Decisions cite before provisions of later declarations are known; so this waits until all names are there.
  void finish() {
    for (const auto& [node, id] : decisions_)
      at(program_.subjects, id).cites = check_cites(context_, node->cites, module_);
  }

 private:
  Context& context_;
  Program& program_;
  std::uint32_t module_;
  std::vector<std::pair<const syntax::Decision*, SubjectId>> decisions_;
  bool too_many_facts_ = false;
  bool too_many_rules_ = false;
};

void extend_choice(Context& context, const syntax::ExtendChoice& node, std::uint32_t module) {
  const auto found = look_up(context.scope.choices, node.name, module, context.tree, Code::E0309, context.diagnostics);
  if (!found) return;
  Choice& choice = context.program.choices[found->index];
  if (found->module == module) {
    context.error(Code::E0315, node.name.span, fmt::format("The choice `{}` is this module's own", node.name.text), "",
                  "Add the values to the choice itself. Only a choice of a module that this one extends is extended.",
                  {{found->span, "declared here"}});
    return;
  }
  if (choice.ordered) {
    context.error(Code::E0315, node.name.span,
                  fmt::format("The choice `{}` is ordered, so no module can add to it", node.name.text), "",
                  "Where a new value would stand in the order cannot be told.", {{found->span, "declared here"}});
    return;
  }
  AddedValues added{ChoiceId{found->index}, choice.values.size(), {}, module};
  for (const auto& value : node.values) added.spans.push_back(value.name.span);
  context.added_values.push_back(std::move(added));
  choice.values = values_of(context, node.values, choice.values);
}

}  // namespace

void declare_names(Context& context) {
  std::vector<Declarer> declarers;
  const auto count = static_cast<std::uint32_t>(context.tree.modules.size());
  for (std::uint32_t module = 0; module < count; ++module) {
    Declarer& declarer = declarers.emplace_back(context, module);
    for (const auto& declaration : context.tree.modules[module].declarations) declarer.declare(declaration);
  }
  for (std::uint32_t module = 0; module < count; ++module) {
    for (const auto& declaration : context.tree.modules[module].declarations) {
      if (const auto* node = std::get_if<syntax::ExtendChoice>(&declaration.node))
        extend_choice(context, *node, module);
    }
  }
  declare_cover_value(context);
  for (auto& declarer : declarers) declarer.finish();
}

std::vector<ProvisionId> check_cites(Context& context, const std::vector<syntax::Name>& cites, std::uint32_t module) {
  std::vector<ProvisionId> provisions;
  for (const auto& cite : cites) {
    const auto found = look_up(context.scope.provisions, cite, module, context.tree, Code::E0308, context.diagnostics);
    if (found) provisions.push_back(ProvisionId{found->index});
  }
  return provisions;
}

}  // namespace duly
