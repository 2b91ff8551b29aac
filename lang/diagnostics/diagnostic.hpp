#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "lang/source/source.hpp"

namespace duly {

/// One enumerator a line of codes.def. A code never changes meaning.
enum class Code : std::uint16_t {
#define DULY_CODE(code, title) code,
#include "lang/diagnostics/codes.def"
#undef DULY_CODE
};

enum class Severity : std::uint8_t { error, warning };

std::string_view name(Code code);   // "E0203"
std::string_view title(Code code);  // the registry's line: what is wrong, in general
Severity severity(Code code);       // by the code's first letter
std::vector<Code> all_codes();

/// Another place that helps to understand (where the other declaration stands).
struct Note {
  Span span;
  std::string text;
};

/// What is wrong, where, in the author's words; how it is laid out on a page is for the renderers.
struct Diagnostic {
  Code code;
  Span span;            // marked in the author's line; source.index == no_source where there is no place
  std::string message;  // what is wrong here: one sentence, no full stop
  std::string label;    // beside the mark: what was found or expected (may be empty)
  std::vector<Note> notes;
  std::string help;  // how to mend it (may be empty)
};

inline constexpr std::uint32_t no_source = 0xffff'ffff;
inline constexpr Span nowhere{{no_source}, 0, 0};

/// Collects; a phase goes on after an error wherever its other findings stay independent.
class Diagnostics {
 public:
  void add(Diagnostic diagnostic);
  const std::vector<Diagnostic>& all() const { return all_; }
  std::size_t errors() const { return errors_; }
  std::size_t warnings() const { return all_.size() - errors_; }
  /// By place (source, then offset), errors and warnings mixed; exact duplicates removed.
  void sort();

 private:
  std::vector<Diagnostic> all_;
  std::size_t errors_ = 0;
};

}  // namespace duly
