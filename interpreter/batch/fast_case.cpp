#include "interpreter/batch/fast_case.hpp"

#include <simdjson.h>

#include <algorithm>
#include <map>

#include "interpreter/batch/key_table.hpp"
#include "interpreter/batch/value_table.hpp"

namespace duly {
namespace {

namespace dom = simdjson::dom;

/// Nothing that would have to be escaped.
bool is_plain(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c != '"' && c != '\\' && c < 0x7f; });
}

}  // namespace

struct FastCaseReader::Impl {
  explicit Impl(const Program& the_program) : program(the_program) {
    groups.emplace_back();
    group_of[""] = 0;
    for (std::uint32_t fact = 0; fact < program.facts.size(); ++fact) {
      add_fact(fact);
      const Type& type = program.facts[fact].type;
      expected.push_back({type.kind, type.choice.index, type.low, type.high});
    }
    for (const Choice& choice : program.choices) {
      std::vector<std::string> names;
      for (const auto& value : choice.values) names.push_back(value.name);
      values.emplace_back(names);
    }
  }

  // A case holds a few kilobytes. simdjson keeps many times the longest text that it has read, so it reads no long one.
  static constexpr std::size_t longest = 256u << 10;
  // A key within a group of facts leads to a fact or, with this bit, to a group.
  static constexpr std::uint32_t group_bit = 0x8000'0000;

  const Program& program;
  dom::parser parser;
  std::vector<KeyTable> groups;  // the facts' names, by what stands before their dots; [0] all of them
  std::map<std::string, std::uint32_t, std::less<>> group_of;
  std::vector<ValueTable> values;  // by choice

  /// What a fact's value has to be, and the round in which it was given last. What reading a fact looks at, together.
  struct Expected {
    TypeKind kind;
    std::uint32_t choice;
    Scalar low, high;
    std::uint64_t given = 0;
  };
  std::vector<Expected> expected;  // by fact
  std::uint64_t round = 0;

  /// A fact is a key of each group above it, and so is each group between: `a: {b: {c: …}}`, `a.b: {c: …}`, `a.b.c: …`.
  void add_fact(std::uint32_t fact) {
    const std::string& name = program.facts[fact].name;
    std::vector<std::string> above{""};
    for (std::size_t dot = name.find('.'); dot != std::string::npos; dot = name.find('.', dot + 1)) {
      std::string group = name.substr(0, dot);
      if (const auto [place, fresh] = group_of.try_emplace(group, static_cast<std::uint32_t>(groups.size())); fresh) {
        groups.emplace_back();
        for (const std::string& outer : above) add_key(outer, group, group_bit | place->second);
      }
      above.push_back(std::move(group));
    }
    for (const std::string& outer : above) add_key(outer, name, fact);
  }

  void add_key(const std::string& group, const std::string& name, std::uint32_t target) {
    groups[group_of.at(group)].add(group.empty() ? name : name.substr(group.size() + 1), target);
  }

  bool read(std::string_view text, Date today, Case& facts, std::string& id) {
    if (text.size() > longest) return false;
    ++round;
    facts.clear();
    facts.as_at = today;
    id.clear();
    dom::object object;
    if (parser.parse(text.data(), text.size(), false).get_object().get(object) != simdjson::SUCCESS) return false;
    bool has_facts = false;
    bool has_day = false;
    for (const dom::key_value_pair member : object) {
      if (member.key == "facts") {
        dom::object inner;
        if (has_facts || member.value.get_object().get(inner) != simdjson::SUCCESS) return false;
        has_facts = true;
        if (!read_group(inner, 0, facts)) return false;
      } else if (member.key == "as_at") {
        std::string_view day;
        if (has_day || member.value.get_string().get(day) != simdjson::SUCCESS) return false;
        const auto date = parse_date(day);
        if (!date) return false;
        has_day = true;
        facts.as_at = *date;
      } else if (member.key != "id" || !id.empty() || !read_id(member.value, id)) {
        return false;
      }
    }
    return has_facts;
  }

