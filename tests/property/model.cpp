#include "tests/property/model.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>

namespace model {
namespace {

int below(Random& random, int bound) { return static_cast<int>(random() % static_cast<std::uint32_t>(bound)); }
bool chance(Random& random, int percent) { return below(random, 100) < percent; }

constexpr std::array outcome_names = {"go", "wait", "stop"};
constexpr std::array kind_names = {"red", "green", "blue"};
constexpr std::array duty_names = {"none", "may", "should", "must", "should not", "must not"};

// ---- making one ----

Condition condition(Random& random, const std::vector<Value>& values, int readable, int depth) {
  Condition result;
  const int pick = below(random, depth > 0 ? 10 : 6);
  if (pick < 4 || (pick < 6 && readable == 0)) {
    result.subject = below(random, static_cast<int>(fact_count));
    result.kind = result.subject == 4 && chance(random, 60) ? Condition::Kind::fact_under : Condition::Kind::fact_is;
    result.value = below(random, fact_sizes[static_cast<std::size_t>(result.subject)]);
    if (result.kind == Condition::Kind::fact_under) result.value = 1 + below(random, 5);
    return result;
  }
  if (pick < 6) {
    result.kind = Condition::Kind::value_is;
    result.subject = below(random, readable);
    result.value = below(random, values[static_cast<std::size_t>(result.subject)].size);
    return result;
  }
  constexpr std::array kinds = {Condition::Kind::both, Condition::Kind::either, Condition::Kind::no,
                                Condition::Kind::any_of};
  result.kind = kinds[static_cast<std::size_t>(pick - 6)];
  const int parts = result.kind == Condition::Kind::no ? 1 : 2;
  for (int i = 0; i < parts; ++i) result.parts.push_back(condition(random, values, readable, depth - 1));
  return result;
}

// ---- writing it down ----

std::string text_of(const Policy& policy, const Condition& condition) {
  const auto part = [&](std::size_t i) { return text_of(policy, condition.parts[i]); };
  switch (condition.kind) {
    case Condition::Kind::fact_is: {
      const auto name = fact_names[static_cast<std::size_t>(condition.subject)];
      if (condition.subject < 3) return fmt::format("{}{}", condition.value ? "" : "not ", name);
      if (condition.subject == 3)
        return fmt::format("{} is {}", name, kind_names[static_cast<std::size_t>(condition.value)]);
      return fmt::format("{} is {}", name, condition.value);
    }
    case Condition::Kind::fact_under: return fmt::format("count is under {}", condition.value);
    case Condition::Kind::value_is: {
      const Value& value = policy.values[static_cast<std::size_t>(condition.subject)];
      const auto index = static_cast<std::size_t>(condition.value);
      if (value.kind == Value::Kind::definition) return fmt::format("{} is {}", value.name, index ? "yes" : "no");
      if (value.kind == Value::Kind::decision) return fmt::format("{} is {}", value.name, outcome_names[index]);
      if (index == 0) {
        std::string none;
        for (std::size_t i = 1; i < duty_names.size(); ++i)
          none += fmt::format("{}{} {}", i > 1 ? " or " : "", duty_names[i], value.name);
        return fmt::format("not ({})", none);
      }
      return fmt::format("{} {}", duty_names[index], value.name);
    }
    case Condition::Kind::both: return fmt::format("({} and {})", part(0), part(1));
    case Condition::Kind::either: return fmt::format("({} or {})", part(0), part(1));
    case Condition::Kind::no: return fmt::format("not ({})", part(0));
    case Condition::Kind::any_of: return fmt::format("(any of\n    - first: {}\n    - {})", part(0), part(1));
  }
  return {};
}

std::string text_of(const Policy& policy, const Rule& rule) {
  const Value& value = policy.values[static_cast<std::size_t>(rule.about)];
  const auto index = static_cast<std::size_t>(rule.concludes);
  std::string text = fmt::format("rule {} \"Rule {}\"\n", rule.name, rule.name);
  if (value.kind == Value::Kind::definition) text += fmt::format("  {} is {}\n", value.name, index ? "yes" : "no");
  if (value.kind == Value::Kind::decision) text += fmt::format("  {} is {}\n", value.name, outcome_names[index]);
  if (value.kind == Value::Kind::action) text += fmt::format("  {} {}\n", duty_names[index], value.name);
  if (rule.when) text += fmt::format("  when {}\n", text_of(policy, *rule.when));
  const auto labels = [&](std::string_view clause, std::vector<std::string> names) {
    if (names.empty()) return;
    text += fmt::format("  {} {}\n", clause, fmt::join(names, ", "));
  };
  std::vector<std::string> despite, instead_of;
  if (rule.despite_all) despite.push_back("all");
  for (const int other : rule.despite) despite.push_back(policy.rules[static_cast<std::size_t>(other)].name);
  for (const int other : rule.instead_of) instead_of.push_back(policy.rules[static_cast<std::size_t>(other)].name);
  labels("despite", despite);
  labels("instead of", instead_of);
  if (rule.is_protected) text += "  protected\n";
  return text;
}

// ---- what comes before what ----

/// A rule in one place: those in whose place it stands, from itself downwards.
struct Instance {
  int rule = 0;
  int place = -1;  // another instance
};

class Precedence {
 public:
  Precedence(const Policy& policy, int about) : policy_(policy) {
    for (std::size_t i = 0; i < policy.rules.size(); ++i) {
      if (policy.rules[i].about == about) add(static_cast<int>(i));
    }
    const std::size_t count = instances.size();
    over.assign(count, std::vector<bool>(count, false));
    strong_ = over;
    name_rivals();
    inherit(nullptr);
    protect();
    sweep();
    close();
  }

