#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace duly {

/// Puts JSON together, key by key, in the order of the calls. Objects and arrays are opened and closed in
/// pairs; the caller keeps to the grammar.
class JsonWriter {
 public:
  enum class Style : std::uint8_t { pretty, compact };
  explicit JsonWriter(Style style = Style::pretty) : pretty_(style == Style::pretty) {}

  JsonWriter& key(std::string_view name);
  JsonWriter& text(std::string_view value);
  JsonWriter& text_or_null(std::string_view value) { return value.empty() ? null() : text(value); }
  JsonWriter& number(std::int64_t value);
  JsonWriter& boolean(bool value);
  JsonWriter& null();
  JsonWriter& raw(std::string_view json);  // JSON already made

  JsonWriter& open_object() { return open('{', false); }
  JsonWriter& close_object() { return close('}'); }
  /// An array on a line of its own, for short lists of names.
  JsonWriter& open_line() { return open('[', true); }
  JsonWriter& open_array() { return open('[', false); }
  JsonWriter& close_array() { return close(']'); }

  /// Everything written, with a line end after it where it is pretty.
  std::string take();

 private:
  JsonWriter& open(char bracket, bool on_one_line);
  JsonWriter& close(char bracket);
  void before_value();
  void new_line();

  struct Level {
    bool on_one_line = false;
    bool empty = true;
  };
  bool pretty_;
  bool after_key_ = false;
  std::vector<Level> levels_;
  std::string out_;
};

}  // namespace duly
