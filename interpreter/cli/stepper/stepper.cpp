#include "interpreter/cli/stepper/stepper.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "interpreter/trace/guess.hpp"

namespace duly::cli::stepper {
namespace {

/// For the keys of the stepper: letters count in either case, and some keys have two names.
char meaning(Key key) {
  switch (key.kind) {
    case Key::Kind::character:
      if (key.character == ' ') return 'n';
      if (key.character == '0') return '0';
      if (key.character >= 'A' && key.character <= 'Z') return static_cast<char>(key.character - 'A' + 'a');
      return key.character < 0x7F ? static_cast<char>(key.character) : '\0';
    case Key::Kind::enter:
    case Key::Kind::right: return 'n';
    case Key::Kind::left: return 'b';
    case Key::Kind::home: return '0';
    case Key::Kind::end: return '$';
    case Key::Kind::backspace:
    case Key::Kind::escape:
    case Key::Kind::up:
    case Key::Kind::down:
    case Key::Kind::page_up:
    case Key::Kind::page_down:
    case Key::Kind::other: break;
  }
  return '\0';
}

void append(std::string& text, char32_t character) {
  if (character < 0x80) {
    text += static_cast<char>(character);
  } else if (character < 0x800) {
    text += static_cast<char>(0xC0U | (character >> 6U));
    text += static_cast<char>(0x80U | (character & 0x3FU));
  } else if (character < 0x10000) {
    text += static_cast<char>(0xE0U | (character >> 12U));
    text += static_cast<char>(0x80U | ((character >> 6U) & 0x3FU));
    text += static_cast<char>(0x80U | (character & 0x3FU));
  } else {
    text += static_cast<char>(0xF0U | (character >> 18U));
    text += static_cast<char>(0x80U | ((character >> 12U) & 0x3FU));
    text += static_cast<char>(0x80U | ((character >> 6U) & 0x3FU));
    text += static_cast<char>(0x80U | (character & 0x3FU));
  }
}

void remove_last(std::string& text) {
  while (!text.empty() && (static_cast<unsigned char>(text.back()) & 0xC0U) == 0x80U) text.pop_back();
  if (!text.empty()) text.pop_back();
}

/// Scrolls; what lies beyond the end is caught where it is shown. Says whether the key meant that.
bool scroll(Key key, std::size_t& top) {
  constexpr std::size_t page = 10;
  const char letter = key.kind == Key::Kind::character ? meaning(key) : '\0';
  if (key.kind == Key::Kind::down || letter == 'n') {
    ++top;
  } else if (key.kind == Key::Kind::up || letter == 'b') {
    top -= top > 0 ? 1 : 0;
  } else if (key.kind == Key::Kind::page_down) {
    top += page;
  } else if (key.kind == Key::Kind::page_up) {
    top -= std::min(top, page);
  } else if (key.kind == Key::Kind::home) {
    top = 0;
  } else if (key.kind == Key::Kind::end) {
    top = SIZE_MAX / 2;
  } else {
    return false;
  }
  return true;
}

}  // namespace

Stepper::Stepper(const Program& program, const SourceMap& sources, Decider& decider, trace::Path path,
                 std::optional<SubjectId> decision, std::string title, bool guess)
    : program_(program),
      sources_(sources),
      decider_(decider),
      path_(std::move(path)),
      decision_(decision),
      title_(std::move(title)),
      cursor_(path_.recording),
      hidden_(guess && decision.has_value()) {}

std::size_t Stepper::steps_shown() const {
  const std::size_t all = path_.recording.size();
  return hidden_ ? std::min(all, trace::steps_before_outcome(program_, path_.recording, *decision_)) : all;
}

bool Stepper::press(Key key) {
  message_.clear();
  if (question_) {
    press_question(key);
  } else if (page_) {
    press_page(key);
  } else if (beside_) {
    press_beside(key);
  } else {
    return press_step(key);
  }
  return true;
}

void Stepper::go(bool moved, const char* otherwise) {
  if (!cursor_.empty() && hidden_ && cursor_.index() >= steps_shown()) {
    cursor_.go_to(steps_shown() - 1);
    message_ = "The next steps would give the answer away. Press g to commit to an outcome.";
  } else if (!moved) {
    message_ = otherwise;
  }
}

bool Stepper::press_step(Key key) {
  switch (meaning(key)) {
    case 'n': go(cursor_.next(), "This is the last step."); break;
    case 'b': go(cursor_.back(), "This is the first step."); break;
    case '0': go(cursor_.start(), "This is the first step."); break;
    case '$': go(cursor_.end(), "This is the last step."); break;
    case 'r': go(cursor_.next_rule(), "No rule comes after this step."); break;
    case 'd': go(cursor_.next_decision(program_), "No decision is settled after this step."); break;
    case 'y': why(); break;
    case 'w': ask_why_not(); break;
    case 'i': ask_what_if(); break;
    case 'g': hidden_ ? ask_guess() : hide_again(); break;
    case '?':
    case 'h': help(); break;
    case 'q': return false;
    default: message_ = "That key does nothing here. ? lists the keys."; break;
  }
  return true;
}

/// Back to the start with the outcome hidden, for the next group.
void Stepper::hide_again() {
  if (!decision_) {
    message_ = "This policy has no decision to guess.";
    return;
  }
  hidden_ = true;
  cursor_.start();
  message_ = "The outcome is hidden. Step through, and press g to commit to one.";
}

void Stepper::press_question(Key key) {
  Question& question = *question_;
  question.problem.clear();
  switch (key.kind) {
    case Key::Kind::escape: question_.reset(); return;
    case Key::Kind::up: question.selected -= question.selected > 0 ? 1 : 0; return;
    case Key::Kind::down: question.selected += question.selected + 1 < question.items.size() ? 1 : 0; return;
    case Key::Kind::page_up: question.selected -= std::min<std::size_t>(question.selected, 10); return;
    case Key::Kind::page_down:
      if (!question.items.empty()) question.selected = std::min(question.selected + 10, question.items.size() - 1);
      return;
    case Key::Kind::home: question.selected = 0; return;
    case Key::Kind::end: question.selected = question.items.empty() ? 0 : question.items.size() - 1; return;
    case Key::Kind::backspace: remove_last(question.typed); return;
    case Key::Kind::character:
      if (question.typed.size() < 200) append(question.typed, key.character);
      return;
    case Key::Kind::left:
    case Key::Kind::right:
    case Key::Kind::other: return;
    case Key::Kind::enter: break;
  }
  // What is chosen may put another question in the place of this one, or a page.
  const std::string typed = question.typed;
  if (question.type && (!typed.empty() || question.items.empty())) {
    const auto type = question.type;
    type(typed);
    return;
  }
  std::size_t chosen = question.selected;
  if (!typed.empty()) {
    std::size_t number = 0;
    const auto [end, problem] = std::from_chars(typed.data(), typed.data() + typed.size(), number);
    if (problem != std::errc() || end != typed.data() + typed.size() || number < 1 || number > question.items.size()) {
      question.problem = fmt::format("Type a number from 1 to {}, or choose with the arrows.", question.items.size());
      question.typed.clear();
      return;
    }
    chosen = number - 1;
  }
  if (chosen >= question.items.size()) return;
  const auto choose = question.choose;
  question_.reset();
  choose(chosen);
}

void Stepper::press_page(Key key) {
  if (scroll(key, page_->top)) return;
  page_.reset();  // any other key goes back
}

void Stepper::press_beside(Key key) {
  if (scroll(key, beside_->top)) return;
  const char letter = meaning(key);
  if (letter == '2') {
    std::vector<FactId> changed;
    for (const trace::Change& change : beside_->changes) changed.push_back(change.fact);
    const auto parts = trace::parting(path_.recording, beside_->other.recording, changed);
    path_ = std::move(beside_->other);
    changes_.insert(changes_.end(), beside_->changes.begin(), beside_->changes.end());
    beside_.reset();
    cursor_ = trace::Cursor(path_.recording);
    cursor_.go_to(parts ? parts->after : 0);
    message_ = "This is the changed case now.";
  } else if (letter == '1' || letter == 'q' || key.kind == Key::Kind::escape) {
    beside_.reset();
    message_ = "The case stays as it was.";
  } else {
    message_ = "Press 1 to keep the case as it is, 2 to go on with the changed one.";
  }
}

void Stepper::what_if(std::vector<trace::Change> changes) {
  Case facts = path_.facts;
  for (const trace::Change& change : changes) trace::apply(facts, change);
  beside_ = Beside{trace::follow(program_, decider_, std::move(facts), decision_), std::move(changes)};
}

}  // namespace duly::cli::stepper
