#include "lang/compile.hpp"

#include "lang/base/sha256.hpp"
#include "lang/check/conditions.hpp"
#include "lang/check/context.hpp"
#include "lang/lint/lint.hpp"
#include "lang/lower/lower.hpp"
#include "lang/program/reads.hpp"
#include "lang/resolve/modules.hpp"

namespace duly {
namespace {

void describe_modules(Context& context) {
  for (std::size_t i = 0; i < context.tree.modules.size(); ++i) {
    const syntax::Module& written = context.tree.modules[i];
    Module module;
    module.name = written.header.name.text;
    module.title = written.header.title.value;
    module.version = written.header.version ? written.header.version->value : "";
    module.contact = written.header.contact ? written.header.contact->value : "";
    module.sha256 = sha256(context.sources.text(written.source));
    if (written.header.in_force) {
      module.from = written.header.in_force->from.date;
      if (written.header.in_force->until) module.until = written.header.in_force->until->date;
    }
    for (const std::uint32_t other : context.tree.extends[i]) module.extends.push_back(ModuleId{other});
    for (const std::uint32_t other : context.tree.all_extends[i]) module.all_extends.push_back(ModuleId{other});
    module.source = written.source;
    context.program.modules.push_back(std::move(module));
  }
}

void check(Context& context) {
  describe_modules(context);
  declare_names(context);
  check_types(context);
  check_rules(context);
  check_agreements(context);
  check_safeguards(context);
  check_records(context);
  check_cases(context);
}

void lower(Context& context) {
  lower_precedence(context);
  lower_order(context);
  for (Item& item : context.program.items) item.title = in_words(context.program, item.node);
}

}  // namespace

Compiled compile(LoadedModule root, const Loader& loader, const CompileOptions& options) {
  Compiled result;
  const ModuleTree tree = load_modules(std::move(root), loader, result.sources, result.diagnostics);
  Program program;
  Context context{tree, result.sources, program, result.diagnostics, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}};
  if (!tree.modules.empty()) {
    add_constant(program, false, Span{});  // what a rule has whose condition could not be read: never
    check(context);
    lower(context);  // after errors too, for those that only show here
    if (result.diagnostics.errors() == 0 && options.lint) lint(context, options);
  }
  result.diagnostics.sort();
  if (result.diagnostics.errors() == 0) result.program = std::move(program);
  return result;
}

}  // namespace duly
