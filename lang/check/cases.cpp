#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "lang/base/match.hpp"
#include "lang/check/conditions.hpp"
#include "lang/check/context.hpp"
#include "lang/check/values.hpp"

/// Safeguards, records and cases: what is said about a policy, beside its rules.
namespace duly {
namespace {

Status status_of(syntax::ExpectedStatus status) {
  switch (status) {
    case syntax::ExpectedStatus::undecided: return Status::undecided;
    case syntax::ExpectedStatus::conflict: return Status::conflict;
    case syntax::ExpectedStatus::gap: return Status::gap;
    case syntax::ExpectedStatus::unsafe: return Status::unsafe;
  }
  return Status::undecided;
}

bool reads_subject(const Program& program, NodeId id) {
  const Node& node = at(program.nodes, id);
  switch (node.op) {
    case Op::constant:
    case Op::day_in: return false;
    case Op::duty_is: return true;
    case Op::all:
    case Op::any:
    case Op::negation: {
      const std::uint32_t count = node.op == Op::negation ? 1 : node.b;
      for (std::uint32_t i = 0; i < count; ++i) {
        if (reads_subject(program, program.children[node.a + i])) return true;
      }
      return false;
    }
    case Op::compare:
      if (program.terms[node.b].is_subject) return true;
      [[fallthrough]];
    case Op::in_range:
    case Op::in_mask:
    case Op::includes_any:
    case Op::includes_all:
    case Op::is_empty: return program.terms[node.a].is_subject;
  }
  return false;
}

class CaseChecker {
 public:
  explicit CaseChecker(Context& context) : context_(context), program_(context.program) {}

  void check() {
    state_.assign(program_.cases.size(), State::untouched);
    for (std::uint32_t i = 0; i < program_.cases.size(); ++i) facts_of(i);
    for (std::uint32_t i = 0; i < program_.cases.size(); ++i) expectations(i);
  }

 private:
  enum class State : std::uint8_t { untouched, open, done };

  /// Its own facts over those of the case that it starts from.
  void facts_of(std::uint32_t i) {
    if (state_[i] != State::untouched) return;
    state_[i] = State::open;
    const auto& [node, module] = context_.cases[i];
    TestCase& test_case = program_.cases[i];
    test_case.cites = check_cites(context_, node->cites, module);
    if (node->like) start_from(i, *node->like, module);
    if (node->as_at) test_case.as_at = node->as_at->date;
    std::map<std::uint32_t, Span> given;
    for (const auto& written : node->facts) {
      const auto fact = fact_named(written.fact, module, Code::E0803);
      if (!fact) continue;
      if (const auto [first, fresh] = given.emplace(fact->index, written.fact.span); !fresh) {
        context_.error(Code::E0802, written.fact.span,
                       fmt::format("`{}` is given twice in this case", written.fact.text), "again",
                       "Take one of the lines away.", {{first->second, "first here"}});
        continue;
      }
      set_fact(test_case, *fact, written, module);
    }
    state_[i] = State::done;
  }

  void start_from(std::uint32_t i, const syntax::Name& like, std::uint32_t module) {
    const auto found = look_up(context_.scope.cases, like, module, context_.tree, Code::E0312, context_.diagnostics);
    if (!found) return;
    if (state_[found->index] == State::open) {
      context_.error(Code::E0804, like.span,
                     fmt::format("The case `{}` starts from itself, by way of `{}`", program_.cases[i].name, like.text),
                     "", "A case that others start from stands on its own.");
      return;
    }
    facts_of(found->index);
    program_.cases[i].facts = program_.cases[found->index].facts;
    program_.cases[i].as_at = program_.cases[found->index].as_at;
  }

  std::optional<FactId> fact_named(const syntax::Name& name, std::uint32_t module, Code otherwise) {
    const auto found = look_up(context_.scope.values, name, module, context_.tree, Code::E0301, context_.diagnostics);
    if (!found) return std::nullopt;
    if (!found->is_subject) return FactId{found->index};
    context_.error(otherwise, name.span, fmt::format("`{}` is worked out by rules, not given", name.text), "not a fact",
                   otherwise == Code::E0803 ? "Only facts are given. What a rule works out can stand in `expect`."
                                            : "Name the fact that is asked for.",
                   {{found->span, "declared here"}});
    return std::nullopt;
  }

