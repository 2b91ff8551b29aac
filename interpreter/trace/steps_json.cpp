#include "interpreter/report/values_json.hpp"
#include "interpreter/report/view.hpp"
#include "interpreter/trace/steps.hpp"
#include "interpreter/trace/words.hpp"
#include "lang/base/match.hpp"

namespace duly::trace {
namespace {

class Writer {
 public:
  Writer(JsonWriter& json, const Program& program, const SourceMap& sources)
      : json_(json), program_(program), sources_(sources) {}

  void write(const Event& event, std::size_t number) {
    const StepWords step = words(program_, event);
    json_.open_object();
    json_.key("n").number(static_cast<std::int64_t>(number));
    json_.key("depth").number(event.depth);
    match(event.what, [this](const auto& what) { this->what(what); });
    json_.key("text").text(step.text);
    json_.key("cites").open_line();
    for (const ProvisionId each : step.cites) json_.text(at(program_.provisions, each).full_name);
    json_.close_array();
    json_.key("at").text_or_null(place(sources_, step.span));
    json_.close_object();
  }

 private:
  const std::string& rule(RuleId id) const { return at(program_.rules, id).full_name; }
  const Subject& subject(SubjectId id) const { return at(program_.subjects, id); }

  void kind(std::string_view name) { json_.key("kind").text(name); }

  void about(SubjectId id) {
    const SubjectKind kind = subject(id).kind;
    json_.key(kind == SubjectKind::action ? "action" : kind == SubjectKind::decision ? "decision" : "value");
    json_.text(subject(id).name);
  }

  void truth(std::string_view key, Truth truth) {
    json_.key(key);
    if (truth == Truth::unknown) {
      json_.null();
    } else {
      json_.boolean(truth == Truth::yes);
    }
  }

  void rules(std::string_view key, const std::vector<RuleId>& list) {
    json_.key(key).open_line();
    for (const RuleId each : list) json_.text(rule(each));
    json_.close_array();
  }

  void step(StepId id, std::uint32_t number) {
    const Step& step = at(program_.steps, id);
    json_.key("procedure").text(at(program_.procedures, step.procedure).name);
    json_.key("step").text(step.name);
    json_.key("question").number(number);
  }

  void what(const QuestionReached& event) {
    kind("question");
    about(event.subject);
  }

  void what(const StepReached& event) {
    kind("step");
    step(event.step, event.number);
    truth("reached", event.reached);
  }

  void what(const StepAnswered& event) {
    kind("answer");
    step(event.step, event.number);
    json_.key("is");
    if (event.known) {
      write_value(json_, program_, program_.type_of(at(program_.terms, at(program_.steps, event.step).on)),
                  event.answer);
    } else {
      json_.null();
    }
    json_.key("rule").text_or_null(event.outcome ? rule(*event.outcome) : std::string());
  }

  void what(const FactRead& event) {
    const Fact& fact = at(program_.facts, event.fact);
    kind("fact");
    json_.key("fact").text(fact.name);
    json_.key("is");
    if (!event.known) {
      json_.null();
    } else if (fact.type.kind == TypeKind::text) {
      json_.text(event.text);
    } else {
      write_value(json_, program_, fact.type, event.value);
    }
  }

  void what(const ConditionTried& event) {
    kind("condition");
    if (event.rule) json_.key("rule").text(rule(*event.rule));
    if (event.safeguard) json_.key("safeguard").text(at(program_.safeguards, *event.safeguard).full_name);
    truth("truth", event.truth);
    json_.key("parts").open_array();
    const std::vector<PartWords> parts = words(program_, Event{0, {}, event}).parts;
    for (std::size_t i = 0; i < event.parts.size(); ++i) {
      const ConditionPart& part = event.parts[i];
      json_.open_object();
      if (part.item) json_.key("item").text(at(program_.items, *part.item).name);
      json_.key("text").text(parts[i].text);
      json_.key("level").number(part.level);
      truth("truth", part.truth);
      json_.key("at").text_or_null(place(sources_, at(program_.node_spans, part.node)));
      json_.close_object();
    }
    json_.close_array();
  }

  void what(const RuleTried& event) {
    kind("rule");
    json_.key("rule").text(rule(event.rule));
    about(at(program_.rules, event.rule).subject);
    truth("applies", event.applies == Extent::every  ? Truth::yes
                     : event.applies == Extent::none ? Truth::no
                                                     : Truth::unknown);
    json_.key("says").text(saying(program_, event.rule, event.value));
  }

  void what(const RuleSetAside& event) {
    kind("set_aside");
    json_.key("rule").text(rule(event.rule));
    json_.key("by").text(rule(event.by));
  }

  void what(const DutyLaid& event) {
    kind("duty");
    about(event.action);
    json_.key("duty").text(duly::to_string(event.duty));
    rules("rules", event.rules);
  }

  void what(const ValueSettled& event) {
    kind("settled");
    about(event.subject);
    const Subject& about = subject(event.subject);
    json_.key("status").text(duly::to_string(event.status));
    json_.key("is");
    if (event.status != Status::decided || about.kind == SubjectKind::action) {
      json_.null();  // of an action: no duty, for a duty is another kind of step
    } else if (about.type.kind == TypeKind::text) {
      json_.text(event.text);
    } else {
      write_value(json_, program_, about.type, event.value);
    }
    json_.key("needs").open_line();
    for (const FactId need : event.needs) json_.text(at(program_.facts, need).name);
    json_.close_array();
    rules("rules", event.rules);
  }

  void what(const SafeguardWatched& event) {
    kind("safeguard");
    json_.key("safeguard").text(at(program_.safeguards, event.safeguard).full_name);
    truth("holds", event.holds);
  }

  JsonWriter& json_;
  const Program& program_;
  const SourceMap& sources_;
};

}  // namespace

void write_step(JsonWriter& json, const Program& program, const SourceMap& sources, const Recording& recording,
                std::size_t index) {
  Writer(json, program, sources).write(recording[index], index + 1);
}

void write_steps(JsonWriter& json, const Program& program, const SourceMap& sources, const Recording& recording,
                 std::size_t count) {
  json.open_array();
  for (std::size_t i = 0; i < count && i < recording.size(); ++i) write_step(json, program, sources, recording, i);
  json.close_array();
}

}  // namespace duly::trace
