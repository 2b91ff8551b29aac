#include "interpreter/batch/fast_case.hpp"

#include <simdjson.h>

#include <algorithm>
#include <map>

#include "interpreter/batch/key_table.hpp"
#include "interpreter/batch/value_table.hpp"

namespace duly {
namespace {

namespace ondemand = simdjson::ondemand;

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
  static constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";  // which some releases of simdjson read over
  // A key within a group of facts leads to a fact or, with this bit, to a group.
  static constexpr std::uint32_t group_bit = 0x8000'0000;

  const Program& program;
  ondemand::parser parser;
  const char* end = nullptr;     // of the text that is read
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

  // Flattened, as `read_group` is: simdjson's values are a few words that go from one small function to the next. Where
  // these are not all inlined, each value goes through memory in small pieces and is fetched in a large one, and the
  // processor waits for it. It took half the time.
  [[gnu::flatten]] bool read(std::string_view text, Date today, Case& facts, std::string& id) {
    if (text.size() > longest || text.starts_with(byte_order_mark)) return false;
    ++round;
    end = text.data() + text.size();
    facts.clear();
    facts.as_at = today;
    id.clear();
    const simdjson::padded_string_view padded(text.data(), text.size(), text.size() + simdjson::SIMDJSON_PADDING);
    ondemand::document document;
    ondemand::object object;
    if (parser.iterate(padded).get(document) != simdjson::SUCCESS) return false;
    if (document.get_object().get(object) != simdjson::SUCCESS) return false;
    bool has_facts = false;
    bool has_day = false;
    const auto read_member = [&](ondemand::raw_json_string key, ondemand::value value) {
      if (key.unsafe_is_equal("facts")) {
        if (has_facts) return false;
        has_facts = true;
        return read_group(value, 0, facts);
      }
      if (key.unsafe_is_equal("as_at")) {
        std::string_view day;
        if (has_day || value.get_string().get(day) != simdjson::SUCCESS) return false;
        const auto date = parse_date(day);
        if (!date) return false;
        has_day = true;
        facts.as_at = *date;
        return true;
      }
      return key.unsafe_is_equal("id") && id.empty() && read_id(value, id);
    };
    return each_member(object, read_member) && has_facts && is_at_end(document);
  }

  /// False where the reader of a member says so, or the text is no JSON as far as it was read.
  template <typename Reader>
  static bool each_member(ondemand::object& object, const Reader& read_member) {
    for (auto member : object) {
      if (member.error() != simdjson::SUCCESS) return false;
      if (!read_member(member.key().value_unsafe(), member.value().value_unsafe())) return false;
    }
    return true;
  }

  /// Nothing follows: simdjson looks at no more than it is asked for.
  static bool is_at_end(ondemand::document& document) {
    return document.current_location().error() == simdjson::OUT_OF_BOUNDS;
  }

  static bool read_id(ondemand::value value, std::string& id) {
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

  [[gnu::flatten]] bool read_group(ondemand::value value, std::uint32_t group, Case& facts) {
    ondemand::object object;
    if (value.get_object().get(object) != simdjson::SUCCESS) return false;
    KeyTable& keys = groups[group];
    keys.start();
    return each_member(object, [&](ondemand::raw_json_string key, ondemand::value member) {
      const std::uint32_t entry = keys.find_quoted(key.raw(), end);
      if (entry == KeyTable::none) return false;
      const std::uint32_t target = keys.target(entry);
      if ((target & group_bit) == 0) return read_fact(member, FactId{target}, facts);
      return keys.meet(entry, round) && read_group(member, target & ~group_bit, facts);
    });
  }

  /// What is null stays unknown.
  bool read_fact(ondemand::value value, FactId fact, Case& facts) {
    Expected& type = expected[fact.index];
    if (type.given == round) return false;
    type.given = round;
    return read_value(value, type, fact, facts) || is_null(value);
  }

  static bool is_null(ondemand::value value) {
    bool result = false;
    return value.is_null().get(result) == simdjson::SUCCESS && result;
  }

  bool read_value(ondemand::value value, const Expected& type, FactId fact, Case& facts) {
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
        ondemand::array array;
        if (value.get_array().get(array) != simdjson::SUCCESS) return false;
        std::uint64_t bits = 0;
        for (auto result : array) {
          ondemand::value element;
          if (std::move(result).get(element) != simdjson::SUCCESS) return false;
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

  /// As it is written: a name with something escaped in it is not found.
  std::uint32_t choice_value(ondemand::value value, const Expected& type) {
    std::string_view token = value.raw_json_token();  // with what stands before the next
    ondemand::raw_json_string text;
    if (value.get_raw_json_string().get(text) != simdjson::SUCCESS) return ValueTable::none;
    while (token.back() != '"') token.remove_suffix(1);
    return values[type.choice].find(token.substr(1, token.size() - 2));
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
