#include "interpreter/report/expectations.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "interpreter/report/values_json.hpp"

namespace duly {
namespace {

class Checker {
 public:
  Checker(const Program& program, const TestCase& test_case, const Case& facts, const Decision& decision)
      : program_(program), test_case_(test_case), facts_(facts), decision_(decision) {}

  CaseOutcome check() {
    for (const Expectation& expectation : test_case_.expectations) {
      if (!holds(expectation)) fail(expectation);
    }
    for (const SafeguardId broken : decision_.broken) {
      if (!is_expected_to_break(at(program_.safeguards, broken))) outcome_.broken.push_back(broken);
    }
    return std::move(outcome_);
  }

 private:
  const Subject& subject(SubjectId id) const { return at(program_.subjects, id); }
  Finding finding(SubjectId id) const { return decision_.of(id); }

  bool holds(const Expectation& expectation) const {
    switch (expectation.kind) {
      case ExpectKind::value:
      case ExpectKind::duty:
        return is(expectation.subject, expectation.value) &&
               (!expectation.because || was_decided_by(expectation.subject, *expectation.because));
      case ExpectKind::not_value:
        return finding(expectation.subject).status == Status::decided && !is(expectation.subject, expectation.value);
      case ExpectKind::no_duty: return is(expectation.subject, static_cast<Scalar>(Duty::none));
      case ExpectKind::status:
      case ExpectKind::duty_status: return finding(expectation.subject).status == expectation.status;
      case ExpectKind::asks: return asked() == expectation.fact;
      case ExpectKind::asks_nothing: return !asked();
    }
    return false;
  }

  bool is(SubjectId id, Scalar value) const {
    return finding(id).status == Status::decided && finding(id).value == value;
  }

  std::vector<RuleId> deciding_rules(SubjectId id) const {
    std::vector<RuleId> result;
    for (const Reason& reason : reasons(program_, facts_, decision_, id)) {
      if (reason.kind == Reason::Kind::rule) result.push_back(reason.rule);
    }
    return result;
  }

  bool was_decided_by(SubjectId id, RuleId rule) const {
    const std::vector<RuleId> rules = deciding_rules(id);
    return std::find(rules.begin(), rules.end(), rule) != rules.end();
  }

  std::optional<FactId> asked() const {
    if (!program_.default_decision) return std::nullopt;
    return next_question(decision_, *program_.default_decision);
  }

  bool is_expected_to_break(const Safeguard& safeguard) const {
    return std::any_of(test_case_.expectations.begin(), test_case_.expectations.end(), [&](const Expectation& each) {
      return each.kind == ExpectKind::status && each.status == Status::unsafe &&
             std::binary_search(safeguard.watches.begin(), safeguard.watches.end(), each.subject);
    });
  }

  void fail(const Expectation& expectation) {
    ExpectationFailure failure;
    failure.span = expectation.span;
    failure.expected = expected(expectation);
    if (expectation.kind == ExpectKind::asks || expectation.kind == ExpectKind::asks_nothing) {
      const std::optional<FactId> next = asked();
      failure.found = next ? fmt::format("asks {}", at(program_.facts, *next).name) : std::string("asks nothing");
      if (program_.default_decision) describe(failure, *program_.default_decision);
    } else {
      failure.found = found(expectation.subject);
      describe(failure, expectation.subject);
    }
    outcome_.failures.push_back(std::move(failure));
  }

  void describe(ExpectationFailure& failure, SubjectId id) const {
    failure.status = finding(id).status;
    failure.needs = finding(id).needs;
    failure.rules = deciding_rules(id);
  }

  // How the author could have written it; texts alone are shown in quotes.
  std::string written(const Type& type, Scalar value) const {
    if (type.kind != TypeKind::text) return program_.show(type, value);
    return fmt::format("\"{}\"", copied_text(program_, facts_, value));
  }

  std::string expected(const Expectation& expectation) const {
    std::string result;
    switch (expectation.kind) {
      case ExpectKind::value:
        result = fmt::format("{} is {}", subject(expectation.subject).name,
                             written(subject(expectation.subject).type, expectation.value));
        break;
      case ExpectKind::not_value:
        result = fmt::format("{} is not {}", subject(expectation.subject).name,
                             written(subject(expectation.subject).type, expectation.value));
        break;
      case ExpectKind::status:
        result = fmt::format("{} is {}", subject(expectation.subject).name, to_string(expectation.status));
        break;
      case ExpectKind::duty:
        result =
            fmt::format("{} {}", to_string(static_cast<Duty>(expectation.value)), subject(expectation.subject).name);
        break;
      case ExpectKind::no_duty: result = fmt::format("no duty {}", subject(expectation.subject).name); break;
      case ExpectKind::duty_status:
        result = fmt::format("duty {} is {}", subject(expectation.subject).name, to_string(expectation.status));
        break;
      case ExpectKind::asks: result = fmt::format("asks {}", at(program_.facts, expectation.fact).name); break;
      case ExpectKind::asks_nothing: result = "asks nothing"; break;
    }
    if (expectation.because) result += fmt::format(" because {}", at(program_.rules, *expectation.because).full_name);
    return result;
  }

  std::string found(SubjectId id) const {
    const Subject& about = subject(id);
    const Finding& found = finding(id);
    const bool is_action = about.kind == SubjectKind::action;
    if (found.status != Status::decided) {
      return fmt::format("{}{} is {}", is_action ? "duty " : "", about.name, to_string(found.status));
    }
    if (!is_action) return fmt::format("{} is {}", about.name, written(about.type, found.value));
    return fmt::format("{} {}", to_string(found.duty()), about.name);
  }

  const Program& program_;
  const TestCase& test_case_;
  const Case& facts_;
  const Decision& decision_;
  CaseOutcome outcome_;
};

}  // namespace

CaseOutcome run_case(const Program& program, Decider& decider, const TestCase& test_case) {
  const Case facts = make_case(program, test_case);
  const Decision decision = decider.decide(facts);
  return Checker(program, test_case, facts, decision).check();
}

}  // namespace duly
