#include "interpreter/doc/document.hpp"

#include <algorithm>

#include "interpreter/doc/pages.hpp"
#include "interpreter/doc/style.hpp"

namespace duly {
namespace {

using namespace doc;

std::vector<SubjectId> of_kind(const Program& program, SubjectKind kind) {
  std::vector<SubjectId> result;
  for (std::uint32_t i = 0; i < program.subjects.size(); ++i) {
    if (program.subjects[i].kind == kind) result.push_back(SubjectId{i});
  }
  return result;
}

/// The decision that the policy is for stands first.
std::vector<SubjectId> decisions_of(const Program& program) {
  std::vector<SubjectId> result = of_kind(program, SubjectKind::decision);
  std::stable_partition(result.begin(), result.end(), [&](SubjectId id) { return id == program.default_decision; });
  return result;
}

/// The modules that have cases, the policy itself first.
std::vector<ModuleId> modules_with_cases(const Program& program) {
  std::vector<ModuleId> result;
  for (auto i = static_cast<std::uint32_t>(program.modules.size()); i-- > 0;) {
    const bool has_some = std::any_of(program.cases.begin(), program.cases.end(),
                                      [&](const TestCase& test_case) { return test_case.module == ModuleId{i}; });
    if (has_some) result.push_back(ModuleId{i});
  }
  return result;
}

std::vector<Chapter> chapters_of(const Program& program) {
  std::vector<Chapter> chapters{{"index.html", "Overview", "What this policy is."}};
  for (const SubjectId id : decisions_of(program)) {
    const Subject& decision = at(program.subjects, id);
    chapters.push_back({Links::decision_page(decision), decision.title,
                        "The decision: its flowchart, its rules and which comes first."});
  }
  const auto add = [&](bool wanted, const char* file, const char* title, const char* about) {
    if (wanted) chapters.push_back({file, title, about});
  };
  add(!of_kind(program, SubjectKind::definition).empty(), "definitions.html", "Definitions",
      "What is worked out on the way to a decision, and the rules that do so.");
  add(!of_kind(program, SubjectKind::action).empty(), "duties.html", "Duties",
      "What has to be done, by whom, and the rules that say when.");
  const bool has_choices =
      std::any_of(program.choices.begin(), program.choices.end(), [](const Choice& choice) { return choice.declared; });
  add(!program.facts.empty() || has_choices, "facts.html", "Facts", "The questions that are asked, and their answers.");
  add(!program.safeguards.empty(), "safeguards.html", "Safeguards",
      "What must hold in every case, whatever the rules.");
  add(!of_kind(program, SubjectKind::agreement).empty(), "agreements.html", "Agreements",
      "The agreements between bodies, as they were signed.");
  add(!program.records.empty(), "records.html", "Records", "What has to be written down.");
  add(!program.provisions.empty(), "provisions.html", "Sources",
      "From guidance to rules: every provision, what it became, and the cases that show it.");
  for (const ModuleId id : modules_with_cases(program)) {
    const Module& module = at(program.modules, id);
    chapters.push_back({Links::cases_page(module), "Cases of " + module.name,
                        "Stories with their facts, what is expected of them, and the rules that decide them."});
  }
  chapters.push_back(
      {"order.html", "In the policy's order", "Everything as it stands in the files, heading by heading."});
  return chapters;
}

DocumentPage style_page() { return {"style.css", std::string(style_sheet())}; }

}  // namespace

std::vector<DocumentPage> document_policy(const Compiled& compiled) {
  const Material material(compiled);
  const Program& program = material.program;
  const Links links(program);
  const Book book{material, links, chapters_of(program)};
  std::vector<DocumentPage> pages{index_page(book)};
  for (const SubjectId id : decisions_of(program)) pages.push_back(decision_page(book, id));
  const auto add = [&](const char* file, DocumentPage (*write)(const Book&)) {
    const bool is_wanted = std::any_of(book.chapters.begin(), book.chapters.end(),
                                       [&](const Chapter& chapter) { return chapter.file == file; });
    if (is_wanted) pages.push_back(write(book));
  };
  add("definitions.html", definitions_page);
  add("duties.html", duties_page);
  add("facts.html", facts_page);
  add("safeguards.html", safeguards_page);
  add("agreements.html", agreements_page);
  add("records.html", records_page);
  add("provisions.html", provisions_page);
  for (const ModuleId id : modules_with_cases(program)) pages.push_back(cases_page(book, id));
  pages.push_back(order_page(book));
  pages.push_back(style_page());
  return pages;
}

}  // namespace duly
