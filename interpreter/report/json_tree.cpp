#include "interpreter/report/json_tree.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <limits>
#include <nlohmann/json.hpp>
#include <numeric>

namespace duly {
namespace {

using Kind = JsonValue::Kind;

/// An iterator over the text that tells how far nlohmann's reader has come: its events carry no places.
class Cursor {
 public:
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;
  using iterator_category = std::forward_iterator_tag;

  Cursor(const char* at, const char** reached) : at_(at), reached_(reached) {}
  reference operator*() const { return *at_; }
  Cursor& operator++() {
    *reached_ = ++at_;
    return *this;
  }
  Cursor operator++(int) {
    Cursor before = *this;
    ++*this;
    return before;
  }
  friend bool operator!=(const Cursor& a, const Cursor& b) { return a.at_ != b.at_; }

 private:
  const char* at_;
  const char** reached_;
};

bool is_word(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '+' || c == '-' || c == '.';
}

/// nlohmann's description of a syntax error, as a sentence and a way to mend it.
struct Explained {
  std::string message, help;
};

Explained explain_syntax(std::string_view text, std::size_t offset, std::string_view reported) {
  const auto says = [&](std::string_view part) { return reported.find(part) != std::string_view::npos; };
  if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) {
    return {"The case is empty", "The smallest case is `{}`: nothing is known."};
  }
  if (says("out_of_range")) return {"This number is too large", "Whole numbers fit 64 bits."};
  if (says("missing closing quote")) return {"This text is not closed", "End it with a double quote, `\"`."};
  if (says("control character")) {
    return {"A text holds a line end or another control character", "Write `\\n` for a line end inside a text."};
  }
  if (says("invalid string")) return {"This escape in a text is not one of JSON's", "A backslash is written `\\\\`."};
  if (says("unexpected end of input")) {
    return {"The JSON ends too early", "Is a closing `}`, `]` or `\"` missing?"};
  }
  const char found = offset < text.size() ? text[offset] : ' ';
  const std::string what = found == ' ' ? "This"
                           : found > ' ' && found < 127
                               ? fmt::format("`{}`", found)
                               : fmt::format("The byte 0x{:02X}", static_cast<unsigned char>(found));
  if (says("; expected end of input")) {
    return {"There is further text after the case", "A file holds one case, from `{` to its `}`."};
  }
  if (found == '\'') return {"`'` does not open a text in JSON", "Write texts in double quotes: \"given\"."};
  if (found == '/' || found == '#') return {"JSON has no comments", "Take the comment away."};
  if (says("object key")) {
    return {fmt::format("{} stands where a name in double quotes is expected", what),
            found == '}' ? "Take away the comma before it." : "Write names in double quotes: \"child.age\"."};
  }
  if (says("object separator"))
    return {fmt::format("{} stands where a colon is expected", what), "Write `\"name\": value`."};
  if (says("parsing object")) {
    return {fmt::format("{} stands where a comma or `}}` is expected", what), "Put a comma between two facts."};
  }
  if (says("parsing array")) {
    return {fmt::format("{} stands where a comma or `]` is expected", what), "Put a comma between two elements."};
  }
  if (found == ']') return {"`]` stands where a value is expected", "Take away the comma before it."};
  return {fmt::format("{} stands where a value is expected", what),
          "Values are `true`, `false`, `null`, whole numbers, texts in double quotes and arrays."};
}

/// Receives nlohmann's events and builds the tree.
class Builder {
 public:
  Builder(std::string_view text, JsonLimits limits) : text_(text), limits_(limits), reached_(text.data()) {}

  JsonDocument read() {
    if (text_.size() > limits_.bytes) {
      problem(JsonProblem::Kind::too_large, 0, 1, fmt::format("The text is larger than {} MiB", limits_.bytes >> 20),
              "A case holds a few kilobytes at most.");
      return std::move(document_);
    }
    const char* end = text_.data() + text_.size();
    document_.complete =
        nlohmann::json::sax_parse(Cursor(text_.data(), &reached_), Cursor(end, &reached_), this) && !stopped_;
    refuse_what_follows_a_zero_byte();
    return std::move(document_);
  }

