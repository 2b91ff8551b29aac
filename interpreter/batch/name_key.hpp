#pragma once

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
    const bool is_short = size < readable;
    // What stands after a short name is shifted out. (After an empty one in two steps, since 64 bits are too far.)
    const unsigned beyond = is_short ? static_cast<unsigned>(8 * (readable - size)) : 0;
    const auto only = [&](std::uint64_t bits) { return bits << (beyond / 2) << (beyond - beyond / 2); };
    return {only(block(name.data())), only(block(name.data() + (is_short ? 0 : size - readable))), size};
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

 private:
  static std::uint64_t block(const char* at) {
    std::uint64_t bits;
    std::memcpy(&bits, at, sizeof bits);
    return bits;
  }
};

}  // namespace duly
