#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "interpreter/batch/fast_case.hpp"
#include "interpreter/report/view.hpp"

namespace duly {

/// Decides cases that come as JSON, a line each. What comes out for a line depends on that line alone. One thread at a
/// time.
class LineDecider {
 public:
  struct Options {
    Date today = {};                      // the day of cases that name none
    std::optional<Date> as_at = {};       // the day of all cases, whatever they name
    std::optional<SubjectId> asked = {};  // one decision; else all of them
    bool full = false;                    // whole decisions, as `duly decide --format json` gives them, on one line
  };

  /// Keeps references.
  LineDecider(const Program& program, const SourceMap& sources, Options options);

  /// Appends the decision, with the case's id first, and a line end; for a line that is no case, `{"error": {"line": …,
  /// "message": …}}`, and returns false. `FastCaseReader::padding()` bytes must be readable after the line, whatever
  /// stands there. `number` counts lines from 1.
  bool decide(std::string_view line, std::uint64_t number, std::string& out);

 private:
  bool read_strictly(std::string_view line, std::uint64_t number, std::string& out);
  void write_settled(std::string& out);
  void write_compact(std::string& out);
  void open_line(std::string& out) const;
  DecisionView view();

  struct Piece {
    std::size_t first = 0, size = 0;  // of pieces_
  };
  static constexpr std::size_t short_piece = 64;

  /// What is written of a decision or an action.
  struct Shown {
    SubjectId subject;
    std::size_t place = 0;  // of its value among those settled
    bool is_action = false;
    std::string key;                  // `"sharing":`
    std::vector<std::string> values;  // `"sharing":"may_share"`, by value
    std::vector<Piece> pieces;        // the same with a comma; empty where nothing is said
  };

  const Program& program_;
  const SourceMap& sources_;
  Options options_;
  FastCaseReader reader_;
  Decider decider_;
  Case facts_;
  Decision decision_;
  std::string id_;
  std::vector<Shown> decisions_, actions_;
  std::string pieces_;                   // side by side, and room to copy the last as a short one
  std::size_t longest_settled_ = 0;      // no settled answer is longer, but for its id
  std::vector<std::string> fact_names_;  // as JSON
};

}  // namespace duly
