#include "interpreter/interview/answers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "interpreter/report/json_tree.hpp"
#include "lang/diagnostics/near_names.hpp"

namespace duly {
namespace {

constexpr std::string_view white = " \t\r\n";

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(white);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(white) - begin + 1);
}

/// Small letters, single blanks, no full stop at the end.
std::string plain(std::string_view text) {
  std::string result;
  for (const char c : trimmed(text)) {
    const bool blank = white.find(c) != std::string_view::npos;
    if (blank && !result.empty() && result.back() == ' ') continue;
    result += blank ? ' ' : c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  while (!result.empty() && result.back() == '.') result.pop_back();
  return result;
}

bool means_not_known(std::string_view words) {
  static constexpr std::array known = {
      "?",       "don't know", "dont know", "do not know",     "i don't know",     "i dont know", "i do not know",
      "unknown", "not known",  "dk",        "don\u2019t know", "i don\u2019t know"};
  return std::find(known.begin(), known.end(), words) != known.end();
}

std::optional<Scalar> whole_number(std::string_view text) {
  Scalar value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

AnswerReading value_of(Scalar value) { return {AnswerReading::Kind::value, value, {}, {}}; }

/// A text of the answer for use in a message.
std::string quoted(std::string_view text) { return fmt::format("\u201c{}\u201d", shown(text)); }

class Reader {
 public:
  Reader(const Program& program, FactId fact, std::string_view text, Date as_at)
      : program_(program), fact_(fact), type_(at(program.facts, fact).type), text_(trimmed(text)), as_at_(as_at) {}

  AnswerReading read() const {
    if (means_not_known(plain(text_))) return {AnswerReading::Kind::not_known, 0, {}, {}};
    switch (type_.kind) {
      case TypeKind::yes_no:
      case TypeKind::choice: return one_of_list();
      case TypeKind::set: return several_of_list();
      case TypeKind::number: return number();
      case TypeKind::date: return date();
      case TypeKind::text: break;
    }
    return unclear();
  }

 private:
  AnswerReading unclear(std::string help = {}) const {
    const std::string expected = expected_answer(program_, fact_);
    if (text_.empty()) return {AnswerReading::Kind::unclear, 0, fmt::format("Expected: {}", expected), std::move(help)};
    return {AnswerReading::Kind::unclear, 0,
            fmt::format("{} is no answer to this. Expected: {}", quoted(text_), expected), std::move(help)};
  }

  /// The place in the list of what one word or number names.
  static std::optional<std::size_t> find(const std::vector<ListedAnswer>& list, const std::string& word) {
    if (const auto number = whole_number(word)) {
      if (*number < 1 || *number > static_cast<Scalar>(list.size())) return std::nullopt;
      return static_cast<std::size_t>(*number - 1);
    }
    for (std::size_t i = 0; i < list.size(); ++i) {
      const bool same = word == plain(list[i].name) || word == plain(list[i].title);
      const bool first_letter = word.size() == 1 && (list[i].name == "yes" || list[i].name == "no");
      if (same || (first_letter && list[i].name[0] == word[0])) return i;
    }
    return std::nullopt;
  }

  std::string near(const std::vector<ListedAnswer>& list, const std::string& word) const {
    std::vector<std::string> names;
    for (const ListedAnswer& each : list) names.push_back(plain(each.name));
    for (const ListedAnswer& each : list) names.push_back(plain(each.title));
    const auto meant = nearest(word, names);
    return meant ? fmt::format("Did you mean \u201c{}\u201d?", *meant) : "";
  }

  AnswerReading one_of_list() const {
    const std::vector<ListedAnswer> list = listed_answers(program_, fact_);
    const std::string word = plain(text_);
    if (word == "0") return {AnswerReading::Kind::not_known, 0, {}, {}};
    if (type_.kind == TypeKind::yes_no && (word == "true" || word == "false")) return value_of(word == "true");
    if (const auto found = find(list, word)) return value_of(list[*found].value);
    return unclear(near(list, word));
  }

  AnswerReading several_of_list() const {
    const std::vector<ListedAnswer> list = listed_answers(program_, fact_);
    const std::string all = plain(text_);
    if (all == "0") return {AnswerReading::Kind::not_known, 0, {}, {}};
    if (all == "none" || all == "empty") return value_of(0);
    if (all.empty()) return unclear();
    std::vector<std::string> words = split(all, ',');
    if (words.size() == 1 && !find(list, words.front())) words = split(all, ' ');
    if (words.empty()) return unclear();
    std::uint64_t bits = 0;
    bool none = false;
    for (const std::string& word : words) {
      const auto found = find(list, word);
      if (!found) return unclear(near(list, word));
      none = none || list[*found].value == 0;
      bits |= static_cast<std::uint64_t>(list[*found].value);
    }
    if (none && bits != 0) return unclear("None of them, and one of them, cannot both be so.");
    return value_of(static_cast<Scalar>(bits));
  }

  static std::vector<std::string> split(const std::string& text, char at) {
    std::vector<std::string> words;
    for (std::size_t begin = 0; begin <= text.size();) {
      const std::size_t end = std::min(text.find(at, begin), text.size());
      if (const auto word = trimmed(std::string_view(text).substr(begin, end - begin)); !word.empty()) {
        words.emplace_back(word);
      }
      begin = end + 1;
    }
    return words;
  }

  AnswerReading number() const {
    std::string word = plain(text_);
    if (const auto blank = word.find(' '); blank != std::string::npos) {
      const std::string unit = plain(type_.unit);
      const std::string after = word.substr(blank + 1);
      const bool singular = !unit.empty() && unit.back() == 's' && after == unit.substr(0, unit.size() - 1);
      if (!unit.empty() && (after == unit || singular)) word.resize(blank);
    }
    if (word.size() > 1 && word[0] == '+') word.erase(0, 1);
    const auto value = whole_number(word);
    if (!value) {
      const std::size_t point = word.find('.');
      const bool tail = point != std::string::npos && word.find_first_not_of('0', point + 1) == std::string::npos;
      if (tail && whole_number(word.substr(0, point))) {
        return unclear(fmt::format("Did you mean \u201c{}\u201d?", word.substr(0, point)));
      }
      return unclear();
    }
    if (*value < type_.low || *value > type_.high) return unclear("That lies outside the range.");
    return value_of(*value);
  }

  AnswerReading date() const {
    const std::string word = plain(text_);
    std::optional<Date> day = word == "today" ? as_at_ : parse_date(word);
    if (!day) day = with_month_in_words(word);
    if (!day) {
      const auto meant = other_order(word);
      return unclear(meant ? fmt::format("Did you mean \u201c{}\u201d?", to_string(*meant)) : "");
    }
    if (day->days < type_.low || day->days > type_.high) return unclear("That lies outside the range.");
    return value_of(day->days);
  }

  /// `22 november 2026`, `22 nov 2026`
  static std::optional<Date> with_month_in_words(const std::string& word) {
    static constexpr std::array<std::string_view, 12> months{"january",   "february", "march",    "april",
                                                             "may",       "june",     "july",     "august",
                                                             "september", "october",  "november", "december"};
    const std::vector<std::string> parts = split(word, ' ');
    if (parts.size() != 3 || parts[1].size() < 3) return std::nullopt;
    const auto day = whole_number(parts[0]), year = whole_number(parts[2]);
    for (std::size_t i = 0; i < months.size(); ++i) {
      if (months[i].starts_with(parts[1])) return civil_date(year, static_cast<Scalar>(i) + 1, day);
    }
    return std::nullopt;
  }

  /// `22/11/2026`, `22.11.2026`, `22-11-2026`: the day first, as in Britain.
  static std::optional<Date> other_order(std::string word) {
    for (char& c : word) {
      if (c == '/' || c == '.' || c == '-') c = ' ';
    }
    const std::vector<std::string> parts = split(word, ' ');
    if (parts.size() != 3) return std::nullopt;
    const auto first = whole_number(parts[0]), month = whole_number(parts[1]), last = whole_number(parts[2]);
    if (!first || !month || !last) return std::nullopt;
    return *first > 31 ? civil_date(first, *month, last) : civil_date(last, *month, first);
  }

  static std::optional<Date> civil_date(std::optional<Scalar> year, Scalar month, std::optional<Scalar> day) {
    if (!year || !day || *year < 1 || *year > 9999 || *day < 1 || *day > 31 || month < 1 || month > 12) return {};
    return date_from_civil(static_cast<int>(*year), static_cast<int>(month), static_cast<int>(*day));
  }

  const Program& program_;
  FactId fact_;
  const Type& type_;
  std::string_view text_;
  Date as_at_;
};

}  // namespace

AnswerReading read_answer(const Program& program, FactId fact, std::string_view text, Date as_at) {
  return Reader(program, fact, text, as_at).read();
}

std::vector<ListedAnswer> listed_answers(const Program& program, FactId fact) {
  const Type& type = at(program.facts, fact).type;
  std::vector<ListedAnswer> list;
  switch (type.kind) {
    case TypeKind::yes_no: return {{1, "yes", "Yes"}, {0, "no", "No"}};
    case TypeKind::choice:
    case TypeKind::set: break;
    case TypeKind::number:
    case TypeKind::date:
    case TypeKind::text: return list;
  }
  const auto& values = at(program.choices, type.choice).values;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (type.kind == TypeKind::choice) {
      list.push_back({static_cast<Scalar>(i), values[i].name, values[i].title});
    } else if (i < 64) {
      list.push_back({static_cast<Scalar>(std::uint64_t{1} << i), values[i].name, values[i].title});
    }
  }
  if (type.kind == TypeKind::set) list.push_back({0, "none", "None of these"});
  return list;
}

