#include "interpreter/report/case_json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "interpreter/report/json_tree.hpp"
#include "interpreter/report/values_json.hpp"
#include "lang/base/json_text.hpp"
#include "lang/diagnostics/near_names.hpp"

namespace duly {
namespace {

using Kind = JsonValue::Kind;

// Past these, an answer helps nobody, and hostile text must not buy time.
constexpr std::size_t most_errors = 50;
constexpr std::size_t most_listed_values = 12;

std::vector<std::string> value_names(const Choice& choice) {
  std::vector<std::string> names;
  for (const ChoiceValue& value : choice.values) names.push_back(value.name);
  return names;
}

std::optional<Scalar> find_value(const Choice& choice, std::string_view name) {
  for (std::size_t i = 0; i < choice.values.size(); ++i) {
    if (choice.values[i].name == name) return static_cast<Scalar>(i);
  }
  return std::nullopt;
}

Code code_of(JsonProblem::Kind kind) {
  switch (kind) {
    case JsonProblem::Kind::syntax: return Code::E0851;
    case JsonProblem::Kind::too_large: return Code::E0852;
    case JsonProblem::Kind::not_utf8: return Code::E0863;
    case JsonProblem::Kind::repeated_key: return Code::E0861;
  }
  return Code::E0851;
}

class CaseReader {
 public:
  explicit CaseReader(const Program& program) : program_(program), result_(), facts_(program) {}

  CaseReading read(std::string_view text) {
    const JsonDocument document = read_json(text);
    for (const JsonProblem& problem : document.problems) {
      error(code_of(problem.kind), problem.path, problem, problem.message, problem.help);
    }
    if (document.complete) read_case(document.root);
    std::stable_sort(result_.errors.begin(), result_.errors.end(),
                     [](const CaseError& a, const CaseError& b) { return a.begin < b.begin; });
    if (result_.errors.empty()) {
      if (result_.as_at) facts_.as_at = *result_.as_at;
      result_.facts = std::move(facts_);
    }
    return std::move(result_);
  }

 private:
  void read_case(const JsonValue& root) {
    if (root.kind != Kind::object) {
      error(Code::E0853, "", root, fmt::format("A case is an object, and this is {}", describe(root)),
            "Write {\"facts\": {…}}.");
      return;
    }
    for (const JsonMember& member : root.members) {
      if (member.key == "facts") {
        read_facts(member.value);
      } else if (member.key == "as_at") {
        read_as_at(member.value);
      } else if (member.key == "id") {
        read_id(member.value);
      } else {
        unknown_key(member);
      }
    }
  }

  void unknown_key(const JsonMember& member) {
    std::string help = "A case has `facts`, and may have `as_at` and `id`.";
    if (const auto meant = nearest(member.key, {"facts", "as_at", "id"})) {
      help = fmt::format("Did you mean `{}`? {}", *meant, help);
    } else if (program_.find_fact(member.key) || begins_a_fact(member.key)) {
      help = fmt::format("Facts stand inside `facts`: {{\"facts\": {{\"{}\": …}}}}.", shown(member.key));
    }
    error(Code::E0853, shown(member.key), member, fmt::format("A case has no `{}`", shown(member.key)), help);
  }

  void read_as_at(const JsonValue& value) {
    if (value.kind == Kind::null) return;
    if (value.kind != Kind::text) {
      error(Code::E0856, "as_at", value, fmt::format("`as_at` is a date, and this is {}", describe(value)),
            "Write a date as \"2026-11-22\".");
      return;
    }
    result_.as_at = parse_date(value.text);
    if (!result_.as_at) {
      error(Code::E0860, "as_at", value, fmt::format("`as_at` is a date, and {} is none", describe(value)),
            "Write a date that exists as \"2026-11-22\".");
    }
  }

