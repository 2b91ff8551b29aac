#pragma once

#include <doctest/doctest.h>

#include <string>

#include "interpreter/eval/decision.hpp"
#include "interpreter/report/view.hpp"
#include "lang/compile.hpp"
#include "lang/diagnostics/render.hpp"

namespace duly {

/// A policy compiled from a text inside a test; the text must be without errors.
class CompiledPolicy {
 public:
  explicit CompiledPolicy(const std::string& text, const std::string& file = "page.policy")
      : compiled_(compile({file, text}, Loader{}, CompileOptions{})) {
    const std::string errors =
        compiled_.program ? std::string() : render_text(compiled_.sources, compiled_.diagnostics);
    INFO(errors);
    REQUIRE(compiled_.program.has_value());
  }

  const Program& program() const { return *compiled_.program; }
  const SourceMap& sources() const { return compiled_.sources; }

 private:
  Compiled compiled_;
};

/// One case of a policy, decided; for reports.
class DecidedCase {
 public:
  DecidedCase(const CompiledPolicy& policy, Case facts)
      : policy_(policy), facts_(std::move(facts)), decider_(policy.program()), decision_(decider_.decide(facts_)) {}

  DecisionView view() {
    return {.program = policy_.program(),
            .sources = policy_.sources(),
            .facts = facts_,
            .decision = decision_,
            .decider = decider_,
            .asked = policy_.program().default_decision};
  }

 private:
  const CompiledPolicy& policy_;
  Case facts_;
  Decider decider_;
  Decision decision_;
};

}  // namespace duly
