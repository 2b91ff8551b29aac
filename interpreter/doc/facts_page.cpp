#include "interpreter/doc/pages.hpp"
#include "interpreter/doc/words.hpp"
#include "interpreter/report/markup.hpp"

namespace duly::doc {
namespace {

std::vector<std::string> values_of(const Choice& choice) {
  std::vector<std::string> values;
  for (const ChoiceValue& value : choice.values) {
    values.push_back(value.title == value.name ? code(value.name)
                                               : fmt::format("{} {}", html_escaped(value.title), code(value.name)));
  }
  return values;
}

void answers(Page& page, const Type& type) {
  const Program& program = page.book.material.program;
  const bool is_of_choice = type.kind == TypeKind::choice || type.kind == TypeKind::set;
  if (!is_of_choice) {
    page.detail("Answer", type_in_words(program, type));
    return;
  }
  const Choice& choice = at(program.choices, type.choice);
  page.put("<dt>Answer</dt>\n<dd>{}\n", choice.declared              ? type_in_words(program, type)
                                        : type.kind == TypeKind::set ? "Any of:"
                                                                     : "One of:");
  page.list(values_of(choice));
  if (choice.ordered) page.put("<p>From least to most.</p>\n");
  page.put("</dd>\n");
}

void write(Page& page, FactId id) {
  const Fact& fact = at(page.book.material.program.facts, id);
  std::vector<std::string> marks;
  if (fact.judgement) marks.emplace_back("professional judgement");
  if (fact.sensitive) marks.emplace_back("sensitive");
  page.put("<article id=\"{}\">\n<h3>{}</h3>\n", html_escaped(page.book.links.anchor(id)), html_escaped(fact.title));
  page.identity(fact.name, fact.module, fact.span, marks);
  page.open_details();
  page.detail("Question", html_escaped(fact.ask));
  page.detail("Help", html_escaped(fact.help));
  answers(page, fact.type);
  page.detail("Cites", join(page.provisions(fact.cites), ", "));
  page.detail("Used by", page.readers(page.book.material.readers_of(id)));
  page.close_details();
  page.put("</article>\n");
}

/// Facts are grouped by the first part of their names: `child.age`, `child.understands`.
std::string group_of(const Fact& fact) { return fact.name.substr(0, fact.name.find('.')); }

void write(Page& page, const Choice& choice) {
  page.put("<article id=\"{}\">\n<h3>{}</h3>\n", html_escaped(anchor_of("choice", choice.name)),
           html_escaped(choice.title));
  page.identity(choice.name, choice.module, choice.span,
                choice.ordered ? std::vector<std::string>{"from least to most"} : std::vector<std::string>());
  page.list(values_of(choice));
  if (!choice.cites.empty()) page.put("<p>Cites: {}</p>\n", join(page.provisions(choice.cites), ", "));
  page.put("</article>\n");
}

}  // namespace

DocumentPage facts_page(const Book& book) {
  const Program& program = book.material.program;
  Page page(book, "facts.html", "Facts");
  page.put(
      "<p>What comes from outside: a person answers the question, or a case system supplies the answer. A fact "
      "that is professional judgement calls for that person’s reason in a record.</p>\n");
  std::vector<std::string> groups;
  std::vector<std::vector<FactId>> members;
  for (std::uint32_t i = 0; i < program.facts.size(); ++i) {
    const std::string group = group_of(program.facts[i]);
    std::size_t at_group = 0;
    while (at_group < groups.size() && groups[at_group] != group) ++at_group;
    if (at_group == groups.size()) {
      groups.push_back(group);
      members.emplace_back();
    }
    members[at_group].push_back(FactId{i});
  }
  std::vector<std::string> links;
  for (std::uint32_t i = 0; i < program.facts.size(); ++i) {
    links.push_back(linked(book.links.href(FactId{i}), html_escaped(program.facts[i].title)));
  }
  page.contents(links);
  for (std::size_t i = 0; i < groups.size(); ++i) {
    page.put("<h2>{}</h2>\n", code(groups[i]));
    for (const FactId id : members[i]) write(page, id);
  }
  bool any_choice = false;
  for (const Choice& choice : program.choices) {
    if (!choice.declared) continue;
    if (!any_choice) page.put("<h2>Choices</h2>\n<p>The answers that facts and definitions share.</p>\n");
    any_choice = true;
    write(page, choice);
  }
  return page.finish();
}

}  // namespace duly::doc
