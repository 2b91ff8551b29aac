#include <algorithm>

#include "interpreter/doc/flowchart_page.hpp"
#include "interpreter/doc/pages.hpp"
#include "interpreter/doc/precedence.hpp"
#include "interpreter/doc/rules.hpp"
#include "interpreter/doc/words.hpp"
#include "interpreter/report/markup.hpp"
#include "lang/program/reads.hpp"

namespace duly::doc {
namespace {

class DecisionWriter {
 public:
  DecisionWriter(const Book& book, SubjectId id)
      : program_(book.material.program),
        id_(id),
        decision_(at(program_.subjects, id)),
        page_(book, Links::decision_page(decision_), decision_.title) {
    for (std::uint32_t i = 0; i < program_.procedures.size(); ++i) {
      if (program_.procedures[i].decides == id) charts_.push_back(flowchart_of(program_, ProcedureId{i}));
    }
  }

  DocumentPage write() {
    page_.put("<div id=\"{}\">\n", html_escaped(page_.book.links.anchor(id_)));
    page_.identity(decision_.name, decision_.module, decision_.span);
    if (!decision_.cites.empty()) page_.put("<p>Cites: {}</p>\n", join(page_.provisions(decision_.cites), ", "));
    page_.put("</div>\n");
    outcomes();
    for (const Flowchart& chart : charts_) write(chart);
    rules();
    safeguards();
    facts();
    readers();
    return page_.finish();
  }

 private:
  void outcomes() {
    page_.put("<h2>What can come out</h2>\n");
    std::vector<std::string> entries;
    if (decision_.type.kind == TypeKind::choice) {
      const std::size_t count = at(program_.choices, decision_.type.choice).values.size();
      for (std::size_t i = 0; i < count; ++i) {
        entries.push_back(value_in_words(program_, decision_.type, static_cast<Scalar>(i)));
      }
    }
    page_.list(entries);
    if (decision_.otherwise) {
      page_.put("<p>Where no rule applies: {}</p>\n", conclusion_in_words(page_, decision_, *decision_.otherwise));
    } else {
      page_.put("<p>Where no rule applies, the policy gives no answer: that is a gap.</p>\n");
    }
  }

  void write(const Flowchart& chart) {
    const Procedure& procedure = at(program_.procedures, chart.procedure);
    const std::string name = fmt::format("{}.{}", at(program_.modules, procedure.module).name, procedure.name);
    page_.put("<section id=\"{}\">\n<h2>{}</h2>\n", html_escaped(anchor_of("procedure", name)),
              html_escaped(procedure.title));
    page_.identity(name, procedure.module, procedure.span);
    if (!procedure.cites.empty()) page_.put("<p>Cites: {}</p>\n", join(page_.provisions(procedure.cites), ", "));
    write_chart(page_, chart);
    page_.put("<h3>The flowchart in words</h3>\n");
    if (!chart.before_all.empty()) {
      page_.put(
          "<p id=\"{}\">These rules come before every ending. Where one applies, it decides, whatever the "
          "flowchart says; the strongest stands first.</p>\n",
          html_escaped(before_anchor(program_, chart)));
      std::vector<std::string> links;
      for (const RuleId rule : chart.before_all) links.push_back(page_.book.links.link(rule));
      page_.list(links);
    }
    write_steps(page_, chart);
    page_.as_written(procedure.span);
    page_.put("</section>\n");
  }

  void rules() {
    std::vector<RuleId> rules = strongest_first(program_, id_);
    std::erase_if(rules, [&](RuleId rule) { return at(program_.rules, rule).kind == RuleKind::answer; });
    if (rules.empty()) return;
    page_.put("<h2>{}</h2>\n", charts_.empty() ? "Rules" : "Rules beside the flowchart");
    page_.put(
        "<p>The strongest stands first: a rule that prevails over another comes before it. Those that do not "
        "prevail over each other stand in the order of the policy.</p>\n");
    for (const RuleId rule : rules) write_rule(page_, rule, 3);
  }

  void safeguards() {
    std::vector<std::string> links;
    for (std::uint32_t i = 0; i < program_.safeguards.size(); ++i) {
      const std::vector<SubjectId>& watches = program_.safeguards[i].watches;
      if (!std::binary_search(watches.begin(), watches.end(), id_)) continue;
      links.push_back(page_.book.links.link(Reader{Reader::Kind::safeguard, i}));
    }
    if (links.empty()) return;
    page_.put("<h2>Safeguards that watch it</h2>\n");
    page_.list(links);
  }

  void facts() {
    const std::vector<FactId> facts = asking_order(program_, id_);
    if (facts.empty()) return;
    page_.put(
        "<h2>Facts that can matter</h2>\n<p>In the order in which they are asked for. What cannot matter in a "
        "case is not asked.</p>\n<ol class=\"columns\">\n");
    for (const FactId fact : facts) page_.put("<li>{}</li>\n", page_.book.links.link(fact));
    page_.put("</ol>\n");
  }

  void readers() {
    const std::vector<std::string> readers = page_.readers(page_.book.material.readers_of(id_));
    if (readers.empty()) return;
    page_.put("<h2>What hangs on it</h2>\n");
    page_.list(readers);
  }

  const Program& program_;
  SubjectId id_;
  const Subject& decision_;
  Page page_;
  std::vector<Flowchart> charts_;
};

}  // namespace

DocumentPage decision_page(const Book& book, SubjectId decision) { return DecisionWriter(book, decision).write(); }

}  // namespace duly::doc
