#include <fmt/format.h>

#include "interpreter/api/face.hpp"

namespace duly::api {
namespace {

std::string in_a_line(const Problem& problem) {
  std::string place;
  if (!problem.file.empty()) {
    place = problem.line == 0 ? fmt::format("{}: ", problem.file)
                              : fmt::format("{}:{}:{}: ", problem.file, problem.line, problem.column);
  } else if (!problem.path.empty()) {
    place = fmt::format("{}: ", problem.path);
  }
  return place + problem.message;
}

}  // namespace

void describe(duly_error& error) {
  if (error.problems.empty()) return;
  const Problem* first = &error.problems.front();
  for (const Problem& problem : error.problems) {
    if (problem.severity == DULY_ERROR) {
      first = &problem;
      break;
    }
  }
  error.message = in_a_line(*first);
}

duly_code fail(duly_error** error, duly_code code, std::vector<Problem> problems, std::string text) noexcept {
  if (error == nullptr) return code;
  try {
    auto made = std::make_unique<duly_error>();
    made->code = code;
    made->problems = std::move(problems);
    made->text = std::move(text);
    describe(*made);
    *error = made.release();
  } catch (...) {
    *error = nullptr;
  }
  return code;
}

duly_code fail(duly_error** error, duly_code code, std::string message, std::string help) noexcept {
  if (error == nullptr) return code;
  try {
    std::string text = fmt::format("error: {}\n", message);
    if (!help.empty()) text += fmt::format("  help: {}\n", help);
    std::vector<Problem> problems(1);
    problems.front().message = std::move(message);
    problems.front().help = std::move(help);
    return fail(error, code, std::move(problems), std::move(text));
  } catch (...) {
    *error = nullptr;
  }
  return code;
}

}  // namespace duly::api

using namespace duly::api;

uint32_t duly_version(void) {
  return DULY_VERSION_MAJOR * 1'000'000u + DULY_VERSION_MINOR * 1'000u + DULY_VERSION_PATCH;
}

duly_text duly_code_text(duly_code code) {
  switch (code) {
    case DULY_OK: return given_literal("done");
    case DULY_OUT_OF_MEMORY: return given_literal("there is not enough memory");
    case DULY_INVALID_ARGUMENT: return given_literal("an argument is missing or none of those allowed");
    case DULY_UNKNOWN_HANDLE: return given_literal("the handle means nothing in this policy");
    case DULY_OTHER_POLICY: return given_literal("the objects are not of one policy");
    case DULY_NOT_FOUND: return given_literal("there is nothing of that name");
    case DULY_WRONG_TYPE: return given_literal("the fact is of another type");
    case DULY_OUT_OF_RANGE: return given_literal("the value lies outside what is taken");
    case DULY_WRONG_POLICY: return given_literal("the policy has errors");
    case DULY_WRONG_CASE: return given_literal("the case has errors");
    case DULY_LOADER_FAILED: return given_literal("the loader returned an error");
    case DULY_NO_VALUE: return given_literal("it is not known or not decided");
    case DULY_RECORD_INCOMPLETE: return given_literal("the record is not complete");
    case DULY_INTERNAL: return given_literal("a defect of the library");
  }
  return given_literal("unknown code");
}

duly_code duly_error_code(const duly_error* error) {
  if (error == nullptr) return DULY_OK;
  return error->code;
}

duly_text duly_error_message(const duly_error* error) { return error == nullptr ? no_text() : given(error->message); }

duly_text duly_error_text(const duly_error* error) { return error == nullptr ? no_text() : given(error->text); }

size_t duly_error_count(const duly_error* error) { return error == nullptr ? 0 : error->problems.size(); }

duly_code duly_error_at(const duly_error* error, size_t index, size_t size, duly_problem* problem) {
  if (error == nullptr) return DULY_INVALID_ARGUMENT;
  if (index >= error->problems.size()) return DULY_OUT_OF_RANGE;
  const Problem& found = error->problems[index];
  duly_problem result{};
  result.severity = found.severity;
  result.line = found.line;
  result.column = found.column;
  result.end_line = found.end_line;
  result.end_column = found.end_column;
  result.code = given(found.code);
  result.message = given(found.message);
  result.help = given(found.help);
  result.file = given(found.file);
  result.path = given(found.path);
  return write_struct(result, size, problem);
}

void duly_error_release(duly_error* error) { delete error; }