  void read_id(const JsonValue& value) {
    if (value.kind == Kind::text) {
      result_.id = json_quoted(value.text);
    } else if (value.kind == Kind::whole) {
      result_.id = value.text;
    } else if (value.kind != Kind::null) {
      error(Code::E0853, "id", value, fmt::format("`id` is a text or a whole number, and this is {}", describe(value)),
            "Write it in double quotes.");
    }
  }

  void read_facts(const JsonValue& value) {
    if (value.kind != Kind::object) {
      error(Code::E0853, "facts", value, fmt::format("`facts` is an object, and this is {}", describe(value)),
            "Write {\"facts\": {\"name\": value}}.");
      return;
    }
    for (const JsonMember& member : value.members) read_member(member, member.key);
  }

  // `name` is the member's key with the keys around it in front, joined by dots. As deep as the text: 64
  // levels.
  void read_member(const JsonMember& member, const std::string& name) {
    if (full()) return;
    if (const auto fact = program_.find_fact(name)) {
      if (member.value.kind != Kind::object || !begins_a_fact(name)) {
        give(*fact, name, member);
        return;
      }
    }
    if (member.value.kind != Kind::object) {
      unknown_fact(name, member);
      return;
    }
    if (member.value.members.empty() && !begins_a_fact(name)) unknown_fact(name, member);
    for (const JsonMember& inner : member.value.members) read_member(inner, name + "." + inner.key);
  }

  bool begins_a_fact(std::string_view group) const {
    return std::any_of(program_.facts.begin(), program_.facts.end(), [&](const Fact& fact) {
      return fact.name.size() > group.size() && fact.name.starts_with(group) && fact.name[group.size()] == '.';
    });
  }

  void unknown_fact(const std::string& name, const JsonMember& member) {
    const std::string path = "facts." + shown(name);
    for (const Subject& subject : program_.subjects) {
      if (subject.name != name) continue;
      if (subject.kind == SubjectKind::action) {
        error(Code::E0855, path, member, fmt::format("`{}` is an action, and no fact of a case", name),
              "Duties follow from the rules; take this away.");
      } else {
        error(Code::E0855, path, member,
              fmt::format("`{}` is a {} that rules work out, so it is not given", name,
                          subject.kind == SubjectKind::decision    ? "decision"
                          : subject.kind == SubjectKind::agreement ? "value of an agreement"
                                                                   : "definition"),
              "Take it away, and give the facts on which it rests.");
      }
      return;
    }
    std::string help;
    if (begins_a_fact(name)) {
      help = fmt::format("`{}` is a group of facts: write {{\"{}\": {{\"…\": …}}}}.", name, name);
    } else if (const auto meant = nearest(name, fact_names())) {
      help = fmt::format("Did you mean `{}`?", *meant);
    } else if (const std::string group = facts_beside(name); !group.empty()) {
      help = fmt::format("The group `{}` has {}.", name.substr(0, name.rfind('.')), group);
    } else {
      help = "Only the facts that the policy declares can be given.";
    }
    error(Code::E0854, path, member, fmt::format("This policy has no fact `{}`", shown(name)), help);
  }

  /// The facts of the group that a name stands in, where there is such a group: `consent.asked, consent.parent`.
  std::string facts_beside(const std::string& name) {
    constexpr std::size_t most = 8;
    const std::string group = name.substr(0, name.rfind('.') + 1);
    std::vector<std::string> beside;
    for (const std::string& fact : fact_names()) {
      if (!group.empty() && fact.starts_with(group)) beside.push_back(fmt::format("`{}`", fact));
    }
    if (beside.size() > most) {
      beside.resize(most);
      beside.emplace_back("…");
    }
    return fmt::format("{}", fmt::join(beside, ", "));
  }

  const std::vector<std::string>& fact_names() {
    if (fact_names_.empty()) {
      for (const Fact& fact : program_.facts) fact_names_.push_back(fact.name);
    }
    return fact_names_;
  }

