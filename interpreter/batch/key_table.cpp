#include "interpreter/batch/key_table.hpp"

#include <utility>

namespace duly {

void KeyTable::add(std::string name, std::uint32_t target) {
  const NameKey key = NameKey::of_any(name);
  entries_.push_back({key, NameKey::counting(key.size), static_cast<std::uint32_t>(NameKey::last_at(key.size)), target,
                      0, std::move(name)});
  followed_by_.assign(entries_.size() + 1, none);
  start();
  if (entries_.size() * 2 > buckets_.size()) {
    buckets_.assign(buckets_.size() * 2, none);
    for (std::uint32_t entry = 0; entry + 1 < entries_.size(); ++entry) place(entry);
  }
  place(static_cast<std::uint32_t>(entries_.size() - 1));
}

/// By its upper bits, which hang on all of a key's.
std::size_t KeyTable::bucket_of(const NameKey& key) const {
  return static_cast<std::size_t>((key.bits() * 0x9e37'79b9'7f4a'7c15) >> 32) & (buckets_.size() - 1);
}

void KeyTable::place(std::uint32_t entry) {
  std::size_t bucket = bucket_of(entries_[entry].key);
  while (buckets_[bucket] != none) bucket = (bucket + 1) & (buckets_.size() - 1);
  buckets_[bucket] = entry;
}

std::uint32_t KeyTable::look_up(std::string_view name) {
  std::size_t bucket = bucket_of(NameKey::of(name));
  for (; buckets_[bucket] != none; bucket = (bucket + 1) & (buckets_.size() - 1)) {
    if (!entries_[buckets_[bucket]].is(name)) continue;
    followed_by_[last_] = buckets_[bucket];
    return last_ = buckets_[bucket];
  }
  return none;
}

}  // namespace duly