  std::vector<Instance> instances;
  std::vector<std::vector<bool>> over;  // over[i][j]: i prevails over j
  bool circular = false;

 private:
  const Rule& rule(std::size_t i) const { return policy_.rules[static_cast<std::size_t>(instances[i].rule)]; }

  std::vector<int> add(int index) {
    if (const auto done = places_.find(index); done != places_.end()) return done->second;
    std::vector<int> made;
    const Rule& rule = policy_.rules[static_cast<std::size_t>(index)];
    if (rule.instead_of.empty()) {
      made.push_back(static_cast<int>(instances.size()));
      instances.push_back({index, -1});
    }
    for (const int other : rule.instead_of) {
      for (const int place : add(other)) {
        made.push_back(static_cast<int>(instances.size()));
        instances.push_back({index, place});
      }
    }
    return places_[index] = made;
  }

  void name_rivals() {
    for (std::size_t i = 0; i < instances.size(); ++i) {
      if (instances[i].place >= 0) over[i][static_cast<std::size_t>(instances[i].place)] = true;
      for (std::size_t j = 0; j < instances.size(); ++j) {
        for (const int other : rule(i).despite) {
          if (instances[j].rule == other) strong_[i][j] = over[i][j] = true;
        }
      }
    }
  }

  /// What prevails over a place by despite or by being protected prevails over what stands in it.
  void inherit(const std::vector<std::vector<bool>>* exempt) {
    for (bool changed = true; changed;) {
      changed = false;
      for (std::size_t i = 0; i < instances.size(); ++i) {
        if (instances[i].place < 0) continue;
        for (std::size_t winner = 0; winner < instances.size(); ++winner) {
          if (!strong_[winner][static_cast<std::size_t>(instances[i].place)] || strong_[winner][i]) continue;
          if (stands_in(instances[winner].rule, instances[i].place) || (exempt && (*exempt)[i][winner])) continue;
          strong_[winner][i] = over[winner][i] = changed = true;
        }
      }
    }
  }

  /// Those in one place are equals.
  bool stands_in(int rule, int place) const {
    return std::any_of(instances.begin(), instances.end(),
                       [&](const Instance& other) { return other.rule == rule && other.place == place; });
  }

