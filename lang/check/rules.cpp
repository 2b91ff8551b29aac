#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "lang/base/match.hpp"
#include "lang/check/conditions.hpp"
#include "lang/check/context.hpp"
#include "lang/check/procedures.hpp"
#include "lang/check/values.hpp"

/// Rules: what each is about, what it concludes, when it applies, and which others it names.
namespace duly {
namespace {

RuleId rule_id(std::size_t index) { return RuleId{static_cast<std::uint32_t>(index)}; }

class RuleChecker {
 public:
  explicit RuleChecker(Context& context) : context_(context), program_(context.program) {}

  void check() {
    bound_.assign(program_.rules.size(), false);
    for (std::size_t i = 0; i < program_.rules.size(); ++i) bind_subject(i);
    check_procedures(context_, bound_);
    replace_redefined();
    collect_rules();
    for (std::size_t i = 0; i < program_.rules.size(); ++i) read_condition(i);
    for (std::size_t i = 0; i < program_.rules.size(); ++i) {
      if (context_.rules[i].node && bound_[i] && !program_.rules[i].replaced) bind_labels(i);
    }
  }

 private:
  // ---- what a rule is about ----

  void bind_subject(std::size_t i) {
    Rule& rule = program_.rules[i];
    switch (rule.kind) {
      case RuleKind::agreement: bound_[i] = true; return;
      case RuleKind::answer: return;  // with their procedure
      case RuleKind::means: bind_means(i); return;
      case RuleKind::rule: break;
    }
    const auto& [node, module] = context_.rules[i];
    if (!node) return;
    rule.cites = check_cites(context_, node->cites, module);
    if (node->timing && !std::holds_alternative<syntax::Duty>(node->conclusion.node)) {
      context_.error(Code::E0511, node->timing->span, "`timing` says by when a duty is done, and this rule lays none",
                     "", "Write the timing with the rules that say `must`, `should` or `may`.");
    }
    match(
        node->conclusion.node,  //
        [&](const syntax::ValueIs& conclusion) { bind_value(i, conclusion); },
        [&](const syntax::Duty& conclusion) { bind_duty(i, conclusion); });
  }

  void bind_value(std::size_t i, const syntax::ValueIs& conclusion) {
    const std::uint32_t module = context_.rules[i].module;
    const auto term = check_value_name(context_, conclusion.value, module);
    if (!term) return;
    const auto refuse = [&](std::string_view what, std::string_view help, Span place) {
      context_.error(Code::E0501, conclusion.value.span,
                     fmt::format("`{}` is {}, so no rule decides it", conclusion.value.text, what), "",
                     std::string(help), {{place, "declared here"}});
    };
    if (!term->is_subject) {
      return refuse("a fact", "A fact comes from outside. To work a value out, declare it with `define`.",
                    at(program_.facts, term->fact()).span);
    }
    const Subject& subject = at(program_.subjects, term->subject());
    if (subject.kind == SubjectKind::agreement) {
      return refuse("an agreement's value", "What was signed decides it.", subject.span);
    }
    Rule& rule = program_.rules[i];
    rule.subject = term->subject();
    const auto value = check_setting(context_, conclusion.setting, subject.type, module, false);
    if (!value) return;
    program_.rules[i].conclusion = *value;
    bound_[i] = true;
  }

  void bind_duty(std::size_t i, const syntax::Duty& conclusion) {
    const std::uint32_t module = context_.rules[i].module;
    const auto found =
        look_up(context_.scope.actions, conclusion.action, module, context_.tree, Code::E0311, context_.diagnostics);
    if (!found) return;
    Rule& rule = program_.rules[i];
    rule.subject = SubjectId{found->index};
    rule.conclusion.value = static_cast<Scalar>(duty_of(conclusion.strength));
    bound_[i] = true;
  }

  void bind_means(std::size_t i) {
    const auto& [node, module] = context_.means[i];
    if (!node) return;
    const auto found =
        look_up(context_.scope.values, node->name, module, context_.tree, Code::E0301, context_.diagnostics);
    if (!found) return;
    const bool is_definition = found->is_subject && program_.subjects[found->index].kind == SubjectKind::definition;
    if (node->redefine) {
      std::string why;
      if (!is_definition)
        why = "is not a definition";
      else if (found->module == module)
        why = "is this module's own definition";
      else if (program_.subjects[found->index].type.kind != TypeKind::yes_no)
        why = "is not a yes/no definition";
      if (!why.empty()) {
        context_.error(
            Code::E0506, node->name.span, fmt::format("`{}` {}, so it cannot be redefined", node->name.text, why), "",
            found->module == module ? "Change the definition itself."
                                    : "Only a yes/no definition of a module that this one extends is redefined.",
            {{found->span, "declared here"}});
        return;
      }
    }
    if (!is_definition) return;  // declared twice, and reported
    Rule& rule = program_.rules[i];
    rule.subject = SubjectId{found->index};
    rule.cites = check_cites(context_, node->cites, module);
    bound_[i] = true;
  }

