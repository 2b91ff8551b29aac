#include <fmt/format.h>

#include "interpreter/api/face.hpp"
#include "interpreter/report/decision_json.hpp"
#include "interpreter/report/decision_text.hpp"
#include "interpreter/report/record.hpp"

namespace duly::api {
namespace {

std::optional<Depth> depth_of(duly_depth depth) {
  switch (depth) {
    case DULY_BRIEF: return Depth::brief;
    case DULY_NORMAL: return Depth::normal;
    case DULY_FULL: return Depth::full;
  }
  return std::nullopt;
}

/// Null where the format or the depth is none.
std::optional<std::string> in_format(const DecisionView& view, duly_format format, duly_depth depth) {
  const auto how_deep = depth_of(depth);
  switch (format) {
    case DULY_PLAIN: return how_deep ? std::optional(decision_text(explain(view, *how_deep))) : std::nullopt;
    case DULY_MARKDOWN: return how_deep ? std::optional(decision_markdown(explain(view, *how_deep))) : std::nullopt;
    case DULY_JSON: return decision_json(view);
    case DULY_JSON_LINE: return decision_json(view, JsonWriter::Style::compact);
    case DULY_JSON_COMPACT: return compact_json(view);
  }
  return std::nullopt;
}

duly_code incomplete(duly_error** error, std::string_view fields, const RecordSheet& sheet) {
  if (error == nullptr) return DULY_RECORD_INCOMPLETE;
  std::vector<Problem> problems;
  std::string text;
  for (const RecordProblem& found : sheet.problems) {
    Problem problem;
    problem.message = found.message;
    problem.help = found.help;
    problem.path = found.path;
    if (found.in_text) {
      problem.line = 1;
      for (const char each : fields.substr(0, found.offset)) problem.line += each == '\n' ? 1u : 0u;
      problem.column = 1;
      problem.end_line = problem.line;
      problem.end_column = 1;
    }
    text += fmt::format("error: {}{}{}\n", found.path, found.path.empty() ? "" : ": ", found.message);
    if (!found.help.empty()) text += fmt::format("  help: {}\n", found.help);
    problems.push_back(std::move(problem));
  }
  return fail(error, DULY_RECORD_INCOMPLETE, std::move(problems), std::move(text));
}

/// What a function about records starts with. Null, and `code` says why, where it ends there.
struct Opened {
  duly_code code = DULY_OK;
  std::optional<RecordId> only;
};

Opened open(duly_decision* decision, duly_record record, duly_text* text, duly_error** error) {
  if (error != nullptr) *error = nullptr;
  if (text == nullptr) return {DULY_INVALID_ARGUMENT, {}};
  *text = no_text();
  if (decision == nullptr) return {DULY_INVALID_ARGUMENT, {}};
  Opened opened;
  if (record.policy != 0) {
    opened.only = record_of(*decision->loaded, record);
    if (!opened.only) opened.code = DULY_UNKNOWN_HANDLE;
  }
  if (opened.code == DULY_OK && !decision->decided) opened.code = DULY_NO_VALUE;
  return opened;
}

duly_code hand_over(duly_decision& decision, std::string made, duly_text* text) {
  decision.text = std::move(made);
  *text = given(decision.text);
  return DULY_OK;
}

}  // namespace
}  // namespace duly::api

using namespace duly;
using namespace duly::api;

duly_code duly_explain(duly_decision* decision, duly_subject subject, duly_format format, duly_depth depth,
                       duly_text* text) {
  return guarded([&]() -> duly_code {
    if (text == nullptr) return DULY_INVALID_ARGUMENT;
    *text = no_text();
    if (decision == nullptr) return DULY_INVALID_ARGUMENT;
    const Program& program = decision->loaded->program;
    std::optional<SubjectId> asked = program.default_decision;
    if (subject.policy != 0) {
      asked = subject_of(*decision->loaded, subject);
      if (!asked || at(program.subjects, *asked).kind != SubjectKind::decision) return DULY_UNKNOWN_HANDLE;
    }
    if (!decision->decided) return DULY_NO_VALUE;
    auto made = in_format(decision->view(asked), format, depth);
    if (!made) return DULY_INVALID_ARGUMENT;
    return hand_over(*decision, std::move(*made), text);
  });
}

duly_code duly_record_form(duly_decision* decision, duly_record record, duly_format format, duly_text* text,
                           duly_error** error) {
  return guarded([&]() -> duly_code {
    const Opened opened = open(decision, record, text, error);
    if (opened.code != DULY_OK) return opened.code;
    if (format != DULY_JSON && format != DULY_PLAIN) return DULY_INVALID_ARGUMENT;
    const DecisionView view = decision->view(decision->loaded->program.default_decision);
    const RecordSheet sheet = open_sheet(view, opened.only);
    if (!sheet.problems.empty()) return incomplete(error, {}, sheet);
    return hand_over(*decision, format == DULY_JSON ? skeleton_json(view, sheet) : skeleton_text(view, sheet), text);
  });
}

duly_code duly_record_complete(duly_decision* decision, duly_record record, size_t size, const char* fields,
                               duly_format format, bool unmask, duly_text* text, duly_error** error) {
  return guarded([&]() -> duly_code {
    const Opened opened = open(decision, record, text, error);
    if (opened.code != DULY_OK) return opened.code;
    const auto filled = passed(size, fields);
    if (!filled || (format != DULY_JSON && format != DULY_MARKDOWN)) return DULY_INVALID_ARGUMENT;
    const DecisionView view = decision->view(decision->loaded->program.default_decision);
    RecordSheet sheet = open_sheet(view, opened.only);
    fill_in(view, sheet, *filled);
    if (!sheet.problems.empty()) return incomplete(error, *filled, sheet);
    return hand_over(
        *decision, format == DULY_JSON ? record_json(view, sheet, unmask) : record_markdown(view, sheet, unmask), text);
  });
}
