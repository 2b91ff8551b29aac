#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "interpreter/eval/case.hpp"
#include "lang/diagnostics/diagnostic.hpp"

namespace duly {

/// What is wrong with a case's JSON, and where.
struct CaseError {
  Code code = Code::E0851;
  std::string path;       // `facts.child.age`; empty where the case as a whole is meant
  std::string message;    // what was found and what was expected: one sentence, no full stop
  std::string help;       // how to mend it (may be empty)
  std::size_t begin = 0;  // the place in the text, in bytes; `end` is one past it
  std::size_t end = 0;
};

struct CaseReading {
  std::optional<Case> facts;      // present if and only if there is no error
  std::optional<Date> as_at;      // where the case names the day of its decision
  std::optional<std::string> id;  // as JSON, to be copied into an answer: `"42-a"`, `17`
  std::vector<CaseError> errors;  // every independent one, up to a bound, in the order of the text
};

/// Reads a case as people and hosts write it: `{"facts": {"child": {"age": 11}}, "as_at": "2026-11-22"}`.
/// Strict: nothing is converted, and nothing is silently dropped. The facts that are not given are unknown.
CaseReading read_case_json(const Program& program, std::string_view text);

/// The errors as people read them. `name` is what the text is called: a path, `standard input`.
std::string render_text(std::string_view name, std::string_view text, const std::vector<CaseError>& errors,
                        bool color = false);

/// The errors as a JSON array of diagnostics; the label of each is its path.
std::string render_json(std::string_view name, std::string_view text, const std::vector<CaseError>& errors);

/// A case as it would be written by hand, facts nested by the dots of their names. Reading it again gives the
/// same.
std::string write_case_json(const Program& program, const Case& facts);

}  // namespace duly
