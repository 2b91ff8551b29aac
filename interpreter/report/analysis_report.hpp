#pragma once

#include <optional>
#include <string>
#include <vector>

#include "interpreter/analysis/analyse.hpp"
#include "lang/program/program.hpp"
#include "lang/source/source.hpp"

/// What analysis found, in words for whoever writes the policy: what it means, how to mend it, and a case that shows
/// it.
namespace duly {

/// A rule, item or safeguard as a finding names it.
struct NamedPart {
  std::string name;  // in full
  std::string title;
  std::string says;   // what a rule concludes: `may_share`, `must not`; empty for others
  std::string place;  // `derby.policy:37`
};

struct AnalysisFinding {
  ProblemKind kind = ProblemKind::conflict;
  std::string about;  // the value, action or safeguard; empty for items
  std::string title;
  bool inherited = false;        // nothing of it stands in the policy's own module
  std::vector<NamedPart> parts;  // the rules, the item or the safeguard and the rules that decided its case
  std::vector<NamedPart> give_way_to;
  std::vector<std::string> also;  // values that come to no answer with it
  std::string means, mend;
  std::optional<Case> witness;
  std::string case_block;           // empty where there is no witness
  bool fails_until_mended = false;  // no expectation can say it, so the case does not pass
};

/// One policy, looked at.
struct PolicyAnalysis {
  std::string name;
  std::string file;  // as it was given
  Analysis analysis;
  std::size_t max_nodes = 0;
  std::vector<AnalysisFinding> findings;

  bool is_clean() const { return findings.empty() && analysis.proves(); }
};

/// Puts the findings into words. Throws std::logic_error where deciding a witness does not come to what the analysis
/// says: then one of the two is wrong, and nobody may rely on either.
PolicyAnalysis describe_analysis(const Program& program, const SourceMap& sources, const std::string& file,
                                 Analysis analysis, std::size_t max_nodes);

/// What was found on one policy, and the line that sums it up.
std::string analysis_text(const PolicyAnalysis& policy, std::size_t width);

/// All policies as one JSON document.
std::string analysis_json(const std::vector<std::pair<const Program*, PolicyAnalysis>>& policies);

}  // namespace duly
