#include <fmt/format.h>

#include "interpreter/report/analysis_report.hpp"
#include "interpreter/report/json_writer.hpp"
#include "interpreter/report/values_json.hpp"
#include "interpreter/report/wrapped.hpp"

namespace duly {
namespace {

/// The word for machines.
std::string_view name_of(ProblemKind kind) {
  switch (kind) {
    case ProblemKind::conflict: return "conflict";
    case ProblemKind::gap: return "gap";
    case ProblemKind::broken_safeguard: return "broken_safeguard";
    case ProblemKind::never_applies: return "never_applies";
    case ProblemKind::never_decides: return "never_decides";
    case ProblemKind::idle_item: return "idle_item";
  }
  return {};
}

std::string_view heading_of(ProblemKind kind) {
  switch (kind) {
    case ProblemKind::conflict: return "conflict";
    case ProblemKind::gap: return "gap";
    case ProblemKind::broken_safeguard: return "safeguard that breaks";
    case ProblemKind::never_applies: return "rule that never applies";
    case ProblemKind::never_decides: return "rule that never decides";
    case ProblemKind::idle_item: return "list item that never counts";
  }
  return {};
}

std::size_t number_of(const PolicyAnalysis& policy, std::initializer_list<ProblemKind> kinds) {
  std::size_t number = 0;
  for (const AnalysisFinding& finding : policy.findings) {
    for (const ProblemKind kind : kinds) number += finding.kind == kind;
  }
  return number;
}

/// Why what was not found may be there all the same.
std::string doubts(const PolicyAnalysis& policy) {
  std::string text;
  if (!policy.analysis.complete) {
    text += fmt::format(
        " Looking at every case takes more than {} nodes, so not every case was looked at: what is not reported may be "
        "there all the same. Allow more with `--nodes {}`.",
        with_commas(policy.max_nodes), policy.max_nodes * 10);
  }
  if (policy.analysis.days_left_out) {
    text += " More days change something than were looked at: look at others with `--as-at DATE`.";
  }
  if (policy.analysis.comparisons_left_open) {
    text +=
        " Something may be wrong that hangs on how values compare with each other; no case was found that shows it.";
  }
  return text;
}

std::string summary(const PolicyAnalysis& policy) {
  const Analysis& analysis = policy.analysis;
  const std::string size = fmt::format(
      "{}, {}{}", analysis.subjects == 1 ? "1 value or duty" : with_commas(analysis.subjects) + " values and duties",
      counted(analysis.safeguards, "safeguard"),
      analysis.complete ? fmt::format(", {} nodes", with_commas(analysis.nodes)) : std::string());
  if (policy.is_clean()) {
    return fmt::format("{}: {}: no conflict, no gap{}", policy.name, size,
                       analysis.safeguards > 0 ? ", every safeguard holds in every case" : "");
  }
  std::vector<std::string> found;
  const auto add = [&](std::size_t number, const char* what) {
    if (number > 0) found.push_back(counted(number, what));
  };
  add(number_of(policy, {ProblemKind::conflict}), "conflict");
  add(number_of(policy, {ProblemKind::gap}), "gap");
  if (const auto broken = number_of(policy, {ProblemKind::broken_safeguard}); broken > 0) {
    found.push_back(fmt::format("{} that {}", counted(broken, "safeguard"), broken == 1 ? "breaks" : "break"));
  }
  add(number_of(policy, {ProblemKind::never_applies, ProblemKind::never_decides}), "idle rule");
  add(number_of(policy, {ProblemKind::idle_item}), "idle list item");
  std::string result = fmt::format("{}: {}: {}", policy.name, size, found.empty() ? "nothing found" : listed(found));
  if (!analysis.proves()) result += ", but not everything was looked at.";
  return result + doubts(policy);
}

class TextReport {
 public:
  explicit TextReport(std::size_t width) : width_(width) {}

  std::string write(const PolicyAnalysis& policy) {
    for (const AnalysisFinding& finding : policy.findings) write(policy, finding);
    out_ += policy.is_clean() ? summary(policy) + "\n" : wrapped(summary(policy), "", "  ", width_);
    return std::move(out_);
  }