  // ---- redefinitions ----

  void replace_redefined() {
    std::map<std::uint32_t, std::vector<std::size_t>> redefinitions;  // by subject: the rules of `redefine`
    for (std::size_t i = 0; i < program_.rules.size(); ++i) {
      if (bound_[i] && context_.means[i].node && context_.means[i].node->redefine) {
        redefinitions[program_.rules[i].subject.index].push_back(i);
      }
    }
    for (const auto& [subject, rules] : redefinitions) {
      for (const std::size_t by : rules) replace(subject, by);
      report_rivals(rules);
      program_.subjects[subject].otherwise = Conclusion{};  // no
    }
  }

  void replace(std::uint32_t subject, std::size_t by) {
    const std::uint32_t module = program_.rules[by].module.index;
    for (std::size_t i = 0; i < program_.rules.size(); ++i) {
      Rule& rule = program_.rules[i];
      if (!bound_[i] || rule.subject.index != subject || !context_.tree.does_extend(module, rule.module.index))
        continue;
      if (rule.is_protected) {
        context_.error(Code::E0507, program_.rules[by].name_span,
                       fmt::format("`{}` cannot be redefined: its rule `{}` is protected",
                                   program_.subjects[subject].name, rule.full_name),
                       "",
                       "A rule of this policy may still add to the definition where the protected one says nothing.",
                       {{rule.name_span, "protected here"}});
        continue;
      }
      rule.replaced = true;
    }
  }

  void report_rivals(const std::vector<std::size_t>& rules) {
    std::vector<std::size_t> standing;
    for (const std::size_t i : rules) {
      if (!program_.rules[i].replaced) standing.push_back(i);
    }
    if (standing.size() < 2) return;
    const Rule& first = program_.rules[standing[0]];
    const Rule& second = program_.rules[standing[1]];
    if (first.module == second.module) return;  // declared twice, and reported
    const auto& header = context_.tree.modules.back().header;
    const std::string& name = at(program_.subjects, first.subject).name;
    context_.error(Code::E0509, header.name.span,
                   fmt::format("`{}` and `{}` both redefine `{}`", context_.module_name(first.module.index),
                               context_.module_name(second.module.index), name),
                   "brings both together", fmt::format("Say here what holds: `redefine {} \"…\" means …`.", name),
                   {{first.name_span, "redefined here"}, {second.name_span, "and here"}});
  }

  /// The order of asking: procedures first, then rules; the more basic module first; then as declared.
  void collect_rules() {
    for (const bool answers : {true, false}) {
      for (std::size_t i = 0; i < program_.rules.size(); ++i) {
        const Rule& rule = program_.rules[i];
        if (!bound_[i] || rule.replaced || (rule.kind == RuleKind::answer) != answers) continue;
        at(program_.subjects, rule.subject).rules.push_back(rule_id(i));
      }
    }
  }

  void read_condition(std::size_t i) {
    Rule& rule = program_.rules[i];
    if (rule.kind == RuleKind::answer || rule.kind == RuleKind::agreement) return;  // with their procedure, agreement
    const syntax::Expr* expr = nullptr;
    if (const auto* node = context_.rules[i].node; node && node->when) expr = &*node->when;
    if (const auto* node = context_.means[i].node) expr = &*node->means;
    if (rule.replaced || !expr) {
      rule.condition = add_constant(program_, !rule.replaced, rule.span);
      return;
    }
    const NodeId condition = check_condition(context_, *expr, rule.module.index, rule.full_name);
    program_.rules[i].condition = condition;
  }

  // ---- which other rules it comes before ----

  void bind_labels(std::size_t i) {
    const auto& [node, module] = context_.rules[i];
    Claims& claims = context_.claims[i];
    claims.despite_all = node->despite_all;
    for (const auto& label : node->despite) {
      if (const auto rule = find_rule(i, label, "despite")) claims.despite.push_back({*rule, label.span});
    }
    if (!node->instead_of.empty()) claims.instead_clause = node->instead_of.front().span;
  }

 public:
  /// `instead of` needs to know which rules stand in another's place and which prevail over all: a second walk.
  void bind_places() {
    for (std::size_t i = 0; i < program_.rules.size(); ++i) {
      if (!context_.rules[i].node || !bound_[i] || program_.rules[i].replaced) continue;
      for (const auto& label : context_.rules[i].node->instead_of) bind_place(i, label);
    }
  }

