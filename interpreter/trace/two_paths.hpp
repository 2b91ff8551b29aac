#pragma once

#include <string>
#include <vector>

#include "interpreter/report/json_writer.hpp"
#include "interpreter/trace/what_if.hpp"
#include "lang/source/source.hpp"

/// A case as it is and as it would be, side by side from where they part.
namespace duly::trace {

/// A case, decided and narrated.
struct Path {
  Case facts;
  Decision decision;
  Recording recording;
};

/// Decides and narrates. `first` is the decision to begin with; null where the policy has none.
Path follow(const Program& program, Decider& decider, Case facts, std::optional<SubjectId> first);

/// One of the two at the place where they part.
struct Side {
  const Path& path;
  std::size_t step;           // where they part; one past the end where this one is over
  std::string outcome;        // of the decision asked for, in words; empty where the policy has none
  std::vector<RuleId> rules;  // what the question in which they part came to rest on here
};

/// Refers to both paths.
struct TwoPaths {
  std::vector<Change> changes;
  std::optional<SubjectId> decision;  // the one asked for
  std::optional<Parting> parts;       // null where every step is the same
  Side before, after;
};

TwoPaths compare(const Program& program, const Path& before, const Path& after, std::vector<Change> changes,
                 std::optional<SubjectId> decision);

/// The change, where the paths part, and on either path the step, the rules with their provisions, and the outcome.
std::string two_paths_text(const Program& program, const SourceMap& sources, const TwoPaths& paths, std::size_t width);

/// One side as lines of at most `width`, for columns: the outcome, the step, the rules. Three blocks, so that those of
/// two sides can be put level with each other.
std::vector<std::string> side_blocks(const Program& program, const SourceMap& sources, const TwoPaths& paths,
                                     const Side& side, std::size_t width);

/// An object; docs/stepping.md has the keys.
void write_two_paths(JsonWriter& json, const Program& program, const SourceMap& sources, const TwoPaths& paths);

}  // namespace duly::trace
