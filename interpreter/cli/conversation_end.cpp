#include <fmt/format.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "interpreter/analysis/witness.hpp"
#include "interpreter/cli/conversation.hpp"
#include "interpreter/interview/words.hpp"
#include "interpreter/report/case_json.hpp"
#include "interpreter/report/decision_text.hpp"
#include "interpreter/report/reason_points.hpp"
#include "interpreter/report/record.hpp"
#include "interpreter/report/wrapped.hpp"

namespace duly::cli {
namespace {

enum class Written { done, is_there, failed };

/// Writes a new file, or, where that is wanted, in the place of one that is there.
Written write_file(const std::string& path, const std::string& text, bool over) {
  std::FILE* const file = std::fopen(path.c_str(), over ? "w" : "wx");
  if (file == nullptr) return errno == EEXIST ? Written::is_there : Written::failed;
  bool good = std::fwrite(text.data(), 1, text.size(), file) == text.size();
  good = std::fclose(file) == 0 && good;
  return good ? Written::done : Written::failed;
}

std::string menu(bool more) {
  return fmt::format(
      "\nWhat next?\n"
      "    1  the explanation\n"
      "    2  the record: what has to be written down\n"
      "    3  save the case in a file\n"
      "    4  the case as a block for a policy\n"
      "    5  change an answer\n"
      "{}    0  finish\n",
      more ? "    6  go on with the questions\n" : "");
}

}  // namespace

/// The decision in one line, as soon as it is settled.
void Conversation::say_outcome() {
  const SubjectId asked = *interview_.asked();
  const Finding& finding = interview_.decision().of(asked);
  const std::string& question = at(program_.subjects, asked).title;
  tell(fmt::format("{}{} {}", question, question.ends_with('?') ? "" : ":",
                   sentence(say_finding(program_, asked, finding))));
  if (const auto advice = advised(view(), asked)) {
    tell(fmt::format("Until that is settled, the advice is: {}",
                     sentence(program_.say(at(program_.subjects, asked).type, *advice))));
  }
}

void Conversation::where_it_stands() {
  if (interview_.asked() && !outcome_told_) say_outcome();
  outcome_told_ = false;
  std::size_t open = 0;
  for (std::uint32_t i = 0; i < program_.subjects.size(); ++i) {
    const SubjectId id{i};
    const Subject& subject = program_.subjects[i];
    const Finding& finding = interview_.decision().of(id);
    if (subject.kind == SubjectKind::action && finding.status == Status::undecided) ++open;
    const bool telling = subject.kind == SubjectKind::definition ||
                         (subject.kind == SubjectKind::action && finding.duty() != Duty::none);
    if (!telling || finding.status != Status::decided) continue;
    tell(fmt::format("Settled: {}: {}", subject.title, say_finding(program_, id, finding)), "  ");
  }
  if (open > 0) tell(open == 1 ? "Open: 1 duty" : fmt::format("Open: {} duties", open), "  ");
  const std::vector<FactId> not_known = interview_.not_known();
  if (!not_known.empty()) tell("Not known, and it can still matter:", "  ");
  for (const FactId fact : not_known) say(wrapped(say_question(program_, fact), "    - ", "      ", terminal_.width()));
}

/// No more input: everything that is known goes on the screen, so that nothing is lost.
void Conversation::end_here() {
  say("\n");
  where_it_stands();
  if (setting_.to_err) return;
  say("\n");
  tell("What is known so far, as a case:");
  say(write_case_json(program_, interview_.facts()));
  tell("To go on from here, keep it in a file, say case.json, and run:");
  say(fmt::format("  duly ask {} --case case.json\n", setting_.policy));
}

Conversation::After Conversation::offer_what_to_keep() {
  say("\n");
  where_it_stands();
  for (bool told = false;; told = true) {
    const bool more = interview_.question().has_value();
    told ? tell("What next? 1 explanation, 2 record, 3 save, 4 block, 5 change, 0 finish") : say(menu(more));
    const auto line =
        read("> ", {"explanation", "record", "save", "block", "change", more ? "questions" : "finish", "finish"});
    if (!line) return After::end;
    const std::size_t first = line->find_first_not_of(" \t");
    const std::string given = first == std::string::npos ? "" : line->substr(first);
    const std::string word = lower_trimmed(given.substr(0, given.find(' ')));
    const std::string rest = given.find(' ') == std::string::npos ? "" : given.substr(given.find(' ') + 1);
    if (word == "1" || word == "explanation") {
      show_explanation();
    } else if (word == "2" || word == "record") {
      show_record();
    } else if (word == "3" || word == "save") {
      if (save(rest) == After::end) return After::end;
    } else if (word == "4" || word == "block") {
      show_block();
    } else if (word == "5" || word == "change") {
      return change(lower_trimmed(rest));
    } else if (more && (word == "6" || word == "questions")) {
      return After::ask;
    } else if (word == "0" || word == "finish" || word == "stop" || word == "quit" || word == "q") {
      return After::end;
    } else if (word == "back" || word == "b") {
      take_back();
      return After::ask;
    } else {
      tell(fmt::format("Write a number from 0 to {}.", more ? 6 : 5));
    }
  }
}

void Conversation::show_explanation() {
  const bool color = setting_.to_err ? terminal_.colors_err() : terminal_.colors_out();
  say("\n" + decision_text(explain(view(), Depth::normal), {color, terminal_.width()}));
}

void Conversation::show_record() {
  const DecisionView seen = view();
  const RecordSheet sheet = open_sheet(seen, std::nullopt);
  say("\n");
  if (!sheet.problems.empty()) {
    for (const RecordProblem& problem : sheet.problems) {
      tell(problem.message + ".");
      if (!problem.help.empty()) tell(problem.help, "  ");
    }
    return;
  }
  tell("To be written down:");
  say(skeleton_text(seen, sheet));
  tell(fmt::format("Save the case, say as case.json. Then `duly record {} case.json` gives a form to fill in.",
                   setting_.policy));
}

void Conversation::show_block() {
  std::vector<std::string> expected;
  if (interview_.asked()) {
    const Subject& decision = at(program_.subjects, *interview_.asked());
    const Finding& finding = interview_.decision().of(*interview_.asked());
    expected.push_back(fmt::format("{} is {}", decision.name,
                                   finding.status == Status::decided ? program_.show(decision.type, finding.value)
                                                                     : std::string(to_string(finding.status))));
  }
  say("\n" + write_case_block(program_, interview_.facts(), "from_interview", "What was answered", expected, true));
}

Conversation::After Conversation::save(std::string path) {
  if (lower_trimmed(path).empty()) {
    auto line = read("Where to? (a file, such as case.json; nothing to leave it) > ", {});
    if (!line) return After::end;
    path = std::move(*line);
  }
  const std::size_t begin = path.find_first_not_of(" \t");
  if (begin == std::string::npos) {
    tell("Nothing was saved.");
    return After::close;
  }
  path = path.substr(begin, path.find_last_not_of(" \t") - begin + 1);
  const std::string text = write_case_json(program_, interview_.facts());
  Written written = write_file(path, text, false);
  if (written == Written::is_there) {
    const auto over = read_yes_no(fmt::format("{} is there already. Write over it? (yes or no) > ", path));
    if (!over) return After::end;
    if (!*over) {
      tell("Nothing was saved.");
      return After::close;
    }
    written = write_file(path, text, true);
  }
  if (written != Written::done) {
    tell(fmt::format("{} could not be written: {}.", path, std::strerror(errno)));
    return After::close;
  }
  tell(fmt::format("Saved. `duly decide {} {}` decides it again.", setting_.policy, path));
  return After::close;
}

}  // namespace duly::cli
