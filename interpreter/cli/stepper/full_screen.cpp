#define _XOPEN_SOURCE_EXTENDED 1  // wide characters in curses
#include "interpreter/cli/stepper/full_screen.hpp"

#include <curses.h>
#include <fmt/format.h>
#include <langinfo.h>
#include <term.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <clocale>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <string_view>

namespace duly::cli::stepper {
namespace {

// ---- what a signal needs to put the terminal right: set before signals are caught, read by their handler alone -----

termios modes_before;
std::array<char, 256> restoring{};  // leaves the second screen, shows the cursor, plain letters
std::size_t restoring_size = 0;

constexpr int caught_signals[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL};
std::array<struct sigaction, std::size(caught_signals)> actions_before;

/// Async-signal-safe: only write, tcsetattr, and the signal again, now with its default effect.
extern "C" void put_right_and_die(int signal) {
  if (write(STDOUT_FILENO, restoring.data(), restoring_size) < 0) {
    // There is nobody left to tell.
  }
  tcsetattr(STDIN_FILENO, TCSANOW, &modes_before);
  std::signal(signal, SIG_DFL);
  raise(signal);
}

void prepare_restoring() {
  restoring_size = 0;
  for (const char* name : {"sgr0", "rmkx", "cnorm", "rmcup"}) {
    std::string capability(name);
    const char* code = tigetstr(capability.data());
    if (code == nullptr || code == reinterpret_cast<const char*>(-1)) continue;
    const std::size_t size = std::strlen(code);
    if (restoring_size + size > restoring.size()) continue;
    std::memcpy(restoring.data() + restoring_size, code, size);
    restoring_size += size;
  }
}

/// The second screen, for as long as it lives.
class FullScreen {
 public:
  explicit FullScreen(SCREEN* screen) : screen_(screen) {
    set_term(screen_);
    cbreak();
    noecho();
    nonl();
    keypad(stdscr, TRUE);
    set_escdelay(50);
    curs_set(0);
    prepare_restoring();
    struct sigaction action {};
    action.sa_handler = put_right_and_die;
    sigemptyset(&action.sa_mask);
    for (std::size_t i = 0; i < std::size(caught_signals); ++i) {
      sigaction(caught_signals[i], &action, &actions_before[i]);
    }
  }
  ~FullScreen() {
    endwin();
    for (std::size_t i = 0; i < std::size(caught_signals); ++i) {
      sigaction(caught_signals[i], &actions_before[i], nullptr);
    }
    delscreen(screen_);
  }
  FullScreen(const FullScreen&) = delete;
  FullScreen& operator=(const FullScreen&) = delete;

 private:
  SCREEN* screen_;
};

Key key_of(int code, wint_t character) {
  using Kind = Key::Kind;
  if (code == KEY_CODE_YES) {
    switch (character) {
      case KEY_LEFT: return {Kind::left};
      case KEY_RIGHT: return {Kind::right};
      case KEY_UP: return {Kind::up};
      case KEY_DOWN: return {Kind::down};
      case KEY_HOME: return {Kind::home};
      case KEY_END: return {Kind::end};
      case KEY_PPAGE: return {Kind::page_up};
      case KEY_NPAGE: return {Kind::page_down};
      case KEY_ENTER: return {Kind::enter};
      case KEY_BACKSPACE: return {Kind::backspace};
      default: return {Kind::other};
    }
  }
  if (character == '\r' || character == '\n') return {Kind::enter};
  if (character == 0x1B) return {Kind::escape};
  if (character == 0x08 || character == 0x7F) return {Kind::backspace};
  if (character < 0x20) return {Kind::other};
  return {Kind::character, static_cast<char32_t>(character)};
}

attr_t attribute(Style style) {
  switch (style) {
    case Style::plain:
    case Style::faint: return A_NORMAL;
    case Style::heading: return A_BOLD;
    case Style::mark: return A_BOLD;
  }
  return A_NORMAL;
}

/// A terminal that does not take UTF-8 gets question marks for what is not ASCII.
std::string for_terminal(const std::string& text, bool utf8) {
  if (utf8) return text;
  std::string result;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80) {
      result += c;
    } else if ((byte & 0xC0U) != 0x80U) {
      result += '?';
    }
  }
  return result;
}

void draw(const Screen& screen, bool utf8) {
  erase();
  for (const Placed& each : screen.texts) {
    attrset(static_cast<int>(attribute(each.style)));
    mvaddstr(static_cast<int>(each.row), static_cast<int>(each.column), for_terminal(each.text, utf8).c_str());
  }
  attrset(A_NORMAL);
  refresh();
}

}  // namespace

bool at_a_terminal() { return isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1; }

std::optional<std::string> run_full_screen(Stepper& stepper) {
  const char* term = std::getenv("TERM");
  if (term == nullptr || *term == '\0') return "TERM is not set, so nothing is known of this terminal";
  int problem = 0;
  if (setupterm(term, STDOUT_FILENO, &problem) != OK) {
    return fmt::format("nothing is known of the terminal `{}`", term);
  }
  char cup[] = "cup";
  const char* moves = tigetstr(cup);
  if (moves == nullptr || moves == reinterpret_cast<const char*>(-1)) {
    return fmt::format("the terminal `{}` cannot show a full screen", term);
  }
  if (tcgetattr(STDIN_FILENO, &modes_before) != 0) return "the terminal does not answer";
  std::setlocale(LC_CTYPE, "");
  const bool utf8 = std::string_view(nl_langinfo(CODESET)) == "UTF-8";
  SCREEN* opened = newterm(term, stdout, stdin);
  if (opened == nullptr) return fmt::format("the terminal `{}` cannot show a full screen", term);

  const FullScreen full(opened);
  while (true) {
    int height = 0, width = 0;
    getmaxyx(stdscr, height, width);
    draw(stepper.screen(static_cast<std::size_t>(width), static_cast<std::size_t>(height)), utf8);
    wint_t character = 0;
    errno = 0;
    const int code = get_wch(&character);
    if (code == ERR && errno == EINTR) continue;  // stopped and brought back
    if (code == ERR) return std::nullopt;         // the terminal is gone
    if (code == KEY_CODE_YES && character == KEY_RESIZE) continue;
    if (!stepper.press(key_of(code, character))) return std::nullopt;
  }
}

}  // namespace duly::cli::stepper