  void close() {
    const std::size_t count = instances.size();
    for (std::size_t k = 0; k < count; ++k) {
      for (std::size_t i = 0; i < count; ++i) {
        for (std::size_t j = 0; j < count; ++j) over[i][j] = over[i][j] || (over[i][k] && over[k][j]);
      }
    }
    for (std::size_t i = 0; i < count; ++i) circular = circular || over[i][i];
  }

  /// Of two protected rules the more basic module's comes first, and so does all that prevails over it; then each of
  /// them over the plain rules of other modules that do not prevail over it by then.
  void protect() {
    for (const bool plain : {false, true}) {
      close();
      const auto before = over;
      for (std::size_t i = 0; i < instances.size(); ++i) {
        for (std::size_t j = 0; j < instances.size(); ++j) {
          if (!rule(i).is_protected || rule(i).module == rule(j).module || before[j][i]) continue;
          if (rule(j).is_protected == plain || (!plain && rule(j).module < rule(i).module)) continue;
          strong_[i][j] = over[i][j] = true;
        }
      }
      inherit(&before);
    }
    close();
  }

  void sweep() {
    const std::size_t count = instances.size();
    for (std::size_t i = 0; i < count; ++i) {  // the more basic module's comes first
      for (std::size_t j = 0; j < count; ++j) {
        if (rule(i).despite_all && rule(j).despite_all && rule(i).module < rule(j).module && !over[j][i])
          over[i][j] = true;
      }
    }
    close();
    const auto before = over;
    for (std::size_t i = 0; i < count; ++i) {
      if (!rule(i).despite_all) continue;
      for (std::size_t j = 0; j < count; ++j) {
        bool exempt = instances[i].rule == instances[j].rule || before[j][i];
        for (std::size_t guard = 0; guard < count; ++guard) {
          if (!rule(guard).is_protected || rule(guard).module == rule(i).module) continue;
          exempt = exempt || guard == j || before[j][guard];
        }
        if (rule(j).despite_all) {
          if (!exempt && !before[i][j] && rule(i).module == rule(j).module) circular = true;  // neither names the other
          continue;
        }
        if (!exempt) over[i][j] = true;
      }
    }
  }

  const Policy& policy_;
  std::map<int, std::vector<int>> places_;
  std::vector<std::vector<bool>> strong_;
};

// ---- what it means ----

struct Evaluation {
  const Policy& policy;
  const Full& facts;
  std::vector<Result> results;

  bool holds(const Condition& condition) const {
    switch (condition.kind) {
      case Condition::Kind::fact_is: return facts[static_cast<std::size_t>(condition.subject)] == condition.value;
      case Condition::Kind::fact_under: return facts[4] < condition.value;
      case Condition::Kind::value_is:
        return results[static_cast<std::size_t>(condition.subject)].value == condition.value;
      case Condition::Kind::both: return holds(condition.parts[0]) && holds(condition.parts[1]);
      case Condition::Kind::either:
      case Condition::Kind::any_of: return holds(condition.parts[0]) || holds(condition.parts[1]);
      case Condition::Kind::no: return !holds(condition.parts[0]);
    }
    return false;
  }

  void reads(const Condition& condition, std::vector<int>& values) const {
    if (condition.kind == Condition::Kind::value_is &&
        std::find(values.begin(), values.end(), condition.subject) == values.end()) {
      values.push_back(condition.subject);
    }
    for (const Condition& part : condition.parts) reads(part, values);
  }

