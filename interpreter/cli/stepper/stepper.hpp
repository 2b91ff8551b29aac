#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "interpreter/cli/stepper/keys.hpp"
#include "interpreter/cli/stepper/screen.hpp"
#include "interpreter/report/view.hpp"
#include "interpreter/trace/two_paths.hpp"

namespace duly::cli::stepper {

/// Stepping through a case, as a person sees it: takes keys, and says what the screen shows. Knows no terminal, so
/// that tests can press its keys and read its screen.
class Stepper {
 public:
  /// Keeps references to all but the path. `decision` is null where the policy has none; with `guess` the outcome
  /// stays hidden until somebody commits to one.
  Stepper(const Program& program, const SourceMap& sources, Decider& decider, trace::Path path,
          std::optional<SubjectId> decision, std::string title, bool guess);
  Stepper(const Stepper&) = delete;  // its cursor refers to its path
  Stepper& operator=(const Stepper&) = delete;

  /// False where the person wants to leave.
  bool press(Key key);
  Screen screen(std::size_t width, std::size_t height);

  /// Shows the case with these changes beside the case as it is.
  void what_if(std::vector<trace::Change> changes);

 private:
  /// A choice by number or with the arrows, or a line that is typed.
  struct Question {
    std::string title;
    std::vector<std::string> items;
    std::function<void(std::size_t)> choose;
    std::function<void(const std::string&)> type;  // where something may be typed instead
    std::string typed;
    std::size_t selected = 0;
    std::string problem;
  };
  /// Something to read.
  struct Page {
    std::string title;
    std::string text;
    std::size_t top = 0;
  };
  /// Two paths side by side.
  struct Beside {
    trace::Path other;
    std::vector<trace::Change> changes;
    std::size_t top = 0;
  };

  // stepper.cpp: keys
  bool press_step(Key key);
  void press_question(Key key);
  void press_page(Key key);
  void press_beside(Key key);
  void go(bool moved, const char* otherwise);
  std::size_t steps_shown() const;
  void hide_again();

  // answers.cpp: what is shown on request
  void help();
  void why();
  void ask_why_not();
  void ask_what_if();
  void ask_value(FactId fact);
  void ask_guess();
  void commit(std::optional<Scalar> guess);
  DecisionView view();
  std::optional<SubjectId> subject_here() const;
  std::string reasons_text(SubjectId subject, std::size_t width);

  // panes.cpp: the screen
  void show_steps(Screen& screen);
  void show_policy(Screen& screen, std::size_t top, std::size_t height, std::size_t width) const;
  void show_facts(Screen& screen, std::size_t top, std::size_t height, std::size_t column, std::size_t width) const;
  void put_cites(Screen& screen, std::size_t row, std::size_t rows) const;
  std::vector<std::string> step_lines(std::size_t width) const;
  std::vector<std::string> decision_lines(std::size_t width) const;

  // pages.cpp: what takes the screen for itself
  void show_question(Screen& screen);
  void show_page(Screen& screen);
  void show_beside(Screen& screen);

  const Program& program_;
  const SourceMap& sources_;
  Decider& decider_;
  trace::Path path_;
  std::optional<SubjectId> decision_;
  std::string title_;
  trace::Cursor cursor_;
  std::vector<trace::Change> changes_;  // made for good
  bool hidden_ = false;
  std::string message_;  // for the last row, until the next key
  std::optional<Question> question_;
  std::optional<Page> page_;
  std::optional<Beside> beside_;
};

}  // namespace duly::cli::stepper