  void give(FactId id, const std::string& name, const JsonMember& member) {
    if (!given_.insert(id).second) {
      error(Code::E0861, "facts." + name, member, fmt::format("The fact `{}` is given twice", name),
            "Keep one of the two, nested or with dots.");
      return;
    }
    if (member.value.kind == Kind::null) return;
    const Fact& fact = at(program_.facts, id);
    const Place place{"facts." + name, name, member.value};
    switch (fact.type.kind) {
      case TypeKind::yes_no: give_yes_no(id, place); return;
      case TypeKind::choice: give_choice(id, fact, place); return;
      case TypeKind::number: give_number(id, fact, place); return;
      case TypeKind::date: give_date(id, fact, place); return;
      case TypeKind::set: give_set(id, fact, place); return;
      case TypeKind::text:
        if (place.value.kind == Kind::text) {
          facts_.set_text(id, place.value.text);
        } else {
          wrong_type(place, "a text", "Write it in double quotes.");
        }
        return;
    }
  }

  struct Place {
    std::string path;
    const std::string& name;
    const JsonValue& value;
  };

  void give_yes_no(FactId id, const Place& place) {
    if (place.value.kind == Kind::boolean) {
      facts_.set(id, place.value.boolean ? 1 : 0);
      return;
    }
    const std::string& text = place.value.text;
    const bool yes = text == "yes" || text == "true" || text == "1";
    const bool no = text == "no" || text == "false" || text == "0";
    wrong_type(place, "`true` or `false`",
               yes  ? "Write `true`, without quotes."
               : no ? "Write `false`, without quotes."
                    : "Write `true`, `false`, or `null` where it is not known.");
  }

  void give_choice(FactId id, const Fact& fact, const Place& place) {
    const Choice& choice = at(program_.choices, fact.type.choice);
    if (place.value.kind != Kind::text) {
      wrong_type(place, "the name of a choice's value in double quotes", list_of(choice));
    } else if (const auto value = find_value(choice, place.value.text)) {
      facts_.set(id, *value);
    } else {
      no_such_value(place.path, fmt::format("`{}`", place.name), place.value, choice);
    }
  }

  void give_number(FactId id, const Fact& fact, const Place& place) {
    const JsonValue& value = place.value;
    if (value.kind == Kind::fraction) {
      error(Code::E0858, place.path, value,
            fmt::format("`{}` is a whole number, and {} is not written as one", place.name, shown(value.text)),
            "Write it without a point or an exponent.");
    } else if (value.kind == Kind::too_big) {
      error(Code::E0858, place.path, value, fmt::format("{} does not fit 64 bits", shown(value.text)),
            range_of(fact.type));
    } else if (value.kind != Kind::whole) {
      const bool quoted = !value.text.empty() && value.text.find_first_not_of("0123456789") == std::string::npos;
      wrong_type(place, "a whole number",
                 quoted ? fmt::format("Write {} without quotes.", shown(value.text)) : range_of(fact.type));
    } else if (value.whole < fact.type.low || value.whole > fact.type.high) {
      error(Code::E0859, place.path, value,
            fmt::format("`{}` lies between {} and {}, and this is {}", place.name, fact.type.low, fact.type.high,
                        value.whole),
            "Is it the right fact, and in the right unit?");
    } else {
      facts_.set(id, value.whole);
    }
  }

  void give_date(FactId id, const Fact& fact, const Place& place) {
    if (place.value.kind != Kind::text) {
      wrong_type(place, "a date in double quotes", "Write a date as \"2026-11-22\".");
      return;
    }
    const auto date = parse_date(place.value.text);
    if (!date) {
      error(Code::E0860, place.path, place.value,
            fmt::format("`{}` is a date, and {} is none", place.name, describe(place.value)),
            "Write a date that exists as \"2026-11-22\".");
    } else if (date->days < fact.type.low || date->days > fact.type.high) {
      error(Code::E0859, place.path, place.value,
            fmt::format("`{}` lies between {} and {}, and this is {}", place.name,
                        to_string(Date{static_cast<std::int32_t>(fact.type.low)}),
                        to_string(Date{static_cast<std::int32_t>(fact.type.high)}), place.value.text),
            "");
    } else {
      facts_.set(id, date->days);
    }
  }

