#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "interpreter/batch/name_key.hpp"

namespace duly {

/// The values of a choice by their names: each name has a place of its own, so that which value comes next, which
/// nobody can foretell, decides no branch. Immutable once all are added.
class ValueTable {
 public:
  static constexpr std::uint32_t none = 0xffff'ffff;

  /// The names, each once; a value is its place among them.
  explicit ValueTable(const std::vector<std::string>& names);

  /// The value of a name, `none` where there is none. NameKey::readable bytes must be readable from where it begins.
  std::uint32_t find(std::string_view name) const {
    const NameKey key = NameKey::of(name);
    const Slot& slot = slots_[place_of(key)];
    if (!(slot.key == key) || slot.value == none) return none;
    if (!key.is_whole() && names_[slot.value] != name) return none;
    return slot.value;
  }

 private:
  struct Slot {
    NameKey key;
    std::uint32_t value = none;
  };

  std::size_t place_of(const NameKey& key) const { return static_cast<std::size_t>((key.bits() * factor_) >> shift_); }
  bool place_all();

  std::vector<std::string> names_;
  std::vector<NameKey> keys_;  // by value
  std::vector<Slot> slots_;    // a power of two
  std::uint64_t factor_ = 0x9e37'79b9'7f4a'7c15;
  unsigned shift_ = 0;
};

}  // namespace duly
