#include "lang/program/reads.hpp"

#include <algorithm>
#include <cstddef>
#include <variant>

#include "lang/base/match.hpp"

namespace duly {
namespace {

/// A walk in the order of asking. Nodes are shared between the answers of a procedure, so each is walked once. What is
/// still to be walked waits on a stack of its own, for definitions may form long chains.
class Reader {
 public:
  explicit Reader(const Program& program)
      : program_(program), node_seen_(program.nodes.size(), false), subject_seen_(program.subjects.size(), false) {}

  bool deep = false;  // on through definitions, down to facts
  std::function<void(const Term&)> visit;

  void condition(NodeId id) { walk(id); }
  void subject(SubjectId id) { walk(id); }

 private:
  using Place = std::variant<NodeId, Term, SubjectId>;

  void walk(Place start) {
    waiting_.push_back(start);
    while (!waiting_.empty()) {
      const Place next = waiting_.back();
      waiting_.pop_back();
      const std::size_t before = waiting_.size();
      match(next, [this](const auto& place) { enter(place); });
      std::reverse(waiting_.begin() + static_cast<std::ptrdiff_t>(before), waiting_.end());  // the first on top
    }
  }

  void enter(NodeId id) {
    if (node_seen_[id.index]) return;
    node_seen_[id.index] = true;
    const Node& node = at(program_.nodes, id);
    switch (node.op) {
      case Op::constant:
      case Op::day_in: return;
      case Op::negation: waiting_.push_back(program_.children[node.a]); return;
      case Op::all:
      case Op::any:
        for (std::uint32_t i = 0; i < node.b; ++i) waiting_.push_back(program_.children[node.a + i]);
        return;
      case Op::compare:
        waiting_.push_back(program_.terms[node.a]);
        waiting_.push_back(program_.terms[node.b]);
        return;
      case Op::in_range:
      case Op::in_mask:
      case Op::includes_any:
      case Op::includes_all:
      case Op::is_empty: waiting_.push_back(program_.terms[node.a]); return;
      case Op::duty_is: waiting_.push_back(Term{true, node.a, Elapsed::none}); return;
    }
  }

  void enter(SubjectId id) {
    if (subject_seen_[id.index]) return;
    subject_seen_[id.index] = true;
    const Subject& subject = at(program_.subjects, id);
    for (const RuleId rule_id : subject.rules) {
      const Rule& rule = at(program_.rules, rule_id);
      waiting_.push_back(rule.condition);
      if (rule.conclusion.copied) waiting_.push_back(at(program_.terms, *rule.conclusion.copied));
    }
    if (subject.otherwise && subject.otherwise->copied)
      waiting_.push_back(at(program_.terms, *subject.otherwise->copied));
  }

  void enter(const Term& term) {
    visit(term);
    if (deep && term.is_subject) waiting_.push_back(term.subject());
  }

