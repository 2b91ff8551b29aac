#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "interpreter/report/coverage_formats.hpp"
#include "interpreter/report/markup.hpp"

namespace duly {
namespace {

constexpr std::size_t cases_shown = 4;

constexpr std::string_view style = R"(
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 80rem; padding: 1rem 1.5rem 3rem; }
h1, h2, h3 { line-height: 1.2; margin: 2rem 0 .5rem; }
table { border-collapse: collapse; margin: 1rem 0 2rem; width: 100%; }
caption { font-weight: bold; padding: .5rem 0; text-align: left; }
th, td { border: 1px solid #8888; overflow-wrap: anywhere; padding: .35rem .6rem; text-align: left; vertical-align: top; }
thead th { background: #8882; }
tbody th { font-weight: normal; }
td.number { text-align: right; white-space: nowrap; }
td ul { margin: 0; padding-left: 1.1rem; }
code { font-family: ui-monospace, monospace; font-size: .9em; }
.at { font-size: .85em; opacity: .8; }
.short { font-weight: bold; }
.scroll { overflow-x: auto; }
@media print {
  body { font-size: 9pt; max-width: none; padding: 0; }
  thead { display: table-header-group; }
  tr, li { break-inside: avoid; }
  h2, h3, caption { break-after: avoid; }
  .scroll { overflow: visible; }
}
)";

std::string code(std::string_view text) { return fmt::format("<code>{}</code>", html_escaped(text)); }

/// What stands between backticks is code.
std::string with_code(std::string_view text) {
  std::string out;
  bool in_code = false;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find('`', begin), text.size());
    out += html_escaped(text.substr(begin, end - begin));
    if (end < text.size()) out += in_code ? "</code>" : "<code>";
    in_code = in_code != (end < text.size());
    begin = end + 1;
  }
  return in_code ? html_escaped(text) : out;  // a lone backtick is one
}

std::string named(std::string_view name, std::string_view title, const FilePlace& at) {
  return fmt::format("{} {} <span class=\"at\">{}</span>", code(name), html_escaped(title),
                     html_escaped(to_string(at)));
}

/// Says it in words, and then in weight.
std::string verdict(bool is_fine, std::string_view fine, std::string_view otherwise) {
  return is_fine ? html_escaped(fine) : fmt::format("<span class=\"short\">{}</span>", html_escaped(otherwise));
}

class Page {
 public:
  explicit Page(const Coverage& coverage) : coverage_(coverage) {}

  std::string write() {
    put("<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<title>From guidance to rules</title>\n<style>{}</style>\n</head>\n<body>\n<main>\n",
        style);
    put("<h1>From guidance to rules</h1>\n");
    put("<p>Which sentence of guidance became which part of these policies, and which cases show it at work.</p>\n");
    summary();
    whats_missing();
    put("<h2>Guidance, source by source</h2>\n");
    if (coverage_.sources.empty()) put("<p>These policies name no source.</p>\n");
    for (const SourceCoverage& source : coverage_.sources) write(source);
    put("<h2>Policies, rule by rule</h2>\n");
    for (const PolicyCoverage& policy : coverage_.policies) write(policy);
    put("</main>\n</body>\n</html>\n");
    return std::move(out_);
  }

 private:
  template <class... Args>
  void put(fmt::format_string<Args...> format, Args&&... args) {
    fmt::format_to(std::back_inserter(out_), format, std::forward<Args>(args)...);
  }

  void open_table(std::string_view caption, const std::vector<std::string_view>& columns) {
    put("<div class=\"scroll\">\n<table>\n<caption>{}</caption>\n<thead><tr>", html_escaped(caption));
    for (const std::string_view column : columns) put("<th scope=\"col\">{}</th>", column);
    put("</tr></thead>\n<tbody>\n");
  }
  void close_table() { put("</tbody>\n</table>\n</div>\n"); }

  void summary() {
    put("<h2>Summary</h2>\n");
    open_table(fmt::format("What {} cases cover", coverage_.cases.size()), {"What", "Covered", "Of", "Per cent"});
    for (const Measure measure : all_measures) {
      const Tally counts = tally(coverage_, measure);
      put("<tr><th scope=\"row\">{}</th><td class=\"number\">{}</td><td class=\"number\">{}</td>"
          "<td class=\"number\">{}&nbsp;%</td></tr>\n",
          to_string(measure), counts.covered, counts.total, counts.percent());
    }
    close_table();
  }

  void list(std::string_view heading, const std::vector<std::string>& lines) {
    if (lines.empty()) return;
    put("<h3>{}</h3>\n<ul>\n", html_escaped(heading));
    for (const std::string& each : lines) put("<li>{}</li>\n", with_code(each));
    put("</ul>\n");
  }

