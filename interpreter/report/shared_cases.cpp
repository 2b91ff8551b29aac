#include "interpreter/report/shared_cases.hpp"

#include <fmt/format.h>

#include <set>

#include "interpreter/report/json_writer.hpp"
#include "lang/diagnostics/near_names.hpp"

namespace duly {
namespace {

using Kind = JsonValue::Kind;

/// As deep as the reader allows: 64 levels.
void write(JsonWriter& json, const JsonValue& value) {
  switch (value.kind) {
    case Kind::null: json.null(); return;
    case Kind::boolean: json.boolean(value.boolean); return;
    case Kind::whole:
    case Kind::fraction:
    case Kind::too_big: json.raw(value.text); return;
    case Kind::text: json.text(value.text); return;
    case Kind::array:
      json.open_array();
      for (const JsonValue& element : value.elements) write(json, element);
      json.close_array();
      return;
    case Kind::object:
      json.open_object();
      for (const JsonMember& member : value.members) write(json.key(member.key), member.value);
      json.close_object();
      return;
  }
}

class Reader {
 public:
  SharedCases read(std::string_view json, bool several, const std::string& name) {
    const JsonDocument document = read_json(json);
    for (const JsonProblem& problem : document.problems) {
      const Code code = problem.kind == JsonProblem::Kind::repeated_key ? Code::E0861
                        : problem.kind == JsonProblem::Kind::too_large  ? Code::E0852
                        : problem.kind == JsonProblem::Kind::not_utf8   ? Code::E0863
                                                                        : Code::E0851;
      result_.errors.push_back({code, problem.path, problem.message, problem.help, problem.offset, problem.end});
    }
    if (!document.complete) return std::move(result_);
    if (!several) {
      read_case(document.root, "", name);
    } else if (document.root.kind != Kind::array) {
      error(Code::E0853, "", document.root,
            fmt::format("The cases are an array, and this is {}", describe(document.root)),
            "Write [{\"name\": \"…\", \"facts\": {…}}].");
    } else {
      for (std::size_t i = 0; i < document.root.elements.size(); ++i) {
        read_case(document.root.elements[i], fmt::format("[{}]", i), {});
      }
    }
    return std::move(result_);
  }

 private:
  void error(Code code, std::string path, const auto& where, std::string message, std::string help) {
    result_.errors.push_back({code, std::move(path), std::move(message), std::move(help), where.offset, where.end});
  }

  void read_case(const JsonValue& value, const std::string& path, const std::string& name) {
    if (value.kind != Kind::object) {
      return error(Code::E0853, path, value, fmt::format("A case is an object, and this is {}", describe(value)),
                   "Write {\"name\": \"…\", \"facts\": {…}}.");
    }
    SharedCase result;
    result.name = name;
    for (const JsonMember& member : value.members) {
      const std::string inside = path.empty() ? shown(member.key) : fmt::format("{}.{}", path, shown(member.key));
      if (member.key == "name" || member.key == "title") {
        read_words(member, inside, member.key == "name" ? result.name : result.title);
      } else if (member.key == "facts") {
        if (member.value.kind == Kind::object) {
          flatten(member.value, "", result);
        } else {
          error(Code::E0853, inside, member.value,
                fmt::format("`facts` is an object, and this is {}", describe(member.value)),
                "Write {\"facts\": {\"name\": value}}.");
        }
      } else if (member.key == "as_at") {
        result.as_at = member.value;
      } else if (member.key != "id") {
        const auto meant = nearest(member.key, {"name", "title", "facts", "as_at", "id"});
        const std::string help = "A case has `name`, `title`, `facts` and `as_at`.";
        error(Code::E0853, inside, member, fmt::format("A case has no `{}`", shown(member.key)),
              meant ? fmt::format("Did you mean `{}`? {}", *meant, help) : help);
      }
    }
    if (result.name.empty()) {
      error(Code::E0853, path, value, "This case has no name", "Add \"name\": \"…\".");
    } else if (!names_.insert(result.name).second) {
      error(Code::E0861, path, value, fmt::format("Two cases are called `{}`", shown(result.name)),
            "Rename one of them.");
    }
    result_.cases.push_back(std::move(result));
  }

  void read_words(const JsonMember& member, const std::string& path, std::string& words) {
    if (member.value.kind == Kind::text) {
      words = member.value.text;
    } else {
      error(Code::E0853, path, member.value,
            fmt::format("`{}` is a text, and this is {}", member.key, describe(member.value)),
            "Write it in double quotes.");
    }
  }

  void flatten(const JsonValue& object, const std::string& group, SharedCase& into) {
    for (const JsonMember& member : object.members) {
      const std::string name = group + member.key;
      if (member.value.kind == Kind::object && !member.value.members.empty()) {
        flatten(member.value, name + ".", into);
      } else {
        into.facts.emplace_back(name, member.value);
      }
    }
  }

  SharedCases result_;
  std::set<std::string> names_;
};

}  // namespace

SharedCases read_shared_cases(std::string_view json) { return Reader().read(json, true, {}); }
SharedCases read_shared_case(std::string_view json, const std::string& name) {
  return Reader().read(json, false, name);
}

SharedReading read_for(const Program& program, const SharedCase& shared,
                       const std::function<bool(const std::string& fact)>& another_knows) {
  SharedReading result;
  JsonWriter json(JsonWriter::Style::compact);
  json.open_object().key("facts").open_object();
  for (const auto& [name, value] : shared.facts) {
    const bool group = value.kind == Kind::object;  // an empty one
    if (!group && !program.find_fact(name) && another_knows(name)) {
      result.left_out.push_back(name);
    } else {
      write(json.key(name), value);
    }
  }
  json.close_object();
  if (shared.as_at) write(json.key("as_at"), *shared.as_at);
  json.close_object();
  CaseReading reading = read_case_json(program, json.take());
  result.facts = std::move(reading.facts);
  result.errors = std::move(reading.errors);
  return result;
}

}  // namespace duly
