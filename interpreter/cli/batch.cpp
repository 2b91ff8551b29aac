#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <cstring>
#include <mutex>
#include <thread>
#include <vector>

#include "interpreter/batch/line_blocks.hpp"
#include "interpreter/batch/line_decider.hpp"
#include "interpreter/cli/batch_progress.hpp"
#include "interpreter/cli/case_argument.hpp"
#include "interpreter/cli/commands.hpp"

namespace duly::cli {
namespace {

/// Cases from a file or standard input. What goes wrong while reading is kept.
class Input {
 public:
  /// False where it cannot be opened; `problem` then says why.
  bool open(const std::string& name) {
    if (name == "-") return true;
    descriptor_ = ::open(name.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor_ < 0) problem_ = errno;
    return descriptor_ >= 0;
  }
  ~Input() {
    if (descriptor_ > STDIN_FILENO) ::close(descriptor_);
  }
  Input() = default;
  Input(const Input&) = delete;
  Input& operator=(const Input&) = delete;

  std::size_t read(char* to, std::size_t bytes) {
    while (problem_ == 0) {
      const ssize_t got = ::read(descriptor_, to, bytes);
      if (got >= 0) return static_cast<std::size_t>(got);
      if (errno != EINTR) problem_ = errno;
    }
    return 0;
  }

  int descriptor() const { return descriptor_; }
  int problem() const { return problem_; }

 private:
  int descriptor_ = STDIN_FILENO;
  int problem_ = 0;
};

/// Each worker takes the next block, decides its cases, and waits for its turn to write: so lines come out in order,
/// and no more blocks are in memory than there are workers.
class Run {
 public:
  Run(Terminal& terminal, const Compiled& compiled, LineDecider::Options options, Input& input)
      : terminal_(terminal),
        compiled_(compiled),
        options_(options),
        blocks_([&](char* to, std::size_t bytes) { return input.read(to, bytes); },
                {.padding = FastCaseReader::padding()}),
        progress_(terminal, input.descriptor()) {}

  void work() {
    LineDecider decider(*compiled_.program, compiled_.sources, options_);
    LineBlock block;
    std::string out;
    for (;;) {
      std::uint64_t turn = 0;
      {
        const std::lock_guard lock(mutex_);
        if (stopped_ || !blocks_.next(block)) return;
        turn = taken_++;
      }
      out.clear();
      std::uint64_t wrong_here = 0;
      std::uint64_t lines = 0;
      for_each_line(block, [&](std::string_view line, std::uint64_t number) {
        ++lines;
        if (!decider.decide(line, number, out)) ++wrong_here;
      });
      std::unique_lock lock(mutex_);
      turn_came_.wait(lock, [&] { return written_ == turn; });
      terminal_.out(out);
      stopped_ = stopped_ || terminal_.lost();
      wrong_ += wrong_here;
      lines_ += lines;
      ++written_;
      progress_.show(lines_, blocks_.bytes_read());
      turn_came_.notify_all();
    }
  }

  void end() { progress_.clear(); }
  std::uint64_t lines() const { return lines_; }
  std::uint64_t wrong() const { return wrong_; }

 private:
  Terminal& terminal_;
  const Compiled& compiled_;
  LineDecider::Options options_;
  std::mutex mutex_;
  std::condition_variable turn_came_;
  LineBlocks blocks_;
  Progress progress_;
  std::uint64_t taken_ = 0, written_ = 0, lines_ = 0, wrong_ = 0;
  bool stopped_ = false;
};

}  // namespace

int batch(Terminal& terminal, const SearchPath& path, const BatchOptions& options) {
  const OpenedPolicy opened = open_policy(terminal, path, options.policy);
  if (!opened.compiled) return opened.exit_code;
  const ChosenDecision chosen = choose_decision(terminal, *opened.compiled->program, options.decision);
  if (!chosen.exists) return misused;
  Input input;
  if (!input.open(options.cases)) {
    return report_unreadable(terminal,
                             fmt::format("`{}` cannot be read: {}", options.cases, std::strerror(input.problem())));
  }

  LineDecider::Options how;
  how.today = options.as_at.value_or(today());
  how.full = options.full;
  if (!options.decision.empty()) how.asked = chosen.subject;
  Run run(terminal, *opened.compiled, how, input);
  std::vector<std::thread> others;
  for (unsigned i = 1; i < options.jobs; ++i) others.emplace_back([&] { run.work(); });
  run.work();
  for (std::thread& other : others) other.join();
  run.end();

  if (input.problem() != 0) {
    return report_unreadable(
        terminal, fmt::format("after line {}, no more can be read: {}", run.lines(), std::strerror(input.problem())));
  }
  if (run.wrong() == 0) return done;
  terminal.err(fmt::format("{} of {} lines {} wrong; each is an `error` object in its place.\n", run.wrong(),
                           run.lines(), run.wrong() == 1 ? "is" : "are"));
  return wrong;
}

}  // namespace duly::cli
