#pragma once

#include <string>
#include <vector>

#include "interpreter/analysis/differences.hpp"
#include "interpreter/eval/decision.hpp"
#include "lang/program/program.hpp"
#include "lang/source/source.hpp"

/// The same case under several policies, side by side: what comes out, what differs, and what makes the difference.
namespace duly {

/// A policy that is compared.
struct ComparedPolicy {
  ComparedPolicy(const Program& the_program, const SourceMap& the_sources, SubjectId the_decision, std::string the_file,
                 std::string the_label)
      : program(the_program),
        sources(the_sources),
        decision(the_decision),
        file(std::move(the_file)),
        label(std::move(the_label)),
        decider(the_program) {}

  const Program& program;
  const SourceMap& sources;
  SubjectId decision;
  std::string file;
  std::string label;  // what reports call it: its name, unless another has the same
  Decider decider;
};

/// A rule or list item that makes a difference, with the provisions on which it rests.
struct DifferenceMaker {
  std::string name, title, place;
  std::vector<std::pair<std::string, std::string>> provisions;  // name, title
};

/// One policy's answer to one case.
struct ComparedSide {
  NamedOutcome outcome;
  std::string says;                      // the outcome's words; what stands in the way of one where there is none
  std::vector<std::string> needs;        // where undecided
  std::vector<std::string> left_out;     // facts of the case that this policy does not know
  std::vector<DifferenceMaker> because;  // what makes the difference; empty where all agree
};

/// What one policy has for a value or a duty.
struct ComparedCell {
  std::string value;  // `parent`, `must`, `undecided`; `no duty`; empty where the policy has no such value
  std::string says;   // `A parent`
  std::vector<DifferenceMaker> because;  // of duties
};

/// A value or a duty that is not the same everywhere.
struct ComparedRow {
  std::string name, title;
  std::vector<ComparedCell> cells;  // a policy each
  bool follows = false;             // a duty that differs only because the outcomes do
};

struct CaseComparison {
  std::string name, title;
  Date as_at;
  std::vector<ComparedSide> sides;  // a policy each
  std::vector<ComparedRow> values;  // on which the decision rests somewhere
  std::vector<ComparedRow> duties;

  bool outcomes_differ() const;
  bool anything_differs() const { return outcomes_differ() || !values.empty() || !duties.empty(); }
};

/// Decides one case under every policy; `cases` has what each reads of it, in the same order.
CaseComparison compare_case(std::vector<ComparedPolicy>& policies, const std::vector<Case>& cases);

/// A parting of two policies, its examples compared: those that differ in what makes the difference, up to a few.
struct ComparedParting {
  Parting parting;
  std::vector<CaseComparison> examples;
  std::vector<std::string> case_blocks;  // for the first policy; comments say what the second comes to
};
std::vector<ComparedParting> compare_partings(std::vector<ComparedPolicy>& policies, const Differences& differences);

std::string comparison_text(const std::vector<ComparedPolicy>& policies, const std::vector<CaseComparison>& cases,
                            std::size_t width);
std::string comparison_markdown(const std::vector<ComparedPolicy>& policies, const std::vector<CaseComparison>& cases);
std::string comparison_json(const std::vector<ComparedPolicy>& policies, const std::vector<CaseComparison>& cases);

std::string partings_text(const std::vector<ComparedPolicy>& policies, const Differences& differences,
                          const std::vector<ComparedParting>& partings, std::size_t width);
std::string partings_markdown(const std::vector<ComparedPolicy>& policies, const Differences& differences,
                              const std::vector<ComparedParting>& partings);
std::string partings_json(const std::vector<ComparedPolicy>& policies, const Differences& differences,
                          const std::vector<ComparedParting>& partings);

}  // namespace duly
