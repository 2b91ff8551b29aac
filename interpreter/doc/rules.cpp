#include "interpreter/doc/rules.hpp"

#include "interpreter/doc/condition.hpp"
#include "interpreter/doc/precedence.hpp"
#include "interpreter/doc/words.hpp"
#include "interpreter/report/markup.hpp"

namespace duly::doc {
namespace {

std::vector<std::string> links_to(const Page& page, const std::vector<RuleId>& rules) {
  std::vector<std::string> result;
  for (const RuleId id : rules) result.push_back(page.book.links.link(id));
  return result;
}

std::vector<std::string> marks_of(const Rule& rule) {
  std::vector<std::string> marks;
  if (rule.is_protected) marks.emplace_back("protected");
  if (rule.replaced) marks.emplace_back("replaced: it never applies here");
  return marks;
}

void condition(Page& page, const Rule& rule) {
  const Program& program = page.book.material.program;
  const Node& node = at(program.nodes, rule.condition);
  if (node.op == Op::constant) {
    page.detail("When", node.a != 0 ? "Always" : "Never");
    return;
  }
  page.detail("When", condition_in_words(page, rule.condition));
}

/// `define … means` is a definition and its rule at once, with one title for both.
std::string_view heading_of(const Rule& rule, const Subject& subject) {
  return rule.kind == RuleKind::means && rule.title == subject.title ? "When it is so" : std::string_view(rule.title);
}

}  // namespace

std::vector<RuleId> rules_about(const Program& program, SubjectId subject) {
  std::vector<RuleId> rules = at(program.subjects, subject).rules;
  for (std::uint32_t i = 0; i < program.rules.size(); ++i) {
    if (program.rules[i].replaced && program.rules[i].subject == subject) rules.push_back(RuleId{i});
  }
  return rules;
}

void write_standing(Page& page, RuleId id) {
  const Rule& rule = at(page.book.material.program.rules, id);
  const Standing standing = standing_of(page.book.material.program, id);
  page.detail("In the place of", links_to(page, standing.in_place_of));
  page.detail("Prevails over", links_to(page, standing.prevails_over));
  page.detail("Yields to", links_to(page, standing.yields_to));
  if (rule.replaced) {
    if (const auto by = redefinition_of(page.book.material.program, rule.subject)) {
      page.detail("Replaced by", page.book.links.link(*by));
    }
  }
  page.detail("Cites", join(page.provisions(rule.cites), ", "));
  const CasesOfRule cases = cases_of_rule(page.book, id);
  page.detail("Cases that name it", cases.expecting);
  page.detail(cases.expecting.empty() ? "Cases it decides" : "Others it decides", cases.deciding);
  page.detail("Set aside in", cases.applying);
}

void write_rule(Page& page, RuleId id, int heading) {
  const Program& program = page.book.material.program;
  const Rule& rule = at(program.rules, id);
  const Subject& subject = at(program.subjects, rule.subject);
  page.put("<article id=\"{}\">\n<h{}>{}</h{}>\n", html_escaped(page.book.links.anchor(id)), heading,
           html_escaped(heading_of(rule, subject)), heading);
  page.identity(rule.full_name, rule.module, rule.span, marks_of(rule));
  page.open_details();
  const std::string concluded = conclusion_in_words(page, subject, rule.conclusion);
  page.detail("Concludes", subject.kind == SubjectKind::action
                               ? fmt::format("<strong>{}</strong>: {}", concluded, html_escaped(subject.title))
                               : fmt::format("<strong>{}</strong>", concluded));
  condition(page, rule);
  page.detail("Timing", html_escaped(rule.timing));
  page.detail("Because", html_escaped(rule.because));
  write_standing(page, id);
  page.close_details();
  page.as_written(rule.span);
  page.put("</article>\n");
}

}  // namespace duly::doc