  void give_set(FactId id, const Fact& fact, const Place& place) {
    const Choice& choice = at(program_.choices, fact.type.choice);
    if (place.value.kind != Kind::array) {
      const bool one = place.value.kind == Kind::text && find_value(choice, place.value.text);
      wrong_type(place, "an array, since the fact is a set",
                 one ? fmt::format("Write [\"{}\"].", place.value.text) : list_of(choice));
      return;
    }
    std::uint64_t mask = 0;
    bool good = true;
    for (std::size_t i = 0; i < place.value.elements.size() && !full(); ++i) {
      const JsonValue& element = place.value.elements[i];
      const std::string path = fmt::format("{}[{}]", place.path, i);
      const auto value = element.kind == Kind::text ? find_value(choice, element.text) : std::nullopt;
      if (element.kind == Kind::null) {
        error(Code::E0862, path, element, fmt::format("An element of the set `{}` cannot be unknown", place.name),
              "Leave it out; where the whole set is not known, write `null` in its place.");
      } else if (element.kind != Kind::text) {
        error(Code::E0856, path, element,
              fmt::format("An element of the set `{}` is a name in double quotes, and this is {}", place.name,
                          describe(element)),
              list_of(choice));
      } else if (!value) {
        no_such_value(path, fmt::format("an element of `{}`", place.name), element, choice);
      } else if ((mask >> *value & 1u) != 0) {
        error(Code::E0862, path, element, fmt::format("`{}` stands twice in the set `{}`", element.text, place.name),
              "Keep one of the two.");
      } else {
        mask |= std::uint64_t{1} << *value;
        continue;
      }
      good = false;
    }
    if (good) facts_.set(id, static_cast<Scalar>(mask));
  }

  void no_such_value(const std::string& path, const std::string& what, const JsonValue& value, const Choice& choice) {
    std::string help = list_of(choice);
    if (const auto meant = nearest(value.text, value_names(choice)))
      help = fmt::format("Did you mean `{}`? {}", *meant, help);
    error(Code::E0857, path, value, fmt::format("`{}` is not a value of {}", shown(value.text), what), help);
  }

  static std::string list_of(const Choice& choice) {
    std::string list;
    for (std::size_t i = 0; i < choice.values.size() && i < most_listed_values; ++i) {
      list += fmt::format("{}`{}`", i == 0 ? "" : ", ", choice.values[i].name);
    }
    if (choice.values.size() > most_listed_values) list += ", …";
    return fmt::format("Its values are {}.", list);
  }

  static std::string range_of(const Type& type) {
    if (type.low == INT64_MIN && type.high == INT64_MAX) return "Write a whole number that fits 64 bits.";
    return fmt::format("Write a whole number from {} to {}.", type.low, type.high);
  }

  void wrong_type(const Place& place, std::string_view expected, std::string help) {
    error(Code::E0856, place.path, place.value,
          fmt::format("`{}` takes {}, and this is {}", place.name, expected, describe(place.value)), std::move(help));
  }

  bool full() const { return result_.errors.size() >= most_errors; }

  /// `at` is a value, a member's key or a problem: whatever knows its place.
  void error(Code code, std::string path, const auto& at, std::string message, std::string help) {
    if (full()) return;
    result_.errors.push_back({code, std::move(path), std::move(message), std::move(help), at.offset, at.end});
  }

  const Program& program_;
  CaseReading result_;
  Case facts_;
  std::set<FactId> given_;
  std::vector<std::string> fact_names_;
};

}  // namespace

CaseReading read_case_json(const Program& program, std::string_view text) { return CaseReader(program).read(text); }

}  // namespace duly
