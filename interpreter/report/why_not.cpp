#include "interpreter/report/why_not.hpp"

#include <algorithm>

#include "interpreter/report/condition_parts.hpp"
#include "interpreter/report/values_json.hpp"
#include "lang/program/reads.hpp"

namespace duly {
namespace {

// Definitions nest; nobody reads further down than this.
constexpr int max_depth = 6;

/// Takes the conditions of one case apart.
class Parts {
 public:
  Parts(const DecisionView& view, const Walk& walk) : program_(view.program), view_(view), walk_(walk) {}

  std::vector<WhyNotPart> of_rule(RuleId id) {
    const Rule& rule = at(program_.rules, id);
    std::vector<WhyNotPart> parts;
    for (const ConditionPart& part : condition_parts(program_, walk_, rule.condition)) parts.push_back(explain(part));
    for (WhyNotPart& part : of_places(id)) parts.push_back(std::move(part));
    if (rule.conclusion.copied) {
      const Term& term = at(program_.terms, *rule.conclusion.copied);
      WhyNotPart copied;
      copied.text = "It says the same as: " + name_and_title(term).second;
      copied.name = name_and_title(term).first;
      copied.here = value(term);
      copied.reads = {term};
      add_below(term, copied);
      parts.push_back(std::move(copied));
    }
    return parts;
  }

 private:
  /// A rule with `instead of` applies only where one of those in whose place it stands applies.
  std::vector<WhyNotPart> of_places(RuleId id) {
    std::vector<WhyNotPart> parts;
    const Subject& subject = at(program_.subjects, at(program_.rules, id).subject);
    for (std::uint32_t i = 0; i < subject.instance_count; ++i) {
      const Instance& instance = program_.instances[subject.first_instance + i];
      if (instance.rule != id || !instance.place) continue;
      const RuleId place = at(program_.instances, *instance.place).rule;
      const Rule& in_place_of = at(program_.rules, place);
      WhyNotPart part;
      part.text = "It stands in the place of a rule that has to apply: " + in_place_of.title;
      part.name = in_place_of.full_name;
      part.truth = walk_.applies(place);
      part.here = *part.truth == Truth::yes ? "it applies" : *part.truth == Truth::no ? "it does not" : "not known yet";
      part.cites = in_place_of.cites;
      part.span = in_place_of.span;
      parts.push_back(std::move(part));
    }
    // One place is enough.
    const bool any = std::any_of(parts.begin(), parts.end(), [](const auto& part) { return part.truth == Truth::yes; });
    if (any) std::erase_if(parts, [](const WhyNotPart& part) { return part.truth != Truth::yes; });
    return parts;
  }

  WhyNotPart explain(const ConditionPart& part) {
    WhyNotPart result;
    result.truth = part.truth;
    result.text = in_words(program_, part.node);
    result.span = program_.node_spans[part.node.index];
    result.reads = terms_read(program_, part.node);
    if (part.item) {
      const Item& item = at(program_.items, *part.item);
      result.text = item.title;
      result.name = item.name;
      result.cites = item.cites;
      result.span = item.span;
    }
    const bool has_alternatives = at(program_.nodes, part.node).op == Op::any;
    if (result.cites.empty() && result.reads.size() == 1) result.cites = cites(result.reads.front());
    if (has_alternatives) {
      if (part.truth == Truth::yes) return result;
      if (!part.item) result.text = "One of these holds";
      for (const ConditionPart& each : alternatives(program_, walk_, part.node)) result.below.push_back(explain(each));
      return result;
    }
    result.here = here(result.reads, result.name);
    if (++depth_ <= max_depth && part.truth != Truth::yes) {
      for (const Term& term : result.reads) add_below(term, result);
    }
    --depth_;
    return result;
  }

  /// What the case has for what a part reads. Of one thing the value alone, since the part has named it.
  std::string here(const std::vector<Term>& reads, std::string& name) {
    if (reads.size() == 1) {
      if (name.empty()) name = name_and_title(reads.front()).first;
      return value(reads.front());
    }
    std::string text;
    for (const Term& term : reads) {
      text += (text.empty() ? "" : "; ") + name_and_title(term).second + ": " + value(term);
    }
    return text;
  }

  /// Why a definition came to what it did: the rules that decided it, or, where none did, what kept each from applying.
  void add_below(const Term& term, WhyNotPart& into) {
    if (!term.is_subject || depth_ > max_depth) return;
    const SubjectId id = term.subject();
    for (const RuleId rule : at(program_.subjects, id).rules) {
      if (view_.decision.of(rule).left != Extent::every) continue;
      const Rule& decided = at(program_.rules, rule);
      if (decided.kind == RuleKind::means) return add_parts(rule, into);
      WhyNotPart part;
      part.text = decided.title;
      part.name = decided.full_name;
      part.cites = decided.cites;
      part.span = decided.span;
      add_parts(rule, part);
      into.below.push_back(std::move(part));
    }
    if (!into.below.empty()) return;
    for (const RuleId rule : at(program_.subjects, id).rules) add_parts(rule, into);
  }

