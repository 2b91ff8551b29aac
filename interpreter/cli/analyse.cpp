#include <algorithm>
#include <memory>
#include <vector>

#include "interpreter/analysis/analyse.hpp"
#include "interpreter/cli/commands.hpp"
#include "interpreter/report/analysis_report.hpp"

namespace duly::cli {

int analyse(Terminal& terminal, const SearchPath& path, const AnalyseOptions& options) {
  std::vector<std::string> files;
  for (const std::string& policy : options.policies) {
    const auto found = policies_at(terminal, policy, options.policies.size() == 1);
    if (!found) return misused;
    files.insert(files.end(), found->begin(), found->end());
  }
  if (files.empty()) return misused;

  int exit_code = done;
  std::vector<std::unique_ptr<OpenedPolicy>> opened;  // the reports refer to them
  std::vector<std::pair<const Program*, PolicyAnalysis>> results;
  for (const std::string& file : files) {
    opened.push_back(std::make_unique<OpenedPolicy>(open_policy(terminal, path, file)));
    if (!opened.back()->compiled) {
      exit_code = std::max(exit_code, opened.back()->exit_code);
      continue;
    }
    const Program& program = *opened.back()->compiled->program;
    Analysis found = duly::analyse(program, options.as_at.value_or(today()), options.max_nodes);
    results.emplace_back(&program, describe_analysis(program, opened.back()->compiled->sources, file, std::move(found),
                                                     options.max_nodes));
    const PolicyAnalysis& result = results.back().second;
    if (!result.is_clean()) exit_code = std::max<int>(exit_code, wrong);
    if (options.format != Format::json) terminal.out(analysis_text(result, terminal.width()));
  }
  if (options.format == Format::json) terminal.out(analysis_json(results));
  return exit_code;
}

}  // namespace duly::cli
