#include <csignal>
#include <cstdio>
#include <cstring>
#include <exception>
#include <new>

#include "interpreter/cli/command_line.hpp"

int main(int count, char** arguments) {
  using namespace duly::cli;
  std::signal(SIGPIPE, SIG_IGN);  // a reader that leaves early (`duly test | head`) is no error
  try {
    const Request request = read_command_line(count, arguments);
    Terminal terminal(request.color);
    int exit_code = done;
    if (request.run) {
      exit_code = request.run(terminal);
    } else if (!request.error.empty()) {
      exit_code = terminal.error(request.error, request.help);
    } else {
      terminal.out(request.output);
    }
    if (terminal.finish()) return exit_code;
    return terminal.error("Standard output could not be written", "Is the disk full?");
  } catch (const std::bad_alloc&) {
    std::fputs("error: there is not enough memory\n", stderr);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "error: something went wrong inside duly (%s); please report it\n", error.what());
  }
  return misused;
}
