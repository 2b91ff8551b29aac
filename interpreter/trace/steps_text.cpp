#include <fmt/format.h>

#include "interpreter/report/view.hpp"
#include "interpreter/report/wrapped.hpp"
#include "interpreter/trace/steps.hpp"
#include "interpreter/trace/words.hpp"

namespace duly::trace {

std::string step_text(const Program& program, const SourceMap& sources, const Recording& recording, std::size_t index,
                      std::size_t width) {
  const StepWords step = words(program, recording[index]);
  const std::string number = fmt::format("{:>4}. ", index + 1);
  const std::string margin(number.size(), ' ');
  std::string result = wrapped(step.text, number, margin, width);
  for (const PartWords& part : step.parts) {
    const std::string indent = margin + std::string(2 * std::size_t{part.level}, ' ');
    result += wrapped(fmt::format("{}: {}", to_string(part.truth), part.text), indent + "- ", indent + "  ", width);
  }
  std::string foot;
  if (!step.cites.empty()) {
    std::vector<std::string_view> names;
    for (const ProvisionId each : step.cites) names.push_back(at(program.provisions, each).full_name);
    foot = fmt::format("[{}] ", fmt::join(names, ", "));
  }
  foot += place(sources, step.span);
  return result + wrapped(foot, margin, margin, width);
}

std::string steps_text(const Program& program, const SourceMap& sources, const Recording& recording, std::size_t count,
                       std::size_t width) {
  std::string result;
  for (std::size_t i = 0; i < count && i < recording.size(); ++i) {
    result += step_text(program, sources, recording, i, width);
  }
  return result;
}

}  // namespace duly::trace
