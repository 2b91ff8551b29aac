#include "interpreter/batch/value_table.hpp"

#include <algorithm>

namespace duly {

ValueTable::ValueTable(const std::vector<std::string>& names) : names_(names), slots_(2) {
  shift_ = 63;
  // Names that agree in their keys can have no places of their own: then no name is found, and the strict reader has to
  // read such cases.
  for (const std::string& name : names) keys_.push_back(NameKey::of_any(name));
  for (std::size_t i = 0; i < keys_.size(); ++i) {
    if (std::find(keys_.begin(), keys_.begin() + static_cast<std::ptrdiff_t>(i), keys_[i]) !=
        keys_.begin() + static_cast<std::ptrdiff_t>(i)) {
      return;
    }
  }
  unsigned bits = 1;
  while ((std::size_t{1} << bits) < names_.size() * 2) ++bits;
  // A factor that gives each name a place of its own; where many do not, more places.
  for (constexpr unsigned most = 16; bits <= most; ++bits) {
    shift_ = 64 - bits;
    for (int attempt = 0; attempt < 64; ++attempt) {
      slots_.assign(std::size_t{1} << bits, {});
      if (place_all()) return;
      factor_ = (factor_ * 0x5851'f42d'4c95'7f2d + 0x1405'7b7e'f767'814f) | 1;
    }
  }
  slots_.assign(slots_.size(), {});
}

bool ValueTable::place_all() {
  for (std::uint32_t value = 0; value < keys_.size(); ++value) {
    Slot& slot = slots_[place_of(keys_[value])];
    if (slot.value != none) return false;
    slot = {keys_[value], value};
  }
  return true;
}

}  // namespace duly
