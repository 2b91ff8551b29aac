#include "interpreter/doc/condition.hpp"
#include "interpreter/doc/pages.hpp"
#include "interpreter/report/markup.hpp"

namespace duly::doc {
namespace {

/// `when`, `always` and `never` are worked into one condition, whose own parts bear the safeguard's place.
void condition(Page& page, const Safeguard& safeguard) {
  const Program& program = page.book.material.program;
  const auto is_worked_in = [&](NodeId id, Op op) {
    return at(program.nodes, id).op == op && at(program.node_spans, id) == safeguard.span;
  };
  const auto child = [&](NodeId id, std::uint32_t i) { return program.children[at(program.nodes, id).a + i]; };
  NodeId holds = safeguard.holds;
  if (is_worked_in(holds, Op::any)) {
    page.detail("When", condition_in_words(page, child(child(holds, 0), 0)));
    holds = child(holds, 1);
  }
  if (is_worked_in(holds, Op::negation)) {
    page.detail("Never", condition_in_words(page, child(holds, 0)));
  } else {
    page.detail("Always", condition_in_words(page, holds));
  }
}

}  // namespace

DocumentPage safeguards_page(const Book& book) {
  const Program& program = book.material.program;
  Page page(book, "safeguards.html", "Safeguards");
  page.put(
      "<p>What must hold in every case, whatever rules anybody adds. No rule prevails over a safeguard. A decision "
      "in which one is broken is not made: it is marked as unsafe.</p>\n");
  for (const Safeguard& safeguard : program.safeguards) {
    page.put("<article id=\"{}\">\n<h2>{}</h2>\n", html_escaped(anchor_of("safeguard", safeguard.full_name)),
             html_escaped(safeguard.title));
    page.identity(safeguard.full_name, safeguard.module, safeguard.span);
    page.open_details();
    condition(page, safeguard);
    std::vector<std::string> watched;
    for (const SubjectId id : safeguard.watches) watched.push_back(book.links.link(id));
    page.detail("Watches", watched);
    page.detail("Cites", join(page.provisions(safeguard.cites), ", "));
    page.close_details();
    page.as_written(safeguard.span);
    page.put("</article>\n");
  }
  return page.finish();
}

}  // namespace duly::doc
