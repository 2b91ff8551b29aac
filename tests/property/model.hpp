#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <vector>

/// Generated policies with a model of what they mean, written from the language reference and nothing else: it shares
/// no code with the compiler, the walk or the diagrams. Slow and plain on purpose.
namespace model {

using Random = std::mt19937;

/// The facts of every generated policy: three yes/no, a choice of three values, a number from 0 to 5.
inline constexpr std::array fact_names = {"fact_a", "fact_b", "fact_c", "kind", "count"};
inline constexpr std::array fact_sizes = {2, 2, 2, 3, 6};
inline constexpr std::size_t fact_count = 5;
using Full = std::array<int, fact_count>;
using Partial = std::array<std::optional<int>, fact_count>;

struct Condition {
  enum class Kind { fact_is, fact_under, value_is, both, either, no, any_of } kind = Kind::fact_is;
  int subject = 0;  // a fact, or a value by its place
  int value = 0;
  std::vector<Condition> parts;
};

struct Rule {
  std::string name;
  int module = 0;  // 0 the basic one, 1 the one that extends it
  int about = 0;   // the value's place
  int concludes = 0;
  std::optional<Condition> when;
  bool despite_all = false;
  bool is_protected = false;
  std::vector<int> despite;     // other rules
  std::vector<int> instead_of;  // other rules
};

/// What rules decide: definitions (yes/no), a decision of three outcomes, an action (duties as in `Duty`).
struct Value {
  enum class Kind { definition, decision, action } kind = Kind::definition;
  std::string name;
  int size = 2;
  std::optional<int> otherwise;
};

struct Result {
  enum class State { value, conflict, gap } state = State::value;
  int value = 0;
  friend bool operator==(const Result&, const Result&) = default;
};

struct Policy {
  std::vector<Value> values;
  std::vector<Rule> rules;
  std::uint32_t seed = 0;

  /// The texts of both modules; the declarations of each in the order that `random` makes of them, or as they are.
  std::array<std::string, 2> texts(Random* random = nullptr) const;

  /// What every value comes to when every fact is known; by the value's place.
  std::vector<Result> decide(const Full& facts) const;

  /// Whether its rules prevail over each other in a circle, or two sweep without naming each other: then it is no
  /// policy.
  bool is_circular() const;
};

Policy generate(std::uint32_t seed);

/// Every way of filling in the unknown facts.
std::vector<Full> completions(const Partial& facts);

}  // namespace model