  Result resolve(int about, const Precedence& precedence) const {
    const Value& value = policy.values[static_cast<std::size_t>(about)];
    const std::size_t count = precedence.instances.size();
    std::vector<bool> applies(count);
    for (std::size_t i = 0; i < count; ++i) {
      const Rule& rule = policy.rules[static_cast<std::size_t>(precedence.instances[i].rule)];
      applies[i] = !rule.when || holds(*rule.when);
      if (precedence.instances[i].place >= 0)
        applies[i] = applies[i] && applies[static_cast<std::size_t>(precedence.instances[i].place)];
    }
    std::vector<int> left;
    for (std::size_t i = 0; i < count; ++i) {
      bool aside = !applies[i];
      for (std::size_t j = 0; j < count; ++j) aside = aside || (applies[j] && precedence.over[j][i]);
      if (!aside) left.push_back(policy.rules[static_cast<std::size_t>(precedence.instances[i].rule)].concludes);
    }
    if (value.kind == Value::Kind::action) {
      int towards = 0, against = 0;
      for (const int duty : left) (duty <= 3 ? towards : against) = std::max(duty, duty <= 3 ? towards : against);
      if (towards && against) return {Result::State::conflict, 0};
      return {Result::State::value, std::max(towards, against)};
    }
    if (left.empty())
      return value.otherwise ? Result{Result::State::value, *value.otherwise} : Result{Result::State::gap, 0};
    for (const int other : left) {
      if (other != left.front()) return {Result::State::conflict, 0};
    }
    return {Result::State::value, left.front()};
  }

