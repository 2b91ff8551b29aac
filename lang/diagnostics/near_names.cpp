#include "lang/diagnostics/near_names.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace duly {
namespace {

/// How many edits a word may be off and still be meant: a third of its letters. Words of one or two letters are never
/// near each other, for almost everything is one edit away from them.
std::size_t tolerance(std::size_t length) { return length / 3; }

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

/// Insertions, deletions, replacements and swaps of neighbours (optimal string alignment).
std::size_t edits(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before_last(b.size() + 1);
  std::vector<std::size_t> last(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0U : 1U)});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], before_last[j - 2] + 1);
    }
    std::swap(before_last, last);
    std::swap(last, row);
  }
  return last[b.size()];
}

/// Edits where they are few enough, else null.
std::optional<std::size_t> near_enough(std::string_view word, std::string_view candidate) {
  const std::size_t limit = tolerance(std::max(word.size(), candidate.size()));
  const std::size_t difference =
      word.size() > candidate.size() ? word.size() - candidate.size() : candidate.size() - word.size();
  if (limit == 0 || difference > limit) return std::nullopt;
  const std::size_t distance = edits(word, candidate);
  return distance <= limit ? std::optional(distance) : std::nullopt;
}

}  // namespace

std::optional<std::string> nearest(std::string_view word, const std::vector<std::string>& candidates) {
  // Authors' slips are short; a word of thousands of letters is not worth comparing.
  constexpr std::size_t longest_slip = 200;
  if (word.empty() || word.size() > longest_slip) return std::nullopt;
  const std::string wanted = lower(word);
  const std::string* best = nullptr;
  std::size_t best_distance = 0;
  const auto offer = [&](const std::string& candidate, std::optional<std::size_t> distance) {
    if (!distance || (best && *distance >= best_distance)) return;
    best = &candidate;
    best_distance = *distance;
  };
  for (const std::string& candidate : candidates) {
    const std::string offered = lower(candidate);
    if (offered == wanted) {
      offer(candidate, 0);
      continue;
    }
    offer(candidate, near_enough(wanted, offered));
    const std::size_t dot = offered.rfind('.');
    if (dot == std::string::npos || wanted.find('.') != std::string::npos) continue;
    const std::string_view last_part = std::string_view(offered).substr(dot + 1);
    offer(candidate, last_part == wanted ? std::optional<std::size_t>(0) : near_enough(wanted, last_part));
  }
  return best ? std::optional(*best) : std::nullopt;
}

}  // namespace duly