  void whats_missing() {
    put("<h2>What is missing</h2>\n");
    const std::size_t before = out_.size();
    std::vector<std::string> failing;
    for (const CoveredCase& test_case : coverage_.cases) {
      for (const std::string& failure : test_case.failures) {
        failing.push_back(fmt::format("{} \"{}\": {}", test_case.name, test_case.title, failure));
      }
    }
    list("Cases that do not end as they expect", failing);
    for (const Measure measure : all_measures) list(to_string(measure), missing(coverage_, measure));
    if (out_.size() == before) put("<p>Nothing.</p>\n");
  }

  void write(const SourceCoverage& source) {
    put("<h3>{}</h3>\n", html_escaped(source.title));
    std::string about = fmt::format("{}, in the policy {}", code(source.name), code(source.policy));
    if (!source.by.empty()) about += fmt::format("; by {}", html_escaped(source.by));
    if (!source.dated.empty()) about += fmt::format("; dated {}", source.dated);
    if (!source.url.empty()) about += fmt::format("; {}", html_escaped(source.url));
    put("<p>{}.</p>\n", about);
    open_table(fmt::format("Provisions of {}", source.name), {"Provision", "Says", "Cited by", "Cases"});
    for (const ProvisionCoverage& provision : source.provisions) {
      put("<tr><th scope=\"row\">{}<br><span class=\"at\">{}</span></th><td>{}</td><td>", code(provision.name),
          html_escaped(to_string(provision.at)), html_escaped(provision.says));
      cited_by(provision);
      put("</td><td>{}</td></tr>\n", cases_of(provision));
    }
    close_table();
  }

  void cited_by(const ProvisionCoverage& provision) {
    if (provision.is_judgement) put("Judgement: {}", html_escaped(provision.judgement));
    if (!provision.accounted_for()) put("{}", verdict(false, "", "Nothing cites it."));
    if (provision.cited_by.empty()) return;
    put("<ul>");
    for (const Citation& citation : provision.cited_by) {
      put("<li>{} {}</li>", to_string(citation.kind), named(citation.name, citation.title, citation.at));
    }
    put("</ul>");
  }

  std::string cases_of(const ProvisionCoverage& provision) const {
    if (!provision.cases.empty()) return html_escaped(some_cases(coverage_, provision.cases, cases_shown));
    return verdict(provision.is_judgement && provision.cited_by.empty(), "none needed", "None.");
  }

  void write(const PolicyCoverage& policy) {
    put("<h3>{}</h3>\n<p>{}{} in {}.</p>\n", html_escaped(policy.title), code(policy.name),
        policy.version.empty() ? "" : fmt::format(", version {},", html_escaped(policy.version)), code(policy.file));
    if (!policy.rules.empty()) {
      open_table(fmt::format("Rules of {}: in how many cases they apply", policy.name),
                 {"Rule", "Cites", "Applies", "Does not apply", "Is left", "Seen"});
      for (const RuleCoverage& rule : policy.rules) {
        put("<tr><th scope=\"row\">{}</th><td>{}</td>", named(rule.name, rule.title, rule.at),
            html_escaped(fmt::format("{}", fmt::join(rule.cites, ", "))));
        put("<td class=\"number\">{}</td><td class=\"number\">{}</td><td class=\"number\">{}</td><td>{}</td></tr>\n",
            rule.applies.yes.size(), rule.always ? "always applies" : std::to_string(rule.applies.no.size()),
            rule.left.size(), verdict(rule.covered(), rule.always ? "yes" : "both ways", "Not yet."));
      }
      close_table();
    }
    if (!policy.items.empty()) {
      open_both_ways(fmt::format("List items of {}: in how many cases they are true", policy.name), "List item");
      for (const ItemCoverage& item : policy.items) both_ways(named(item.name, item.title, item.at), item.holds);
      close_table();
    }
    if (!policy.conditions.empty()) {
      open_both_ways(fmt::format("Conditions of {}: in how many cases they are true", policy.name), "Condition");
      for (const ConditionCoverage& condition : policy.conditions) {
        both_ways(fmt::format("{} in {} <span class=\"at\">{}</span>", code(condition.text), code(condition.owner),
                              html_escaped(to_string(condition.at))),
                  condition.holds);
      }
      close_table();
    }
  }

  void open_both_ways(std::string_view caption, std::string_view what) {
    open_table(caption, {what, "True", "False", "Seen"});
  }
  void both_ways(std::string_view what, const BothWays& sides) {
    put("<tr><th scope=\"row\">{}</th><td class=\"number\">{}</td><td class=\"number\">{}</td><td>{}</td></tr>\n", what,
        sides.yes.size(), sides.no.size(), verdict(sides.seen(), "both ways", "Not yet."));
  }

  const Coverage& coverage_;
  std::string out_;
};

}  // namespace

std::string coverage_html(const Coverage& coverage) { return Page(coverage).write(); }

}  // namespace duly