 private:
  void write(const PolicyAnalysis& policy, const AnalysisFinding& finding) {
    out_ += wrapped(fmt::format("{}: {}: {}, \"{}\"{}", policy.name, heading_of(finding.kind), finding.about,
                                finding.title, finding.inherited ? " (inherited)" : ""),
                    "", "  ", width_);
    out_ += wrapped(finding.means, "  ", "  ", width_);
    for (const NamedPart& part : finding.parts) write(part);
    if (!finding.give_way_to.empty()) out_ += "  It gives way to:\n";
    for (const NamedPart& part : finding.give_way_to) write(part);
    if (!finding.also.empty()) {
      out_ += wrapped(fmt::format("So these may have no answer either: {}.", fmt::join(finding.also, ", ")), "  ", "  ",
                      width_);
    }
    out_ += wrapped(finding.mend, "  To mend it: ", "    ", width_);
    if (!finding.case_block.empty()) {
      out_ += finding.fails_until_mended ? "  A case that shows it; in the policy it fails until this is mended:\n\n"
                                         : "  A case that shows it; in the policy it passes until this is mended:\n\n";
      indented(finding.case_block);
    }
    out_ += '\n';
  }

  void write(const NamedPart& part) {
    const std::string says = part.says.empty() ? std::string() : fmt::format("{}: ", part.says);
    out_ +=
        wrapped(fmt::format("{}{} \"{}\" ({})", says, part.name, part.title, part.place), "    - ", "      ", width_);
  }

  void indented(std::string_view block) {
    while (!block.empty()) {
      const std::size_t end = block.find('\n');
      out_ += fmt::format("    {}\n", block.substr(0, end));
      block.remove_prefix(end == std::string_view::npos ? block.size() : end + 1);
    }
  }

  std::size_t width_;
  std::string out_;
};

class JsonReport {
 public:
  std::string write(const std::vector<std::pair<const Program*, PolicyAnalysis>>& policies) {
    json_.open_object().key("policies").open_array();
    for (const auto& [program, policy] : policies) write(*program, policy);
    json_.close_array().close_object();
    return json_.take();
  }

 private:
  void write(const Program& program, const PolicyAnalysis& policy) {
    const Analysis& analysis = policy.analysis;
    json_.open_object().key("policy").text(policy.name).key("file").text(policy.file);
    json_.key("values").number(static_cast<std::int64_t>(analysis.subjects));
    json_.key("safeguards").number(static_cast<std::int64_t>(analysis.safeguards));
    json_.key("nodes").number(static_cast<std::int64_t>(analysis.nodes));
    json_.key("days").open_line();
    for (const Date day : analysis.days) json_.text(to_string(day));
    json_.close_array();
    json_.key("complete").boolean(analysis.proves());
    json_.key("summary").text(summary(policy));
    json_.key("findings").open_array();
    for (const AnalysisFinding& finding : policy.findings) write(program, finding);
    json_.close_array().close_object();
  }

  void write(const Program& program, const AnalysisFinding& finding) {
    json_.open_object().key("kind").text(name_of(finding.kind));
    json_.key("about").text(finding.about).key("title").text(finding.title);
    json_.key("inherited").boolean(finding.inherited);
    parts("parts", finding.parts);
    parts("gives_way_to", finding.give_way_to);
    json_.key("also").open_line();
    for (const std::string& also : finding.also) json_.text(also);
    json_.close_array();
    json_.key("means").text(finding.means).key("mend").text(finding.mend);
    json_.key("witness");
    finding.witness ? witness(program, *finding.witness) : void(json_.null());
    json_.key("case").text_or_null(finding.case_block);
    json_.key("case_passes").boolean(!finding.case_block.empty() && !finding.fails_until_mended);
    json_.close_object();
  }

  void parts(std::string_view key, const std::vector<NamedPart>& parts) {
    json_.key(key).open_array();
    for (const NamedPart& part : parts) {
      json_.open_object().key("name").text(part.name).key("title").text(part.title);
      json_.key("says").text_or_null(part.says).key("at").text(part.place).close_object();
    }
    json_.close_array();
  }

  /// A case that `duly decide` takes as it stands.
  void witness(const Program& program, const Case& facts) {
    json_.open_object().key("facts").open_object();
    for (std::uint32_t i = 0; i < program.facts.size(); ++i) {
      if (facts.known(FactId{i})) write_fact(json_.key(program.facts[i].name), program, facts, FactId{i});
    }
    json_.close_object().key("as_at").text(to_string(facts.as_at)).close_object();
  }

  JsonWriter json_;
};

}  // namespace

std::string analysis_text(const PolicyAnalysis& policy, std::size_t width) { return TextReport(width).write(policy); }

std::string analysis_json(const std::vector<std::pair<const Program*, PolicyAnalysis>>& policies) {
  return JsonReport().write(policies);
}

}  // namespace duly
