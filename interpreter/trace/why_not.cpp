#include "interpreter/trace/why_not.hpp"

#include <fmt/format.h>

#include <set>

#include "interpreter/report/explanation.hpp"
#include "interpreter/report/reason_points.hpp"
#include "interpreter/report/truths.hpp"
#include "interpreter/trace/words.hpp"
#include "lang/program/reads.hpp"

namespace duly::trace {
namespace {

class Asker {
 public:
  explicit Asker(const DecisionView& view)
      : view_(view), program_(view.program), truths_(view.program, view.facts, view.decision), points_(view) {}

  Point rule(RuleId id) {
    Point result = points_.rule(id);
    const RuleFinding& found = view_.decision.of(id);
    if (found.applies == Extent::every) {
      result.text = fmt::format("{} This rule applies", sentence(result.text));
      set_aside_by(id, result);
      if (result.below.empty()) result.text += ", and nothing comes before it";
      return result;
    }
    result.text = fmt::format(
        "{} This rule {}", sentence(result.text),
        found.applies == Extent::some ? "may apply, once more is known; not met so far" : "does not apply; not met");
    const NodeId condition = at(program_.rules, id).condition;
    if (truths_.of(condition) == Truth::yes) {
      places(id, result);
    } else {
      missing(condition, true, result);
    }
    return result;
  }

 private:
  void set_aside_by(RuleId id, Point& into) {
    for (const SetAside& pair : set_aside(program_, view_.decision, at(program_.rules, id).subject)) {
      if (pair.rule != id) continue;
      Point by = points_.rule(pair.by);
      by.text = fmt::format("set aside by: {}", by.text);
      into.below.push_back(std::move(by));
    }
  }

  /// Its own condition holds, but none of the rules applies in whose place it stands.
  void places(RuleId id, Point& into) {
    const Subject& subject = at(program_.subjects, at(program_.rules, id).subject);
    for (std::uint32_t i = 0; i < subject.instance_count; ++i) {
      const Instance& instance = program_.instances[subject.first_instance + i];
      if (instance.rule != id || !instance.place) continue;
      Point place = points_.rule(at(program_.instances, *instance.place).rule);
      place.text = fmt::format("it stands in the place of a rule that does not apply: {}", place.text);
      into.below.push_back(std::move(place));
    }
  }

  /// Adds the parts that would have to be otherwise for the condition to come out as `wanted`.
  void missing(NodeId id, bool wanted, Point& into) {
    const Node& node = at(program_.nodes, id);
    const Truth truth = truths_.of(id);
    if (truth == (wanted ? Truth::yes : Truth::no)) return;
    if (node.op == Op::negation) return missing(program_.children[node.a], !wanted, into);
    if (node.op != Op::all && node.op != Op::any) return leaf(id, wanted, into);
    // Where one of several parts is enough, they stand together under a heading of their own.
    const bool one_is_enough = (node.op == Op::any) == wanted && node.b > 1;
    Point choice;
    choice.text = wanted ? "one of these would be enough" : "it would be enough if one of these were not so";
    Point& under = one_is_enough ? choice : into;
    for (std::uint32_t i = 0; i < node.b; ++i) {
      const std::size_t before = under.below.size();
      missing(program_.children[node.a + i], wanted, under);
      const auto& item = program_.child_items[node.a + i];
      if (!item || under.below.size() == before) continue;
      Point& first = under.below[before];
      points_.add_cites(first, at(program_.items, *item).cites);
      if (at(program_.items, *item).labelled) first.name = at(program_.items, *item).name;
    }
    if (one_is_enough) into.below.push_back(std::move(choice));
  }

  void leaf(NodeId id, bool wanted, Point& into) {
    Point part;
    const std::string words = duly::in_words(program_, id);
    part.text = fmt::format("{}: {}", wanted ? words : fmt::format("not: {}", words),
                            truths_.of(id) == Truth::unknown ? "not known" : "not so");
    if (const auto definition = needed(id, wanted)) {
      part.name = at(program_.subjects, *definition).name;
      deeper(*definition, part);
      into.below.push_back(std::move(part));
      return;
    }
    for_each_read(program_, id, [&](const Term& term) {
      if (!term.is_subject) {
        part.below.push_back(points_.fact(term.fact()));
        return;
      }
      Point value;
      value.text = fmt::format("{}: {}", at(program_.subjects, term.subject()).title, points_.says(term.subject()));
      value.name = at(program_.subjects, term.subject()).name;
      part.below.push_back(std::move(value));
    });
    into.below.push_back(std::move(part));
  }

  /// The yes/no definition that would have to be yes for this comparison to come out as wanted; null for all else.
  std::optional<SubjectId> needed(NodeId id, bool wanted) const {
    const Node& node = at(program_.nodes, id);
    if (node.op != Op::in_range) return std::nullopt;
    const Term& term = program_.terms[node.a];
    if (!term.is_subject) return std::nullopt;
    const Subject& subject = at(program_.subjects, term.subject());
    if (subject.kind != SubjectKind::definition || subject.type.kind != TypeKind::yes_no) return std::nullopt;
    const Range& range = program_.ranges[node.b];
    const bool holds_for_yes = range.low <= 1 && range.high >= 1;
    return holds_for_yes == wanted ? std::optional(term.subject()) : std::nullopt;
  }

  /// What stands in the way of the definition's own rules.
  void deeper(SubjectId id, Point& into) {
    if (!asked_.insert(id).second) return;  // said above
    for (const RuleId rule : at(program_.subjects, id).rules) {
      const Conclusion& conclusion = at(program_.rules, rule).conclusion;
      if (!conclusion.copied && conclusion.value == 1) missing(at(program_.rules, rule).condition, true, into);
    }
  }

  const DecisionView& view_;
  const Program& program_;
  Truths truths_;
  ReasonPoints points_;
  std::set<SubjectId> asked_;
};

}  // namespace

Point why_not(const DecisionView& view, RuleId rule) { return Asker(view).rule(rule); }

std::vector<Point> why_not(const DecisionView& view, SubjectId decision, Scalar outcome) {
  Asker asker(view);
  std::vector<Point> result;
  const Subject& subject = at(view.program.subjects, decision);
  for (const RuleId rule : subject.rules) {
    const Conclusion& conclusion = at(view.program.rules, rule).conclusion;
    if (conclusion.copied || conclusion.value == outcome) result.push_back(asker.rule(rule));
  }
  Point otherwise;
  if (subject.otherwise && !subject.otherwise->copied && subject.otherwise->value == outcome) {
    otherwise.text = "This is what holds where no rule about the question applies, and here one does";
    result.push_back(std::move(otherwise));
  } else if (result.empty()) {
    otherwise.text = "No rule says this";
    result.push_back(std::move(otherwise));
  }
  return result;
}

}  // namespace duly::trace