  void add_parts(RuleId id, WhyNotPart& into) {
    ++depth_;
    for (const ConditionPart& part : condition_parts(program_, walk_, at(program_.rules, id).condition)) {
      WhyNotPart next = explain(part);
      if (next.text == "One of these holds" && part.truth != Truth::yes) {
        for (WhyNotPart& each : next.below) into.below.push_back(std::move(each));
      } else {
        into.below.push_back(std::move(next));
      }
    }
    --depth_;
  }

  std::pair<std::string, std::string> name_and_title(const Term& term) const {
    if (term.is_subject) {
      const Subject& subject = at(program_.subjects, term.subject());
      return {subject.name, subject.title};
    }
    const Fact& fact = at(program_.facts, term.fact());
    return {fact.name, fact.title};
  }

  const std::vector<ProvisionId>& cites(const Term& term) const {
    return term.is_subject ? at(program_.subjects, term.subject()).cites : at(program_.facts, term.fact()).cites;
  }

  std::string value(const Term& term) const {
    if (!term.is_subject) {
      if (!view_.facts.known(term.fact())) return "not known";
      const Type& type = at(program_.facts, term.fact()).type;
      return type.kind == TypeKind::text ? view_.facts.text(term.fact())
                                         : say_value(program_, type, view_.facts.value(term.fact()));
    }
    const Subject& subject = at(program_.subjects, term.subject());
    const Finding& finding = view_.decision.of(term.subject());
    switch (finding.status) {
      case Status::undecided: return "not known yet";
      case Status::conflict: return "the rules disagree";
      case Status::gap: return "no rule says";
      case Status::unsafe: return "a safeguard is broken";
      case Status::decided: break;
    }
    if (subject.kind == SubjectKind::action) return std::string(to_string(finding.duty()));
    if (finding.copies_text) return std::string(copied_text(program_, view_.facts, finding.value));
    return say_value(program_, subject.type, finding.value);
  }

  const Program& program_;
  const DecisionView& view_;
  const Walk& walk_;
  int depth_ = 0;
};

/// The rules that prevail over this one in this case, the surest first.
std::vector<RuleId> set_aside_by(const DecisionView& view, RuleId id) {
  std::vector<RuleId> result;
  const Subject& subject = at(view.program.subjects, at(view.program.rules, id).subject);
  for (const Extent extent : {Extent::every, Extent::some}) {
    for (std::uint32_t i = 0; i < subject.instance_count; ++i) {
      const std::uint32_t index = subject.first_instance + i;
      const RuleId winner = view.program.instances[index].rule;
      if (winner == id || view.decision.of(winner).applies != extent) continue;
      if (std::find(result.begin(), result.end(), winner) != result.end()) continue;
      const auto& losers = view.program.prevails_over[index];
      const auto is_this = [&](InstanceId loser) { return at(view.program.instances, loser).rule == id; };
      if (std::any_of(losers.begin(), losers.end(), is_this)) result.push_back(winner);
    }
    if (!result.empty()) break;
  }
  return result;
}

}  // namespace

std::vector<WhyNotPart> explained_parts(const DecisionView& view, const Walk& walk, RuleId rule) {
  return Parts(view, walk).of_rule(rule);
}

WhyNot why_not(const DecisionView& view, const WhyNotTarget& target) {
  WhyNot result;
  result.target = target;
  const Program& program = view.program;
  const Subject& subject = at(program.subjects, target.subject);
  Walk walk(program);
  walk.run(view.facts);

  std::vector<RuleId> rules;
  if (target.rule) {
    rules.push_back(*target.rule);
    result.is_so = view.decision.of(*target.rule).left == Extent::every;
  } else {
    const Finding& finding = view.decision.of(target.subject);
    result.is_so = finding.status == Status::decided && finding.value == target.value;
    const auto& otherwise = subject.otherwise;
    result.holds_otherwise = otherwise && !otherwise->copied && otherwise->value == target.value;
    for (const RuleId id : subject.rules) {
      const Conclusion& conclusion = at(program.rules, id).conclusion;
      if (conclusion.copied || conclusion.value == target.value) rules.push_back(id);
    }
  }
  for (const RuleId id : rules) {
    WhyNotRule rule{id, explained_parts(view, walk, id), {}};
    const RuleFinding& finding = view.decision.of(id);
    if (finding.applies != Extent::none && finding.left != Extent::every) rule.set_aside_by = set_aside_by(view, id);
    result.rules.push_back(std::move(rule));
  }
  for (const RuleId id : subject.rules) {
    if (view.decision.of(id).left != Extent::every) continue;
    if (std::find(rules.begin(), rules.end(), id) == rules.end()) result.instead.push_back(id);
  }
  NearestCases nearest(program, view.facts);
  result.nearest = target.rule ? nearest.to_rule(*target.rule) : nearest.to_value(target.subject, target.value);
  return result;
}

}  // namespace duly
