#include "interpreter/cli/conversation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "interpreter/interview/answers.hpp"
#include "interpreter/interview/words.hpp"
#include "interpreter/report/why_not.hpp"
#include "interpreter/report/wrapped.hpp"

namespace duly::cli {
namespace {

const std::vector<std::string>& commands() {
  static const std::vector<std::string> words{"back", "change", "answers", "progress", "help", "stop"};
  return words;
}

/// More than this many consequences are not read.
constexpr std::size_t most_consequences = 12;

}  // namespace

std::string lower_trimmed(std::string_view text) {
  constexpr std::string_view white = " \t\r\n";
  const std::size_t begin = text.find_first_not_of(white);
  if (begin == std::string_view::npos) return {};
  std::string result(text.substr(begin, text.find_last_not_of(white) - begin + 1));
  for (char& c : result) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return result;
}

Conversation::Conversation(Terminal& terminal, LineReader& reader, Interview& interview, const SourceMap& sources,
                           Setting setting)
    : terminal_(terminal),
      reader_(reader),
      interview_(interview),
      program_(interview.program()),
      sources_(sources),
      setting_(std::move(setting)) {}

void Conversation::run() {
  greet();
  for (After next = After::ask; next != After::end && !ended_;) {
    next = next == After::ask ? ask_all() : offer_what_to_keep();
  }
  if (ended_) end_here();
}

DecisionView Conversation::view() {
  return {.program = program_,
          .sources = sources_,
          .facts = interview_.facts(),
          .decision = interview_.decision(),
          .decider = interview_.decider(),
          .asked = interview_.asked(),
          .only_asked = setting_.only_asked};
}

// ---- speaking and listening --------------------------------------------------------------------------------------

void Conversation::say(const std::string& text) { setting_.to_err ? terminal_.err(text) : terminal_.out(text); }

void Conversation::tell(std::string_view text, std::string_view indent) {
  say(wrapped(text, indent, indent, terminal_.width()));
}

/// A line; null where there is none to come. Ctrl-C asks whether that was meant.
std::optional<std::string> Conversation::read(const std::string& prompt, std::vector<std::string> words) {
  while (!ended_) {
    ReadLine line = reader_.read(prompt, words);
    if (line.end == ReadLine::End::line) return std::move(line.text);
    if (line.end == ReadLine::End::interrupted && reader_.is_interactive()) {
      tell("Do you want to stop? Nothing is lost. Write yes to stop, or press Enter to go on.");
      const ReadLine sure = reader_.read("> ", {"yes", "no"});
      const std::string word = lower_trimmed(sure.text);
      if (sure.end == ReadLine::End::line && word != "yes" && word != "y") continue;
    }
    ended_ = true;
  }
  return std::nullopt;
}

std::optional<bool> Conversation::read_yes_no(const std::string& prompt) {
  for (;;) {
    const auto line = read(prompt, {"yes", "no"});
    if (!line) return std::nullopt;
    const std::string word = lower_trimmed(*line);
    if (word == "yes" || word == "y" || word == "1") return true;
    if (word == "no" || word == "n" || word == "2" || word == "0") return false;
    tell("Please answer yes or no.");
  }
}

// ---- the questions -----------------------------------------------------------------------------------------------

bool Conversation::is_settled() const {
  return interview_.asked() && interview_.decision().of(*interview_.asked()).status != Status::undecided;
}

void Conversation::greet() {
  const Module& policy = program_.policy();
  tell(fmt::format("{}{}", policy.title, policy.version.empty() ? "" : fmt::format(" ({})", policy.version)));
  if (interview_.asked()) tell(at(program_.subjects, *interview_.asked()).title);
  say("\n");
  tell(
      "Answer with the number or the word in front of an answer, or with ? where you do not know. You can also write: "
      "back, change, answers, progress, help, stop.");
  if (const std::size_t given = interview_.answers().size(); given > 0) {
    tell(fmt::format("Known from the case: {}. `answers` lists them.", counted(given, "fact")));
  }
  if (is_settled()) {
    say("\n");
    say_outcome();
  }
}

Conversation::After Conversation::ask_all() {
  while (!ended_) {
    if (const auto question = interview_.question()) {
      if (const After next = ask(*question); next != After::ask) return next;
    } else if (!duties_offered_ && interview_.duties_are_open()) {
      if (const After next = offer_duties(); next != After::ask) return next;
    } else {
      return After::close;
    }
  }
  return After::end;
}

Conversation::After Conversation::offer_duties() {
  duties_offered_ = true;
  if (!interview_.asked()) {
    interview_.ask_duties(true);
    return After::ask;
  }
  say("\n");
  tell(fmt::format("What has to be done is not settled in full. That can take up to {} more.",
                   counted(interview_.at_most(), "question")));
  const auto wanted = read_yes_no("Go on with these? (yes or no) > ");
  if (!wanted) return After::end;
  interview_.ask_duties(*wanted);
  return After::ask;
}

Conversation::After Conversation::ask(const Question& question) {
  show(question);
  const auto asked = interview_.answers().size();
  for (;;) {
    std::vector<std::string> words = answer_words(program_, question.fact);
    words.insert(words.end(), commands().begin(), commands().end());
    const auto line = read("> ", words);
    if (!line) return After::end;
    if (const auto next = command(*line)) {
      // What was changed may have changed what is asked.
      const auto now = interview_.question();
      const bool same = now && now->fact == question.fact && interview_.answers().size() == asked;
      if (*next != After::ask || !same) return *next;
      continue;
    }
    const AnswerReading reading = read_answer(program_, question.fact, *line, interview_.facts().as_at);
    if (reading.kind == AnswerReading::Kind::unclear) {
      tell(reading.problem + ".");
      if (!reading.help.empty()) tell(reading.help);
      continue;
    }
    take(question, reading.kind == AnswerReading::Kind::value ? std::optional(reading.value) : std::nullopt);
    return After::ask;
  }
}

/// A command, done; null where the line is none.
std::optional<Conversation::After> Conversation::command(const std::string& line) {
  const std::string words = lower_trimmed(line);
  const std::string word = words.substr(0, words.find(' '));
  const std::string rest = word.size() < words.size() ? lower_trimmed(words.substr(word.size())) : "";
  if (word == "change") return change(rest);
  if (!rest.empty()) return std::nullopt;
  if (word == "back" || word == "b") {
    take_back();
  } else if (word == "answers" || word == "list") {
    list_answers();
  } else if (word == "progress") {
    show_progress();
  } else if (word == "help" || word == "h") {
    show_help();
  } else if (word == "stop" || word == "quit" || word == "q") {
    return After::close;
  } else {
    return std::nullopt;
  }
  return After::ask;
}

void Conversation::show(const Question& question) {
  outcome_told_ = false;
  const Fact& fact = at(program_.facts, question.fact);
  const auto asked = std::count_if(interview_.answers().begin(), interview_.answers().end(),
                                   [](const InterviewAnswer& answer) { return !answer.given; });
  say("\n");
  tell(fmt::format("Question {}, of {} at most{}", asked + 1,
                   static_cast<std::size_t>(asked) + std::max<std::size_t>(interview_.at_most(), 1),
                   question.about == interview_.asked()
                       ? ""
                       : fmt::format(" (what has to be done: {})", at(program_.subjects, question.about).title)));
  std::vector<std::string> cites;
  for (const ProvisionId id : fact.cites) cites.push_back(at(program_.provisions, id).full_name);
  tell(say_question(program_, question.fact) + (cites.empty() ? "" : fmt::format(" [{}]", fmt::join(cites, ", "))) +
       (fact.judgement ? " (a professional's judgement)" : ""));
  if (!fact.help.empty()) tell(fact.help, "  ");
  const auto chain = say_asked_for(program_, interview_.asked_for(question));
  for (std::size_t i = 0; i < chain.size(); ++i) {
    say(wrapped(chain[i], i == 0 ? "  Asked for: " : "    resting on: ", "      ", terminal_.width()));
  }
  show_answers(question.fact, interview_.consequences(question), &question);
}

/// The answers, numbered where there is a list, and what each would settle.
void Conversation::show_answers(FactId fact, const std::vector<Consequence>& consequences, const Question* question) {
  const auto effect = [&](const Consequence& consequence) { return say_consequence(program_, *question, consequence); };
  const std::vector<ListedAnswer> list = listed_answers(program_, fact);
  for (std::size_t i = 0; i < list.size(); ++i) {
    std::string line = list[i].title;
    const auto found = std::find_if(consequences.begin(), consequences.end(),
                                    [&](const Consequence& each) { return each.value == list[i].value; });
    const bool is_set = at(program_.facts, fact).type.kind == TypeKind::set;
    if (question != nullptr && found != consequences.end() && list.size() <= most_consequences) {
      line += fmt::format(": {}{}", is_set && list[i].value != 0 ? "alone, " : "", effect(*found));
    }
    say(wrapped(line, fmt::format("  {:>3}  ", i + 1), "       ", terminal_.width()));
  }
  if (list.empty()) {
    const std::string expected = expected_answer(program_, fact);
    tell(fmt::format("Expected: {}.", expected), "  ");
    for (std::size_t i = 0; question != nullptr && i < consequences.size() && i < most_consequences; ++i) {
      say(wrapped(fmt::format("{}: {}", say_within(program_, fact, consequences[i]), effect(consequences[i])), "    - ",
                  "      ", terminal_.width()));
    }
  } else {
    say("    0  I do not know\n");
  }
}

void Conversation::take(const Question& question, std::optional<Scalar> value) {
  const bool was_settled = is_settled();
  const Decision before = interview_.decision();
  interview_.answer(value);
  if (!value) tell("Noted as not known.");
  for (std::uint32_t i = 0; i < program_.subjects.size(); ++i) {
    const SubjectId subject{i};
    const Subject& settled = program_.subjects[i];
    const bool telling = settled.kind == SubjectKind::definition || subject == question.about;
    const Finding& finding = interview_.decision().of(subject);
    if (!telling || subject == interview_.asked() || before.of(subject).status != Status::undecided) continue;
    if (finding.status == Status::undecided) continue;
    tell(fmt::format("Settled: {}: {}", settled.title, say_finding(program_, subject, finding)), "  ");
  }
  if (!was_settled && is_settled()) {
    say("\n");
    say_outcome();
    outcome_told_ = true;
  }
}

void Conversation::take_back() {
  const auto fact = interview_.back();
  if (!fact) return tell("There is no answer to take back.");
  tell(fmt::format("Taken back: {}", say_question(program_, *fact)));
}

/// Changes an earlier answer: by its number, by its fact, or chosen from the list.
Conversation::After Conversation::change(const std::string& which) {
  if (interview_.answers().empty()) {
    tell("There is no answer to change.");
    return After::ask;
  }
  std::string wanted = which;
  if (wanted.empty()) {
    list_answers();
    const auto line = read("Which one? (its number) > ", {});
    if (!line) return After::end;
    wanted = lower_trimmed(*line);
    if (wanted.empty()) return After::ask;
  }
  const std::vector<InterviewAnswer>& answers = interview_.answers();
  std::size_t place = answers.size();
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(wanted.data(), wanted.data() + wanted.size(), number);
  if (error == std::errc() && end == wanted.data() + wanted.size()) place = number - 1;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    if (lower_trimmed(at(program_.facts, answers[i].fact).name) == wanted) place = i;
  }
  if (place >= answers.size()) {
    tell(fmt::format("There is no such answer. Write a number from 1 to {}; `answers` lists them.", answers.size()));
    return After::ask;
  }
  const InterviewAnswer answer = answers[place];
  tell(fmt::format("So far: {}", say_answer(program_, answer)));
  show_answers(answer.fact, {}, nullptr);
  for (;;) {
    const auto line = read("> ", answer_words(program_, answer.fact));
    if (!line) return After::end;
    if (lower_trimmed(*line).empty()) {
      tell("It stays as it is.");
      return After::ask;
    }
    const AnswerReading reading = read_answer(program_, answer.fact, *line, interview_.facts().as_at);
    if (reading.kind == AnswerReading::Kind::unclear) {
      tell(reading.problem + ", or nothing to leave it as it is.");
      if (!reading.help.empty()) tell(reading.help);
      continue;
    }
    const bool is_value = reading.kind == AnswerReading::Kind::value;
    for (const InterviewAnswer& dropped :
         interview_.change(place, is_value ? std::optional(reading.value) : std::nullopt)) {
      tell(fmt::format("Dropped, for it no longer matters: {}", say_answer(program_, dropped)), "  ");
    }
    duties_offered_ = false;
    interview_.ask_duties(false);
    tell(fmt::format("Now: {}", say_answer(program_, interview_.answers()[place])));
    if (interview_.asked()) say_outcome();
    return After::ask;
  }
}

void Conversation::list_answers() {
  std::size_t number = 0;
  for (const InterviewAnswer& answer : interview_.answers()) {
    say(wrapped(say_answer(program_, answer) + (answer.given ? " (from the case)" : ""),
                fmt::format("  {:>3}. ", ++number), "       ", terminal_.width()));
  }
  if (number == 0) tell("There are no answers yet.");
}

void Conversation::show_progress() {
  where_it_stands();
  tell(fmt::format("Still to come: at most {}.", counted(interview_.at_most(), "question")));
}

void Conversation::show_help() {
  say("  the number or the word   answers; of a set several, such as 1, 3\n"
      "  ? or don't know          you do not know: the next question that can matter comes\n"
      "  back                     takes back the last answer\n"
      "  change, change 2         changes an earlier answer\n"
      "  answers                  lists the answers so far\n"
      "  progress                 what is settled, and what may still come\n"
      "  stop                     ends the questions; nothing is lost\n");
}

}  // namespace duly::cli
