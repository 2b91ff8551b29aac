#include <fmt/format.h>

#include <map>

#include "interpreter/report/coverage_formats.hpp"

namespace duly {
namespace {

std::string record_of(const PolicyCoverage& policy) {
  std::string branches;
  std::size_t branches_found = 0, branches_hit = 0;
  std::map<std::uint32_t, std::size_t> hits;    // by line; several rules may stand on one
  std::map<std::uint32_t, std::size_t> blocks;  // likewise: a block a rule
  for (const RuleCoverage& rule : policy.rules) {
    hits[rule.at.line] += rule.applies.yes.size();
    if (rule.always) continue;  // nothing branches here
    const std::size_t block = blocks[rule.at.line]++;
    const bool was_met = !rule.applies.yes.empty() || !rule.applies.no.empty();
    std::size_t branch = 0;
    for (const auto& side : {rule.applies.yes, rule.applies.no}) {
      branches +=
          fmt::format("BRDA:{},{},{},{}\n", rule.at.line, block, branch++, was_met ? std::to_string(side.size()) : "-");
      ++branches_found;
      if (!side.empty()) ++branches_hit;
    }
  }
  std::string lines;
  std::size_t lines_hit = 0;
  for (const auto& [line, count] : hits) {
    lines += fmt::format("DA:{},{}\n", line, count);
    if (count > 0) ++lines_hit;
  }
  return fmt::format("TN:duly\nSF:{}\n{}BRF:{}\nBRH:{}\n{}LF:{}\nLH:{}\nend_of_record\n", policy.file, branches,
                     branches_found, branches_hit, lines, hits.size(), lines_hit);
}

}  // namespace

std::string coverage_lcov(const Coverage& coverage) {
  std::string out;
  for (const PolicyCoverage& policy : coverage.policies) out += record_of(policy);
  return out;
}

}  // namespace duly
