#include <fmt/format.h>

#include <map>

#include "interpreter/report/comparison.hpp"
#include "interpreter/report/markup.hpp"
#include "interpreter/report/wrapped.hpp"

namespace duly {
namespace {

std::string shown(const NamedOutcome& outcome) {
  return outcome.status == Status::decided ? outcome.outcome : std::string(to_string(outcome.status));
}

std::string names(const std::vector<ComparedPolicy>& policies) {
  std::vector<std::string> result;
  for (const ComparedPolicy& policy : policies) result.push_back(policy.label);
  return listed(result);
}

std::string with_provisions(const DifferenceMaker& maker) {
  std::string text = fmt::format("{} \"{}\"", maker.name, maker.title);
  for (const auto& [name, title] : maker.provisions) text += fmt::format(", {} \"{}\"", name, title);
  return fmt::format("{} ({})", text, maker.place);
}

/// The duties that differ only because the outcomes do.
std::vector<std::string> following(const CaseComparison& comparison) {
  std::vector<std::string> names;
  for (const ComparedRow& row : comparison.duties) {
    if (row.follows) names.push_back(row.name);
  }
  return names;
}

class TextReport {
 public:
  TextReport(const std::vector<ComparedPolicy>& policies, std::size_t width) : policies_(policies), width_(width) {}

  std::string cases(const std::vector<CaseComparison>& cases) {
    std::size_t different = 0;
    for (const CaseComparison& each : cases) {
      write(each);
      different += each.outcomes_differ();
    }
    out_ += wrapped(fmt::format("{}: {}, {} with different outcomes.", names(policies_), counted(cases.size(), "case"),
                                different == 0 ? std::string("none") : std::to_string(different)),
                    "", "  ", width_);
    return std::move(out_);
  }

  std::string partings(const Differences& differences, const std::vector<ComparedParting>& partings) {
    for (const ComparedParting& each : partings) write(each);
    for (const std::string& fact : differences.not_shared) {
      line("", fmt::format("The fact `{}` is not of one kind in both, so each policy's stands for itself.", fact));
    }
    const std::string& decision = at(policies_[0].program.subjects, policies_[0].decision).name;
    if (!differences.complete) {
      line("",
           "Looking at every case takes more nodes than allowed, so nothing can be said; allow more with `--nodes`.");
    } else if (partings.empty() && !differences.approximate) {
      line("", fmt::format("{} decide `{}` alike in every case.", names(policies_), decision));
    } else {
      line("", fmt::format("{} part over `{}` in {}.", names(policies_), decision, counted(partings.size(), "way")));
    }
    if (differences.approximate) {
      line("", "They may part in another way, which hangs on how values compare; no case was found that shows it.");
    }
    return std::move(out_);
  }

 private:
  void line(const std::string& indent, const std::string& text) {
    out_ += wrapped(text, indent, indent + "  ", width_);
  }

  void write(const CaseComparison& comparison) {
    line("", comparison.title.empty() ? comparison.name : fmt::format("{}: {}", comparison.name, comparison.title));
    for (std::size_t i = 0; i < policies_.size(); ++i) {
      const ComparedSide& side = comparison.sides[i];
      line("  ", fmt::format("{}: {}. {}", policies_[i].label, shown(side.outcome), side.says));
      for (const ComparedRow& row : comparison.values) {
        const ComparedCell& cell = row.cells[i];
        if (!cell.value.empty()) line("    ", fmt::format("{}: {} ({})", row.title, says(cell), row.name));
      }
      for (const DifferenceMaker& maker : side.because) line("    ", fmt::format("because {}", with_provisions(maker)));
      for (const ComparedRow& row : comparison.duties) {
        if (row.follows) continue;
        line("    ", fmt::format("{}: {} ({}){}", row.cells[i].value, row.title, row.name, cited(row.cells[i])));
      }
      if (!side.left_out.empty()) {
        line("    ", fmt::format("It does not know, and did not read: {}.", fmt::join(side.left_out, ", ")));
      }
    }
    if (const auto names = following(comparison); !names.empty()) {
      line("  ", fmt::format("Duties that differ only because the answers do: {}.", fmt::join(names, ", ")));
    }
    if (!comparison.anything_differs()) line("  ", "They agree, duties included.");
    out_ += '\n';
  }

