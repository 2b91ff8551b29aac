#include <algorithm>
#include <map>
#include <set>

#include "interpreter/doc/pages.hpp"
#include "interpreter/report/markup.hpp"

namespace duly::doc {
namespace {

/// A heading that an author set between declarations: `# ---- Consent ----`. Null for any other line.
std::optional<std::string_view> heading_in(std::string_view line) {
  constexpr std::string_view marks = "#-= \t\r";
  if (!line.starts_with("# --") && !line.starts_with("# ==")) return std::nullopt;
  const std::size_t begin = line.find_first_not_of(marks);
  if (begin == std::string_view::npos) return std::nullopt;
  return line.substr(begin, line.find_last_not_of(marks) - begin + 1);
}

struct Entry {
  std::string kind;
  std::string html;
};

/// What stands where in each text.
class Orderer {
 public:
  explicit Orderer(const Book& book) : book_(book), program_(book.material.program) { collect(); }

  DocumentPage write() {
    Page page(book_, "order.html", "In the policy’s order");
    page.put("<p>Everything as it stands in the files, under the headings that the authors set.</p>\n");
    std::vector<std::string> links;
    for (auto i = program_.modules.size(); i-- > 0;) {
      links.push_back(
          linked("#" + anchor_of("module", program_.modules[i].name), html_escaped(program_.modules[i].title)));
    }
    page.contents(links);
    for (auto i = program_.modules.size(); i-- > 0;) write(page, program_.modules[i]);
    return page.finish();
  }

 private:
  void add(Span span, std::string_view kind, std::string html) {
    if (span.begin != span.end)
      entries_.emplace(std::pair(span.source, span.begin), Entry{std::string(kind), std::move(html)});
  }

  void add(Span span, CitingKind kind, const std::string& name, const std::string& title) {
    add(span, to_string(kind),
        fmt::format("{} {}", linked(book_.links.href(kind, name), html_escaped(title)), code(name)));
  }

  std::string full(ModuleId module, const std::string& name) const {
    return fmt::format("{}.{}", at(program_.modules, module).name, name);
  }

  /// A declaration that is a definition and its rule at once is told once, as a definition.
  void collect() {
    for (std::uint32_t i = 0; i < program_.subjects.size(); ++i) {
      const Subject& subject = program_.subjects[i];
      const std::string_view kind = subject.kind == SubjectKind::decision ? "decision"
                                    : subject.kind == SubjectKind::action ? "action"
                                                                          : "definition";
      if (subject.kind != SubjectKind::agreement) add(subject.span, kind, book_.links.link(SubjectId{i}));
    }
    for (std::uint32_t i = 0; i < program_.rules.size(); ++i) {
      const Rule& rule = program_.rules[i];
      if (rule.kind == RuleKind::rule) add(rule.span, "rule", book_.links.link(RuleId{i}));
      if (rule.kind == RuleKind::means) add(rule.span, "redefinition", book_.links.link(RuleId{i}));
    }
    for (std::uint32_t i = 0; i < program_.facts.size(); ++i) {
      add(program_.facts[i].span, "fact", book_.links.link(FactId{i}));
    }
    for (const Choice& choice : program_.choices) {
      if (choice.declared) add(choice.span, CitingKind::choice, full(choice.module, choice.name), choice.title);
    }
    for (const Procedure& each : program_.procedures) {
      add(each.span, CitingKind::procedure, full(each.module, each.name), each.title);
    }
    for (const Safeguard& each : program_.safeguards) add(each.span, CitingKind::safeguard, each.full_name, each.title);
    for (const Record& each : program_.records) add(each.span, CitingKind::record, each.full_name, each.title);
    for (const Agreement& each : program_.agreements) {
      add(each.span, CitingKind::agreement, full(each.module, each.name), each.title);
    }
    for (const SourceDocument& each : program_.sources) {
      const std::string title = html_escaped(each.title);
      add(each.span, "source",
          program_.provisions.empty() ? title : linked("provisions.html#" + anchor_of("source", each.name), title));
    }
    for (std::uint32_t i = 0; i < program_.cases.size(); ++i) {
      add(program_.cases[i].span, "case", book_.links.link(CaseId{i}));
    }
  }

  void write(Page& page, const Module& module) {
    page.put("<section id=\"{}\">\n<h2>{}</h2>\n<p class=\"identity\">{}</p>\n",
             html_escaped(anchor_of("module", module.name)), html_escaped(module.title), code(module.name));
    const std::string_view text = book_.material.sources.text(module.source);
    auto entry = entries_.lower_bound({module.source, 0});
    std::string_view heading;
    bool is_open = false;
    const auto close = [&] {
      if (is_open) page.put("</ul>\n");
      is_open = false;
    };
    for (std::size_t begin = 0; begin < text.size();) {
      const std::size_t end = std::min(text.find('\n', begin), text.size());
      if (const auto found = heading_in(text.substr(begin, end - begin))) {
        close();
        heading = *found;
      }
      for (; entry != entries_.end() && entry->first.first == module.source && entry->first.second < end; ++entry) {
        if (!is_open && !heading.empty()) page.put("<h3>{}</h3>\n", html_escaped(heading));
        if (!is_open) page.put("<ul>\n");
        is_open = true;
        heading = {};
        page.put("<li>{}: {}</li>\n", entry->second.kind, entry->second.html);
      }
      begin = end + 1;
    }
    close();
    page.put("</section>\n");
  }

  const Book& book_;
  const Program& program_;
  std::map<std::pair<SourceId, std::uint32_t>, Entry> entries_;
};

}  // namespace

DocumentPage order_page(const Book& book) { return Orderer(book).write(); }

}  // namespace duly::doc
