#include "interpreter/batch/key_table.hpp"

#include <functional>
#include <utility>

namespace duly {

void KeyTable::add(std::string name, std::uint32_t target) {
  entries_.push_back({std::move(name), target});
  followed_by_.assign(entries_.size() + 1, none);
  start();
  if (entries_.size() * 2 > buckets_.size()) {
    buckets_.assign(buckets_.size() * 2, none);
    for (std::uint32_t entry = 0; entry + 1 < entries_.size(); ++entry) place(entry);
  }
  place(static_cast<std::uint32_t>(entries_.size() - 1));
}

void KeyTable::place(std::uint32_t entry) {
  std::size_t bucket = std::hash<std::string_view>{}(entries_[entry].name) & (buckets_.size() - 1);
  while (buckets_[bucket] != none) bucket = (bucket + 1) & (buckets_.size() - 1);
  buckets_[bucket] = entry;
}

std::uint32_t KeyTable::look_up(std::string_view name) {
  std::size_t bucket = std::hash<std::string_view>{}(name) & (buckets_.size() - 1);
  for (; buckets_[bucket] != none; bucket = (bucket + 1) & (buckets_.size() - 1)) {
    if (entries_[buckets_[bucket]].name != name) continue;
    followed_by_[last_] = buckets_[bucket];
    return last_ = buckets_[bucket];
  }
  return none;
}

}  // namespace duly
