#include "lang/check/procedures.hpp"

#include <fmt/format.h>

#include "lang/check/conditions.hpp"
#include "lang/check/values.hpp"

namespace duly {
namespace {

class ProcedureChecker {
 public:
  ProcedureChecker(Context& context, std::vector<bool>& bound)
      : context_(context), program_(context.program), bound_(bound) {}

  void check(Procedure& procedure, const syntax::Procedure& node, std::uint32_t module) {
    module_ = module;
    procedure.cites = check_cites(context_, node.cites, module);
    const auto decides =
        look_up(context_.scope.values, node.decides, module, context_.tree, Code::E0301, context_.diagnostics);
    if (!decides) return;
    if (!decides->is_subject || program_.subjects[decides->index].kind != SubjectKind::decision) {
      context_.error(Code::E0313, node.decides.span, fmt::format("`{}` is not a decision", node.decides.text), "",
                     "A procedure decides a decision.", {{decides->span, "declared here"}});
      return;
    }
    procedure.decides = SubjectId{decides->index};
    std::optional<NodeId> reached;  // null: always
    for (std::size_t i = 0; i < node.steps.size(); ++i) {
      const bool last = i + 1 == node.steps.size();
      reached = check_step(at(program_.steps, procedure.steps[i]), node.steps[i], procedure.decides, reached, last);
    }
  }

 private:
  /// Returns the condition under which the next step is reached.
  std::optional<NodeId> check_step(Step& step, const syntax::Step& node, SubjectId decides,
                                   std::optional<NodeId> reached, bool last) {
    step.cites = check_cites(context_, node.cites, module_);
    const auto term = check_value_name(context_, node.on, module_);
    if (!term) return reached;
    const Type type = program_.type_of(*term);
    if (is_broken(type)) return reached;
    if (type.kind != TypeKind::yes_no && type.kind != TypeKind::choice) {
      context_.error(
          Code::E0604, node.on.span,
          fmt::format("A step asks for a yes/no or a choice, and `{}` is {}", node.on.text, describe(program_, type)),
          "", "Define a yes/no value that compares it, and ask for that.");
      return reached;
    }
    step.on = add_term(program_, *term);
    const std::vector<std::string> names = answer_names(type);
    std::vector<bool> taken(names.size(), false);
    std::vector<bool> goes_on(names.size(), true);
    const syntax::Answer* rest = nullptr;
    for (const auto& answer : node.answers) {
      if (answer.otherwise) {
        if (rest) duplicate(*answer.otherwise, "otherwise");
        if (!rest) rest = &answer;
        continue;
      }
      for (const auto& given : answer.answers) {
        const auto index = answer_index(names, given, node);
        if (!index) continue;
        if (taken[*index]) {
          duplicate(given.span, given.text);
          continue;
        }
        taken[*index] = true;
        if (!answer.outcome) continue;
        goes_on[*index] = false;
        std::vector<bool> just(names.size(), false);
        just[*index] = true;
        conclude(node, given.text, answer_title(type, *index), answer, decides, reached,
                 test(step.on, type, just, answer.span));
      }
    }
    if (rest) {
      std::vector<bool> left(names.size());
      for (std::size_t i = 0; i < names.size(); ++i) left[i] = !taken[i];
      if (rest->outcome) {
        conclude(node, "otherwise", "anything else", *rest, decides, reached, test(step.on, type, left, rest->span));
        for (std::size_t i = 0; i < names.size(); ++i) goes_on[i] = goes_on[i] && taken[i];
      }
    }
    const std::vector<bool> leads_on = goes_on;
    if (last) {
      if (type.kind == TypeKind::choice) check_added(node, type.choice, names, goes_on);
      check_last(node, names, goes_on);
    }
    const NodeId further = test(step.on, type, leads_on, node.span);
    return reached ? add_group(program_, Op::all, {*reached, further}, node.span) : further;
  }

  std::vector<std::string> answer_names(const Type& type) const {
    if (type.kind == TypeKind::yes_no) return {"no", "yes"};
    std::vector<std::string> names;
    for (const auto& value : at(program_.choices, type.choice).values) names.push_back(value.name);
    return names;
  }

  std::string answer_title(const Type& type, std::size_t index) const {
    return program_.say(type, static_cast<Scalar>(index));
  }

  std::optional<std::size_t> answer_index(const std::vector<std::string>& names, const syntax::Name& given,
                                          const syntax::Step& node) {
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (names[i] == given.text) return i;
    }
    std::string list;
    for (const auto& name : names) list += fmt::format("{}`{}`", list.empty() ? "" : ", ", name);
    context_.error(Code::E0601, given.span, fmt::format("`{}` is no answer to `{}`", given.text, node.on.text),
                   "not an answer", fmt::format("Its answers are {}.", list));
    return std::nullopt;
  }