  static std::string says(const ComparedCell& cell) { return cell.says.empty() ? cell.value : cell.says; }

  static std::string cited(const ComparedCell& cell) {
    return cell.because.empty() ? std::string() : ", because " + with_provisions(cell.because.front());
  }

  void write(const ComparedParting& compared) {
    const Parting& parting = compared.parting;
    line("", fmt::format("{}: {}; {}: {}", policies_[0].label, shown(parting.first), policies_[1].label,
                         shown(parting.second)));
    line("  ", fmt::format("What can play a part: {}.", fmt::join(parting.facts, ", ")));
    for (std::size_t i = 0; i < compared.examples.size(); ++i) {
      out_ += "\n";
      indented(compared.case_blocks[i]);
      out_ += "\n";
      for (std::size_t side = 0; side < policies_.size(); ++side) {
        for (const DifferenceMaker& maker : compared.examples[i].sides[side].because) {
          line("    ", fmt::format("{}: because {}", policies_[side].label, with_provisions(maker)));
        }
      }
    }
    out_ += '\n';
  }

  void indented(std::string_view block) {
    while (!block.empty()) {
      const std::size_t end = block.find('\n');
      out_ += fmt::format("    {}\n", block.substr(0, end));
      block.remove_prefix(end == std::string_view::npos ? block.size() : end + 1);
    }
  }

  const std::vector<ComparedPolicy>& policies_;
  std::size_t width_;
  std::string out_;
};

class MarkdownReport {
 public:
  explicit MarkdownReport(const std::vector<ComparedPolicy>& policies) : policies_(policies) {}

  std::string cases(const std::vector<CaseComparison>& cases) {
    if (cases.size() > 1) overview(cases);
    for (std::size_t i = 0; i < cases.size(); ++i) {
      write(cases[i], cases.size() > 1 ? fmt::format("{}. ", i + 1) : std::string());
    }
    if (!out_.empty()) out_.pop_back();
    return std::move(out_);
  }

  std::string partings(const Differences& differences, const std::vector<ComparedParting>& partings) {
    const std::string& decision = at(policies_[0].program.subjects, policies_[0].decision).name;
    if (!differences.complete) {
      out_ += "Looking at every case takes more nodes than allowed, so nothing can be said.\n\n";
    } else if (partings.empty()) {
      out_ += fmt::format("{} decide `{}` alike in every case.\n\n", names(policies_), decision);
    }
    for (const ComparedParting& each : partings) write(each);
    if (!out_.empty()) out_.pop_back();
    return std::move(out_);
  }

 private:
  void row(const std::string& first, const std::vector<std::string>& cells) {
    out_ += fmt::format("| {} | {} |\n", first, fmt::join(cells, " | "));
  }

  void head(const std::string& corner) {
    std::vector<std::string> titles;
    for (const ComparedPolicy& policy : policies_) titles.push_back(markdown_escaped(policy.label));
    row(corner, titles);
    row("---", std::vector<std::string>(policies_.size(), "---"));
  }

  void overview(const std::vector<CaseComparison>& cases) {
    head("Case");
    for (std::size_t i = 0; i < cases.size(); ++i) {
      std::vector<std::string> cells;
      for (const ComparedSide& side : cases[i].sides) cells.push_back(fmt::format("`{}`", shown(side.outcome)));
      row(fmt::format("{}. {}", i + 1, markdown_escaped(heading(cases[i]))), cells);
    }
    out_ += '\n';
  }

  static const std::string& heading(const CaseComparison& comparison) {
    return comparison.title.empty() ? comparison.name : comparison.title;
  }

