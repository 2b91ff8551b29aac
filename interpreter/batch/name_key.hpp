#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace duly {

/// The ends of a name and its size: all of it where it has 16 bytes or fewer, so that most names are compared without a
/// loop and without a branch that depends on their sizes.
struct NameKey {
  std::uint64_t first = 0, last = 0, size = 0;

  /// What must be readable from where a name begins, however short it is.
  static constexpr std::size_t readable = sizeof(std::uint64_t);

  static NameKey of(std::string_view name) {
    const std::size_t size = name.size();
    const std::uint64_t counts = counting(size);
    return {block(name.data()) & counts, block(name.data() + last_at(size)) & counts, size};
  }
  /// For a name that ends where its memory does.
  static NameKey of_any(const std::string& name) {
    const std::string padded = name + std::string(readable, '\0');
    return of(std::string_view(padded).substr(0, name.size()));
  }

  bool is_whole() const { return size <= 2 * readable; }
  std::uint64_t bits() const { return first ^ (last * 31) ^ size; }

  friend bool operator==(const NameKey& a, const NameKey& b) {
    return ((a.first ^ b.first) | (a.last ^ b.last) | (a.size ^ b.size)) == 0;
  }

  // The blocks of a name: their bits that count (the first bytes of a short one), and where the last one begins.
  static std::uint64_t block(const char* at) {
    std::uint64_t bits;
    std::memcpy(&bits, at, sizeof bits);
    return bits;
  }
  static std::uint64_t counting(std::size_t size) {
    if constexpr (std::endian::native == std::endian::little) {
      return size < readable ? (std::uint64_t{1} << (8 * size)) - 1 : ~std::uint64_t{0};
    } else {
      return size == 0 ? 0 : size < readable ? ~std::uint64_t{0} << (8 * (readable - size)) : ~std::uint64_t{0};
    }
  }
  static std::size_t last_at(std::size_t size) { return size < readable ? 0 : size - readable; }
};

}  // namespace duly
