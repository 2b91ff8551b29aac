#include "interpreter/batch/value_table.hpp"

namespace duly {

ValueTable::ValueTable(const std::vector<std::string>& names) : names_(names) {
  unsigned bits = 1;
  while ((std::size_t{1} << bits) < names_.size() * 2) ++bits;
  // A factor that gives each name a place of its own; where many do not, more places. Names that agree in their keys
  // can have none of their own: then no name is found, and the strict reader has to read such cases.
  for (;; ++bits) {
    slots_.assign(std::size_t{1} << bits, {});
    shift_ = 64 - bits;
    for (int attempt = 0; attempt < 64; ++attempt) {
      if (place_all()) return;
      factor_ = factor_ * 0x5851'f42d'4c95'7f2d + 0x1405'7b7e'f767'814f;
      factor_ |= 1;
    }
    if (bits >= 16) break;
  }
  slots_.assign(slots_.size(), {});
}

bool ValueTable::place_all() {
  slots_.assign(slots_.size(), {});
  for (std::uint32_t value = 0; value < names_.size(); ++value) {
    const NameKey key = NameKey::of_any(names_[value]);
    Slot& slot = slots_[place_of(key)];
    if (slot.value != none) return false;
    slot = {key, value};
  }
  return true;
}

}  // namespace duly
