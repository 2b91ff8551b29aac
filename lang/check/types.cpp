#include <fmt/format.h>

#include "lang/base/match.hpp"
#include "lang/check/context.hpp"
#include "lang/check/values.hpp"

/// Types of everything that has one. After this, any condition can be read.
namespace duly {
namespace {

void check_policy_header(Context& context, std::uint32_t module) {
  const syntax::PolicyHeader& header = context.tree.modules[module].header;
  Program& program = context.program;
  if (header.in_force && header.in_force->until && header.in_force->until->date < header.in_force->from.date) {
    context.error(Code::E0409, header.in_force->span,
                  fmt::format("The policy would be in force from {} until {}, which is before it starts",
                              to_string(header.in_force->from.date), to_string(header.in_force->until->date)));
  }
  if (!header.decides) return;
  const auto found =
      look_up(context.scope.values, *header.decides, module, context.tree, Code::E0301, context.diagnostics);
  if (!found) return;
  if (found->is_subject && program.subjects[found->index].kind == SubjectKind::decision) return;
  context.error(Code::E0313, header.decides->span, fmt::format("`{}` is not a decision", header.decides->text), "",
                "`decides` names the decision that the policy is for.", {{found->span, "declared here"}});
}

/// What a policy decides: what it says; else what the module it extends first decides; else the first declared.
/// `inherited` has the answer for every more basic module.
std::optional<SubjectId> default_decision(const Context& context, std::uint32_t module,
                                          const std::vector<std::optional<SubjectId>>& inherited) {
  const syntax::PolicyHeader& header = context.tree.modules[module].header;
  const Program& program = context.program;
  const auto is_decision = [&](std::uint32_t index) { return program.subjects[index].kind == SubjectKind::decision; };
  if (header.decides) {
    const auto found = context.scope.values.find(header.decides->text, module, context.tree).entries;
    if (found.size() == 1 && found.front().is_subject && is_decision(found.front().index))
      return SubjectId{found.front().index};
  }
  const auto& extends = context.tree.extends[module];
  if (!extends.empty() && inherited[extends.front()]) return inherited[extends.front()];
  for (std::uint32_t i = 0; i < program.subjects.size(); ++i) {
    if (is_decision(i) && program.subjects[i].module.index == module) return SubjectId{i};
  }
  for (const std::uint32_t other : extends) {
    if (inherited[other]) return inherited[other];
  }
  return std::nullopt;
}

}  // namespace

void check_types(Context& context) {
  Program& program = context.program;
  for (std::size_t i = 0; i < context.facts.size(); ++i) {
    const auto& [node, module] = context.facts[i];
    program.facts[i].type = check_type(context, node->type, module, node->name.text, node->title.value);
    program.facts[i].cites = check_cites(context, node->cites, module);
  }
  for (std::size_t i = 0; i < context.definitions.size(); ++i) {
    const auto& [node, module] = context.definitions[i];
    if (!node) continue;
    Subject& subject = program.subjects[i];
    if (node->type) subject.type = check_type(context, *node->type, module, node->name.text, node->title.value);
    if (!node->type) subject.type = {TypeKind::yes_no, {}, "", 0, 1};
    subject.cites = check_cites(context, node->cites, module);
  }
  for (Subject& subject : program.subjects) {
    if (subject.kind == SubjectKind::agreement) subject.type = {TypeKind::yes_no, {}, "", 0, 1};
  }
  // What holds otherwise may copy any value, so it waits until every type is known.
  for (std::size_t i = 0; i < context.definitions.size(); ++i) {
    const auto& [node, module] = context.definitions[i];
    if (!node || !node->otherwise) continue;
    program.subjects[i].otherwise = check_setting(context, *node->otherwise, program.subjects[i].type, module, false);
  }
  const auto count = static_cast<std::uint32_t>(context.tree.modules.size());
  for (std::uint32_t module = 0; module < count; ++module) {
    check_policy_header(context, module);
    for (const auto& declaration : context.tree.modules[module].declarations) {
      if (const auto* choice = std::get_if<syntax::Choice>(&declaration.node)) {
        const auto cites = check_cites(context, choice->cites, module);
        const auto found = context.scope.choices.find(choice->name.text, module, context.tree).entries;
        if (found.size() != 1) continue;
        auto& all = program.choices[found.front().index].cites;
        all.insert(all.end(), cites.begin(), cites.end());
      }
      if (const auto* extension = std::get_if<syntax::ExtendChoice>(&declaration.node)) {
        const auto cites = check_cites(context, extension->cites, module);
        const auto found = context.scope.choices.find(extension->name.text, module, context.tree).entries;
        if (found.size() != 1) continue;
        auto& all = program.choices[found.front().index].cites;
        all.insert(all.end(), cites.begin(), cites.end());
      }
      if (const auto* action = std::get_if<syntax::Action>(&declaration.node)) {
        const auto cites = check_cites(context, action->cites, module);
        const auto found = context.scope.actions.find(action->name.text, module, context.tree).entries;
        if (found.size() == 1) program.subjects[found.front().index].cites = cites;
      }
    }
  }
  std::vector<std::optional<SubjectId>> decided;
  for (std::uint32_t module = 0; module < count; ++module)
    decided.push_back(default_decision(context, module, decided));
  if (count > 0) program.default_decision = decided.back();
}

}  // namespace duly