  const Program& program_;
  std::vector<bool> node_seen_;
  std::vector<bool> subject_seen_;
  std::vector<Place> waiting_;
};

template <class Start>
std::vector<SubjectId> direct_subjects(const Program& program, Start start) {
  std::vector<SubjectId> subjects;
  Reader reader(program);
  reader.visit = [&](const Term& term) {
    if (!term.is_subject) return;
    if (std::find(subjects.begin(), subjects.end(), term.subject()) == subjects.end())
      subjects.push_back(term.subject());
  };
  if constexpr (std::is_same_v<Start, NodeId>)
    reader.condition(start);
  else
    reader.subject(start);
  return subjects;
}

template <class Start>
std::vector<FactId> deep_facts(const Program& program, Start start) {
  std::vector<FactId> facts;
  std::vector<bool> seen(program.facts.size(), false);
  Reader reader(program);
  reader.deep = true;
  reader.visit = [&](const Term& term) {
    if (term.is_subject || seen[term.index]) return;
    seen[term.index] = true;
    facts.push_back(term.fact());
  };
  if constexpr (std::is_same_v<Start, NodeId>)
    reader.condition(start);
  else
    reader.subject(start);
  return facts;
}

std::string term_in_words(const Program& program, const Term& term) {
  const std::string& title =
      term.is_subject ? at(program.subjects, term.subject()).title : at(program.facts, term.fact()).title;
  switch (term.elapsed) {
    case Elapsed::none: return title;
    case Elapsed::years: return "years since: " + title;
    case Elapsed::months: return "months since: " + title;
    case Elapsed::days: return "days since: " + title;
  }
  return title;
}

std::string elements_in_words(const Program& program, const Type& type, std::uint64_t mask) {
  std::string list;
  const auto& values = at(program.choices, type.choice).values;
  for (std::size_t i = 0; i < values.size() && i < 64; ++i) {
    if ((mask >> i) & 1) list += (list.empty() ? "" : ", ") + values[i].title;
  }
  return list;
}

std::string range_in_words(const Program& program, const Term& term, const Range& range) {
  Type type = program.type_of(term);
  if (term.elapsed != Elapsed::none) type = {TypeKind::number, {}, "", INT64_MIN, INT64_MAX};
  const std::string subject = term_in_words(program, term);
  if (type.kind == TypeKind::yes_no) return range.low == 1 ? subject : "not: " + subject;
  const auto say = [&](Scalar value) { return program.say(type, value); };
  if (range.low == range.high) return subject + ": " + say(range.low);
  if (range.low == INT64_MIN) return subject + ": at most " + say(range.high);
  if (range.high == INT64_MAX) return subject + ": at least " + say(range.low);
  return subject + ": from " + say(range.low) + " to " + say(range.high);
}

}  // namespace

void for_each_read(const Program& program, NodeId condition, const std::function<void(const Term&)>& visit) {
  Reader reader(program);
  reader.visit = visit;
  reader.condition(condition);
}

std::vector<SubjectId> subjects_read(const Program& program, NodeId condition) {
  return direct_subjects(program, condition);
}
std::vector<SubjectId> subjects_read(const Program& program, SubjectId subject) {
  return direct_subjects(program, subject);
}
std::vector<FactId> asking_order(const Program& program, SubjectId subject) { return deep_facts(program, subject); }
std::vector<FactId> asking_order(const Program& program, NodeId condition) { return deep_facts(program, condition); }

std::string in_words(const Program& program, NodeId condition) {
  const Node& node = at(program.nodes, condition);
  const auto group = [&](std::string_view joint) {
    std::string text;
    for (std::uint32_t i = 0; i < node.b; ++i) {
      const NodeId child = program.children[node.a + i];
      const Op op = at(program.nodes, child).op;
      const bool nested = op == Op::all || op == Op::any;
      std::string part = in_words(program, child);
      if (i) text += joint;
      text += nested ? "(" + part + ")" : part;
    }
    return text;
  };
  switch (node.op) {
    case Op::constant: return node.a ? "always" : "never";
    case Op::all: return group("; and ");
    case Op::any: return group("; or ");
    case Op::negation: {
      const NodeId child = program.children[node.a];
      const Op op = at(program.nodes, child).op;
      const bool nested = op == Op::all || op == Op::any;
      return nested ? "not (" + in_words(program, child) + ")" : "not: " + in_words(program, child);
    }
    case Op::in_range: return range_in_words(program, program.terms[node.a], program.ranges[node.b]);
    case Op::in_mask: {
      const Term& term = program.terms[node.a];
      return term_in_words(program, term) + ": one of " +
             elements_in_words(program, program.type_of(term), program.masks[node.b]);
    }
    case Op::compare: {
      const std::string_view relation = node.relation == Relation::equal        ? " is the same as "
                                        : node.relation == Relation::not_equal  ? " is not the same as "
                                        : node.relation == Relation::less       ? " is under "
                                        : node.relation == Relation::less_equal ? " is at most "
                                        : node.relation == Relation::greater    ? " is over "
                                                                                : " is at least ";
      return term_in_words(program, program.terms[node.a]) + std::string(relation) +
             term_in_words(program, program.terms[node.b]);
    }
    case Op::includes_any:
    case Op::includes_all: {
      const Term& term = program.terms[node.a];
      const std::string_view how = node.op == Op::includes_any ? " includes any of: " : " includes: ";
      return term_in_words(program, term) + std::string(how) +
             elements_in_words(program, program.type_of(term), program.masks[node.b]);
    }
    case Op::is_empty: return term_in_words(program, program.terms[node.a]) + ": none";
    case Op::duty_is: {
      const Subject& action = program.subjects[node.a];
      return std::string(to_string(static_cast<Duty>(node.b))) + ": " + action.title;
    }
    case Op::day_in: {
      const Range& range = program.ranges[node.b];
      const auto day = [](Scalar days) { return to_string(Date{static_cast<std::int32_t>(days)}); };
      if (range.high == INT64_MAX) return "the day of the decision: from " + day(range.low);
      return "the day of the decision: from " + day(range.low) + " until " + day(range.high);
    }
  }
  return {};
}

}  // namespace duly
