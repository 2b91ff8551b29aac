#pragma once

#include <compare>
#include <cstdint>

namespace duly {

/// An index into one array of one kind; kinds do not mix.
template <class Tag>
struct Id {
  std::uint32_t index = 0;
  friend constexpr auto operator<=>(Id, Id) = default;
};

}  // namespace duly