  static bool read_id(const dom::element& value, std::string& id) {
    std::string_view text;
    std::int64_t number = 0;
    if (value.get_string().get(text) == simdjson::SUCCESS) {
      if (!is_plain(text)) return false;
      id.append("\"").append(text).append("\"");
      return true;
    }
    if (value.get_int64().get(number) != simdjson::SUCCESS || number == 0) return false;  // or it is `-0`
    id = std::to_string(number);
    return true;
  }

  bool read_group(const dom::object& object, std::uint32_t group, Case& facts) {
    KeyTable& keys = groups[group];
    keys.start();
    for (const dom::key_value_pair member : object) {
      const std::uint32_t entry = keys.find(member.key);
      if (entry == KeyTable::none) return false;
      const std::uint32_t target = keys.target(entry);
      if ((target & group_bit) != 0) {
        dom::object inner;
        if (!keys.meet(entry, round) || member.value.get_object().get(inner) != simdjson::SUCCESS) return false;
        if (!read_group(inner, target & ~group_bit, facts)) return false;
      } else if (!read_fact(member.value, FactId{target}, facts)) {
        return false;
      }
    }
    return true;
  }

  /// What is null stays unknown.
  bool read_fact(const dom::element& value, FactId fact, Case& facts) {
    Expected& type = expected[fact.index];
    if (type.given == round) return false;
    type.given = round;
    return read_value(value, type, fact, facts) || value.is_null();
  }

  bool read_value(const dom::element& value, const Expected& type, FactId fact, Case& facts) {
    switch (type.kind) {
      case TypeKind::yes_no: {
        bool truth = false;
        if (value.get_bool().get(truth) != simdjson::SUCCESS) return false;
        facts.set(fact, truth ? 1 : 0);
        return true;
      }
      case TypeKind::choice: {
        const std::uint32_t found = choice_value(value, type);
        if (found == ValueTable::none) return false;
        facts.set(fact, found);
        return true;
      }
      case TypeKind::number: {
        std::int64_t number = 0;
        if (value.get_int64().get(number) != simdjson::SUCCESS || number < type.low || number > type.high) return false;
        facts.set(fact, number);
        return true;
      }
      case TypeKind::date: {
        std::string_view text;
        if (value.get_string().get(text) != simdjson::SUCCESS) return false;
        const auto date = parse_date(text);
        if (!date || date->days < type.low || date->days > type.high) return false;
        facts.set(fact, date->days);
        return true;
      }
      case TypeKind::set: {
        dom::array array;
        if (value.get_array().get(array) != simdjson::SUCCESS) return false;
        std::uint64_t bits = 0;
        for (const dom::element element : array) {
          const std::uint32_t found = choice_value(element, type);
          if (found == ValueTable::none || ((bits >> found) & 1) != 0) return false;
          bits |= std::uint64_t{1} << found;
        }
        facts.set(fact, static_cast<Scalar>(bits));
        return true;
      }
      case TypeKind::text: {
        std::string_view text;
        if (value.get_string().get(text) != simdjson::SUCCESS) return false;
        facts.set_text(fact, std::string(text));
        return true;
      }
    }
    return false;
  }

  std::uint32_t choice_value(const dom::element& value, const Expected& type) {
    std::string_view name;  // in simdjson's memory, which may be read past its end
    if (value.get_string().get(name) != simdjson::SUCCESS) return ValueTable::none;
    return values[type.choice].find(name);
  }
};

FastCaseReader::FastCaseReader(const Program& program) : impl_(std::make_unique<Impl>(program)) {}
FastCaseReader::~FastCaseReader() = default;

std::size_t FastCaseReader::padding() { return simdjson::SIMDJSON_PADDING; }

bool FastCaseReader::read(std::string_view text, Date today, Case& facts, std::string& id) {
  if (impl_->read(text, today, facts, id)) return true;
  facts.clear();
  facts.as_at = today;
  id.clear();
  return false;
}

}  // namespace duly
