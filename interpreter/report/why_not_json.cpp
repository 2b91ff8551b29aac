#include "interpreter/report/case_json.hpp"
#include "interpreter/report/values_json.hpp"
#include "interpreter/report/why_not.hpp"

namespace duly {
namespace {

std::string_view to_string(Extent extent) {
  switch (extent) {
    case Extent::none: return "none";
    case Extent::some: return "some";
    case Extent::every: return "every";
  }
  return {};
}

class Writer {
 public:
  Writer(JsonWriter& json, const DecisionView& view) : json_(json), view_(view), program_(view.program) {}

  void write(const WhyNot& found) {
    const Subject& subject = at(program_.subjects, found.target.subject);
    json_.open_object().key("rule");
    found.target.rule ? json_.text(at(program_.rules, *found.target.rule).full_name) : json_.null();
    json_.key("about").text(subject.name).key("value");
    if (found.target.rule) {
      json_.null();
    } else if (subject.kind == SubjectKind::action) {
      json_.text(to_string(static_cast<Duty>(found.target.value)));
    } else {
      write_value(json_, program_, subject.type, found.target.value);
    }
    json_.key("is_so").boolean(found.is_so);
    json_.key("holds_otherwise").boolean(found.holds_otherwise);
    json_.key("rules").open_array();
    for (const WhyNotRule& rule : found.rules) write(rule);
    json_.close_array();
    write_names("instead", found.instead);
    json_.key("nearest");
    write(found.nearest);
    json_.close_object();
  }

 private:
  void write_names(std::string_view key, const std::vector<RuleId>& rules) {
    json_.key(key).open_line();
    for (const RuleId rule : rules) json_.text(at(program_.rules, rule).full_name);
    json_.close_array();
  }

  void write_cites(const std::vector<ProvisionId>& cites) {
    json_.key("cites").open_line();
    for (const ProvisionId cite : cites) json_.text(at(program_.provisions, cite).full_name);
    json_.close_array();
  }

  void write(const WhyNotRule& found) {
    const Rule& rule = at(program_.rules, found.rule);
    const RuleFinding& finding = view_.decision.of(found.rule);
    json_.open_object().key("rule").text(rule.full_name).key("title").text(rule.title);
    write_cites(rule.cites);
    json_.key("at").text(place(view_.sources, rule.span));
    json_.key("applies").text(to_string(finding.applies)).key("left").text(to_string(finding.left));
    json_.key("parts").open_array();
    for (const WhyNotPart& part : found.parts) write(part);
    json_.close_array();
    write_names("set_aside_by", found.set_aside_by);
    json_.close_object();
  }

  void write(const WhyNotPart& part) {
    json_.open_object().key("says").text(part.text).key("holds");
    if (part.truth && *part.truth != Truth::unknown) {
      json_.boolean(*part.truth == Truth::yes);
    } else {
      json_.null();
    }
    json_.key("name").text_or_null(part.name);
    json_.key("reads").open_object();
    for (const Term& term : part.reads) write_read(term);
    json_.close_object();
    write_cites(part.cites);
    json_.key("at").text_or_null(place(view_.sources, part.span));
    if (!part.below.empty()) {
      json_.key("parts").open_array();
      for (const WhyNotPart& below : part.below) write(below);
      json_.close_array();
    }
    json_.close_object();
  }

  void write_read(const Term& term) {
    if (!term.is_subject) {
      write_fact(json_.key(at(program_.facts, term.fact()).name), program_, view_.facts, term.fact());
      return;
    }
    const Subject& subject = at(program_.subjects, term.subject());
    const Finding& finding = view_.decision.of(term.subject());
    json_.key(subject.name);
    if (finding.status != Status::decided) {
      json_.null();
    } else if (subject.kind == SubjectKind::action) {
      json_.text(to_string(finding.duty()));
    } else if (finding.copies_text) {
      json_.text(copied_text(program_, view_.facts, finding.value));
    } else {
      write_value(json_, program_, subject.type, finding.value);
    }
  }

  void write(const NearestCase& nearest) {
    json_.open_object().key("found").boolean(nearest.search == NearestCase::Search::found);
    json_.key("looked").boolean(nearest.search != NearestCase::Search::too_large);
    json_.key("exact").boolean(nearest.exact);
    json_.key("changes").open_array();
    for (const FactChange& change : nearest.changes) {
      const Fact& fact = at(program_.facts, change.fact);
      json_.open_object().key("fact").text(fact.name).key("title").text(fact.title).key("from");
      change.from ? write_value(json_, program_, fact.type, *change.from) : void(json_.null());
      json_.key("to");
      write_value(json_, program_, fact.type, change.to);
      json_.key("says").text(say_change(program_, change));
      json_.key("can_be_changed").boolean(can_be_changed(program_, change.fact));
      json_.close_object();
    }
    json_.close_array().close_object();
  }

  JsonWriter& json_;
  const DecisionView& view_;
  const Program& program_;
};

}  // namespace

void write_why_not(JsonWriter& json, const DecisionView& view, const WhyNot& found) { Writer(json, view).write(found); }

}  // namespace duly
