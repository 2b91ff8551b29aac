#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// Strict JSON with places: what people write by hand is read into a small tree in which every value knows
/// where it stands, and in which nothing is silently changed or dropped. Numbers keep how they were written.
namespace duly {

struct JsonMember;

struct JsonValue {
  enum class Kind : std::uint8_t {
    null,
    boolean,
    whole,     // a whole number that fits 64 bits
    fraction,  // written with a point or an exponent: `11.0`, `1e1`
    too_big,   // a whole number beyond 64 bits
    text,
    array,
    object,
  };
  Kind kind = Kind::null;
  bool boolean = false;
  std::int64_t whole = 0;
  std::string text;                 // of a text, and of a number as it is written
  std::vector<JsonValue> elements;  // of an array
  std::vector<JsonMember> members;  // of an object, in order, repeated keys included
  std::size_t offset = 0;           // of its first byte
  std::size_t end = 0;              // one past its last byte; of arrays and objects, past the opening bracket
};

struct JsonMember {
  std::string key;
  std::size_t offset = 0;  // of the key's opening quote
  std::size_t end = 0;     // one past its closing one
  JsonValue value;
};

struct JsonProblem {
  enum class Kind : std::uint8_t { syntax, too_large, not_utf8, repeated_key };
  Kind kind = Kind::syntax;
  std::string path;     // where in the document: `facts.child.age`; empty at its top
  std::string message;  // what is wrong: one sentence, no full stop
  std::string help;     // how to mend it (may be empty)
  std::size_t offset = 0;
  std::size_t end = 0;
};

struct JsonDocument {
  bool complete = false;  // the whole text was read; otherwise `root` is what stood before the first syntax error
  JsonValue root;
  std::vector<JsonProblem> problems;  // complete documents may have repeated keys
};

struct JsonLimits {
  std::size_t bytes = 16u << 20;
  std::size_t depth = 64;
  std::size_t values = 500'000;  // so that hostile text cannot take memory out of all proportion
};

/// Reads a whole text. Never throws for bad input, never recurses.
JsonDocument read_json(std::string_view text, JsonLimits limits = {});

/// A value in the words of a message: `the text "yes"`, `the number 11.0`, `an array`.
std::string describe(const JsonValue& value);

/// Text for use inside a message: cut where it is long, control characters made visible.
std::string shown(std::string_view text);

}  // namespace duly
