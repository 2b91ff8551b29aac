#include "lang/diagnostics/diagnostic.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <tuple>
#include <utility>

namespace duly {
namespace {

struct Entry {
  std::string_view name;
  std::string_view title;
};

constexpr std::array registry = {
#define DULY_CODE(code, title) Entry{#code, title},
#include "lang/diagnostics/codes.def"
#undef DULY_CODE
};

const Entry& entry(Code code) { return registry[static_cast<std::size_t>(code)]; }

bool same(const Diagnostic& a, const Diagnostic& b) {
  return a.code == b.code && a.span == b.span && a.message == b.message;
}

}  // namespace

std::string_view name(Code code) { return entry(code).name; }
std::string_view title(Code code) { return entry(code).title; }
Severity severity(Code code) { return name(code).front() == 'W' ? Severity::warning : Severity::error; }

std::vector<Code> all_codes() {
  std::vector<Code> codes;
  for (std::size_t i = 0; i < registry.size(); ++i) codes.push_back(static_cast<Code>(i));
  return codes;
}

void Diagnostics::add(Diagnostic diagnostic) {
  if (severity(diagnostic.code) == Severity::error) ++errors_;
  all_.push_back(std::move(diagnostic));
}

void Diagnostics::sort() {
  // Code and message settle the order at one place, so that duplicates lie side by side.
  std::stable_sort(all_.begin(), all_.end(), [](const Diagnostic& a, const Diagnostic& b) {
    return std::tie(a.span, a.code, a.message) < std::tie(b.span, b.code, b.message);
  });
  all_.erase(std::unique(all_.begin(), all_.end(), same), all_.end());
  errors_ = static_cast<std::size_t>(
      std::count_if(all_.begin(), all_.end(), [](const Diagnostic& d) { return severity(d.code) == Severity::error; }));
}

}  // namespace duly
