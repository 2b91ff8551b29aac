#pragma once

#include <duly/duly.h>

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "interpreter/eval/decision.hpp"
#include "interpreter/report/view.hpp"
#include "lang/program/program.hpp"

/// What stands behind the opaque types of duly.h.
namespace duly::api {

/// A compiled policy, shared by everything made from it, so that a host may release objects in any order.
struct Loaded {
  SourceMap sources;
  Program program;
  std::uint32_t stamp = 0;                         // of the texts; in every handle, so that another policy's is noticed
  std::array<std::vector<SubjectId>, 3> subjects;  // of each kind: decisions, values, actions
};

using LoadedRef = std::shared_ptr<const Loaded>;

/// A problem with its texts, as duly_problem shows it.
struct Problem {
  duly_severity severity = DULY_ERROR;
  std::uint32_t line = 0, column = 0, end_line = 0, end_column = 0;
  std::string code, message, help, file, path;
};

}  // namespace duly::api

struct duly_error {
  duly_code code = DULY_OK;
  std::vector<duly::api::Problem> problems;
  std::string message;  // the first in a line
  std::string text;     // all of them
};

struct duly_policy {
  duly::api::LoadedRef loaded;
  duly_error warnings;  // without problems where there are none
};

struct duly_case {
  explicit duly_case(duly::api::LoadedRef policy) : loaded(std::move(policy)), facts(loaded->program) {}

  duly::api::LoadedRef loaded;
  duly::Case facts;
  std::string text;
};

struct duly_decision {
  explicit duly_decision(duly::api::LoadedRef policy)
      : loaded(std::move(policy)), facts(loaded->program), decider(loaded->program) {}

  /// What reports read. `asked` is a decision of the program.
  duly::DecisionView view(std::optional<duly::SubjectId> asked) {
    return {.program = loaded->program,
            .sources = loaded->sources,
            .facts = facts,
            .decision = decision,
            .decider = decider,
            .asked = asked};
  }

  duly::api::LoadedRef loaded;
  duly::Case facts;  // as they were when it was decided
  duly::Decider decider;
  duly::Decision decision;
  bool decided = false;  // `decision` holds something
  std::string text;      // what was written last
};

struct duly_reasons {
  struct Entry {
    duly_reason_kind kind = DULY_BY_RULE;
    std::uint32_t depth = 0;
    bool in_some = false;
    bool by_being_false = false;
    std::vector<duly::FactId> facts;
    std::vector<duly::ProvisionId> cites;
    duly::SubjectId subject;
    std::string name, title, place;
  };
  struct Aside {
    duly::RuleId rule, by;
  };

  duly::api::LoadedRef loaded;
  std::vector<Entry> entries;
  std::vector<Aside> set_aside;
};
