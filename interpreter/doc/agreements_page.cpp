#include "interpreter/doc/pages.hpp"
#include "interpreter/doc/words.hpp"
#include "interpreter/report/explanation.hpp"
#include "interpreter/report/markup.hpp"

namespace duly::doc {
namespace {

/// Values of a choice by its name, such as the bodies, in words.
class Choices {
 public:
  explicit Choices(const Program& program) : program_(program) {}

  std::string say(std::string_view choice, Scalar value) const {
    for (std::uint32_t i = 0; i < program_.choices.size(); ++i) {
      if (program_.choices[i].name != choice || !program_.choices[i].declared) continue;
      return html_escaped(program_.say({TypeKind::choice, ChoiceId{i}, "", 0, 0}, value));
    }
    return std::to_string(value);
  }

  std::vector<std::string> say(std::string_view choice, const std::vector<Scalar>& values) const {
    std::vector<std::string> result;
    for (const Scalar value : values) result.push_back(say(choice, value));
    return result;
  }

 private:
  const Program& program_;
};

std::string share(const Choices& choices, const AgreementShare& share) {
  std::string out = join(choices.say("information_category", share.categories), ", ");
  if (share.from) out += fmt::format(", from: {}", choices.say("body", *share.from));
  if (share.to) out += fmt::format(", to: {}", choices.say("body", *share.to));
  return out;
}

void write(Page& page, const Agreement& agreement) {
  const Program& program = page.book.material.program;
  const Choices choices(program);
  page.put("<section id=\"{}\">\n<h2>{}</h2>\n", html_escaped(anchor_of("agreement", agreement.name)),
           html_escaped(agreement.title));
  page.identity(agreement.name, agreement.module, agreement.span, {fmt::format("tier {}", agreement.tier)});
  page.open_details();
  if (agreement.under) {
    const Agreement& above = at(program.agreements, *agreement.under);
    page.detail("Under", linked(fmt::format("#{}", anchor_of("agreement", above.name)), html_escaped(above.title)));
  }
  page.detail("In force", fmt::format("from {}{}", date_in_words(agreement.from),
                                      agreement.until ? " until " + date_in_words(*agreement.until) : ""));
  page.detail("Review by", date_in_words(agreement.review_by));
  page.detail("Owner", html_escaped(agreement.owner));
  std::vector<std::string> parties;
  for (const Scalar body : agreement.between) {
    std::string party = choices.say("body", body);
    bool has_signed = false;
    for (const auto& [signer, day] : agreement.signatures) {
      if (signer != body) continue;
      has_signed = true;
      party += fmt::format(", signed {}", date_in_words(day));
    }
    if (!has_signed) party += ", <span class=\"short\">not signed</span>";
    parties.push_back(std::move(party));
  }
  page.put("<dt>Between</dt>\n<dd>\n");
  page.list(parties);
  page.put("</dd>\n");
  std::vector<std::string> shares;
  for (const AgreementShare& each : agreement.shares) shares.push_back(share(choices, each));
  page.detail("Shares", shares);
  page.detail("For", join(choices.say("purpose_kind", agreement.purposes), ", "));
  page.detail("Basis", agreement.basis.empty() ? std::string() : code(agreement.basis));
  page.detail("Power", html_escaped(agreement.power));
  page.detail("Frequency", html_escaped(agreement.frequency));
  page.detail("Retention", html_escaped(agreement.retention));
  page.detail("Security", html_escaped(agreement.security));
  page.detail("Cites", join(page.provisions(agreement.cites), ", "));
  const Links& links = page.book.links;
  page.detail("What rules read", {links.link(agreement.in_force), links.link(agreement.covers)});
  page.close_details();
  page.as_written(agreement.span);
  page.put("</section>\n");
}

/// What rules read of agreements.
void values(Page& page) {
  const Program& program = page.book.material.program;
  page.put("<h2>What rules read of agreements</h2>\n");
  for (std::uint32_t i = 0; i < program.subjects.size(); ++i) {
    const Subject& value = program.subjects[i];
    if (value.kind != SubjectKind::agreement) continue;
    page.put("<article id=\"{}\">\n<h3>{}</h3>\n", html_escaped(page.book.links.anchor(SubjectId{i})),
             html_escaped(value.title));
    page.identity(value.name, value.module, value.span);
    page.open_details();
    page.detail("Used by", page.readers(page.book.material.readers_of(SubjectId{i})));
    for (const RuleId rule : value.rules) {
      const CasesOfRule cases = cases_of_rule(page.book, rule);
      page.detail("Cases where it is so", cases.deciding);
    }
    page.close_details();
    page.put("</article>\n");
  }
}

}  // namespace

DocumentPage agreements_page(const Book& book) {
  Page page(book, "agreements.html", "Agreements");
  page.put(
      "<p>Information sharing agreements between bodies. An agreement permits nothing by itself: rules say what "
      "follows from being covered.</p>\n");
  for (const Agreement& agreement : book.material.program.agreements) write(page, agreement);
  values(page);
  return page.finish();
}

}  // namespace duly::doc
