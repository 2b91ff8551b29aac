#pragma once

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

  /// The entry of a name, `none` where there is none. Entries are numbered in the order of `add`. NameKey::readable
  /// bytes must be readable from where the name begins.
  std::uint32_t find(std::string_view name) {
    const std::uint32_t guess = followed_by_[last_];
    if (guess != none && entries_[guess].is(name)) return last_ = guess;
    return look_up(name);
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

    bool is(std::string_view text) const {
      if (text.size() != key.size) return false;
      const std::uint64_t differ =
          (NameKey::block(text.data()) ^ key.first) | (NameKey::block(text.data() + last_at) ^ key.last);
      return (differ & counts) == 0 && (key.is_whole() || name == text);
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
