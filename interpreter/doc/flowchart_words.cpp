#include "interpreter/doc/flowchart_page.hpp"
#include "interpreter/doc/rules.hpp"
#include "interpreter/doc/words.hpp"
#include "interpreter/report/markup.hpp"

namespace duly::doc {
namespace {

std::string answers_of(const FlowAnswer& answer) {
  std::vector<std::string> quoted;
  for (const std::string& each : answer.answers) quoted.push_back(html_escaped(each));
  return fmt::format("<strong>{}</strong>", join(quoted, ", or "));
}

/// An ending is a rule; here is where it stands.
void ending(Page& page, const FlowAnswer& answer) {
  const Rule& rule = at(page.book.material.program.rules, *answer.rule);
  page.put("<li id=\"{}\">{}: {}\n", html_escaped(page.book.links.anchor(*answer.rule)), answers_of(answer),
           html_escaped(answer.outcome));
  page.identity(rule.full_name, rule.module, rule.span,
                rule.is_protected ? std::vector<std::string>{"protected"} : std::vector<std::string>());
  for (const FlowInstead& instead : answer.instead) {
    page.put("<p>Or instead: {} Where: {}</p>\n", html_escaped(instead.outcome), page.book.links.link(instead.rule));
  }
  page.open_details();
  write_standing(page, *answer.rule);
  page.close_details();
  page.put("</li>\n");
}

}  // namespace

std::string before_anchor(const Program& program, const Flowchart& chart) {
  const Procedure& procedure = at(program.procedures, chart.procedure);
  return anchor_of("before", fmt::format("{}.{}", at(program.modules, procedure.module).name, procedure.name));
}

void write_steps(Page& page, const Flowchart& chart) {
  const Program& program = page.book.material.program;
  const Links& links = page.book.links;
  page.put("<ol class=\"steps\">\n");
  for (std::size_t i = 0; i < chart.steps.size(); ++i) {
    const FlowStep& shown = chart.steps[i];
    const Step& step = at(program.steps, shown.step);
    const Term& on = at(program.terms, step.on);
    page.put("<li id=\"{}\"><p><strong>{}</strong></p>\n", html_escaped(links.anchor(shown.step)),
             html_escaped(shown.title));
    page.put("<p>It looks at: {}{}</p>\n", on.is_subject ? links.link(on.subject()) : links.link(on.fact()),
             shown.redefined ? fmt::format(", as it is redefined by {}", links.link(*shown.redefined)) : std::string());
    if (!step.cites.empty()) page.put("<p>Cites: {}</p>\n", join(page.provisions(step.cites), ", "));
    page.put("<ul>\n");
    for (const FlowAnswer& answer : shown.answers) {
      if (answer.rule) {
        ending(page, answer);
      } else if (i + 1 < chart.steps.size()) {
        page.put("<li>{}: go on to <a href=\"{}\">step {}</a>.</li>\n", answers_of(answer),
                 html_escaped(links.href(chart.steps[i + 1].step)), i + 2);
      }
    }
    page.put("</ul>\n</li>\n");
  }
  page.put("</ol>\n");
}

}  // namespace duly::doc