std::string expected_answer(const Program& program, FactId fact) {
  const Type& type = at(program.facts, fact).type;
  const auto range = [&](const auto& say) -> std::string {
    const bool is_date = type.kind == TypeKind::date;
    const bool low = type.low > (is_date ? Scalar{first_date.days} : INT64_MIN);
    const bool high = type.high < (is_date ? Scalar{last_date.days} : INT64_MAX);
    if (low && high) return fmt::format(" from {} to {}", say(type.low), say(type.high));
    if (low) return fmt::format(" from {}", say(type.low));
    if (high) return fmt::format(" up to {}", say(type.high));
    return {};
  };
  const std::string or_not_known = ", or ? if you do not know";
  switch (type.kind) {
    case TypeKind::yes_no: return "yes or no" + or_not_known;
    case TypeKind::choice:
      return fmt::format("a number from 1 to {} or the word itself", at(program.choices, type.choice).values.size()) +
             or_not_known;
    case TypeKind::set: return "one number or several, such as 1, 2, or the words themselves" + or_not_known;
    case TypeKind::number:
      return fmt::format("a whole number{}{}", type.unit.empty() ? "" : " of " + type.unit,
                         range([](Scalar value) { return std::to_string(value); })) +
             or_not_known;
    case TypeKind::date:
      return fmt::format("a date, such as 2026-11-22{}",
                         range([](Scalar value) { return to_string(Date{static_cast<std::int32_t>(value)}); })) +
             or_not_known;
    case TypeKind::text: return "a text" + or_not_known;
  }
  return {};
}

std::vector<std::string> answer_words(const Program& program, FactId fact) {
  std::vector<std::string> words;
  for (const ListedAnswer& answer : listed_answers(program, fact)) words.push_back(answer.name);
  if (at(program.facts, fact).type.kind == TypeKind::date) words.emplace_back("today");
  words.emplace_back("don't know");
  return words;
}

}  // namespace duly
