#include "interpreter/report/decision_json.hpp"

#include <algorithm>

#include "interpreter/report/values_json.hpp"
#include "interpreter/report/why_not.hpp"

namespace duly {
namespace {

class DecisionWriter {
 public:
  DecisionWriter(const DecisionView& view, JsonWriter::Style style)
      : view_(view), program_(view.program), json_(style) {}

  std::string write(const WhyNot* why_not) {
    json_.open_object();
    write_policy();
    json_.key("as_at").text(to_string(view_.decision.as_at));
    json_.key("default");
    view_.asked ? json_.text(subject(*view_.asked).name) : json_.null();
    json_.key("decisions").open_object();
    for (const SubjectId id : decisions_shown(view_)) write_decision(id);
    json_.close_object();
    write_duties();
    write_values();
    write_next_question();
    write_safeguards();
    json_.key("warnings").open_array();
    for (const std::string& warning : decision_warnings(view_)) json_.text(warning);
    json_.close_array();
    if (why_not != nullptr) write_why_not(json_.key("why_not"), view_, *why_not);
    json_.close_object();
    return json_.take();
  }

 private:
  const Subject& subject(SubjectId id) const { return at(program_.subjects, id); }

  void write_policy() {
    const Module& policy = program_.policy();
    json_.key("policy").open_object();
    json_.key("name").text(policy.name).key("version").text_or_null(policy.version).key("sha256").text(policy.sha256);
    json_.key("modules").open_array();
    for (const ModuleId id : policy.all_extends) {
      const Module& module = at(program_.modules, id);
      json_.open_object().key("name").text(module.name).key("version").text_or_null(module.version);
      json_.key("sha256").text(module.sha256).close_object();
    }
    json_.close_array().close_object();
  }

  void write_decision(SubjectId id) {
    const Subject& decision = subject(id);
    const Finding& finding = view_.decision.of(id);
    const bool decided = finding.status == Status::decided;
    const std::optional<Scalar> advice = advised(view_, id);
    json_.key(decision.name).open_object();
    json_.key("status").text(to_string(finding.status));
    json_.key("outcome");
    decided ? write_value(json_, program_, decision.type, finding.value) : void(json_.null());
    json_.key("advised");
    advice ? write_value(json_, program_, decision.type, *advice) : void(json_.null());
    json_.key("says");
    if (decided || advice) {
      json_.text(program_.say(decision.type, decided ? finding.value : *advice));
    } else {
      json_.null();
    }
    write_because(reasons(program_, view_.facts, view_.decision, id));
    write_set_aside(id);
    write_needs(finding);
    if (finding.status == Status::undecided) write_possible(id);
    if (finding.approximate) json_.key("approximate").boolean(true);
    json_.close_object();
  }

  void write_because(const std::vector<Reason>& because) {
    json_.key("because").open_array();
    for (const Reason& reason : because) write_reason(reason);
    json_.close_array();
  }

  void write_reason(const Reason& reason) {
    json_.open_object();
    switch (reason.kind) {
      case Reason::Kind::rule: json_.key("rule"); break;
      case Reason::Kind::item: json_.key("item"); break;
      case Reason::Kind::otherwise: json_.key("otherwise"); break;
    }
    json_.text(full_name(program_, reason)).key("title").text(title(program_, reason));
    json_.key("cites").open_line();
    for (const ProvisionId cite : own_cites(program_, reason)) json_.text(at(program_.provisions, cite).full_name);
    json_.close_array();
    json_.key("at").text(place(view_.sources, span(program_, reason)));
    if (reason.kind == Reason::Kind::rule) {
      write_because(reason.because);
      if (reason.in_some) json_.key("in").text("some");
      if (!reason.facts.empty()) write_facts(reason.facts);
    } else {
      if (reason.in_some) json_.key("in").text("some");
      if (!reason.holds) json_.key("holds").boolean(false);
      write_facts(reason.facts);
      if (!reason.because.empty()) write_because(reason.because);
    }
    json_.close_object();
  }

