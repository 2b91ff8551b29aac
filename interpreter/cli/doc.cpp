#include "interpreter/doc/document.hpp"

#include <fmt/format.h>

#include <filesystem>

#include "interpreter/cli/commands.hpp"
#include "interpreter/cli/output_folder.hpp"
#include "interpreter/report/expectations.hpp"
#include "interpreter/report/wrapped.hpp"

namespace duly::cli {
namespace {

/// The pages say it too; whoever makes them should know before anybody reads it there.
void note_surprises(Terminal& terminal, const Program& program) {
  Decider decider(program);
  for (const TestCase& test_case : program.cases) {
    const bool is_own = test_case.module.index + 1 == program.modules.size();
    if (!is_own || run_case(program, decider, test_case).passed()) continue;
    terminal.err(
        fmt::format("note: the case `{}` does not end as it expects; `duly test` says more\n", test_case.name));
  }
}

}  // namespace

int document(Terminal& terminal, const SearchPath& path, const DocumentOptions& options) {
  if (const int code = check_output_folder(terminal, options.folder, options.force); code != done) return code;
  const OpenedPolicy opened = open_policy(terminal, path, options.policy);
  if (!opened.compiled) return opened.exit_code;
  const std::vector<DocumentPage> pages = document_policy(*opened.compiled);
  if (const int code = write_pages(terminal, options.folder, pages); code != done) return code;
  note_surprises(terminal, *opened.compiled->program);
  const std::string first = (std::filesystem::path(options.folder) / pages.front().file).string();
  terminal.out(fmt::format("{}: {}. Open {} in a web browser.\n", options.folder, counted(pages.size() - 1, "page"),
                           first));  // the style sheet is none
  return done;
}

}  // namespace duly::cli