  // nlohmann's SAX interface; false stops the reading
  bool null() { return add(scalar(Kind::null)); }
  bool boolean(bool value) {
    JsonValue made = scalar(Kind::boolean);
    made.boolean = value;
    return add(std::move(made));
  }
  bool number_integer(std::int64_t value) { return whole(value); }
  bool number_unsigned(std::uint64_t value) {
    if (value > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) return number(Kind::too_big);
    return whole(static_cast<std::int64_t>(value));
  }
  bool number_float(double, const std::string& written) {
    return number(written.find_first_of(".eE") == std::string::npos ? Kind::too_big : Kind::fraction);
  }
  bool string(std::string& value) {
    JsonValue made;
    made.kind = Kind::text;
    made.text = std::move(value);
    made.offset = string_start();
    made.end = consumed();
    return add(std::move(made));
  }
  bool binary(const std::vector<std::uint8_t>&) { return false; }
  bool start_object(std::size_t) { return open(Kind::object); }
  bool start_array(std::size_t) { return open(Kind::array); }
  bool key(std::string& name) {
    open_.back()->members.push_back({std::move(name), string_start(), consumed(), {}});
    return true;
  }
  bool end_object() {
    report_repeated_keys(*open_.back());
    open_.pop_back();
    return true;
  }
  bool end_array() {
    open_.pop_back();
    return true;
  }
  template <class Exception>
  bool parse_error(std::size_t position, const std::string&, const Exception& error) {
    const std::string_view reported = error.what();
    const std::size_t offset = std::min(position == 0 ? 0 : position - 1, text_.size());
    if (reported.find("UTF-8") != std::string_view::npos) {
      problem(JsonProblem::Kind::not_utf8, offset, offset + 1, "The text is not valid UTF-8 here",
              "Save the file as UTF-8.");
      return false;
    }
    Explained explained = explain_syntax(text_, offset, reported);
    problem(JsonProblem::Kind::syntax, offset, offset + 1, std::move(explained.message), std::move(explained.help));
    return false;
  }

 private:
  /// nlohmann takes a zero byte between two values for the end of the text.
  void refuse_what_follows_a_zero_byte() {
    const std::size_t zero = text_.find('\0');
    if (!document_.complete || zero == std::string_view::npos) return;
    document_.complete = false;
    problem(JsonProblem::Kind::syntax, zero, zero + 1, "There is a byte 0x00 after the case",
            "A file holds one case, from `{` to its `}`, as UTF-8 text.");
  }

  std::size_t consumed() const { return static_cast<std::size_t>(reached_ - text_.data()); }

  // The reader has come to a text's closing quote; the opening one is the last before it that is not escaped.
  std::size_t string_start() const {
    std::size_t at = consumed();
    at -= at < 2 ? at : 2;
    for (;; --at) {
      if (text_[at] == '"') {
        std::size_t backslashes = 0;
        while (backslashes < at && text_[at - 1 - backslashes] == '\\') ++backslashes;
        if (backslashes % 2 == 0) return at;
      }
      if (at == 0) return 0;
    }
  }

  // Numbers are read one character too far, except at the end of the text.
  std::pair<std::size_t, std::size_t> word() const {
    std::size_t end = consumed();
    if (end > 0 && !is_word(text_[end - 1])) --end;
    std::size_t begin = end;
    while (begin > 0 && is_word(text_[begin - 1])) --begin;
    return {begin, end};
  }

  JsonValue scalar(Kind kind) const {
    JsonValue made;
    made.kind = kind;
    const auto [begin, end] = word();
    made.offset = begin;
    made.end = end;
    if (kind == Kind::whole || kind == Kind::fraction || kind == Kind::too_big) {
      made.text = text_.substr(begin, end - begin);
    }
    return made;
  }

  bool whole(std::int64_t value) {
    JsonValue made = scalar(Kind::whole);
    made.whole = value;
    return add(std::move(made));
  }
  bool number(Kind kind) { return add(scalar(kind)); }

