#pragma once

#include <optional>

#include "interpreter/eval/decision.hpp"
#include "interpreter/eval/walk.hpp"
#include "lang/program/program.hpp"

namespace duly {

/// The truth of any part of a condition in a case that is decided: facts by the case, definitions and duties by the
/// decision, joined by Kleene's tables. Keeps references; asks nothing anew.
class Truths {
 public:
  /// With `walk`, which has run on this case, a decision whose safeguard is broken still has the value that rules gave
  /// it, which is what the conditions that read it saw.
  Truths(const Program& program, const Case& facts, const Decision& decision, const Walk* walk = nullptr)
      : program_(program), facts_(facts), decision_(decision), walk_(walk) {}

  /// `unknown` where a fact is not known, or a definition is not decided, on which it hangs.
  Truth of(NodeId condition) const;
  /// The value that a condition reads; null where it is not known.
  std::optional<Scalar> value(const Term& term) const;

 private:
  Truth of_comparison(const Node& node) const;

  const Program& program_;
  const Case& facts_;
  const Decision& decision_;
  const Walk* walk_;
};

}  // namespace duly
