#include "interpreter/cli/line_reader.hpp"

#include <fmt/format.h>
#include <histedit.h>
#include <unistd.h>

#include <cerrno>
#include <clocale>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "interpreter/report/json_tree.hpp"
#include "lang/base/utf8.hpp"

namespace duly::cli {
namespace {

constexpr std::size_t longest_line = 64U << 10;

volatile std::sig_atomic_t interrupts = 0;
void note_interrupt(int) { interrupts = 1; }

/// Notes Ctrl-C instead of ending the program; a read that waits comes back.
class InterruptsNoted {
 public:
  InterruptsNoted() {
    struct sigaction action = {};
    action.sa_handler = note_interrupt;  // without SA_RESTART
    sigaction(SIGINT, &action, &before_);
    interrupts = 0;
  }
  ~InterruptsNoted() { sigaction(SIGINT, &before_, nullptr); }
  InterruptsNoted(const InterruptsNoted&) = delete;
  InterruptsNoted& operator=(const InterruptsNoted&) = delete;

  static bool take() {
    const bool any = interrupts != 0;
    interrupts = 0;
    return any;
  }

 private:
  struct sigaction before_ = {};
};

/// With a question mark for each byte that is no text.
std::string as_text(std::string_view line) {
  std::string text;
  while (!line.empty()) {
    const std::size_t size = first_character(line).size;
    text += size == 0 ? std::string_view("?") : line.substr(0, size);
    line.remove_prefix(size == 0 ? 1 : size);
  }
  return text;
}

/// From a pipe, a file, or a terminal that cannot move its cursor.
class PlainReader : public LineReader {
 public:
  PlainReader(Terminal& terminal, bool to_err)
      : terminal_(terminal), to_err_(to_err), from_terminal_(isatty(STDIN_FILENO) == 1) {}

  ReadLine read(const std::string& prompt, const std::vector<std::string>&) override {
    say(prompt);
    terminal_.finish();
    ReadLine result;
    bool any = false;
    for (;;) {
      if (InterruptsNoted::take()) {
        say("\n");
        return {ReadLine::End::interrupted, {}};
      }
      char c = 0;
      const int got = next(c);
      if (got < 0) continue;  // a signal came
      if (got == 0) break;
      any = true;
      if (c == '\n') break;
      if (result.text.size() < longest_line) result.text += c;
    }
    if (!any) {
      say("\n");
      return {ReadLine::End::end_of_input, {}};
    }
    if (!result.text.empty() && result.text.back() == '\r') result.text.pop_back();
    result.text = as_text(result.text);
    if (!from_terminal_) say(shown(result.text) + "\n");  // so that what comes out reads as a conversation
    return result;
  }

  bool is_interactive() const override { return from_terminal_; }

 private:
  void say(const std::string& text) { to_err_ ? terminal_.err(text) : terminal_.out(text); }

  /// 1: a byte; 0: the end; -1: interrupted.
  int next(char& c) {
    if (at_ == filled_) {
      const ssize_t got = ::read(STDIN_FILENO, buffer_, sizeof buffer_);
      if (got < 0) return errno == EINTR ? -1 : 0;
      if (got == 0) return 0;
      at_ = 0;
      filled_ = static_cast<std::size_t>(got);
    }
    c = buffer_[at_++];
    return 1;
  }

  Terminal& terminal_;
  bool to_err_;
  bool from_terminal_;
  InterruptsNoted noted_;
  char buffer_[4096] = {};
  std::size_t at_ = 0, filled_ = 0;
};

/// At a terminal, through libedit.
class EditedReader : public LineReader {
 public:
  explicit EditedReader(Terminal& terminal, std::FILE* out) : terminal_(terminal), out_(out) {
    std::setlocale(LC_CTYPE, "");
    edit_ = el_init("duly", stdin, out, stderr);
    if (edit_ == nullptr) return;
    el_set(edit_, EL_CLIENTDATA, this);
    el_set(edit_, EL_PROMPT, &EditedReader::prompt);
    el_set(edit_, EL_EDITOR, "emacs");
    el_set(edit_, EL_SIGNAL, 1);  // puts the terminal back where a signal ends the program or stops it
    history_ = history_init();
    HistEvent event;
    history(history_, &event, H_SETSIZE, 500);
    el_set(edit_, EL_HIST, history, history_);
    el_set(edit_, EL_ADDFN, "duly-complete", "Complete the word", &EditedReader::complete_word);
    el_set(edit_, EL_BIND, "^I", "duly-complete", nullptr);
    // Ctrl-C is a key while a line is read: the program is asked, not ended.
    el_set(edit_, EL_SETTY, "-d", "intr=", nullptr);
    el_set(edit_, EL_ADDFN, "duly-interrupt", "Leave the line", &EditedReader::interrupt);
    el_set(edit_, EL_BIND, "^C", "duly-interrupt", nullptr);
    el_set(edit_, EL_ADDFN, "duly-end-or-delete", "End, or delete", &EditedReader::end_or_delete);
    el_set(edit_, EL_BIND, "^D", "duly-end-or-delete", nullptr);
  }
  ~EditedReader() override {
    if (edit_ != nullptr) el_end(edit_);
    if (history_ != nullptr) history_end(history_);
  }
  EditedReader(const EditedReader&) = delete;
  EditedReader& operator=(const EditedReader&) = delete;