  void write(const CaseComparison& comparison, const std::string& number) {
    out_ += fmt::format("### {}{}\n\n", number, markdown_escaped(heading(comparison)));
    head(" ");
    std::vector<std::string> cells;
    for (const ComparedSide& side : comparison.sides) {
      cells.push_back(fmt::format("**{}** (`{}`)", markdown_escaped(side.says), shown(side.outcome)));
    }
    row("Answer", cells);
    for (const ComparedRow& each : comparison.values) {
      cells.clear();
      for (const ComparedCell& cell : each.cells) {
        cells.push_back(cell.value.empty() ? "–" : markdown_escaped(cell.says.empty() ? cell.value : cell.says));
      }
      row(markdown_escaped(each.title), cells);
    }
    difference(comparison);
    for (const ComparedRow& each : comparison.duties) {
      if (each.follows) continue;
      cells.clear();
      for (const ComparedCell& cell : each.cells) cells.push_back(duty(cell));
      row(markdown_escaped(each.title), cells);
    }
    out_ += '\n';
    if (const auto names = following(comparison); !names.empty()) {
      out_ += fmt::format("Duties that differ only because the answers do: `{}`.\n\n", fmt::join(names, "`, `"));
    }
    left_out(comparison);
  }

  void difference(const CaseComparison& comparison) {
    std::vector<std::string> cells;
    bool any = false;
    for (const ComparedSide& side : comparison.sides) {
      std::vector<std::string> makers;
      for (const DifferenceMaker& maker : side.because) makers.push_back(linked(maker));
      any = any || !makers.empty();
      cells.push_back(makers.empty() ? std::string("–") : fmt::format("{}", fmt::join(makers, "<br>")));
    }
    if (any) row("What makes the difference", cells);
  }

  static std::string linked(const DifferenceMaker& maker) {
    std::string text = fmt::format("`{}`", maker.name);
    if (maker.provisions.empty()) return fmt::format("{}: {}", text, markdown_escaped(maker.title));
    for (const auto& [name, title] : maker.provisions)
      text += fmt::format("<br>*{}* (`{}`)", markdown_escaped(title), name);
    return text;
  }

  static std::string duty(const ComparedCell& cell) {
    if (cell.value == to_string(Duty::none)) return "–";
    std::string text = markdown_escaped(cell.value);
    if (!cell.because.empty()) text += fmt::format(" (`{}`)", cell.because.front().name);
    return text;
  }

  /// Policies that did not read the same facts in one sentence.
  void left_out(const CaseComparison& comparison) {
    std::map<std::vector<std::string>, std::vector<std::string>> by_facts;
    for (std::size_t i = 0; i < policies_.size(); ++i) {
      by_facts[comparison.sides[i].left_out].push_back(markdown_escaped(policies_[i].label));
    }
    for (const auto& [facts, labels] : by_facts) {
      if (facts.empty()) continue;
      out_ += fmt::format("Not known to {}, and not read: `{}`.\n\n", listed(labels), fmt::join(facts, "`, `"));
    }
  }

  void write(const ComparedParting& compared) {
    const Parting& parting = compared.parting;
    out_ += fmt::format("### {}: `{}`; {}: `{}`\n\n", markdown_escaped(policies_[0].label), shown(parting.first),
                        markdown_escaped(policies_[1].label), shown(parting.second));
    out_ += fmt::format("What can play a part: `{}`.\n\n", fmt::join(parting.facts, "`, `"));
    for (std::size_t i = 0; i < compared.examples.size(); ++i) {
      out_ += fmt::format("```duly\n{}```\n\n", compared.case_blocks[i]);
      for (std::size_t side = 0; side < policies_.size(); ++side) {
        for (const DifferenceMaker& maker : compared.examples[i].sides[side].because) {
          out_ += fmt::format("- {}: {}\n", markdown_escaped(policies_[side].label), linked(maker));
        }
      }
      out_ += '\n';
    }
  }

  const std::vector<ComparedPolicy>& policies_;
  std::string out_;
};

}  // namespace

std::string comparison_text(const std::vector<ComparedPolicy>& policies, const std::vector<CaseComparison>& cases,
                            std::size_t width) {
  return TextReport(policies, width).cases(cases);
}

std::string comparison_markdown(const std::vector<ComparedPolicy>& policies, const std::vector<CaseComparison>& cases) {
  return MarkdownReport(policies).cases(cases);
}

std::string partings_text(const std::vector<ComparedPolicy>& policies, const Differences& differences,
                          const std::vector<ComparedParting>& partings, std::size_t width) {
  return TextReport(policies, width).partings(differences, partings);
}

std::string partings_markdown(const std::vector<ComparedPolicy>& policies, const Differences& differences,
                              const std::vector<ComparedParting>& partings) {
  return MarkdownReport(policies).partings(differences, partings);
}

}  // namespace duly