  /// A definition in conflict or with a gap is an unknown: where it matters, this is in conflict or has a gap as well.
  Result settle(int about, const Precedence& precedence) {
    std::vector<int> read, unsettled;
    for (const Rule& rule : policy.rules) {
      if (rule.about == about && rule.when) reads(*rule.when, read);
    }
    for (const int other : read) {
      if (results[static_cast<std::size_t>(other)].state != Result::State::value) unsettled.push_back(other);
    }
    const auto before = results;
    std::vector<std::pair<std::vector<int>, Result>> tried;
    std::function<void(std::vector<int>)> go = [&](std::vector<int> chosen) {
      if (chosen.size() == unsettled.size()) {
        tried.emplace_back(chosen, resolve(about, precedence));
        return;
      }
      const int next = unsettled[chosen.size()];
      for (int value = 0; value < policy.values[static_cast<std::size_t>(next)].size; ++value) {
        results[static_cast<std::size_t>(next)] = {Result::State::value, value};
        auto further = chosen;
        further.push_back(value);
        go(further);
      }
    };
    go({});
    results = before;
    bool conflict = false, differs = false;
    for (const auto& [a, a_result] : tried) {
      for (const auto& [b, b_result] : tried) {
        if (a_result == b_result) continue;
        differs = true;
        int apart = -1, count = 0;
        for (std::size_t i = 0; i < a.size(); ++i) {
          if (a[i] != b[i]) apart = unsettled[i], ++count;
        }
        if (count == 1 && before[static_cast<std::size_t>(apart)].state == Result::State::conflict) conflict = true;
      }
    }
    if (!differs) return tried.front().second;
    return {conflict ? Result::State::conflict : Result::State::gap, 0};
  }
};

}  // namespace

Policy generate(std::uint32_t seed) {
  Random random(seed);
  Policy policy;
  policy.seed = seed;
  const auto otherwise = [&](int size) {
    return chance(random, 70) ? std::optional(below(random, size)) : std::nullopt;
  };
  policy.values.push_back({Value::Kind::definition, "inner", 2, otherwise(2)});
  policy.values.push_back({Value::Kind::definition, "outer", 2, otherwise(2)});
  policy.values.push_back({Value::Kind::action, "act", 6, 0});
  policy.values.push_back({Value::Kind::decision, "choose", 3, otherwise(3)});
  const bool local = chance(random, 50);
  for (int about = 0; about < 4; ++about) {
    const int count = 1 + below(random, about == 3 ? 6 : 4);
    std::vector<int> earlier;
    for (int i = 0; i < count; ++i) {
      Rule rule;
      rule.about = about;
      rule.name = fmt::format("{}_{}", policy.values[static_cast<std::size_t>(about)].name, i);
      rule.module = local && chance(random, 50) ? 1 : 0;
      rule.concludes =
          about == 2 ? 1 + below(random, 5) : below(random, policy.values[static_cast<std::size_t>(about)].size);
      if (chance(random, 90)) rule.when = condition(random, policy.values, about, 2);
      rule.is_protected = chance(random, 8);
      rule.despite_all = chance(random, 8);
      for (const int other : earlier) {
        const Rule& named = policy.rules[static_cast<std::size_t>(other)];
        if (named.module > rule.module || (named.module != rule.module && named.is_protected)) continue;
        if (chance(random, 18))
          rule.despite.push_back(other);
        else if (chance(random, 14))
          rule.instead_of.push_back(other);
      }
      earlier.push_back(static_cast<int>(policy.rules.size()));
      policy.rules.push_back(std::move(rule));
    }
  }
  return policy;
}

std::array<std::string, 2> Policy::texts(Random* random) const {
  std::array<std::vector<std::string>, 2> parts;
  parts[0].push_back("choice colour \"Colour\" red \"Red\" green \"Green\" blue \"Blue\"\n");
  for (std::size_t i = 0; i < 3; ++i) parts[0].push_back(fmt::format("fact {} \"Fact\" : yes/no\n", fact_names[i]));
  parts[0].push_back("fact kind \"Kind\" : colour\n");
  parts[0].push_back("fact count \"Count\" : number from 0 to 5\n");
  for (const Value& value : values) {
    if (value.kind == Value::Kind::action) {
      parts[0].push_back(fmt::format("action {} \"Act\"\n", value.name));
    } else if (value.kind == Value::Kind::definition) {
      const std::string otherwise =
          value.otherwise ? fmt::format(" otherwise {}", *value.otherwise ? "yes" : "no") : "";
      parts[0].push_back(fmt::format("define {} \"Value\" : yes/no{}\n", value.name, otherwise));
    } else {
      std::string outcomes, otherwise;
      for (const auto name : outcome_names) outcomes += fmt::format(" {} \"Outcome\"", name);
      if (value.otherwise)
        otherwise = fmt::format(" otherwise {}", outcome_names[static_cast<std::size_t>(*value.otherwise)]);
      parts[0].push_back(fmt::format("decision {} \"Question?\"{}{}\n", value.name, outcomes, otherwise));
    }
  }
  for (const Rule& rule : rules) parts[static_cast<std::size_t>(rule.module)].push_back(text_of(*this, rule));
  std::array<std::string, 2> result = {"policy basic \"Basic\"\n", "policy example \"Example\"\n  extends basic\n"};
  for (std::size_t i = 0; i < 2; ++i) {
    if (random) std::shuffle(parts[i].begin(), parts[i].end(), *random);
    for (const std::string& part : parts[i]) result[i] += "\n" + part;
  }
  return result;
}

bool Policy::is_circular() const {
  for (int about = 0; about < static_cast<int>(values.size()); ++about) {
    if (Precedence(*this, about).circular) return true;
  }
  return false;
}

std::vector<Result> Policy::decide(const Full& facts) const {
  Evaluation evaluation{*this, facts, std::vector<Result>(values.size())};
  for (int about = 0; about < static_cast<int>(values.size()); ++about) {
    evaluation.results[static_cast<std::size_t>(about)] = evaluation.settle(about, Precedence(*this, about));
  }
  return evaluation.results;
}

std::vector<Full> completions(const Partial& facts) {
  std::vector<Full> result{Full{}};
  for (std::size_t i = 0; i < fact_count; ++i) {
    std::vector<Full> next;
    for (const Full& full : result) {
      for (int value = 0; value < fact_sizes[i]; ++value) {
        if (facts[i] && *facts[i] != value) continue;
        Full further = full;
        further[i] = value;
        next.push_back(further);
      }
    }
    result = std::move(next);
  }
  return result;
}

}  // namespace model
