#include "lang/check/context.hpp"
#include "lang/check/nodes.hpp"
#include "lang/check/values.hpp"

/// `agreements.cover`: whether any agreement covers the sharing. No module declares it; it is made of all of them.
namespace duly {

void declare_cover_value(Context& context) {
  Program& program = context.program;
  bool wanted = !program.agreements.empty();
  for (std::uint32_t i = 0; i < context.tree.modules.size() && !wanted; ++i) {
    wanted = context.sources.text(context.tree.modules[i].source).find(cover_value) != std::string_view::npos;
  }
  if (!wanted || context.tree.modules.empty()) return;
  const auto root = static_cast<std::uint32_t>(context.tree.modules.size() - 1);
  const Span place{context.tree.modules.back().source, 0, 0};
  const auto subject_id = SubjectId{static_cast<std::uint32_t>(program.subjects.size())};
  const std::string name(cover_value);
  if (!context.scope.values.declare(name, {subject_id.index, everywhere, place, true}, context.tree,
                                    context.diagnostics))
    return;
  Subject subject;
  subject.kind = SubjectKind::agreement;
  subject.name = name;
  subject.title = "An agreement covers this sharing";
  subject.module = ModuleId{root};
  subject.otherwise = Conclusion{};
  subject.span = subject.name_span = place;
  program.subjects.push_back(subject);
  context.definitions.push_back({nullptr, root});
  Rule rule;
  rule.kind = RuleKind::agreement;
  rule.module = ModuleId{root};
  rule.name = name;
  rule.full_name = context.full_name(root, name);
  rule.title = subject.title;
  rule.subject = subject_id;
  rule.conclusion.value = 1;
  rule.span = rule.name_span = place;
  program.rules.push_back(std::move(rule));
  context.rules.push_back({nullptr, root});
  context.means.push_back({nullptr, root});
  context.claims.emplace_back();
}

void make_cover_value(Context& context) {
  Program& program = context.program;
  Rule* rule = nullptr;
  for (Rule& candidate : program.rules) {
    if (candidate.kind == RuleKind::agreement && candidate.name == cover_value) rule = &candidate;
  }
  if (!rule) return;
  std::vector<NodeId> parts;
  for (const Agreement& agreement : program.agreements) {
    if (agreement.tier != 2) continue;
    const TermId covers = add_term(program, {true, agreement.covers.index, Elapsed::none});
    parts.push_back(add_range(program, covers, {1, 1}, agreement.span));
  }
  rule->condition = add_group(program, Op::any, parts, rule->span);
}

}  // namespace duly
