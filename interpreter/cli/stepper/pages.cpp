#include <fmt/format.h>

#include <algorithm>

#include "interpreter/cli/stepper/stepper.hpp"
#include "interpreter/trace/steps.hpp"
#include "interpreter/trace/words.hpp"

namespace duly::cli::stepper {
namespace {

void put_frame(Screen& screen, std::string_view title, std::string_view foot) {
  screen.put(0, 0, title, screen.width, Style::mark);
  screen.put(screen.height - 1, 0, foot, screen.width, Style::faint);
}

/// Keeps `top` where a screenful is left, as far as there is one.
void settle(std::size_t& top, std::size_t lines, std::size_t rows) {
  top = std::min(top, lines > rows ? lines - rows : std::size_t{0});
}

void pad(std::vector<std::string>& lines, std::size_t count) {
  if (lines.size() < count) lines.resize(count);
}

void append(std::vector<std::string>& lines, std::string_view text, std::size_t width) {
  for (std::string& line : lines_of(text, width)) lines.push_back(std::move(line));
}

}  // namespace

void Stepper::show_question(Screen& screen) {
  Question& question = *question_;
  put_frame(screen, fmt::format("duly step: {}", title_), "Enter takes the answer, Escape goes back");
  std::size_t row = 2;
  for (const std::string& line : lines_of(question.title, screen.width - 2)) {
    screen.put(row++, 1, line, screen.width - 2, Style::heading);
  }
  ++row;
  const std::size_t rows = screen.height - std::min(screen.height, row + 5);
  const std::size_t top = question.selected < rows ? 0 : question.selected - rows + 1;
  for (std::size_t i = top; i < question.items.size() && i - top < rows; ++i) {
    const bool selected = i == question.selected;
    screen.put(row++, 1, fmt::format("{} {:>2}. {}", selected ? '>' : ' ', i + 1, question.items[i]), screen.width - 2,
               selected ? Style::mark : Style::plain);
  }
  if (question.items.size() > rows) {
    screen.put(row, 1, fmt::format("    {} of {} are shown: the arrows move on", rows, question.items.size()),
               screen.width - 2, Style::faint);
  }
  ++row;
  screen.put(row++, 1, fmt::format("Answer: {}_", question.typed), screen.width - 2, Style::heading);
  for (const std::string& line : lines_of(question.problem, screen.width - 2)) {
    screen.put(row++, 1, line, screen.width - 2, Style::mark);
  }
}

void Stepper::show_page(Screen& screen) {
  const std::vector<std::string> lines = lines_of(page_->text, screen.width - 2);
  const std::size_t rows = screen.height - 3;
  settle(page_->top, lines.size(), rows);
  const std::string foot = lines.size() > rows
                               ? fmt::format("Lines {} to {} of {}: the arrows scroll, any other key goes back",
                                             page_->top + 1, std::min(page_->top + rows, lines.size()), lines.size())
                               : "Any key goes back";
  put_frame(screen, fmt::format("duly step: {}: {}", title_, page_->title), foot);
  for (std::size_t i = 0; i < rows && page_->top + i < lines.size(); ++i) {
    screen.put(2 + i, 1, lines[page_->top + i], screen.width - 2);
  }
}

void Stepper::show_beside(Screen& screen) {
  const trace::TwoPaths paths = trace::compare(program_, path_, beside_->other, beside_->changes, decision_);
  std::string change;
  for (const trace::Change& each : paths.changes) change += fmt::format(" {}.", trace::in_words(program_, each));
  put_frame(screen, fmt::format("duly step: {}: what if", title_),
            message_.empty() ? "arrows scroll   1 keep the case as it is   2 go on with the changed case" : message_);
  std::size_t row = 1;
  screen.put(row++, 1, fmt::format("What if:{}", change), screen.width - 2, Style::heading);
  const std::string where =
      !paths.parts           ? std::string("It makes no difference: every step is the same.")
      : paths.parts->subject ? fmt::format("The paths part at: {}", at(program_.subjects, *paths.parts->subject).title)
                             : std::string("The paths part at a safeguard.");
  screen.put(row++, 1, where, screen.width - 2);

  const std::size_t width = (screen.width - 3) / 2;
  std::vector<std::string> columns[2];
  const trace::Side* sides[2] = {&paths.before, &paths.after};
  std::vector<std::string> blocks[2];
  for (int i = 0; i < 2; ++i) blocks[i] = trace::side_blocks(program_, sources_, paths, *sides[i], width);
  for (std::size_t block = 0; block < 3; ++block) {
    for (int i = 0; i < 2; ++i) append(columns[i], blocks[i][block], width);
    const std::size_t level = std::max(columns[0].size(), columns[1].size()) + 1;
    for (auto& column : columns) pad(column, level);
  }
  if (paths.parts) {
    for (int i = 0; i < 2; ++i) {
      columns[i].emplace_back("The steps after that:");
      for (std::size_t step = sides[i]->step + 1; step < sides[i]->path.recording.size(); ++step) {
        const std::string words = trace::words(program_, sides[i]->path.recording[step]).text;
        append(columns[i], fmt::format("{}. {}", step + 1, words), width);
      }
    }
  }
  screen.put(row, 1, "As it is", width, Style::heading);
  screen.put(row++, 2 + width, "With the change", width, Style::heading);
  const std::size_t rows = screen.height - 1 - row;
  settle(beside_->top, std::max(columns[0].size(), columns[1].size()), rows);
  for (std::size_t i = 0; i < rows; ++i) {
    const std::size_t line = beside_->top + i;
    if (line < columns[0].size()) screen.put(row + i, 1, columns[0][line], width);
    screen.put(row + i, 1 + width, "|", 1, Style::faint);
    if (line < columns[1].size()) screen.put(row + i, 2 + width, columns[1][line], width);
  }
}

}  // namespace duly::cli::stepper