  void set_fact(TestCase& test_case, FactId fact, const syntax::Given& written, std::uint32_t module) {
    const auto there = std::find_if(test_case.facts.begin(), test_case.facts.end(),
                                    [&](const GivenFact& given) { return given.fact == fact; });
    if (!written.setting) {
      if (there != test_case.facts.end()) test_case.facts.erase(there);
      return;
    }
    const Type& type = at(program_.facts, fact).type;
    if (is_broken(type)) return;
    if (type.kind == TypeKind::text) {
      context_.error(Code::E0404, written.span, fmt::format("`{}` is a text, which decides nothing", written.fact.text),
                     "", "Leave texts out of cases.");
      return;
    }
    const auto value = check_setting(context_, *written.setting, type, module, true);
    if (!value) return;
    if (there != test_case.facts.end())
      there->value = value->value;
    else
      test_case.facts.push_back({fact, value->value, ""});
  }

  // ---- expectations ----

  void expectations(std::uint32_t i) {
    const std::uint32_t module = context_.cases[i].module;
    for (const auto& written : context_.cases[i].node->expectations) {
      Expectation expectation;
      expectation.span = written.span;
      const bool good = match(
          written.node,  //
          [&](const syntax::ExpectValue& expected) { return value(expectation, expected, module); },
          [&](const syntax::ExpectStatus& expected) {
            expectation.kind = ExpectKind::status;
            expectation.status = status_of(expected.status);
            return subject(expectation, expected.value, module);
          },
          [&](const syntax::ExpectDuty& expected) {
            expectation.kind = ExpectKind::duty;
            expectation.value = static_cast<Scalar>(duty_of(expected.strength));
            return action(expectation, expected.action, module) && because(expectation, expected.because, module);
          },
          [&](const syntax::ExpectNoDuty& expected) {
            expectation.kind = ExpectKind::no_duty;
            return action(expectation, expected.action, module);
          },
          [&](const syntax::ExpectDutyStatus& expected) {
            expectation.kind = ExpectKind::duty_status;
            expectation.status = status_of(expected.status);
            return action(expectation, expected.action, module);
          },
          [&](const syntax::ExpectAsks& expected) {
            expectation.kind = expected.fact ? ExpectKind::asks : ExpectKind::asks_nothing;
            if (!expected.fact) return true;
            const auto fact = fact_named(*expected.fact, module, Code::E0805);
            if (fact) expectation.fact = *fact;
            return fact.has_value();
          });
      if (good) program_.cases[i].expectations.push_back(expectation);
    }
  }

  bool subject(Expectation& expectation, const syntax::Name& name, std::uint32_t module) {
    const auto term = check_value_name(context_, name, module);
    if (!term) return false;
    if (!term->is_subject) {
      context_.error(Code::E0801, name.span, fmt::format("`{}` is a fact: it is given, not expected", name.text),
                     "a fact", "Expect definitions, decisions and duties. Facts stand below `facts`.",
                     {{at(program_.facts, term->fact()).span, "declared here"}});
      return false;
    }
    expectation.subject = term->subject();
    return true;
  }

  bool value(Expectation& expectation, const syntax::ExpectValue& expected, std::uint32_t module) {
    if (!subject(expectation, expected.value, module)) return false;
    const Type type = at(program_.subjects, expectation.subject).type;
    if (is_broken(type)) return false;
    if (type.kind == TypeKind::text) {
      context_.error(Code::E0404, expected.value.span, "A text is never compared");
      return false;
    }
    const auto setting = check_setting(context_, expected.setting, type, module, true);
    if (!setting) return false;
    expectation.kind = expected.negated ? ExpectKind::not_value : ExpectKind::value;
    expectation.value = setting->value;
    if (expected.negated && expected.because) {
      context_.error(Code::E0806, expected.because->span,
                     "`because` names the rule behind a value, and `is not` names no value", "",
                     "Expect the value itself, `is … because …`, or leave `because` away.");
      return false;
    }
    return because(expectation, expected.because, module);
  }

  bool action(Expectation& expectation, const syntax::Name& name, std::uint32_t module) {
    const auto found = look_up(context_.scope.actions, name, module, context_.tree, Code::E0311, context_.diagnostics);
    if (found) expectation.subject = SubjectId{found->index};
    return found.has_value();
  }

