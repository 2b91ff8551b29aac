#include "interpreter/doc/links.hpp"

#include <fmt/format.h>

#include "interpreter/report/markup.hpp"

namespace duly::doc {

std::string anchor_of(std::string_view kind, std::string_view name) { return fmt::format("{}-{}", kind, name); }
std::string linked(std::string_view href, std::string_view html) {
  return fmt::format("<a href=\"{}\">{}</a>", html_escaped(href), html);
}
std::string code(std::string_view text) { return fmt::format("<code>{}</code>", html_escaped(text)); }

namespace {

std::string titled(std::string_view href, std::string_view title, std::string_view name) {
  return fmt::format("{} {}", linked(href, html_escaped(title)), code(name));
}

std::string on_page(std::string_view page, std::string_view anchor) { return fmt::format("{}#{}", page, anchor); }

}  // namespace

Links::Links(const Program& program) : program_(program), item_pages_(program.items.size()) {
  for (const Rule& rule : program_.rules) note_items(rule.condition, page_of(rule.subject));
  for (const Safeguard& safeguard : program_.safeguards) note_items(safeguard.holds, "safeguards.html");
  for (const Record& record : program_.records) {
    if (record.when) note_items(*record.when, "records.html");
    for (const Field& field : record.fields) {
      if (field.when) note_items(*field.when, "records.html");
    }
  }
  note_names();
}

void Links::note_items(NodeId condition, const std::string& page) {
  const Node& node = at(program_.nodes, condition);
  if (node.op != Op::all && node.op != Op::any && node.op != Op::negation) return;
  const std::uint32_t count = node.op == Op::negation ? 1 : node.b;
  for (std::uint32_t i = 0; i < count; ++i) {
    if (const auto item = program_.child_items[node.a + i]) {
      if (at(item_pages_, *item).empty()) at(item_pages_, *item) = page;
    }
    note_items(program_.children[node.a + i], page);
  }
}

/// What cites is named by coverage in words; here is where those words lead.
void Links::note_names() {
  const auto full = [&](ModuleId module, const std::string& name) {
    return fmt::format("{}.{}", at(program_.modules, module).name, name);
  };
  for (std::uint32_t i = 0; i < program_.rules.size(); ++i) {
    const CitingKind kind = program_.rules[i].kind == RuleKind::answer  ? CitingKind::answer
                            : program_.rules[i].kind == RuleKind::means ? CitingKind::definition
                                                                        : CitingKind::rule;
    named_.emplace(std::pair(kind, program_.rules[i].full_name), href(RuleId{i}));
  }
  for (std::uint32_t i = 0; i < program_.subjects.size(); ++i) {
    const Subject& subject = program_.subjects[i];
    const CitingKind kind = subject.kind == SubjectKind::action     ? CitingKind::action
                            : subject.kind == SubjectKind::decision ? CitingKind::decision
                                                                    : CitingKind::definition;
    named_.emplace(std::pair(kind, full(subject.module, subject.name)), href(SubjectId{i}));
  }
  for (const Procedure& procedure : program_.procedures) {
    const std::string page = page_of(procedure.decides);
    const std::string name = full(procedure.module, procedure.name);
    named_.emplace(std::pair(CitingKind::procedure, name), on_page(page, anchor_of("procedure", name)));
    for (const StepId id : procedure.steps) {
      named_.emplace(std::pair(CitingKind::step, full(procedure.module, at(program_.steps, id).name)), href(id));
    }
  }
  for (std::uint32_t i = 0; i < program_.items.size(); ++i) {
    if (item_pages_[i].empty()) continue;
    named_.emplace(std::pair(CitingKind::item, program_.items[i].name), on_page(item_pages_[i], anchor(ItemId{i})));
  }
  for (std::uint32_t i = 0; i < program_.facts.size(); ++i) {
    const Fact& fact = program_.facts[i];
    named_.emplace(std::pair(CitingKind::fact, full(fact.module, fact.name)), href(FactId{i}));
  }
  for (const Choice& choice : program_.choices) {
    if (!choice.declared) continue;
    named_.emplace(std::pair(CitingKind::choice, full(choice.module, choice.name)),
                   on_page("facts.html", anchor_of("choice", choice.name)));
  }
  for (const Record& record : program_.records) {
    named_.emplace(std::pair(CitingKind::record, record.full_name),
                   on_page("records.html", anchor_of("record", record.full_name)));
    for (const Field& field : record.fields) {
      const std::string name = fmt::format("{}.{}", record.full_name, field.name);
      named_.emplace(std::pair(CitingKind::field, name), on_page("records.html", anchor_of("field", name)));
    }
  }
  for (const Safeguard& safeguard : program_.safeguards) {
    named_.emplace(std::pair(CitingKind::safeguard, safeguard.full_name),
                   on_page("safeguards.html", anchor_of("safeguard", safeguard.full_name)));
  }
  for (const Agreement& agreement : program_.agreements) {
    named_.emplace(std::pair(CitingKind::agreement, full(agreement.module, agreement.name)),
                   on_page("agreements.html", anchor_of("agreement", agreement.name)));
  }
  for (std::uint32_t i = 0; i < program_.cases.size(); ++i) {
    named_.emplace(std::pair(CitingKind::test_case, program_.cases[i].full_name), href(CaseId{i}));
  }
}

// ---- pages ----

std::string Links::decision_page(const Subject& decision) { return fmt::format("decision-{}.html", decision.name); }
std::string Links::cases_page(const Module& module) { return fmt::format("cases-{}.html", module.name); }

std::string Links::page_of(SubjectId id) const {
  const Subject& subject = at(program_.subjects, id);
  switch (subject.kind) {
    case SubjectKind::decision: return decision_page(subject);
    case SubjectKind::definition: return "definitions.html";
    case SubjectKind::agreement: return "agreements.html";
    case SubjectKind::action: return "duties.html";
  }
  return {};
}

// ---- anchors ----

std::string Links::anchor(SubjectId id) const {
  const Subject& subject = at(program_.subjects, id);
  switch (subject.kind) {
    case SubjectKind::decision: return anchor_of("decision", subject.name);
    case SubjectKind::definition: return anchor_of("definition", subject.name);
    case SubjectKind::agreement: return anchor_of("value", subject.name);
    case SubjectKind::action: return anchor_of("action", subject.name);
  }
  return {};
}

std::string Links::anchor(RuleId id) const {
  const Rule& rule = at(program_.rules, id);
  // What makes an agreement's value yes was written by nobody: the value stands for it.
  return rule.kind == RuleKind::agreement ? anchor(rule.subject) : anchor_of("rule", rule.full_name);
}
std::string Links::anchor(FactId id) const { return anchor_of("fact", at(program_.facts, id).name); }
std::string Links::anchor(ItemId id) const { return anchor_of("item", at(program_.items, id).name); }
std::string Links::anchor(StepId id) const {
  const Step& step = at(program_.steps, id);
  const ModuleId module = at(program_.procedures, step.procedure).module;
  return anchor_of("step", fmt::format("{}.{}", at(program_.modules, module).name, step.name));
}

// ---- where to go ----

std::string Links::href(SubjectId id) const { return on_page(page_of(id), anchor(id)); }
std::string Links::href(RuleId id) const { return on_page(page_of(at(program_.rules, id).subject), anchor(id)); }
std::string Links::href(StepId id) const {
  return on_page(page_of(at(program_.procedures, at(program_.steps, id).procedure).decides), anchor(id));
}
std::string Links::href(FactId id) const { return on_page("facts.html", anchor(id)); }
std::string Links::href(CaseId id) const {
  const TestCase& test_case = at(program_.cases, id);
  return on_page(cases_page(at(program_.modules, test_case.module)), anchor_of("case", test_case.full_name));
}
std::string Links::href(ProvisionId id) const {
  return on_page("provisions.html", anchor_of("provision", at(program_.provisions, id).full_name));
}
std::string Links::href(const Term& term) const { return term.is_subject ? href(term.subject()) : href(term.fact()); }
std::string Links::href(const Reader& reader) const {
  switch (reader.kind) {
    case Reader::Kind::rule: return href(RuleId{reader.index});
    case Reader::Kind::safeguard: return href(CitingKind::safeguard, program_.safeguards[reader.index].full_name);
    case Reader::Kind::record: return href(CitingKind::record, program_.records[reader.index].full_name);
  }
  return {};
}
std::string Links::href(CitingKind kind, const std::string& name) const {
  const auto found = named_.find({kind, name});
  return found == named_.end() ? std::string() : found->second;
}

// ---- links ----

std::string Links::link(SubjectId id) const {
  return titled(href(id), at(program_.subjects, id).title, at(program_.subjects, id).name);
}
std::string Links::link(RuleId id) const {
  return titled(href(id), at(program_.rules, id).title, at(program_.rules, id).full_name);
}
std::string Links::link(FactId id) const {
  return titled(href(id), at(program_.facts, id).title, at(program_.facts, id).name);
}
std::string Links::link(CaseId id) const {
  return titled(href(id), at(program_.cases, id).title, at(program_.cases, id).full_name);
}
std::string Links::link(const Reader& reader) const {
  switch (reader.kind) {
    case Reader::Kind::rule: return link(RuleId{reader.index});
    case Reader::Kind::safeguard: {
      const Safeguard& safeguard = program_.safeguards[reader.index];
      return titled(href(reader), safeguard.title, safeguard.full_name);
    }
    case Reader::Kind::record: {
      const Record& record = program_.records[reader.index];
      return titled(href(reader), record.title, record.full_name);
    }
  }
  return {};
}
std::string Links::link(ProvisionId id) const {
  const Provision& provision = at(program_.provisions, id);
  return fmt::format("<a href=\"{}\" title=\"{}\">{}</a>", html_escaped(href(id)), html_escaped(provision.title),
                     code(provision.full_name));
}

}  // namespace duly::doc
