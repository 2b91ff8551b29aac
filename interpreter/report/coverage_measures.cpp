#include <fmt/format.h>

#include <algorithm>

#include "interpreter/report/coverage.hpp"

/// What coverage comes to: how much of each kind there is, and what is missing of it, in words.
namespace duly {
namespace {

template <class Visit>
void for_each_provision(const Coverage& coverage, Visit visit) {
  for (const SourceCoverage& source : coverage.sources) {
    for (const ProvisionCoverage& provision : source.provisions) visit(provision);
  }
}

/// Nobody expects a case for what no rule can decide and nothing cites.
bool awaits_a_case(const ProvisionCoverage& provision) {
  return !provision.is_judgement || !provision.cited_by.empty();
}

/// Which side no case has shown: `never seen true`.
std::string never_seen(const BothWays& sides, std::string_view yes, std::string_view no) {
  if (sides.yes.empty() && sides.no.empty()) return "never seen either way";
  return fmt::format("never seen {}", sides.yes.empty() ? yes : no);
}

std::string named(const std::string& name, const std::string& title, const FilePlace& at) {
  return fmt::format("{} \"{}\" ({})", name, title, to_string(at));
}

class Summary {
 public:
  Tally tally;
  std::vector<std::string> missing;

  Summary(const Coverage& coverage, Measure measure) {
    switch (measure) {
      case Measure::provisions_accounted_for:
        for_each_provision(coverage, [&](const ProvisionCoverage& provision) {
          count(provision.accounted_for(), [&] {
            return fmt::format("{}: nothing cites it, and it is not judgement",
                               named(provision.name, provision.says, provision.at));
          });
        });
        break;
      case Measure::provisions_exercised:
        for_each_provision(coverage, [&](const ProvisionCoverage& provision) {
          if (awaits_a_case(provision)) {
            count(!provision.cases.empty(), [&] { return not_exercised(provision); });
          }
        });
        break;
      case Measure::rules:
        for (const PolicyCoverage& policy : coverage.policies) {
          for (const RuleCoverage& rule : policy.rules) {
            count(rule.covered(), [&] {
              return fmt::format("{}: {}", named(rule.name, rule.title, rule.at),
                                 rule.always ? "never seen" : never_seen(rule.applies, "to apply", "not to apply"));
            });
          }
        }
        break;
      case Measure::items:
        for (const PolicyCoverage& policy : coverage.policies) {
          for (const ItemCoverage& item : policy.items) {
            count(item.holds.seen(), [&] {
              return fmt::format("{}: {}", named(item.name, item.title, item.at),
                                 never_seen(item.holds, "true", "false"));
            });
          }
        }
        break;
      case Measure::conditions:
        for (const PolicyCoverage& policy : coverage.policies) {
          for (const ConditionCoverage& condition : policy.conditions) {
            count(condition.holds.seen(), [&] {
              return fmt::format("`{}` in {} ({}): {}", condition.text, condition.owner, to_string(condition.at),
                                 never_seen(condition.holds, "true", "false"));
            });
          }
        }
        break;
    }
  }

 private:
  template <class Say>
  void count(bool covered, Say say) {
    ++tally.total;
    if (covered) {
      ++tally.covered;
    } else {
      missing.push_back(say());
    }
  }

  static std::string not_exercised(const ProvisionCoverage& provision) {
    const std::string which = named(provision.name, provision.says, provision.at);
    if (provision.cited_by.empty()) return fmt::format("{}: nothing cites it", which);
    std::vector<std::string> citing;
    for (const Citation& citation : provision.cited_by) {
      citing.push_back(fmt::format("{} {} ({})", to_string(citation.kind), citation.name, to_string(citation.at)));
    }
    return fmt::format("{}: no case puts to use {}", which, fmt::join(citing, ", "));
  }
};

}  // namespace

std::string_view to_string(Measure measure) {
  switch (measure) {
    case Measure::provisions_accounted_for: return "provisions accounted for";
    case Measure::provisions_exercised: return "provisions exercised by a case";
    case Measure::rules: return "rules both ways";
    case Measure::items: return "list items both ways";
    case Measure::conditions: return "conditions both ways";
  }
  return {};
}

std::string_view json_key(Measure measure) {
  switch (measure) {
    case Measure::provisions_accounted_for: return "provisions_accounted_for";
    case Measure::provisions_exercised: return "provisions_exercised";
    case Measure::rules: return "rules_both_ways";
    case Measure::items: return "items_both_ways";
    case Measure::conditions: return "conditions_both_ways";
  }
  return {};
}

std::string Tally::percent() const {
  const std::size_t tenths = total == 0 ? 1000 : covered * 1000 / total;
  return fmt::format("{}.{}", tenths / 10, tenths % 10);
}

Tally tally(const Coverage& coverage, Measure measure) { return Summary(coverage, measure).tally; }

std::vector<std::string> missing(const Coverage& coverage, Measure measure) {
  return Summary(coverage, measure).missing;
}

std::string some_cases(const Coverage& coverage, const std::vector<CaseNumber>& cases, std::size_t most) {
  std::vector<std::string> names;
  for (const CaseNumber number : cases) {
    if (names.size() == most) break;
    names.push_back(coverage.cases[number].name);
  }
  if (cases.size() > most) names.push_back(fmt::format("and {} more", cases.size() - most));
  return names.empty() ? "none" : fmt::format("{}", fmt::join(names, ", "));
}

}  // namespace duly
