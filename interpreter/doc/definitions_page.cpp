#include "interpreter/doc/pages.hpp"
#include "interpreter/doc/precedence.hpp"
#include "interpreter/doc/rules.hpp"
#include "interpreter/doc/words.hpp"
#include "interpreter/report/markup.hpp"

namespace duly::doc {
namespace {

void write(Page& page, SubjectId id) {
  const Program& program = page.book.material.program;
  const Links& links = page.book.links;
  const Subject& definition = at(program.subjects, id);
  const auto redefined = redefinition_of(program, id);
  page.put("<section id=\"{}\">\n<h2>{}</h2>\n", html_escaped(links.anchor(id)), html_escaped(definition.title));
  page.identity(definition.name, definition.module, definition.span,
                redefined ? std::vector<std::string>{"redefined"} : std::vector<std::string>());
  page.open_details();
  page.detail("What it is", type_in_words(program, definition.type));
  if (redefined) page.detail("Redefined by", links.link(*redefined));
  if (definition.otherwise) page.detail("Otherwise", conclusion_in_words(page, definition, *definition.otherwise));
  page.detail("Cites", join(page.provisions(definition.cites), ", "));
  page.detail("Used by", page.readers(page.book.material.readers_of(id)));
  page.close_details();
  for (const RuleId rule : rules_about(program, id)) write_rule(page, rule, 3);
  page.put("</section>\n");
}

void write_action(Page& page, SubjectId id) {
  const Program& program = page.book.material.program;
  const Links& links = page.book.links;
  const Subject& action = at(program.subjects, id);
  page.put("<section id=\"{}\">\n<h2>{}</h2>\n", html_escaped(links.anchor(id)), html_escaped(action.title));
  page.identity(action.name, action.module, action.span);
  page.open_details();
  page.detail("By", html_escaped(action.by));
  page.detail("To", html_escaped(action.to));
  page.detail("Cites", join(page.provisions(action.cites), ", "));
  page.detail("Used by", page.readers(page.book.material.readers_of(id)));
  page.close_details();
  const std::vector<RuleId> rules = rules_about(program, id);
  if (rules.empty()) page.put("<p>No rule of this policy lays a duty about it.</p>\n");
  for (const RuleId rule : rules) write_rule(page, rule, 3);
  page.put("</section>\n");
}

DocumentPage page_of_kind(const Book& book, SubjectKind kind, const char* file, const char* title, const char* about,
                          void (*write_one)(Page&, SubjectId)) {
  Page page(book, file, title);
  page.put("<p>{}</p>\n", about);
  const Program& program = book.material.program;
  std::vector<std::string> links;
  for (std::uint32_t i = 0; i < program.subjects.size(); ++i) {
    if (program.subjects[i].kind == kind) {
      links.push_back(linked(book.links.href(SubjectId{i}), html_escaped(program.subjects[i].title)));
    }
  }
  page.contents(links);
  for (std::uint32_t i = 0; i < program.subjects.size(); ++i) {
    if (program.subjects[i].kind == kind) write_one(page, SubjectId{i});
  }
  return page.finish();
}

}  // namespace

DocumentPage definitions_page(const Book& book) {
  return page_of_kind(book, SubjectKind::definition, "definitions.html", "Definitions",
                      "What the policy works out from facts, and uses on the way to its decisions and duties.", write);
}

DocumentPage duties_page(const Book& book) {
  return page_of_kind(book, SubjectKind::action, "duties.html", "Duties",
                      "What people must, should or may do, and when. An action about which no rule applies is no duty.",
                      write_action);
}

}  // namespace duly::doc
