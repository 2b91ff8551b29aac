#include "interpreter/report/coverage.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "interpreter/report/expectations.hpp"

namespace duly {
namespace {

/// What stands in a module is the same in every policy that brings the module in, under whatever ids.
struct Key {
  std::size_t module = 0;
  std::uint32_t offset = 0;
  std::string name;  // two things may stand in one place, as an agreement's two values do
  auto operator<=>(const Key&) const = default;
};

struct ProvisionDraft {
  ProvisionCoverage coverage;
  std::size_t source = 0;
  std::set<Key> cited_by;
};

/// The author's words on one line.
std::string on_one_line(std::string_view text) {
  std::string out;
  bool in_comment = false;
  for (const char c : text) {
    if (c == '#' || c == '\n') in_comment = c == '#';
    if (in_comment) continue;
    const bool blank = c == ' ' || c == '\t' || c == '\r' || c == '\n';
    if (!blank) {
      out += c;
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
  return out;
}

/// Its condition is always true, and so is that of the rule in whose place it stands, where it stands in one.
bool is_unconditional(const Program& program, const Instance& instance) {
  const Node& condition = at(program.nodes, at(program.rules, instance.rule).condition);
  if (condition.op != Op::constant || condition.a == 0) return false;
  return !instance.place || is_unconditional(program, at(program.instances, *instance.place));
}

bool is_unconditional(const Program& program, RuleId rule) {
  return std::any_of(program.instances.begin(), program.instances.end(), [&](const Instance& instance) {
    return instance.rule == rule && is_unconditional(program, instance);
  });
}

class Measurer {
 public:
  explicit Measurer(const std::vector<PolicyToCover>& policies) : policies_(policies) {}

  Coverage measure() {
    std::vector<const PolicyToCover*> own;  // the same text under two paths counts once
    for (const PolicyToCover& policy : policies_) {
      const Module& module = policy.compiled.program->policy();
      if (!numbers_.emplace(identity(module), files_.size()).second) continue;
      files_.push_back(policy.file);
      coverage_.policies.push_back({module.name, module.title, module.version, policy.file, {}, {}, {}});
      own.push_back(&policy);
    }
    given_ = files_.size();
    for (const PolicyToCover* policy : own) run(policy->compiled);
    return finish();
  }

 private:
  using Identity = std::pair<std::string, std::string>;
  static Identity identity(const Module& module) { return {module.name, module.sha256}; }

  // ---- one policy ----

  /// What the policy's parts are in the coverage: beside its ids, where to note what a case shows. Null: not asked for.
  struct Links {
    std::vector<RuleCoverage*> rules;
    std::vector<ItemCoverage*> items;
    std::vector<std::pair<NodeId, ConditionCoverage*>> conditions;
    std::vector<std::pair<Citing, Citation*>> citing;
  };

  void run(const Compiled& compiled) {
    program_ = &*compiled.program;
    sources_ = &compiled.sources;
    modules_.clear();
    for (const Module& module : program_->modules) {
      const auto [known, is_new] = numbers_.emplace(identity(module), files_.size());
      if (is_new) add_extended(module);
      modules_.emplace(module.source, known->second);
    }
    add_provisions();
    Links links = link();
    Walk walk(*program_);
    Decider decider(*program_);
    for (const TestCase& test_case : program_->cases) {
      if (test_case.module.index + 1 != program_->modules.size()) continue;
      const auto number = static_cast<CaseNumber>(coverage_.cases.size());
      coverage_.cases.push_back(
          {test_case.full_name, test_case.title, place(test_case.span), failures(decider, test_case)});
      const Case facts = make_case(*program_, test_case);
      walk.run(facts);
      const Decision decision = decider.decide(facts);
      note(links, {*program_, test_case, facts, walk, decision}, number);
    }
  }

  void add_extended(const Module& module) {
    files_.emplace_back(sources_->name(module.source));
    for (const PolicyCoverage& given : coverage_.policies) {
      if (given.name != module.name) continue;
      coverage_.remarks.push_back(
          fmt::format("`{}` extends another text of `{}` than {}, so its cases do not count there",
                      program_->policy().name, module.name, given.file));
    }
  }

  Key key(Span span, std::string name) const { return {modules_.at(span.source), span.begin, std::move(name)}; }
  bool is_given(Span span) const { return modules_.at(span.source) < given_; }
  FilePlace place(Span span) const {
    return {files_[modules_.at(span.source)], sources_->position(span.source, span.begin).line};
  }
  std::vector<std::string> names(const std::vector<ProvisionId>& provisions) const {
    std::vector<std::string> result;
    for (const ProvisionId id : provisions) result.push_back(at(program_->provisions, id).full_name);
    return result;
  }

  void add_provisions() {
    std::vector<std::size_t> numbers;  // by SourceDocumentId
    for (const SourceDocument& source : program_->sources) {
      const auto [known, is_new] = source_numbers_.emplace(key(source.span, source.name), source_drafts_.size());
      if (is_new) {
        source_drafts_.push_back({source.name,
                                  source.title,
                                  source.by,
                                  source.dated ? to_string(*source.dated) : "",
                                  source.url,
                                  at(program_->modules, source.module).name,
                                  {}});
      }
      numbers.push_back(known->second);
    }
    for (const Provision& provision : program_->provisions) {
      if (!is_given(provision.span)) continue;
      provisions_.try_emplace(key(provision.span, provision.full_name), ProvisionDraft{{provision.full_name,
                                                                                        provision.title,
                                                                                        place(provision.span),
                                                                                        provision.is_judgement,
                                                                                        provision.judgement,
                                                                                        {},
                                                                                        {}},
                                                                                       numbers[provision.source.index],
                                                                                       {}});
    }
  }

  Links link() {
    Links links;
    for (std::uint32_t i = 0; i < program_->rules.size(); ++i) links.rules.push_back(link_rule(RuleId{i}, links));
    for (const Item& item : program_->items) {
      ItemCoverage* found = nullptr;
      if (is_given(item.span)) {
        found = &items_
                     .try_emplace(key(item.span, item.name),
                                  ItemCoverage{item.name, item.title, place(item.span), names(item.cites), {}})
                     .first->second;
      }
      links.items.push_back(found);
    }
    for (const Safeguard& safeguard : program_->safeguards) {
      if (is_given(safeguard.span)) link_conditions(safeguard.holds, safeguard.full_name, links);
    }
    for (Citing& citing : citing_things(*program_)) {
      const Key own = key(citing.span, fmt::format("{} {}", to_string(citing.kind), citing.name));
      for (const ProvisionId id : citing.cites) {
        const Provision& provision = at(program_->provisions, id);
        if (is_given(provision.span)) provisions_.at(key(provision.span, provision.full_name)).cited_by.insert(own);
      }
      Citation& citation =
          citations_.try_emplace(own, Citation{citing.kind, citing.name, citing.title, place(citing.span), {}})
              .first->second;
      links.citing.emplace_back(std::move(citing), &citation);
    }
    return links;
  }

  /// Null for rules that a `redefine` has replaced, and for `agreements.cover`, which nobody wrote.
  RuleCoverage* link_rule(RuleId id, Links& links) {
    const Rule& rule = at(program_->rules, id);
    if (rule.replaced || rule.span.begin == rule.span.end || !is_given(rule.span)) return nullptr;
    const bool is_generated = rule.kind == RuleKind::agreement || rule.kind == RuleKind::answer;
    if (!is_generated) link_conditions(rule.condition, rule.full_name, links);
    return &rules_
                .try_emplace(key(rule.span, rule.full_name), RuleCoverage{rule.full_name,
                                                                          rule.title,
                                                                          place(rule.span),
                                                                          names(rule.cites),
                                                                          is_unconditional(*program_, id),
                                                                          {},
                                                                          {}})
                .first->second;
  }

  /// A comparison is one node, or several of one place: `is not X`, `is one of X, Y`.
  bool is_comparison(NodeId id) const {
    const Node& node = at(program_->nodes, id);
    if (node.op != Op::all && node.op != Op::any && node.op != Op::negation) return true;
    const std::uint32_t count = node.op == Op::negation ? 1 : node.b;
    for (std::uint32_t i = 0; i < count; ++i) {
      const NodeId child = program_->children[node.a + i];
      if (at(program_->node_spans, child) != at(program_->node_spans, id) || !is_comparison(child)) return false;
    }
    return true;
  }

  void link_conditions(NodeId id, const std::string& owner, Links& links) {
    if (at(program_->nodes, id).op == Op::constant) return;
    if (!is_comparison(id)) {
      const Node& node = at(program_->nodes, id);
      const std::uint32_t count = node.op == Op::negation ? 1 : node.b;
      for (std::uint32_t i = 0; i < count; ++i) link_conditions(program_->children[node.a + i], owner, links);
      return;
    }
    const Span span = at(program_->node_spans, id);
    ConditionCoverage coverage{on_one_line(sources_->text(span)), owner, place(span), {}};
    links.conditions.emplace_back(id, &conditions_.try_emplace(key(span, owner), std::move(coverage)).first->second);
  }

  static void note(Links& links, const CaseRun& run, CaseNumber number) {
    const auto note_truth = [&](BothWays& sides, Truth truth) {
      if (truth != Truth::unknown) (truth == Truth::yes ? sides.yes : sides.no).push_back(number);
    };
    for (std::uint32_t i = 0; i < links.rules.size(); ++i) {
      if (!links.rules[i]) continue;
      RuleCoverage& rule = *links.rules[i];
      const RuleFinding& finding = run.decision.of(RuleId{i});
      if (finding.applies != Extent::some) {
        (finding.applies == Extent::every ? rule.applies.yes : rule.applies.no).push_back(number);
      }
      if (finding.left == Extent::every) rule.left.push_back(number);
    }
    for (std::size_t i = 0; i < links.items.size(); ++i) {
      if (links.items[i]) note_truth(links.items[i]->holds, run.walk.condition(run.program.items[i].node));
    }
    for (auto& [node, condition] : links.conditions) note_truth(condition->holds, run.walk.condition(node));
    for (auto& [citing, citation] : links.citing) {
      if (citing.exercised(run)) citation->cases.push_back(number);
    }
  }

  std::vector<std::string> failures(Decider& decider, const TestCase& test_case) const {
    const CaseOutcome outcome = run_case(*program_, decider, test_case);
    std::vector<std::string> result;
    for (const ExpectationFailure& failure : outcome.failures) {
      result.push_back(fmt::format("{}: expected `{}`, found `{}`", to_string(place(failure.span)), failure.expected,
                                   failure.found));
    }
    for (const SafeguardId id : outcome.broken) {
      const Safeguard& safeguard = at(program_->safeguards, id);
      result.push_back(fmt::format("{}: the safeguard `{}` is broken, and the case does not expect it",
                                   to_string(place(safeguard.span)), safeguard.full_name));
    }
    return result;
  }

  // ---- all of them ----

  Coverage finish() {
    for (auto& [key, rule] : rules_) coverage_.policies[key.module].rules.push_back(std::move(rule));
    for (auto& [key, item] : items_) coverage_.policies[key.module].items.push_back(std::move(item));
    for (auto& [key, condition] : conditions_) {
      coverage_.policies[key.module].conditions.push_back(std::move(condition));
    }
    for (auto& [own_key, draft] : provisions_) {
      std::set<CaseNumber> cases;
      for (const Key& citing : draft.cited_by) {
        const Citation& citation = citations_.at(citing);
        cases.insert(citation.cases.begin(), citation.cases.end());
        draft.coverage.cited_by.push_back(citation);
      }
      draft.coverage.cases.assign(cases.begin(), cases.end());
      source_drafts_[draft.source].provisions.push_back(std::move(draft.coverage));
    }
    for (const auto& [own_key, number] : source_numbers_) {
      if (own_key.module < given_) coverage_.sources.push_back(std::move(source_drafts_[number]));
    }
    return std::move(coverage_);
  }

  const std::vector<PolicyToCover>& policies_;
  Coverage coverage_;

  std::map<Identity, std::size_t> numbers_;  // of modules: those given, in their order, then what they extend
  std::vector<std::string> files_;           // by that number
  std::size_t given_ = 0;

  // the policy at hand
  const Program* program_ = nullptr;
  const SourceMap* sources_ = nullptr;
  std::map<SourceId, std::size_t> modules_;  // the number of the module that is the text

  // what was found, by where it stands; the entries stay where they are while others are added
  std::map<Key, RuleCoverage> rules_;
  std::map<Key, ItemCoverage> items_;
  std::map<Key, ConditionCoverage> conditions_;
  std::map<Key, Citation> citations_;
  std::map<Key, ProvisionDraft> provisions_;
  std::map<Key, std::size_t> source_numbers_;
  std::vector<SourceCoverage> source_drafts_;
};

}  // namespace

std::string to_string(const FilePlace& place) { return fmt::format("{}:{}", place.file, place.line); }

Coverage measure_coverage(const std::vector<PolicyToCover>& policies) { return Measurer(policies).measure(); }

}  // namespace duly
