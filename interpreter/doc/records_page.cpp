#include "interpreter/doc/condition.hpp"
#include "interpreter/doc/pages.hpp"
#include "interpreter/doc/words.hpp"
#include "interpreter/report/markup.hpp"

namespace duly::doc {
namespace {

void write(Page& page, const Record& record, const Field& field) {
  const Program& program = page.book.material.program;
  const Links& links = page.book.links;
  const std::string name = fmt::format("{}.{}", record.full_name, field.name);
  page.put("<tr id=\"{}\"><th scope=\"row\">{}<br>{}</th><td>{}</td><td>", html_escaped(anchor_of("field", name)),
           html_escaped(field.title), code(field.name), type_in_words(program, field.type));
  if (field.from) {
    const Term& term = at(program.terms, *field.from);
    page.put("{}", term.is_subject ? links.link(term.subject()) : links.link(term.fact()));
  } else {
    page.put("whoever writes the record");
  }
  page.put("</td><td>{}</td><td>{}</td></tr>\n", field.when ? condition_in_words(page, *field.when) : "Always",
           join(page.provisions(field.cites), ", "));
}

}  // namespace

DocumentPage records_page(const Book& book) {
  Page page(book, "records.html", "Records");
  page.put("<p>What has to be written down about a decision. Some fields are filled in from the case.</p>\n");
  for (const Record& record : book.material.program.records) {
    page.put("<section id=\"{}\">\n<h2>{}</h2>\n", html_escaped(anchor_of("record", record.full_name)),
             html_escaped(record.title));
    page.identity(record.full_name, record.module, record.span);
    page.open_details();
    page.detail("When", record.when ? condition_in_words(page, *record.when) : "Always");
    page.detail("Cites", join(page.provisions(record.cites), ", "));
    page.close_details();
    if (!record.fields.empty()) {
      page.open_table(fmt::format("Fields of {}", code(record.full_name)),
                      {"Field", "What it takes", "Comes from", "When", "Cites"});
      for (const Field& field : record.fields) write(page, record, field);
      page.close_table();
    }
    page.put("</section>\n");
  }
  return page.finish();
}

}  // namespace duly::doc