  bool open(Kind kind) {
    if (open_.size() >= limits_.depth) {
      return stop(fmt::format("The case is nested more than {} levels deep", limits_.depth),
                  "Facts nest by the dots of their names, and no deeper.");
    }
    JsonValue made;
    made.kind = kind;
    made.offset = consumed() - 1;
    made.end = consumed();
    if (!add(std::move(made))) return false;
    open_.push_back(last_);
    return true;
  }

  // Pointers to open containers stay good: a container grows only while none of its children is open.
  bool add(JsonValue value) {
    if (++values_ > limits_.values) {
      return stop(fmt::format("The case holds more than {} values", limits_.values), "A case gives each fact once.");
    }
    if (open_.empty()) {
      document_.root = std::move(value);
      last_ = &document_.root;
    } else if (open_.back()->kind == Kind::array) {
      last_ = &open_.back()->elements.emplace_back(std::move(value));
    } else {
      last_ = &open_.back()->members.back().value;
      *last_ = std::move(value);
    }
    return true;
  }

  bool stop(std::string message, std::string help) {
    stopped_ = true;
    const std::size_t offset = consumed() == 0 ? 0 : consumed() - 1;
    problem(JsonProblem::Kind::too_large, offset, offset + 1, std::move(message), std::move(help));
    return false;
  }

  void report_repeated_keys(const JsonValue& object) {
    const std::vector<JsonMember>& members = object.members;
    if (members.size() < 2) return;
    std::vector<std::size_t> order(members.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return members[a].key < members[b].key; });
    for (std::size_t i = 1; i < order.size(); ++i) {
      const JsonMember& second = members[order[i]];
      if (members[order[i - 1]].key != second.key || document_.problems.size() >= max_repeated) continue;
      std::string path = path_to_open();
      if (!path.empty()) path += '.';
      path += shown(second.key);
      problem(JsonProblem::Kind::repeated_key, second.offset, second.end,
              fmt::format("The key `{}` stands here twice", shown(second.key)), "Keep one of the two.",
              std::move(path));
    }
  }

  std::string path_to_open() const {
    std::string path;
    for (std::size_t i = 0; i + 1 < open_.size(); ++i) {
      if (open_[i]->kind == Kind::array) {
        path += fmt::format("[{}]", open_[i]->elements.size() - 1);
      } else {
        if (!path.empty()) path += '.';
        path += shown(open_[i]->members.back().key);
      }
    }
    return path;
  }

  void problem(JsonProblem::Kind kind, std::size_t offset, std::size_t end, std::string message, std::string help,
               std::string path = {}) {
    document_.problems.push_back({kind, std::move(path), std::move(message), std::move(help), offset, end});
  }

  static constexpr std::size_t max_repeated = 20;

  std::string_view text_;
  JsonLimits limits_;
  const char* reached_;
  JsonDocument document_;
  std::vector<JsonValue*> open_;
  JsonValue* last_ = nullptr;
  std::size_t values_ = 0;
  bool stopped_ = false;
};

}  // namespace

JsonDocument read_json(std::string_view text, JsonLimits limits) {
  // A view of nothing may hold no pointer, which the reader's iterators need.
  if (text.data() == nullptr) text = "";
  return Builder(text, limits).read();
}

std::string describe(const JsonValue& value) {
  switch (value.kind) {
    case Kind::null: return "`null`";
    case Kind::boolean: return value.boolean ? "`true`" : "`false`";
    case Kind::whole:
    case Kind::fraction:
    case Kind::too_big: return fmt::format("the number {}", shown(value.text));
    case Kind::text: return fmt::format("the text \"{}\"", shown(value.text));
    case Kind::array: return "an array";
    case Kind::object: return "an object";
  }
  return {};
}

std::string shown(std::string_view text) {
  constexpr std::size_t longest = 80;
  const bool cut = text.size() > longest;
  if (cut) {
    std::size_t end = longest;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0u) == 0x80u) --end;  // never inside a character
    text = text.substr(0, end);
  }
  std::string result;
  for (const char c : text) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
      result += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    } else {
      result += c;
    }
  }
  if (cut) result += "…";
  return result;
}

}  // namespace duly
