#include "interpreter/doc/pages.hpp"
#include "interpreter/doc/words.hpp"
#include "interpreter/report/explanation.hpp"
#include "interpreter/report/markup.hpp"

namespace duly::doc {
namespace {

std::string in_force(const Module& module) {
  if (!module.from) return {};
  if (!module.until) return fmt::format("from {}", date_in_words(*module.from));
  return fmt::format("from {} until {}", date_in_words(*module.from), date_in_words(*module.until));
}

std::string extended(const Program& program, const Module& module) {
  std::vector<std::string> names;
  for (const ModuleId id : module.extends) names.push_back(code(at(program.modules, id).name));
  return join(names, ", ");
}

void about(Page& page) {
  const Program& program = page.book.material.program;
  const Module& policy = program.policy();
  page.open_details();
  page.detail("Policy", code(policy.name));
  page.detail("Version", html_escaped(policy.version));
  page.detail("In force", in_force(policy));
  page.detail("Builds on", extended(program, policy));
  page.detail("Contact", html_escaped(policy.contact));
  page.close_details();
}

void decisions(Page& page) {
  const Program& program = page.book.material.program;
  if (!program.default_decision) return;
  page.put("<h2>What it decides</h2>\n");
  for (const Chapter& chapter : page.book.chapters) {
    for (const Subject& subject : program.subjects) {
      if (subject.kind != SubjectKind::decision || Links::decision_page(subject) != chapter.file) continue;
      page.put("<h3><a href=\"{}\">{}</a></h3>\n", html_escaped(chapter.file), html_escaped(subject.title));
      page.identity(subject.name, subject.module, subject.span);
      std::vector<std::string> outcomes;
      if (subject.type.kind == TypeKind::choice) {
        const std::size_t count = at(program.choices, subject.type.choice).values.size();
        for (std::size_t i = 0; i < count; ++i) {
          outcomes.push_back(value_in_words(program, subject.type, static_cast<Scalar>(i)));
        }
      }
      page.list(outcomes);
    }
  }
}

void contents(Page& page) {
  page.put("<h2>Contents</h2>\n");
  std::vector<std::string> entries;
  for (const Chapter& chapter : page.book.chapters) {
    if (chapter.file == "index.html") continue;
    entries.push_back(fmt::format("<strong>{}</strong><br>{}", linked(chapter.file, html_escaped(chapter.title)),
                                  html_escaped(chapter.about)));
  }
  page.list(entries);
}

void modules(Page& page) {
  const Program& program = page.book.material.program;
  page.put(
      "<h2>Modules</h2>\n<p>A policy takes over all that it builds on. What comes from another module is marked "
      "with its name on these pages. The sum tells whether a text is the very same, letter by letter.</p>\n");
  page.open_table("The modules, the most basic first",
                  {"Module", "Title", "Version", "In force", "Builds on", "SHA-256"});
  for (const Module& module : program.modules) {
    page.put("<tr><th scope=\"row\" id=\"{}\">{}</th><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>\n",
             html_escaped(anchor_of("module", module.name)), code(module.name), html_escaped(module.title),
             html_escaped(module.version), in_force(module), extended(program, module), code(module.sha256));
  }
  page.close_table();
}

}  // namespace

DocumentPage index_page(const Book& book) {
  Page page(book, "index.html", book.material.program.policy().title);
  about(page);
  decisions(page);
  contents(page);
  modules(page);
  return page.finish();
}

}  // namespace duly::doc
