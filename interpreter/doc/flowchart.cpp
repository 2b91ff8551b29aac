#include "interpreter/doc/flowchart.hpp"

#include <algorithm>

#include "interpreter/doc/precedence.hpp"

namespace duly::doc {
namespace {

constexpr std::string_view otherwise = "otherwise";

class Charter {
 public:
  Charter(const Program& program, ProcedureId id) : program_(program), procedure_(at(program.procedures, id)) {
    chart_.procedure = id;
  }

  Flowchart chart() {
    find_before_all();
    for (const StepId id : procedure_.steps) chart_.steps.push_back(step(id));
    return std::move(chart_);
  }

 private:
  std::vector<RuleId> endings() const {
    std::vector<RuleId> result;
    for (const StepId id : procedure_.steps) {
      const std::vector<RuleId>& answers = at(program_.steps, id).answers;
      result.insert(result.end(), answers.begin(), answers.end());
    }
    return result;
  }

  static bool contains(const std::vector<RuleId>& rules, RuleId rule) {
    return std::find(rules.begin(), rules.end(), rule) != rules.end();
  }

  void find_before_all() {
    const std::vector<RuleId> all = endings();
    for (const RuleId rule : strongest_first(program_, procedure_.decides)) {
      const Standing standing = standing_of(program_, rule);
      const bool over_all = !all.empty() && std::all_of(all.begin(), all.end(), [&](RuleId ending) {
        return contains(standing.prevails_over, ending);
      });
      if (over_all) chart_.before_all.push_back(rule);
    }
  }

  FlowStep step(StepId id) const {
    const Step& step = at(program_.steps, id);
    const Type type = program_.type_of(at(program_.terms, step.on));
    FlowStep result{id, step.title, redefined(at(program_.terms, step.on)), {}};
    FlowAnswer on;
    for (const Scalar value : values(type)) {
      const std::optional<RuleId> rule = ending(step, program_.show(type, value));
      if (rule) {
        result.answers.push_back(end({program_.say(type, value)}, *rule));
      } else {
        on.answers.push_back(program_.say(type, value));
      }
    }
    // Whatever has no ending of its own goes to that of `otherwise`, or on.
    if (const auto rule = ending(step, otherwise)) {
      if (!on.answers.empty()) result.answers.push_back(end(on.answers, *rule));
    } else if (!on.answers.empty()) {
      result.answers.push_back(std::move(on));
    }
    return result;
  }

  std::optional<RuleId> redefined(const Term& term) const {
    if (!term.is_subject) return std::nullopt;
    return redefinition_of(program_, term.subject());
  }

  /// Of yes/no, yes first: people say it first.
  std::vector<Scalar> values(const Type& type) const {
    if (type.kind == TypeKind::yes_no) return {1, 0};
    std::vector<Scalar> result;
    for (std::size_t i = 0; i < at(program_.choices, type.choice).values.size(); ++i) {
      result.push_back(static_cast<Scalar>(i));
    }
    return result;
  }

  std::optional<RuleId> ending(const Step& step, std::string_view answer) const {
    for (const RuleId id : step.answers) {
      if (std::string_view(at(program_.rules, id).name).substr(step.name.size() + 1) == answer) return id;
    }
    return std::nullopt;
  }

  std::string says(RuleId id) const {
    const Rule& rule = at(program_.rules, id);
    const Subject& decision = at(program_.subjects, rule.subject);
    if (!rule.conclusion.copied) return program_.say(decision.type, rule.conclusion.value);
    const Term& term = at(program_.terms, *rule.conclusion.copied);
    return "The same as: " +
           (term.is_subject ? at(program_.subjects, term.subject()).title : at(program_.facts, term.fact()).title);
  }

  FlowAnswer end(std::vector<std::string> answers, RuleId rule) const {
    FlowAnswer answer;
    answer.answers = std::move(answers);
    answer.rule = rule;
    answer.outcome = says(rule);
    const Standing standing = standing_of(program_, rule);
    for (const RuleId other : strongest_first(program_, procedure_.decides)) {
      if (!contains(standing.yields_to, other) || contains(chart_.before_all, other)) continue;
      if (stands_in_place(other, rule)) {
        answer.instead.push_back({other, says(other)});
      } else {
        answer.before.push_back(other);
      }
    }
    return answer;
  }

  /// Directly, or in the place of what does.
  bool stands_in_place(RuleId rule, RuleId ending) const {
    const Subject& decision = at(program_.subjects, procedure_.decides);
    for (std::uint32_t i = 0; i < decision.instance_count; ++i) {
      const Instance* instance = &at(program_.instances, InstanceId{decision.first_instance + i});
      if (instance->rule != rule) continue;
      while (instance->place) {
        instance = &at(program_.instances, *instance->place);
        if (instance->rule == ending) return true;
      }
    }
    return false;
  }

  const Program& program_;
  const Procedure& procedure_;
  Flowchart chart_;
};

}  // namespace

Flowchart flowchart_of(const Program& program, ProcedureId procedure) { return Charter(program, procedure).chart(); }

}  // namespace duly::doc
