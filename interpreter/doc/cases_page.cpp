#include "interpreter/doc/pages.hpp"
#include "interpreter/doc/words.hpp"
#include "interpreter/report/explanation.hpp"
#include "interpreter/report/markup.hpp"
#include "interpreter/report/reason_points.hpp"

namespace duly::doc {
namespace {

class CaseWriter {
 public:
  CaseWriter(Page& page, CaseId id)
      : page_(page),
        links_(page.book.links),
        program_(page.book.material.program),
        id_(id),
        case_(at(program_.cases, id)) {}

  void write() {
    page_.put("<article id=\"{}\">\n<h2>{}</h2>\n", html_escaped(anchor_of("case", case_.full_name)),
              html_escaped(case_.title));
    page_.identity(case_.full_name, case_.module, case_.span);
    surprises();
    page_.paragraphs(case_.story);
    if (!case_.cites.empty()) page_.put("<p>Cites: {}</p>\n", join(page_.provisions(case_.cites), ", "));
    page_.put("<h3>What is given</h3>\n");
    given();
    page_.put("<h3>What is expected</h3>\n");
    std::vector<std::string> expected;
    for (const Expectation& expectation : case_.expectations) expected.push_back(in_words(expectation));
    page_.list(expected);
    decided_by();
    if (!case_.discuss.empty()) {
      page_.put("<h3>To discuss</h3>\n");
      page_.paragraphs(case_.discuss);
    }
    page_.put("</article>\n");
  }

 private:
  void surprises() {
    const CoveredCase* covered = page_.book.material.covered(id_);
    if (!covered || covered->failures.empty()) return;
    page_.put("<p class=\"short\">This case does not end as it expects:</p>\n");
    std::vector<std::string> failures;
    for (const std::string& failure : covered->failures) failures.push_back(html_escaped(failure));
    page_.list(failures);
  }

  std::string fact(FactId id) const { return linked(links_.href(id), html_escaped(at(program_.facts, id).title)); }

  void given() {
    std::vector<std::string> so, not_so, others;
    for (const GivenFact& each : case_.facts) {
      if (!each.value) continue;
      const Type& type = at(program_.facts, each.fact).type;
      if (type.kind == TypeKind::yes_no) {
        (*each.value != 0 ? so : not_so).push_back(fact(each.fact));
      } else {
        others.push_back(fmt::format(
            "{}: {}", fact(each.fact),
            type.kind == TypeKind::text ? html_escaped(each.text) : value_in_words(program_, type, *each.value)));
      }
    }
    if (so.empty() && not_so.empty() && others.empty()) page_.put("<p>Nothing is known.</p>\n");
    page_.list(others);
    if (!so.empty()) page_.put("<p>This is so:</p>\n");
    page_.list(so, "columns");
    if (!not_so.empty()) page_.put("<p>This is not so:</p>\n");
    page_.list(not_so, "columns");
    if (case_.as_at) page_.put("<p>The day of the decision: {}</p>\n", date_in_words(*case_.as_at));
  }

  void decided_by() {
    std::vector<std::string> rules;
    for (const RuleId rule : page_.book.material.left_in(id_)) rules.push_back(links_.link(rule));
    if (rules.empty()) return;
    page_.put("<h3>Rules that decide here</h3>\n");
    page_.long_list("rules", rules);
  }

  std::string in_words(const Expectation& expectation) const {
    const auto subject = [&] {
      return linked(links_.href(expectation.subject), html_escaped(at(program_.subjects, expectation.subject).title));
    };
    const auto value = [&] {
      return value_in_words(program_, at(program_.subjects, expectation.subject).type, expectation.value);
    };
    std::string because;
    if (expectation.because) because = fmt::format(", because: {}", links_.link(*expectation.because));
    switch (expectation.kind) {
      case ExpectKind::value: return fmt::format("{}: <strong>{}</strong>{}", subject(), value(), because);
      case ExpectKind::not_value: return fmt::format("{}: <strong>not</strong> {}", subject(), value());
      case ExpectKind::status:
      case ExpectKind::duty_status:
        return fmt::format("{}: <strong>{}</strong>", subject(), to_string(expectation.status));
      case ExpectKind::duty:
        return fmt::format("<strong>{}</strong>: {}{}", to_string(static_cast<Duty>(expectation.value)), subject(),
                           because);
      case ExpectKind::no_duty: return fmt::format("<strong>no duty</strong>: {}", subject());
      case ExpectKind::asks: return fmt::format("The next question is about: {}", links_.link(expectation.fact));
      case ExpectKind::asks_nothing: return "There is nothing to ask.";
    }
    return {};
  }

  Page& page_;
  const Links& links_;
  const Program& program_;
  CaseId id_;
  const TestCase& case_;
};

}  // namespace

DocumentPage cases_page(const Book& book, ModuleId id) {
  const Program& program = book.material.program;
  const Module& module = at(program.modules, id);
  Page page(book, Links::cases_page(module), "Cases of " + module.name);
  page.put(
      "<p>{} Each says what is given and what is expected of it under {}; the tests of the policy hold it to that. "
      "What is not given is unknown.</p>\n",
      html_escaped(sentence(module.title)), code(module.name));
  std::vector<std::string> links;
  std::vector<CaseId> cases;
  for (std::uint32_t i = 0; i < program.cases.size(); ++i) {
    if (program.cases[i].module != id) continue;
    cases.push_back(CaseId{i});
    links.push_back(linked(book.links.href(CaseId{i}), html_escaped(program.cases[i].title)));
  }
  page.contents(links);
  for (const CaseId each : cases) CaseWriter(page, each).write();
  return page.finish();
}

}  // namespace duly::doc
