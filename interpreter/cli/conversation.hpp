#pragma once

#include <optional>
#include <string>
#include <vector>

#include "interpreter/cli/line_reader.hpp"
#include "interpreter/cli/terminal.hpp"
#include "interpreter/interview/interview.hpp"
#include "interpreter/report/view.hpp"

namespace duly::cli {

/// An interview in lines: puts each question, takes answers and commands, and at the end offers what to keep.
class Conversation {
 public:
  struct Setting {
    std::string policy;       // as it was named on the command line
    bool to_err = false;      // standard output belongs to the result
    bool only_asked = false;  // one decision was asked for by name
  };

  /// Refers to everything that it is given.
  Conversation(Terminal& terminal, LineReader& reader, Interview& interview, const SourceMap& sources, Setting setting);

  /// Until whoever answers has finished, or there is no more input.
  void run();

  DecisionView view();

 private:
  void say(const std::string& text);                               // as it is
  void tell(std::string_view text, std::string_view indent = "");  // as a paragraph
  std::optional<std::string> read(const std::string& prompt, std::vector<std::string> words);
  std::optional<bool> read_yes_no(const std::string& prompt);

  // conversation.cpp: the questions
  enum class After { ask, close, end };  // go on asking; offer what to keep; leave
  void greet();
  After ask_all();
  After ask(const Question& question);
  std::optional<After> command(const std::string& line);
  void show(const Question& question);
  void show_answers(FactId fact, const std::vector<Consequence>& consequences, const Question* question);
  void take(const Question& question, std::optional<Scalar> value);
  void take_back();
  After offer_duties();
  After change(const std::string& which);
  void list_answers();
  void show_progress();
  void show_help();
  bool is_settled() const;

  // conversation_end.cpp: what to keep
  void where_it_stands();
  void say_outcome();
  void end_here();
  After offer_what_to_keep();
  void show_explanation();
  void show_record();
  void show_block();
  After save(std::string path);

  Terminal& terminal_;
  LineReader& reader_;
  Interview& interview_;
  const Program& program_;
  const SourceMap& sources_;
  Setting setting_;
  bool ended_ = false;  // no more input, or whoever answers has left
  bool duties_offered_ = false;
  bool outcome_told_ = false;  // a moment ago, so that it need not be said again
};

/// Small letters, without blanks at either end.
std::string lower_trimmed(std::string_view text);

}  // namespace duly::cli
