#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <condition_variable>
#include <cstring>
#include <exception>
#include <mutex>
#include <system_error>
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
/// and no more blocks are in memory than there are workers. Reading and writing do not wait for each other: whoever
/// sends line by line gets each answer before the next line.
class Run {
 public:
  Run(Terminal& terminal, const Compiled& compiled, LineDecider::Options options, Input& input,
      std::uint64_t first_line)
      : terminal_(terminal),
        compiled_(compiled),
        options_(options),
        blocks_([&](char* to, std::size_t bytes) { return input.read(to, bytes); },
                {.padding = FastCaseReader::padding()}, first_line),
        progress_(terminal, input.descriptor()) {}

  /// Decides all cases. Throws what a worker throws.
  void decide(unsigned jobs) {
    std::vector<std::thread> others;
    try {
      for (unsigned i = 1; i < jobs; ++i) others.emplace_back([&] { work_or_stop(); });
    } catch (const std::system_error&) {
      // The system gives no more threads; those that there are do all the work.
    }
    work_or_stop();
    for (std::thread& other : others) other.join();
    progress_.clear();
    if (failure_) std::rethrow_exception(failure_);
  }

  std::uint64_t lines() const { return lines_; }
  std::uint64_t wrong() const { return wrong_; }

 private:
  /// A worker that fails never takes its turn, so the others must not wait for it.
  void work_or_stop() {
    try {
      work();
    } catch (...) {
      const std::lock_guard lock(writing_);
      if (!failure_) failure_ = std::current_exception();
      is_stopped_ = true;
      turn_came_.notify_all();
    }
  }

  void work() {
    LineDecider decider(*compiled_.program, compiled_.sources, options_);
    LineBlock block;
    std::string out;
    for (;;) {
      std::uint64_t turn = 0;
      std::uint64_t bytes_read = 0;
      {
        const std::lock_guard lock(reading_);
        if (is_stopped_ || !blocks_.next(block)) return;
        turn = taken_++;
        bytes_read = blocks_.bytes_read();
      }
      out.clear();
      std::uint64_t wrong_here = 0;
      std::uint64_t lines = 0;
      for_each_line(block, [&](std::string_view line, std::uint64_t number) {
        ++lines;
        if (!decider.decide(line, number, out)) ++wrong_here;
      });
      std::unique_lock lock(writing_);
      turn_came_.wait(lock, [&] { return written_ == turn || is_stopped_; });
      if (is_stopped_) return;
      terminal_.out(out);
      terminal_.flush();
      if (terminal_.lost()) is_stopped_ = true;
      wrong_ += wrong_here;
      lines_ += lines;
      ++written_;
      progress_.show(lines_, bytes_read);
      turn_came_.notify_all();
    }
  }

  Terminal& terminal_;
  const Compiled& compiled_;
  LineDecider::Options options_;
  std::atomic<bool> is_stopped_ = false;  // set where there is no use in going on

  std::mutex reading_;  // guards these
  LineBlocks blocks_;
  std::uint64_t taken_ = 0;

  std::mutex writing_;  // guards these, the terminal, and the setting of `is_stopped_`
  std::condition_variable turn_came_;
  Progress progress_;
  std::uint64_t written_ = 0, lines_ = 0, wrong_ = 0;
  std::exception_ptr failure_;
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
  how.today = today();
  how.as_at = options.as_at;
  how.full = options.full;
  if (!options.decision.empty()) how.asked = chosen.subject;
  Run run(terminal, *opened.compiled, how, input, options.first_line);
  run.decide(options.jobs);
  if (input.problem() != 0) {
    const std::string what = run.lines() == 0 ? fmt::format("`{}` cannot be read", options.cases)
                                              : fmt::format("after line {}, no more can be read", run.lines());
    return report_unreadable(terminal, fmt::format("{}: {}", what, std::strerror(input.problem())));
  }
  if (run.wrong() == 0) return done;
  terminal.err(fmt::format("{} of {} lines {} no case; in the place of {} stands an `error` that says why.\n",
                           run.wrong(), run.lines(), run.wrong() == 1 ? "is" : "are",
                           run.wrong() == 1 ? "it" : "each"));
  return wrong;
}

}  // namespace duly::cli
