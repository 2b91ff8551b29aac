#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "interpreter/cli/commands.hpp"
#include "interpreter/cli/error_pages.hpp"
#include "lang/diagnostics/diagnostic.hpp"
#include "lang/diagnostics/near_names.hpp"

namespace duly::cli {
namespace {

int list_codes(Terminal& terminal) {
  for (const Code code : all_codes()) terminal.out(fmt::format("{}  {}\n", name(code), title(code)));
  return done;
}

int no_such_code(Terminal& terminal, const std::string& asked) {
  std::vector<std::string> codes;
  for (const Code code : all_codes()) codes.emplace_back(name(code));
  std::string help = "`duly explain` alone lists them all.";
  if (const auto meant = nearest(asked, codes)) help = fmt::format("Did you mean `{}`? {}", *meant, help);
  return terminal.error(fmt::format("There is no error or warning `{}`", asked), help);
}

}  // namespace

int explain_code(Terminal& terminal, const ExplainOptions& options) {
  if (options.code.empty()) return list_codes(terminal);
  std::string wanted = options.code;
  std::transform(wanted.begin(), wanted.end(), wanted.begin(), [](unsigned char c) { return std::toupper(c); });
  for (const EmbeddedModule& page : error_pages()) {
    if (page.name != wanted) continue;
    terminal.out(page.text);
    return done;
  }
  for (const Code code : all_codes()) {
    if (name(code) != wanted) continue;
    terminal.out(fmt::format("# {}: {}\n", wanted, title(code)));
    return done;
  }
  return no_such_code(terminal, options.code);
}

}  // namespace duly::cli