  void duplicate(Span span, const std::string& answer) {
    context_.error(Code::E0602, span, fmt::format("The answer `{}` stands twice in this step", answer), "again",
                   "Each answer leads to one place: take one of the lines away.");
  }

  /// Answers that a policy added to an inherited choice, and that the procedure could not know of: whoever reads the
  /// message can change the added value, not the procedure. Reported ones are taken out of `goes_on`.
  void check_added(const syntax::Step& node, ChoiceId choice, const std::vector<std::string>& names,
                   std::vector<bool>& goes_on) {
    for (const AddedValues& added : context_.added_values) {
      if (added.choice != choice || !context_.tree.does_extend(added.module, module_)) continue;
      for (std::size_t i = 0; i < added.spans.size(); ++i) {
        const std::size_t value = added.first + i;
        if (!goes_on[value]) continue;
        goes_on[value] = false;
        context_.error(
            Code::E0603, added.spans[i],
            fmt::format("The procedure of `{}` leads nowhere for `{}`, which is added here",
                        context_.module_name(module_), names[value]),
            "no answer of its last step takes this",
            fmt::format("An inherited procedure answers only the values it knows. Declare a fact and a choice of your "
                        "own, or have `{}` end its last step with `otherwise: …`.",
                        context_.module_name(module_)),
            {{node.name.span, fmt::format("the last step, `{}`", node.name.text)}});
      }
    }
  }

  void check_last(const syntax::Step& node, const std::vector<std::string>& names, const std::vector<bool>& goes_on) {
    std::string open;
    for (std::size_t i = names.size(); i-- > 0;) {
      if (goes_on[i]) open += fmt::format("{}`{}`", open.empty() ? "" : ", ", names[i]);
    }
    if (open.empty()) return;
    context_.error(Code::E0603, node.name.span,
                   fmt::format("The last step `{}` leads nowhere for {}", node.name.text, open), "",
                   "The last step sends every answer to an outcome. `otherwise: …` takes all that are left.");
  }

  /// The value is one of these answers.
  NodeId test(TermId term, const Type& type, const std::vector<bool>& answers, Span span) {
    if (answers.size() <= 64 && type.kind == TypeKind::choice) {
      std::uint64_t mask = 0;
      std::size_t count = 0;
      Scalar only = 0;
      for (std::size_t i = 0; i < answers.size(); ++i) {
        if (!answers[i]) continue;
        mask |= std::uint64_t{1} << i;
        only = static_cast<Scalar>(i);
        ++count;
      }
      if (count == 1) return add_range(program_, term, {only, only}, span);
      program_.masks.push_back(mask);
      return add_node(program_,
                      {Op::in_mask, Relation::equal, term.index, static_cast<std::uint32_t>(program_.masks.size() - 1)},
                      span);
    }
    std::vector<NodeId> parts;
    for (std::size_t i = 0; i < answers.size(); ++i) {
      const auto value = static_cast<Scalar>(i);
      if (answers[i]) parts.push_back(add_range(program_, term, {value, value}, span));
    }
    return parts.size() == 1 ? parts.front() : add_group(program_, Op::any, parts, span);
  }

  void conclude(const syntax::Step& node, const std::string& given, const std::string& says,
                const syntax::Answer& answer, SubjectId decides, std::optional<NodeId> reached, NodeId answered) {
    const auto entries = context_.scope.rules.find(node.name.text + "." + given, module_, context_.tree).entries;
    if (entries.size() != 1 || entries.front().module != module_ || entries.front().index == step_entry) return;
    const std::uint32_t index = entries.front().index;
    if (program_.rules[index].kind != RuleKind::answer || bound_[index]) return;
    const Type type = at(program_.subjects, decides).type;
    const auto outcome = choice_value(program_, type, answer.outcome->text);
    if (!outcome) {
      const syntax::Operand operand{answer.outcome->text, answer.outcome->span};
      check_operand(context_, operand, type, module_, true);  // reports it with the outcomes there are
      return;
    }
    Rule& rule = program_.rules[index];
    rule.subject = decides;
    rule.conclusion.value = *outcome;
    rule.condition = reached ? add_group(program_, Op::all, {*reached, answered}, answer.span) : answered;
    rule.title = node.title.value.ends_with('?') ? fmt::format("{} {}", node.title.value, says)
                                                 : fmt::format("{}: {}", node.title.value, says);
    rule.cites = check_cites(context_, answer.cites, module_);
    for (const ProvisionId cite : at(program_.steps, *rule.step).cites) rule.cites.push_back(cite);
    bound_[index] = true;
  }

  Context& context_;
  Program& program_;
  std::vector<bool>& bound_;
  std::uint32_t module_ = 0;
};

}  // namespace

void check_procedures(Context& context, std::vector<bool>& bound) {
  ProcedureChecker checker(context, bound);
  for (std::size_t i = 0; i < context.procedures.size(); ++i) {
    checker.check(context.program.procedures[i], *context.procedures[i].node, context.procedures[i].module);
  }
}

}  // namespace duly
