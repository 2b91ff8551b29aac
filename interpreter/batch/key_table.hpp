#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "interpreter/batch/name_key.hpp"

namespace duly {

/// Names to numbers, for keys that mostly come in the same order again and again: the name that followed the last one
/// before is tried first. One thread at a time.
class KeyTable {
 public:
  static constexpr std::uint32_t none = 0xffff'ffff;

  /// A name once; `target` is the caller's.
  void add(std::string name, std::uint32_t target);

  /// The entry of the name that begins here, as JSON has it, and ends at a quotation mark before `end`; `none` where
  /// there is none. NameKey::readable bytes must be readable from where the name begins.
  std::uint32_t find_quoted(const char* name, const char* end) {
    const std::uint32_t guess = followed_by_[last_];
    if (guess != none && entries_[guess].is_quoted(name, end)) return last_ = guess;
    const char* const quote = std::find(name, end, '"');
    return quote == end ? none : look_up(std::string_view(name, quote));
  }
  /// Another object begins: its first key follows none.
  void start() { last_ = static_cast<std::uint32_t>(entries_.size()); }

  std::uint32_t target(std::uint32_t entry) const { return entries_[entry].target; }

  /// Notes that an entry was met in this round; false where it was already.
  bool meet(std::uint32_t entry, std::uint64_t round) {
    const bool is_new = entries_[entry].met != round;
    entries_[entry].met = round;
    return is_new;
  }

 private:
  struct Entry {
    NameKey key;
    std::uint64_t counts = 0;   // the bits of the key that do
    std::uint32_t last_at = 0;  // where its last block begins
    std::uint32_t target = 0;
    std::uint64_t met = 0;
    std::string name;

    bool is(std::string_view text) const { return text.size() == key.size && begins(text.data()); }
    bool is_quoted(const char* text, const char* end) const {
      return static_cast<std::size_t>(end - text) > key.size && text[key.size] == '"' && begins(text);
    }
    bool begins(const char* text) const {
      const std::uint64_t differ = (NameKey::block(text) ^ key.first) | (NameKey::block(text + last_at) ^ key.last);
      return (differ & counts) == 0 && (key.is_whole() || std::memcmp(text, name.data(), name.size()) == 0);
    }
  };

  std::uint32_t look_up(std::string_view name);
  std::size_t bucket_of(const NameKey& key) const;
  void place(std::uint32_t entry);

  std::vector<Entry> entries_;
  std::vector<std::uint32_t> buckets_ = std::vector<std::uint32_t>(8, none);  // open addressing; a power of two
  std::vector<std::uint32_t> followed_by_ = {none};                           // by entry; the last is of the start
  std::uint32_t last_ = 0;
};

}  // namespace duly