  void write_facts(const std::vector<FactId>& facts) {
    json_.key("facts").open_object();
    for (const FactId fact : facts) write_fact(json_.key(at(program_.facts, fact).name), program_, view_.facts, fact);
    json_.close_object();
  }

  void write_set_aside(SubjectId id) {
    json_.key("set_aside").open_array();
    for (const SetAside& pair : set_aside(program_, view_.decision, id)) {
      json_.open_object().key("rule").text(at(program_.rules, pair.rule).full_name);
      json_.key("by").text(at(program_.rules, pair.by).full_name).close_object();
    }
    json_.close_array();
  }

  void write_needs(const Finding& finding) {
    json_.key("needs").open_line();
    for (const FactId fact : finding.needs) json_.text(at(program_.facts, fact).name);
    json_.close_array();
  }

  // Outcomes still possible; where every way to one is a conflict or a gap, that stands in the outcome's
  // place.
  void write_possible(SubjectId id) {
    json_.key("possible").open_object();
    for (const Decider::Possible& possible : view_.decider.possible(view_.facts, id)) {
      json_.key(possible.status == Status::decided ? program_.show(subject(id).type, possible.value)
                                                   : std::string(to_string(possible.status)));
      json_.open_array();
      for (const auto& [rule, extent] : possible.rules) {
        write_reason(reason_for(program_, view_.facts, view_.decision, rule, extent != Extent::every));
      }
      json_.close_array();
    }
    json_.close_object();
  }

  void write_duties() {
    json_.key("duties").open_array();
    for (std::uint32_t i = 0; i < program_.subjects.size(); ++i) {
      const SubjectId id{i};
      const Subject& action = subject(id);
      const Finding& finding = view_.decision.of(id);
      if (action.kind != SubjectKind::action) continue;
      const bool decided = finding.status == Status::decided;
      if (decided && finding.duty() == Duty::none) continue;
      const std::vector<Reason> because = reasons(program_, view_.facts, view_.decision, id);
      json_.open_object().key("action").text(action.name).key("duty");
      decided ? json_.text(to_string(finding.duty())) : json_.null();
      json_.key("status").text(to_string(finding.status));
      json_.key("says").text(action.title);
      json_.key("timing").text_or_null(timing(program_, because));
      write_because(because);
      if (finding.status == Status::undecided) write_needs(finding);
      json_.key("by").text_or_null(action.by).key("to").text_or_null(action.to);
      write_set_aside(id);
      if (finding.approximate) json_.key("approximate").boolean(true);
      json_.close_object();
    }
    json_.close_array();
  }

  void write_values() {
    json_.key("values").open_object();
    for (std::uint32_t i = 0; i < program_.subjects.size(); ++i) {
      const SubjectId id{i};
      const Subject& value = subject(id);
      const Finding& finding = view_.decision.of(id);
      if (value.kind != SubjectKind::definition && value.kind != SubjectKind::agreement) continue;
      json_.key(value.name).open_object().key("status").text(to_string(finding.status)).key("value");
      if (finding.status != Status::decided) {
        json_.null();
      } else if (finding.copies_text) {
        json_.text(copied_text(program_, view_.facts, finding.value));
      } else {
        write_value(json_, program_, value.type, finding.value);
      }
      write_needs(finding);
      if (finding.approximate) json_.key("approximate").boolean(true);
      json_.close_object();
    }
    json_.close_object();
  }

  void write_next_question() {
    json_.key("next_question");
    const auto next = view_.asked ? next_question(view_.decision, *view_.asked) : std::nullopt;
    if (!next) {
      json_.null();
      return;
    }
    const Fact& fact = at(program_.facts, *next);
    json_.open_object().key("fact").text(fact.name).key("ask").text(fact.ask.empty() ? fact.title : fact.ask);
    json_.key("help").text_or_null(fact.help).key("type").text(kind_name(fact.type.kind));
    write_answers(fact.type);
    json_.close_object();
  }

