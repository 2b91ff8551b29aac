#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "interpreter/cli/stepper/stepper.hpp"
#include "interpreter/report/reason_points.hpp"
#include "interpreter/trace/words.hpp"

namespace duly::cli::stepper {
namespace {

constexpr std::size_t least_width = 60, least_height = 16;
constexpr std::string_view keys = "n:next b:back r:rule d:decision y:why w:why-not i:what-if g:guess ?:help q:quit";
constexpr std::string_view fewer_keys = "n:next b:back y:why i:what-if g:guess ?:help q:quit";

void put_heading(Screen& screen, std::size_t row, std::size_t column, std::size_t width, std::string_view title) {
  std::string line = fmt::format("-- {} ", title);
  line += std::string(width > columns(line) ? width - columns(line) : 0, '-');
  screen.put(row, column, line, width, Style::heading);
}

/// Puts the first lines; where not all fit, the last row says so.
void put_lines(Screen& screen, std::size_t row, std::size_t rows, const std::vector<std::string>& lines) {
  const bool fits = lines.size() <= rows;
  for (std::size_t i = 0; i < std::min(rows, lines.size()); ++i) {
    const bool cut = !fits && i + 1 == rows;
    screen.put(row + i, 1, cut ? fmt::format("{} lines more: press y", lines.size() - i) : lines[i], screen.width - 2,
               cut ? Style::faint : Style::plain);
  }
}

}  // namespace

Screen Stepper::screen(std::size_t width, std::size_t height) {
  Screen screen{width, height, {}};
  if (width < least_width || height < least_height) {
    const std::string text = fmt::format(
        "This window is too small to step in: it has {} columns and {} rows, and {} by {} are needed. "
        "Make it larger, or press q and run the command again with --plain.",
        width, height, least_width, least_height);
    const std::vector<std::string> lines = lines_of(text, std::max<std::size_t>(width, 1));
    for (std::size_t i = 0; i < lines.size(); ++i) screen.put(i, 0, lines[i], width);
    return screen;
  }
  if (question_) {
    show_question(screen);
  } else if (page_) {
    show_page(screen);
  } else if (beside_) {
    show_beside(screen);
  } else {
    show_steps(screen);
  }
  return screen;
}

void Stepper::show_steps(Screen& screen) {
  const std::size_t width = screen.width, height = screen.height;
  std::string counter = fmt::format("step {} of {}", cursor_.empty() ? 0 : cursor_.index() + 1, path_.recording.size());
  if (hidden_) counter = fmt::format("step {}, outcome hidden", cursor_.empty() ? 0 : cursor_.index() + 1);
  screen.put(0, 0, fmt::format("duly step: {}{}", title_, changes_.empty() ? "" : " (changed)"),
             width - columns(counter) - 1, Style::mark);
  screen.put(0, width - columns(counter), counter, width, Style::mark);

  const std::size_t step_rows = height >= 24 ? 5 + (height - 24) / 4 : height >= 20 ? 4 : 3;
  const std::size_t cite_rows = height >= 22 ? 2 : 1;
  const std::size_t decision_rows = height >= 20 ? 2 : 1;
  const std::size_t below = (1 + step_rows) + (1 + cite_rows) + (1 + decision_rows) + 1;
  const std::size_t above = height - 1 - below;
  const std::size_t left = (width - 1) * 4 / 7;
  show_policy(screen, 1, above, left);
  show_facts(screen, 1, above, left + 1, width - left - 1);

  std::size_t row = 1 + above;
  put_heading(screen, row, 0, width, "This step");
  put_lines(screen, row + 1, step_rows, step_lines(width - 2));
  row += 1 + step_rows;
  put_heading(screen, row, 0, width, "Cited");
  put_cites(screen, row + 1, cite_rows);
  row += 1 + cite_rows;
  put_heading(screen, row, 0, width, "Decision so far");
  std::vector<std::string> decision = decision_lines(width - 2);
  if (decision.size() > decision_rows) decision.erase(decision.begin());  // the question gives way to its answer
  put_lines(screen, row + 1, decision_rows, decision);
  screen.put(height - 1, 0,
             !message_.empty()     ? message_
             : width < keys.size() ? fewer_keys
                                   : keys,
             width, message_.empty() ? Style::faint : Style::mark);
}

/// A provision a row, and in the last row the source of the first, and how many more there are.
void Stepper::put_cites(Screen& screen, std::size_t row, std::size_t rows) const {
  const std::vector<ProvisionId> cites =
      cursor_.empty() ? std::vector<ProvisionId>() : trace::words(program_, cursor_.event()).cites;
  if (cites.empty()) {
    screen.put(row, 1, "nothing", screen.width - 2, Style::faint);
    return;
  }
  const std::size_t width = screen.width - 2;
  const std::size_t shown = std::min(cites.size(), std::max<std::size_t>(rows - 1, 1));
  for (std::size_t i = 0; i < shown; ++i) {
    const std::string line = trace::provision_in_words(program_, cites[i]);
    screen.put(row + i, 1, columns(line) <= width ? line : fitted(line, width - 3) + "...", width);
  }
  if (rows < 2) return;
  const std::string& source = at(program_.sources, at(program_.provisions, cites.front()).source).title;
  const std::string more = cites.size() > shown ? fmt::format("; {} more: press y", cites.size() - shown) : "";
  const std::size_t room = width - columns(more) - 2;
  screen.put(row + rows - 1, 1,
             fmt::format("({}){}", columns(source) <= room ? source : fitted(source, room - 3) + "...", more), width,
             Style::faint);
}

std::vector<std::string> Stepper::step_lines(std::size_t width) const {
  if (cursor_.empty()) return {"This policy has nothing to step through."};
  const trace::StepWords step = trace::words(program_, cursor_.event());
  std::string text = step.text + '\n';
  for (const trace::PartWords& part : step.parts) {
    text += fmt::format("{}- {}: {}\n", std::string(2 * std::size_t{part.level}, ' '), trace::to_string(part.truth),
                        part.text);
  }
  return lines_of(text, width);
}

std::vector<std::string> Stepper::decision_lines(std::size_t width) const {
  if (!decision_) return {"This policy has no decision."};
  if (hidden_) return {"Hidden until your group commits to an outcome: press g."};
  const trace::State state = cursor_.empty() ? trace::State() : cursor_.state();
  const Subject& decision = at(program_.subjects, *decision_);
  const trace::State::Settled* settled = state.find(*decision_);
  std::size_t duties = 0;
  for (const trace::State::Settled& each : state.settled) {
    duties += at(program_.subjects, each.subject).kind == SubjectKind::action && each.status == Status::decided &&
              each.value != static_cast<Scalar>(Duty::none);
  }
  if (settled == nullptr) return lines_of(fmt::format("{}\nNot settled yet.", decision.title), width);
  const std::string outcome =
      sentence(trace::outcome_in_words(program_, *decision_, settled->status, settled->value, settled->text));
  const std::string with = duties == 0 ? std::string() : fmt::format(" Duties so far: {}.", duties);
  return lines_of(fmt::format("{}\n{}{}", decision.title, outcome, with), width);
}

/// The text around the place of this step: `>` where it stands, `|` what belongs to it, and before that the truth of
/// the parts of a condition that begin in the line.
void Stepper::show_policy(Screen& screen, std::size_t top, std::size_t height, std::size_t width) const {
  const Span span = cursor_.empty() ? nowhere : trace::words(program_, cursor_.event()).span;
  if (span.source.index == no_source) {
    put_heading(screen, top, 0, width, "The policy");
    return;
  }
  const std::string_view text = sources_.text(span.source);
  std::string_view name = sources_.name(span.source);
  if (const auto slash = name.find_last_of('/'); slash != std::string_view::npos) name.remove_prefix(slash + 1);
  put_heading(screen, top, 0, width, name);

  const std::uint32_t first = sources_.position(span.source, span.begin).line;
  const std::uint32_t last = sources_.position(span.source, span.end > span.begin ? span.end - 1 : span.begin).line;
  std::map<std::uint32_t, std::string> marks;
  if (const auto* tried = std::get_if<trace::ConditionTried>(&cursor_.event().what)) {
    for (const trace::ConditionPart& part : tried->parts) {
      const Span at_part = at(program_.node_spans, part.node);
      if (at_part.source != span.source) continue;
      std::string& mark = marks[sources_.position(span.source, at_part.begin).line];
      if (mark.size() < 3) mark += part.truth == Truth::yes ? 'y' : part.truth == Truth::no ? 'n' : '?';
    }
  }
  // The place stands near the top, so that what belongs to it can be seen.
  const std::size_t rows = height - 1;
  const std::size_t lead = std::min<std::size_t>(rows / 4, 2);
  std::uint32_t line = first > lead ? first - static_cast<std::uint32_t>(lead) : 1;
  std::size_t offset = 0;
  for (std::uint32_t skipped = 1; skipped < line; ++skipped) offset = text.find('\n', offset) + 1;
  for (std::size_t i = 0; i < rows && offset < text.size(); ++i, ++line) {
    const std::size_t end = std::min(text.find('\n', offset), text.size());
    const char place = line == first ? '>' : line > first && line <= last ? '|' : ' ';
    const auto mark = marks.find(line);
    screen.put(top + 1 + i, 0,
               fmt::format("{}{:<3}{:>4} {}", place, mark == marks.end() ? "" : mark->second, line,
                           text.substr(offset, end - offset)),
               width, place == ' ' ? Style::plain : Style::mark);
    offset = end + 1;
  }
}

void Stepper::show_facts(Screen& screen, std::size_t top, std::size_t height, std::size_t column,
                         std::size_t width) const {
  put_heading(screen, top, column, width, "Facts (* read)");
  const trace::State state = cursor_.empty() ? trace::State() : cursor_.state();
  const auto* reading = cursor_.empty() ? nullptr : std::get_if<trace::FactRead>(&cursor_.event().what);
  std::vector<FactId> facts = state.facts;
  for (std::uint32_t i = 0; i < program_.facts.size(); ++i) {
    if (path_.facts.known(FactId{i}) && !state.has_read(FactId{i})) facts.push_back(FactId{i});
  }
  std::vector<std::string> lines;
  std::size_t latest = 0;  // one past the lines of the fact read last
  for (std::size_t i = 0; i < facts.size(); ++i) {
    const FactId fact = facts[i];
    const bool known = path_.facts.known(fact);
    const bool is_text = at(program_.facts, fact).type.kind == TypeKind::text;
    const std::string words = trace::fact_in_words(program_, fact, known, known ? path_.facts.value(fact) : 0,
                                                   known && is_text ? path_.facts.text(fact) : std::string_view());
    const char mark = reading != nullptr && reading->fact == fact ? '>' : i < state.facts.size() ? '*' : ' ';
    bool begins = true;
    for (const std::string& line : lines_of(words, width - 2)) {
      lines.push_back(fmt::format("{} {}", begins ? mark : ' ', line));
      begins = false;
    }
    if (i < state.facts.size()) latest = lines.size();
  }
  const std::size_t rows = height - 1;
  const std::size_t shown_from = latest > rows ? latest - rows : 0;
  for (std::size_t i = 0; i < rows && shown_from + i < lines.size(); ++i) {
    const std::string& line = lines[shown_from + i];
    screen.put(top + 1 + i, column, line, width, line[0] == '>' ? Style::mark : Style::plain);
  }
}

}  // namespace duly::cli::stepper
