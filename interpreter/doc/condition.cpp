#include "interpreter/doc/condition.hpp"

#include "interpreter/report/condition_parts.hpp"
#include "interpreter/report/markup.hpp"
#include "lang/program/reads.hpp"

namespace duly::doc {
namespace {

/// A decision's title is a question, and ends as one: `May it be shared? Yes.`
std::string without_colon(std::string words) {
  for (std::size_t i = words.find("?:"); i != std::string::npos; i = words.find("?:", i)) words.erase(++i, 1);
  return words;
}

class Writer {
 public:
  explicit Writer(const Page& page) : page_(page), program_(page.book.material.program) {}

  std::string write(NodeId id) const {
    const Node& node = at(program_.nodes, id);
    if (is_group(id)) return group(node.op == Op::all ? "all of" : "any of", node);
    if (node.op == Op::negation) {
      const NodeId child = program_.children[node.a];
      const Node& negated = at(program_.nodes, child);
      if (is_group(child)) return group(negated.op == Op::any ? "none of" : "not all of", negated);
    }
    return comparison(id);
  }

 private:
  /// Several alternatives in one place are one comparison: `is one of`.
  bool is_group(NodeId id) const {
    const Node& node = at(program_.nodes, id);
    return (node.op == Op::all || node.op == Op::any) && node.b > 0;
  }

  std::string group(std::string_view lead, const Node& node) const {
    std::string out = fmt::format("{}:\n<ul>\n", lead);
    for (std::uint32_t i = 0; i < node.b; ++i) {
      const auto item = program_.child_items[node.a + i];
      const std::string part = write(program_.children[node.a + i]);
      if (!item) {
        out += fmt::format("<li>{}</li>\n", part);
        continue;
      }
      const Item& listed = at(program_.items, *item);
      out += fmt::format("<li id=\"{}\">{}", html_escaped(page_.book.links.anchor(*item)), part);
      if (listed.labelled) out += fmt::format(" {}", code(listed.name.substr(listed.name.rfind('.') + 1)));
      if (!listed.cites.empty()) out += fmt::format(" [{}]", join(page_.provisions(listed.cites), ", "));
      out += "</li>\n";
    }
    return out + "</ul>\n";
  }

  std::string comparison(NodeId id) const {
    const std::string words = html_escaped(without_colon(in_words(program_, id)));
    const Node& node = at(program_.nodes, id);
    if (node.op == Op::duty_is) return linked(page_.book.links.href(SubjectId{node.a}), words);
    const std::vector<Term> terms = terms_read(program_, id);
    if (terms.empty()) return words;
    std::string out = linked(page_.book.links.href(terms.front()), words);
    for (std::size_t i = 1; i < terms.size(); ++i) {
      const std::string& name = terms[i].is_subject ? at(program_.subjects, terms[i].subject()).name
                                                    : at(program_.facts, terms[i].fact()).name;
      out += fmt::format(" ({})", linked(page_.book.links.href(terms[i]), code(name)));
    }
    return out;
  }

  const Page& page_;
  const Program& program_;
};

}  // namespace

std::string condition_in_words(const Page& page, NodeId condition) { return Writer(page).write(condition); }

bool always_holds(const Program& program, NodeId condition) {
  const Node& node = at(program.nodes, condition);
  return node.op == Op::constant && node.a != 0;
}

}  // namespace duly::doc
