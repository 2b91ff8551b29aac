#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "interpreter/report/case_json.hpp"
#include "interpreter/report/json_tree.hpp"

/// Cases that several policies decide. A policy reads of each the facts that it knows, as strictly as any case; a fact
/// that another of the policies knows is left out for it, and that is said.
namespace duly {

struct SharedCase {
  std::string name;
  std::string title;                                     // empty where none is given
  std::vector<std::pair<std::string, JsonValue>> facts;  // by their dotted names
  std::optional<JsonValue> as_at;
};

struct SharedCases {
  std::vector<SharedCase> cases;
  std::vector<CaseError> errors;
};

/// An array of cases, each `{"name": …, "title": …, "facts": {…}, "as_at": …}`.
SharedCases read_shared_cases(std::string_view json);
/// One case, as `duly decide` takes it; it may have a name and a title. `name` stands in where it has none.
SharedCases read_shared_case(std::string_view json, const std::string& name);

struct SharedReading {
  std::optional<Case> facts;  // present if and only if there is no error
  std::vector<std::string> left_out;
  std::vector<CaseError> errors;  // their paths tell where, not their places
};

SharedReading read_for(const Program& program, const SharedCase& shared,
                       const std::function<bool(const std::string& fact)>& another_knows);

}  // namespace duly