 private:
  void bind_place(std::size_t i, const syntax::Name& label) {
    const Rule& rule = program_.rules[i];
    const std::uint32_t module = rule.module.index;
    const Subject& subject = at(program_.subjects, rule.subject);
    const auto value = value_named(subject, label.text);
    const auto found = context_.scope.rules.find(label.text, module, context_.tree).entries;
    const bool about_same = std::any_of(found.begin(), found.end(), [&](const Entry& entry) {
      return entry.index != step_entry && bound_[entry.index] && program_.rules[entry.index].subject == rule.subject;
    });
    if (!value || about_same) {
      if (const auto other = find_rule(i, label, "instead of"))
        context_.claims[i].instead_of.push_back({*other, label.span});
      return;
    }
    if (!rule.conclusion.copied && rule.conclusion.value == *value) {
      context_.error(Code::E0510, label.span, fmt::format("This rule concludes `{}` itself", label.text), "",
                     "A rule stands in the place of another ending, not of its own.");
      return;
    }
    bool any = false;
    for (const RuleId other_id : subject.rules) {
      const Rule& other = at(program_.rules, other_id);
      const Claims& claims = context_.claims[other_id.index];
      const bool own = other.module.index == module;
      if (other_id.index == i || other.conclusion.copied || other.conclusion.value != *value) continue;
      if (!own && (!context_.tree.does_extend(module, other.module.index) || other.is_protected || claims.despite_all))
        continue;
      if (own && claims.instead_clause) continue;
      context_.claims[i].instead_of.push_back({other_id, label.span});
      any = true;
    }
    if (!any && context_.is_root(module)) {
      context_.diagnostics.add(
          {Code::W0501,
           label.span,
           fmt::format("There is no rule that concludes `{}` in whose place this one could stand, so it never applies",
                       label.text),
           "",
           {},
           "Protected and `despite all` rules of other modules keep their place. Name the rule that is meant, or take "
           "`instead of` away."});
    }
  }

  std::optional<Scalar> value_named(const Subject& subject, const std::string& name) const {
    if (subject.kind == SubjectKind::action) return std::nullopt;
    if (subject.type.kind == TypeKind::yes_no) {
      if (name == "yes") return 1;
      if (name == "no") return 0;
    }
    if (subject.type.kind == TypeKind::choice) return choice_value(program_, subject.type, name);
    return std::nullopt;
  }

  std::optional<RuleId> find_rule(std::size_t i, const syntax::Name& label, std::string_view clause) {
    const Rule& rule = program_.rules[i];
    const std::uint32_t module = rule.module.index;
    const Subject& subject = at(program_.subjects, rule.subject);
    if (clause == "despite" && value_named(subject, label.text) &&
        context_.scope.rules.find(label.text, module, context_.tree).entries.empty()) {
      context_.error(Code::E0310, label.span, fmt::format("`{}` is a value, and `despite` names rules", label.text), "",
                     fmt::format("Name the rule, or write `instead of {}`.", label.text));
      return std::nullopt;
    }
    const auto found = look_up(context_.scope.rules, label, module, context_.tree, Code::E0310, context_.diagnostics);
    if (!found) return std::nullopt;
    if (found->index == step_entry) {
      context_.error(Code::E0310, label.span, fmt::format("`{}` is a step; its answers are the rules", label.text), "",
                     fmt::format("Write the answer too, as in `{0}.yes` or `{0}.no`.", label.text));
      return std::nullopt;
    }
    if (!bound_[found->index]) return std::nullopt;  // something is wrong with it, and reported
    const Rule& other = program_.rules[found->index];
    if (other.subject != rule.subject) {
      context_.error(Code::E0502, label.span,
                     fmt::format("`{}` is about `{}`, and this rule is about `{}`", label.text,
                                 at(program_.subjects, other.subject).name, subject.name),
                     "about something else", "A rule can only come before rules about the same value or action.",
                     {{other.name_span, "this rule"}});
      return std::nullopt;
    }
    if (found->index == i) {
      context_.error(Code::E0504, label.span, fmt::format("`{}` cannot come before itself", label.text));
      return std::nullopt;
    }
    if (other.replaced) {
      context_.error(Code::E0508, label.span,
                     fmt::format("`{}` was replaced by a `redefine`, so nothing can come before it", label.text), "",
                     "Name the rule of the `redefine` instead, with its module.", {{other.name_span, "this rule"}});
      return std::nullopt;
    }
    if (other.is_protected && other.module != rule.module) {
      context_.error(Code::E0503, label.span,
                     fmt::format("`{}` is protected: no rule of another module can come before it", other.full_name),
                     "protected", "Only the module that protects it can change it.",
                     {{other.name_span, "protected here"}});
      return std::nullopt;
    }
    return rule_id(found->index);
  }

  Context& context_;
  Program& program_;
  std::vector<bool> bound_;  // by rule: its subject and conclusion are known
};

}  // namespace

void check_rules(Context& context) {
  RuleChecker checker(context);
  checker.check();
  checker.bind_places();
}

}  // namespace duly