  void write_answers(const Type& type) {
    const auto answer = [&](const auto& write, std::string_view title) {
      json_.open_object().key("value");
      write();
      json_.key("title").text(title).close_object();
    };
    json_.key("answers");
    switch (type.kind) {
      case TypeKind::yes_no:
        json_.open_array();
        answer([&] { json_.boolean(true); }, "Yes");
        answer([&] { json_.boolean(false); }, "No");
        json_.close_array();
        return;
      case TypeKind::choice:
      case TypeKind::set:
        json_.open_array();
        for (const ChoiceValue& value : at(program_.choices, type.choice).values) {
          answer([&] { json_.text(value.name); }, value.title);
        }
        json_.close_array();
        return;
      case TypeKind::number:
        json_.null().key("unit").text_or_null(type.unit);
        if (type.low != INT64_MIN) json_.key("from").number(type.low);
        if (type.high != INT64_MAX) json_.key("to").number(type.high);
        return;
      case TypeKind::date:
      case TypeKind::text: json_.null(); return;
    }
  }

  void write_safeguards() {
    json_.key("safeguards_broken").open_array();
    for (const SafeguardId id : view_.decision.broken) {
      const Safeguard& safeguard = at(program_.safeguards, id);
      json_.open_object().key("safeguard").text(safeguard.full_name).key("title").text(safeguard.title);
      json_.key("cites").open_line();
      for (const ProvisionId cite : safeguard.cites) json_.text(at(program_.provisions, cite).full_name);
      json_.close_array().key("at").text(place(view_.sources, safeguard.span)).close_object();
    }
    json_.close_array();
  }

  const DecisionView& view_;
  const Program& program_;
  JsonWriter json_;
};

void write_compact(JsonWriter& json, const DecisionView& view, SubjectId id) {
  const Program& program = view.program;
  const Subject& subject = at(program.subjects, id);
  const Finding& finding = view.decision.of(id);
  if (finding.status == Status::decided) {
    if (subject.kind == SubjectKind::action) {
      json.text(to_string(finding.duty()));
    } else {
      write_value(json, program, subject.type, finding.value);
    }
    return;
  }
  json.open_object().key(to_string(finding.status)).open_line();
  switch (finding.status) {
    case Status::undecided:
      for (const FactId fact : finding.needs) json.text(at(program.facts, fact).name);
      break;
    case Status::conflict:
      for (const Reason& reason : reasons(program, view.facts, view.decision, id)) {
        if (reason.kind == Reason::Kind::rule) json.text(full_name(program, reason));
      }
      break;
    case Status::unsafe:
      for (const SafeguardId broken : view.decision.broken) {
        const Safeguard& safeguard = at(program.safeguards, broken);
        if (std::binary_search(safeguard.watches.begin(), safeguard.watches.end(), id)) json.text(safeguard.full_name);
      }
      break;
    case Status::decided:
    case Status::gap: break;
  }
  json.close_array();
  if (finding.approximate) json.key("approximate").boolean(true);
  json.close_object();
}

}  // namespace

std::string decision_json(const DecisionView& view, JsonWriter::Style style, const WhyNot* why_not) {
  return DecisionWriter(view, style).write(why_not);
}

std::string compact_finding(const DecisionView& view, SubjectId subject) {
  JsonWriter json(JsonWriter::Style::compact);
  write_compact(json, view, subject);
  return json.take();
}

std::string compact_json(const DecisionView& view, std::string_view id) {
  JsonWriter json(JsonWriter::Style::compact);
  json.open_object();
  if (!id.empty()) json.key("id").raw(id);
  json.key("decisions").open_object();
  for (const SubjectId decision : decisions_shown(view)) {
    json.key(at(view.program.subjects, decision).name);
    write_compact(json, view, decision);
  }
  json.close_object().key("duties").open_object();
  for (std::uint32_t i = 0; i < view.program.subjects.size(); ++i) {
    const SubjectId action{i};
    const Finding& finding = view.decision.of(action);
    if (view.program.subjects[i].kind != SubjectKind::action) continue;
    if (finding.status == Status::decided && finding.duty() == Duty::none) continue;
    json.key(view.program.subjects[i].name);
    write_compact(json, view, action);
  }
  return json.close_object().close_object().take();
}

}  // namespace duly
