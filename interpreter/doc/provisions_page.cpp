#include "interpreter/doc/pages.hpp"
#include "interpreter/report/markup.hpp"

namespace duly::doc {
namespace {

class Tracer {
 public:
  explicit Tracer(const Book& book) : page_(book, "provisions.html", "Sources: from guidance to rules"), book_(book) {}

  DocumentPage write() {
    page_.put(
        "<p>Every provision of every source, what in the policy cites it, and the cases that put any of that to "
        "use. It is counted as <code>duly coverage</code> counts: each module with its own cases.</p>\n");
    std::vector<std::string> links;
    for (const SourceCoverage& source : coverage().sources) {
      links.push_back(linked("#" + anchor_of("source", source.name), html_escaped(source.title)));
    }
    links.push_back(linked("#judgement", "Left to people"));
    page_.contents(links);
    summary();
    left_to_people();
    for (const SourceCoverage& source : coverage().sources) write(source);
    return page_.finish();
  }

 private:
  const Coverage& coverage() const { return book_.material.coverage; }

  void summary() {
    page_.put("<h2>Summary</h2>\n");
    page_.open_table(fmt::format("What {} cases cover", coverage().cases.size()),
                     {"What", "Covered", "Of", "Per cent"});
    for (const Measure measure : all_measures) {
      const Tally counts = tally(coverage(), measure);
      page_.put(
          "<tr><th scope=\"row\">{}</th><td class=\"number\">{}</td><td class=\"number\">{}</td>"
          "<td class=\"number\">{}&nbsp;%</td></tr>\n",
          to_string(measure), counts.covered, counts.total, counts.percent());
    }
    page_.close_table();
    std::vector<std::string> open;
    for_each_provision([&](const ProvisionCoverage& provision) {
      if (!provision.accounted_for()) open.push_back(link(provision));
    });
    if (open.empty()) return;
    page_.put(
        "<h3>Not accounted for</h3>\n<p>Nothing cites these, and nobody says that they are left to people.</p>\n");
    page_.list(open);
  }

  void left_to_people() {
    page_.put("<h2 id=\"judgement\">Left to people</h2>\n");
    std::vector<std::string> entries;
    for_each_provision([&](const ProvisionCoverage& provision) {
      if (!provision.is_judgement) return;
      entries.push_back(fmt::format("{}<br>Because: {}", link(provision), html_escaped(provision.judgement)));
    });
    page_.put("<p>{}</p>\n", entries.empty() ? "Nothing: every provision is answered by the policy, or still open."
                                             : "What no rule can decide, and why.");
    page_.list(entries);
  }

  template <class Visit>
  void for_each_provision(Visit visit) const {
    for (const SourceCoverage& source : coverage().sources) {
      for (const ProvisionCoverage& provision : source.provisions) visit(provision);
    }
  }

  static std::string link(const ProvisionCoverage& provision) {
    return fmt::format("<a href=\"#{}\">{}</a> {}", html_escaped(anchor_of("provision", provision.name)),
                       html_escaped(provision.says), code(provision.name));
  }

  void write(const SourceCoverage& source) {
    page_.put("<section id=\"{}\">\n<h2>{}</h2>\n", html_escaped(anchor_of("source", source.name)),
              html_escaped(source.title));
    page_.open_details();
    page_.detail("Name", code(source.name));
    page_.detail("By", html_escaped(source.by));
    page_.detail("Dated", html_escaped(source.dated));
    const bool is_web = source.url.starts_with("https://") || source.url.starts_with("http://");
    const std::string url = html_escaped(source.url);
    page_.detail("Where", is_web ? linked(source.url, url) : url);
    page_.detail("Declared by", code(source.policy));
    page_.close_details();
    if (!source.provisions.empty()) {
      page_.open_table(fmt::format("Provisions of {}", code(source.name)),
                       {"Provision", "What became of it", "Cases that show it"});
      for (const ProvisionCoverage& provision : source.provisions) write(provision);
      page_.close_table();
    }
    page_.put("</section>\n");
  }

  void write(const ProvisionCoverage& provision) {
    page_.put("<tr id=\"{}\"><th scope=\"row\">{}<br>{}<br><span class=\"place\">{}</span></th><td>",
              html_escaped(anchor_of("provision", provision.name)), html_escaped(provision.says), code(provision.name),
              html_escaped(to_string(provision.at)));
    if (provision.is_judgement) page_.put("<strong>Left to people:</strong> {}", html_escaped(provision.judgement));
    if (!provision.accounted_for()) page_.put("<strong>Nothing cites it.</strong>");
    std::vector<std::string> citing;
    for (const Citation& citation : provision.cited_by) citing.push_back(in_words(citation));
    page_.list(citing);
    page_.put("</td><td>");
    cases(provision);
    page_.put("</td></tr>\n");
  }

  std::string in_words(const Citation& citation) const {
    const std::string href = book_.links.href(citation.kind, citation.name);
    const std::string title = html_escaped(citation.title);
    return fmt::format("{}: {} {}", to_string(citation.kind), href.empty() ? title : linked(href, title),
                       code(citation.name));
  }

  void cases(const ProvisionCoverage& provision) {
    std::vector<std::string> links;
    for (const CaseNumber number : provision.cases) {
      const auto id = book_.material.case_of(number);
      if (!id) continue;
      links.push_back(linked(book_.links.href(*id), code(coverage().cases[number].name)));
    }
    if (links.empty()) {
      page_.put("{}", provision.is_judgement && provision.cited_by.empty() ? "None needed." : "<strong>None.</strong>");
    }
    page_.long_list("cases", links);
  }

  Page page_;
  const Book& book_;
};

}  // namespace

DocumentPage provisions_page(const Book& book) { return Tracer(book).write(); }

}  // namespace duly::doc