  bool because(Expectation& expectation, const std::optional<syntax::Name>& name, std::uint32_t module) {
    if (!name) return true;
    const auto found = look_up(context_.scope.rules, *name, module, context_.tree, Code::E0310, context_.diagnostics);
    if (!found) return false;
    if (found->index == step_entry) {
      context_.error(Code::E0310, name->span, fmt::format("`{}` is a step; its answers are the rules", name->text), "",
                     fmt::format("Write the answer too, as in `{0}.yes` or `{0}.no`.", name->text));
      return false;
    }
    const Rule& rule = program_.rules[found->index];
    // An inherited case is run for its own module, where the rule may still decide.
    if (rule.replaced && context_.is_root(module)) {
      context_.error(Code::E0508, name->span,
                     fmt::format("`{}` was replaced by a `redefine`, so it decides nothing", name->text), "",
                     "Name the rule of the `redefine`.", {{rule.name_span, "this rule"}});
      return false;
    }
    const auto& bound = at(program_.subjects, rule.subject).rules;
    if (!rule.replaced && std::find(bound.begin(), bound.end(), RuleId{found->index}) == bound.end()) return false;
    if (rule.subject != expectation.subject) {
      context_.error(
          Code::E0502, name->span,
          fmt::format("`{}` is about `{}`, not about `{}`", name->text, at(program_.subjects, rule.subject).name,
                      at(program_.subjects, expectation.subject).name),
          "about something else", "", {{rule.name_span, "this rule"}});
      return false;
    }
    expectation.because = RuleId{found->index};
    return true;
  }

  Context& context_;
  Program& program_;
  std::vector<State> state_;
};

}  // namespace

void check_safeguards(Context& context) {
  Program& program = context.program;
  for (std::size_t i = 0; i < context.safeguards.size(); ++i) {
    const auto& [node, module] = context.safeguards[i];
    Safeguard& safeguard = program.safeguards[i];
    safeguard.cites = check_cites(context, node->cites, module);
    const std::string owner = safeguard.full_name;
    const Span span = safeguard.span;
    if (!node->holds) continue;
    const std::size_t errors_before = context.diagnostics.errors();
    NodeId holds = check_condition(context, *node->holds, module, owner);
    if (node->never) holds = add_group(program, Op::negation, {holds}, span);
    bool about_rules = reads_subject(program, holds);
    if (node->when) {
      const NodeId when = check_condition(context, *node->when, module, owner);
      about_rules = about_rules || reads_subject(program, when);
      holds = add_group(program, Op::any, {add_group(program, Op::negation, {when}, span), holds}, span);
    }
    program.safeguards[i].holds = holds;
    if (!about_rules && context.diagnostics.errors() == errors_before) {
      context.error(Code::E0512, node->name.span,
                    fmt::format("The safeguard `{}` speaks of facts alone", node->name.text), "",
                    "A safeguard says what must hold of a decision or a definition, whatever the rules say.");
    }
  }
}

void check_records(Context& context) {
  Program& program = context.program;
  for (std::size_t i = 0; i < context.records.size(); ++i) {
    const auto& [node, module] = context.records[i];
    const std::string owner = program.records[i].full_name;
    program.records[i].cites = check_cites(context, node->cites, module);
    if (node->when) program.records[i].when = check_condition(context, *node->when, module, owner);
    for (const auto& written : node->fields) {
      Field field;
      field.name = written.name.text;
      field.title = written.title.value;
      field.span = written.span;
      for (const Field& other : program.records[i].fields) {
        if (other.name != field.name) continue;
        context.error(Code::E0302, written.name.span, fmt::format("The field `{}` is declared twice", field.name),
                      "again", "Give one of them another name.", {{other.span, "first here"}});
      }
      field.type = check_type(context, written.type, module, owner + "." + field.name, field.title);
      field.cites = check_cites(context, written.cites, module);
      if (written.from) {
        if (const auto term = check_value_name(context, *written.from, module)) {
          const Type type = program.type_of(*term);
          if (field.type.kind != TypeKind::text && !same_type(type, field.type)) {  // as a text, anything can be shown
            context.error(Code::E0401, written.from->span,
                          fmt::format("`{}` is {}, and the field is {}", written.from->text, describe(program, type),
                                      describe(program, field.type)),
                          "", "Give the field the type of what fills it, or `text`.");
          } else {
            field.from = add_term(program, *term);
          }
        }
      }
      if (written.when) field.when = check_condition(context, *written.when, module, owner + "." + field.name);
      program.records[i].fields.push_back(std::move(field));
    }
  }
}

void check_cases(Context& context) { CaseChecker(context).check(); }

}  // namespace duly
