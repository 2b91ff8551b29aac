#include "interpreter/outcome/variables.hpp"

#include <algorithm>
#include <bit>

#include "lang/program/reads.hpp"

namespace duly {
namespace {

bool is_scaled(TypeKind kind) { return kind == TypeKind::number || kind == TypeKind::date; }

/// A range of at most this many numbers that is compared with another is cut at each of them: exact, and still small.
constexpr std::uint64_t small_range = 64;

Date day(Scalar days) { return Date{static_cast<std::int32_t>(days)}; }

/// The dates since which the time elapsed lies in the range: later dates have less behind them.
Range dates_within(Elapsed unit, Range range, Date as_at) {
  const auto first_with = [&](auto holds) {  // the first date for which it holds, or the day after the last
    Scalar low = first_date.days;
    Scalar high = Scalar{last_date.days} + 1;
    while (low < high) {
      const Scalar middle = low + (high - low) / 2;
      if (holds(elapsed(unit, day(middle), as_at)))
        high = middle;
      else
        low = middle + 1;
    }
    return low;
  };
  const Scalar from = first_with([&](Scalar passed) { return passed <= range.high; });
  const Scalar beyond = first_with([&](Scalar passed) { return passed < range.low; });
  return {from, beyond - 1};
}

}  // namespace

Variables::Variables(const Program& program, Date as_at, const Case* facts) : program_(program), as_at_(as_at) {
  const std::size_t groups = program.facts.size() + program.subjects.size();
  parent_.resize(groups);
  for (std::uint32_t i = 0; i < groups; ++i) parent_[i] = i;
  starts_.resize(groups);
  elements_.assign(groups, 0);
  join_groups();
  mention_elements();
  make_cuts(facts);
  order_facts();
}

std::uint32_t Variables::group(const Term& term) const {
  return term.is_subject ? static_cast<std::uint32_t>(program_.facts.size()) + term.index : term.index;
}

std::uint32_t Variables::root(std::uint32_t group) const {
  while (parent_[group] != group) group = parent_[group];
  return group;
}

void Variables::join(const Term& a, const Term& b) { parent_[root(group(a))] = root(group(b)); }

/// What is copied into, or compared with, something else must be told apart where that is.
void Variables::join_groups() {
  const auto copy = [&](std::uint32_t subject, const Conclusion& conclusion) {
    if (conclusion.copied) join({true, subject, Elapsed::none}, at(program_.terms, *conclusion.copied));
  };
  for (const Rule& rule : program_.rules) {
    if (!rule.replaced) copy(rule.subject.index, rule.conclusion);
  }
  for (std::uint32_t i = 0; i < program_.subjects.size(); ++i) {
    if (program_.subjects[i].otherwise) copy(i, *program_.subjects[i].otherwise);
  }
  for (const Node& node : program_.nodes) {
    if (node.op != Op::compare) continue;
    const Term& a = program_.terms[node.a];
    const Term& b = program_.terms[node.b];
    if (a.elapsed == Elapsed::none && b.elapsed == Elapsed::none) join(a, b);
    depends_on_case_ = depends_on_case_ || is_scaled(program_.type_of(a).kind);
  }
}

void Variables::mention_elements() {
  for (const Node& node : program_.nodes) {
    if (node.op != Op::includes_any && node.op != Op::includes_all) continue;
    elements_[root(group(program_.terms[node.a]))] |= program_.masks[node.b];
  }
}

void Variables::cut(const Term& term, Range range) {
  auto& starts = starts_[root(group(term))];
  if (range.low != INT64_MIN) starts.push_back(range.low);
  if (range.high != INT64_MAX) starts.push_back(range.high + 1);
}

void Variables::cut_elapsed(const Term& term, Range range) {
  const Range dates = dates_within(term.elapsed, range, as_at_);
  cut({term.is_subject, term.index, Elapsed::none}, dates);
}

void Variables::make_cuts(const Case* facts) {
  for (const Node& node : program_.nodes) {
    if (node.op != Op::in_range) continue;
    const Term& term = program_.terms[node.a];
    const Range& range = program_.ranges[node.b];
    if (range.low > range.high) continue;
    if (term.elapsed != Elapsed::none)
      cut_elapsed(term, range);
    else if (is_scaled(program_.type_of(term).kind))
      cut(term, range);
  }
  const auto literal = [&](std::uint32_t subject, const Conclusion& conclusion) {
    if (conclusion.copied || !is_scaled(program_.subjects[subject].type.kind)) return;
    cut({true, subject, Elapsed::none}, {conclusion.value, conclusion.value});
  };
  for (const Rule& rule : program_.rules) {
    if (!rule.replaced) literal(rule.subject.index, rule.conclusion);
  }
  for (std::uint32_t i = 0; i < program_.subjects.size(); ++i) {
    if (program_.subjects[i].otherwise) literal(i, *program_.subjects[i].otherwise);
  }
  if (depends_on_case_) cut_compared(facts);
  for (auto& starts : starts_) {
    std::sort(starts.begin(), starts.end());
    starts.erase(std::unique(starts.begin(), starts.end()), starts.end());
  }
}

/// Where two values are compared: what is known of either is a cut of the other, through years, months or days too.
void Variables::cut_compared(const Case* facts) {
  const auto elapsed_cuts = [&](const Term& dates, const std::vector<Scalar>& numbers) {
    for (const Scalar number : numbers) cut_elapsed(dates, {number, number});
  };
  for (const Node& node : program_.nodes) {
    if (node.op != Op::compare) continue;
    for (const std::uint32_t index : {node.a, node.b}) {
      const Term& term = program_.terms[index];
      if (term.elapsed != Elapsed::none) continue;
      for (std::uint32_t i = 0; i < program_.facts.size(); ++i) {
        const Fact& fact = program_.facts[i];
        if (!is_scaled(fact.type.kind) || root(i) != root(group(term))) continue;
        if (facts && facts->known(FactId{i})) {
          cut(term, {facts->value(FactId{i}), facts->value(FactId{i})});
        } else if (static_cast<std::uint64_t>(fact.type.high) - static_cast<std::uint64_t>(fact.type.low) <
                   small_range) {
          for (Scalar value = fact.type.low; value <= fact.type.high; ++value) cut(term, {value, value});
        }
      }
    }
  }
  for (const Node& node : program_.nodes) {
    if (node.op != Op::compare) continue;
    for (const auto& [dates, other] : {std::pair{node.a, node.b}, std::pair{node.b, node.a}}) {
      const Term& since = program_.terms[dates];
      if (since.elapsed == Elapsed::none) continue;
      const Term& against = program_.terms[other];
      elapsed_cuts(since, std::vector<Scalar>(starts_[root(group(against))]));
      if (!facts) continue;
      for (std::uint32_t i = 0; i < program_.facts.size();
           ++i) {  // a known date is a cut of the number it is compared with
        if (root(i) != root(group({since.is_subject, since.index, Elapsed::none})) || !facts->known(FactId{i}))
          continue;
        const Scalar passed = elapsed(since.elapsed, day(facts->value(FactId{i})), as_at_);
        cut({against.is_subject, against.index, Elapsed::none}, {passed, passed});
      }
    }
  }
}

void Variables::order_facts() {
  first_.assign(program_.facts.size(), 0);
  count_.assign(program_.facts.size(), 0);
  fact_starts_.resize(program_.facts.size());
  std::vector<bool> seen(program_.facts.size(), false);
  const auto add = [&](FactId fact) {
    if (seen[fact.index]) return;
    seen[fact.index] = true;
    const Type& type = at(program_.facts, fact).type;
    first_[fact.index] = static_cast<std::uint32_t>(variables_.size());
    Variable variable;
    variable.fact = fact;
    switch (type.kind) {
      case TypeKind::yes_no: variables_.push_back(variable); break;
      case TypeKind::choice:
        variable.arity = static_cast<std::uint32_t>(at(program_.choices, type.choice).values.size());
        variables_.push_back(variable);
        break;
      case TypeKind::number:
      case TypeKind::date: {
        auto& starts = fact_starts_[fact.index];
        starts.push_back(type.low);
        for (const Scalar start : starts_[root(fact.index)]) {
          if (start > type.low && start <= type.high) starts.push_back(start);
        }
        variable.arity = static_cast<std::uint32_t>(starts.size());
        variables_.push_back(variable);
        break;
      }
      case TypeKind::set: {
        const std::uint64_t mentioned = elements_[root(fact.index)];
        variable.kind = Variable::Kind::element;
        for (std::uint32_t i = 0; i < 64; ++i) {
          variable.element = i;
          if ((mentioned >> i) & 1) variables_.push_back(variable);
        }
        variable.kind = Variable::Kind::rest;
        const auto elements = at(program_.choices, type.choice).values.size();
        if (static_cast<std::size_t>(std::popcount(mentioned)) < elements) variables_.push_back(variable);
        break;
      }
      case TypeKind::text: break;
    }
    count_[fact.index] = static_cast<std::uint32_t>(variables_.size()) - first_[fact.index];
  };
  const auto add_all = [&](SubjectId subject) {
    for (const FactId fact : asking_order(program_, subject)) add(fact);
  };
  if (program_.default_decision) add_all(*program_.default_decision);
  for (std::uint32_t i = 0; i < program_.subjects.size(); ++i) {
    if (program_.subjects[i].kind == SubjectKind::decision) add_all(SubjectId{i});
  }
  for (const SubjectId subject : program_.evaluation_order) add_all(subject);
  for (std::uint32_t i = 0; i < program_.facts.size(); ++i) add(FactId{i});
}

std::vector<Range> Variables::regions(const Term& term) const {
  const Type type = term.is_subject ? at(program_.subjects, term.subject()).type : at(program_.facts, term.fact()).type;
  std::vector<Range> regions;
  Scalar low = type.low;
  for (const Scalar start : starts_[root(group(term))]) {
    if (start <= type.low || start > type.high) continue;
    regions.push_back({low, start - 1});
    low = start;
  }
  regions.push_back({low, type.high});
  return regions;
}

std::uint32_t Variables::region_of(FactId fact, Scalar value) const {
  const auto& starts = fact_starts_[fact.index];
  const auto after = std::upper_bound(starts.begin(), starts.end(), value);
  return after == starts.begin() ? 0 : static_cast<std::uint32_t>(after - starts.begin()) - 1;
}

std::uint64_t Variables::mentioned(const Term& term) const { return elements_[root(group(term))]; }

std::uint32_t Variables::value_in(const Variable& variable, const Case& facts) const {
  const Scalar value = facts.value(variable.fact);
  const auto bits = static_cast<std::uint64_t>(value);
  switch (variable.kind) {
    case Variable::Kind::element: return static_cast<std::uint32_t>((bits >> variable.element) & 1);
    case Variable::Kind::rest: return (bits & ~elements_[root(variable.fact.index)]) != 0 ? 1 : 0;
    case Variable::Kind::fact: break;
  }
  const TypeKind kind = at(program_.facts, variable.fact).type.kind;
  if (is_scaled(kind)) return region_of(variable.fact, value);
  return static_cast<std::uint32_t>(value);
}

}  // namespace duly