  bool works() const { return edit_ != nullptr && history_ != nullptr; }

  ReadLine read(const std::string& prompt, const std::vector<std::string>& words) override {
    prompt_ = prompt;
    words_ = words;
    interrupted_ = InterruptsNoted::take();
    if (interrupted_) return {ReadLine::End::interrupted, {}};
    terminal_.finish();
    int length = 0;
    const char* const line = el_gets(edit_, &length);
    if (interrupted_ || InterruptsNoted::take()) {
      std::fputs("^C\n", out_);
      return {ReadLine::End::interrupted, {}};
    }
    if (line == nullptr || length <= 0) {
      std::fputc('\n', out_);
      return {ReadLine::End::end_of_input, {}};
    }
    std::string text(line, static_cast<std::size_t>(length));
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
    if (!text.empty()) {
      HistEvent event;
      history(history_, &event, H_ENTER, text.c_str());
    }
    return {ReadLine::End::line, as_text(text)};
  }

  bool is_interactive() const override { return true; }

 private:
  static EditedReader& self(EditLine* edit) {
    void* data = nullptr;
    el_get(edit, EL_CLIENTDATA, &data);
    return *static_cast<EditedReader*>(data);
  }

  static char* prompt(EditLine* edit) { return self(edit).prompt_.data(); }

  static unsigned char interrupt(EditLine* edit, int) {
    self(edit).interrupted_ = true;
    return CC_NEWLINE;
  }

  static unsigned char end_or_delete(EditLine* edit, int) {
    const LineInfo* const line = el_line(edit);
    if (line->buffer == line->lastchar) return CC_EOF;
    if (line->cursor == line->lastchar) return CC_REDISPLAY;
    el_cursor(edit, 1);
    el_deletestr(edit, 1);
    return CC_REFRESH;
  }

  static unsigned char complete_word(EditLine* edit, int) {
    EditedReader& reader = self(edit);
    const LineInfo* const line = el_line(edit);
    const std::string typed(line->buffer, static_cast<std::size_t>(line->cursor - line->buffer));
    const Completion found = complete(typed, reader.words_);
    if (!found.rest.empty()) {
      el_insertstr(edit, found.rest.c_str());
      return CC_REFRESH;
    }
    if (found.words.size() < 2) return CC_REFRESH_BEEP;
    std::fprintf(reader.out_, "\n%s\n", fmt::format("{}", fmt::join(found.words, "   ")).c_str());
    return CC_REDISPLAY;
  }

  Terminal& terminal_;
  std::FILE* out_;
  InterruptsNoted noted_;
  EditLine* edit_ = nullptr;
  History* history_ = nullptr;
  std::string prompt_;
  std::vector<std::string> words_;
  bool interrupted_ = false;
};

}  // namespace

std::unique_ptr<LineReader> make_line_reader(Terminal& terminal, bool to_err) {
  const char* const term = std::getenv("TERM");
  const bool can_edit = isatty(STDIN_FILENO) == 1 && isatty(to_err ? STDERR_FILENO : STDOUT_FILENO) == 1 &&
                        term != nullptr && *term != '\0' && std::string_view(term) != "dumb";
  if (can_edit) {
    auto reader = std::make_unique<EditedReader>(terminal, to_err ? stderr : stdout);
    if (reader->works()) return reader;
  }
  return std::make_unique<PlainReader>(terminal, to_err);
}

Completion complete(const std::string& typed, const std::vector<std::string>& words) {
  // Of a list of answers, the last.
  const std::size_t after = typed.find_last_of(',');
  std::size_t begin = after == std::string::npos ? 0 : after + 1;
  while (begin < typed.size() && typed[begin] == ' ') ++begin;
  const std::string start = typed.substr(begin);
  Completion result;
  for (const std::string& word : words) {
    if (word.starts_with(start)) result.words.push_back(word);
  }
  if (result.words.empty()) return result;
  std::string common = result.words.front();
  for (const std::string& word : result.words) {
    while (!word.starts_with(common)) common.pop_back();
  }
  result.rest = common.substr(start.size());
  return result;
}

}  // namespace duly::cli
