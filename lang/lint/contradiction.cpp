#include "lang/lint/contradiction.hpp"

#include <algorithm>
#include <map>
#include <tuple>
#include <vector>

namespace duly {
namespace {

/// What the parts leave of one value.
struct Left {
  Range range;
  std::uint64_t among = ~std::uint64_t{0};  // of a choice, and of yes/no
  std::vector<Range> not_in;
};

class Parts {
 public:
  explicit Parts(const Program& program) : program_(program) {}

  void add(NodeId id) {
    const Node& node = at(program_.nodes, id);
    if (node.op == Op::all) {
      for (std::uint32_t i = 0; i < node.b; ++i) add(program_.children[node.a + i]);
    } else if (node.op == Op::negation) {
      deny(at(program_.nodes, program_.children[node.a]));
    } else if (node.op == Op::in_range) {
      Range& range = of(node).range;
      range.low = std::max(range.low, program_.ranges[node.b].low);
      range.high = std::min(range.high, program_.ranges[node.b].high);
    } else if (node.op == Op::in_mask) {
      of(node).among &= program_.masks[node.b];
    }
  }

  bool contradict() const {
    return std::any_of(values_.begin(), values_.end(), [&](const auto& value) { return is_empty(value.second); });
  }

 private:
  using Key = std::tuple<bool, std::uint32_t, Elapsed>;

  Left& of(const Node& node) {
    const Term& term = program_.terms[node.a];
    const auto [value, fresh] = values_.try_emplace({term.is_subject, term.index, term.elapsed});
    if (fresh) {
      const Type type = program_.type_of(term);
      value->second.range = {type.low, type.high};
    }
    return value->second;
  }

  void deny(const Node& node) {
    if (node.op == Op::in_range) of(node).not_in.push_back(program_.ranges[node.b]);
    if (node.op == Op::in_mask) of(node).among &= ~program_.masks[node.b];
    if (node.op == Op::any) {  // none of them
      for (std::uint32_t i = 0; i < node.b; ++i) deny(at(program_.nodes, program_.children[node.a + i]));
    }
    if (node.op == Op::negation) add(program_.children[node.a]);
  }

  static bool is_empty(const Left& left) {
    Scalar next = left.range.low;  // the least value that is not yet excluded
    std::vector<Range> denied = left.not_in;
    std::sort(denied.begin(), denied.end(), [](const Range& a, const Range& b) { return a.low < b.low; });
    const auto excluded = [&](Scalar value) {
      const bool small = value >= 0 && value < 64;
      return small && left.among != ~std::uint64_t{0} && !((left.among >> value) & 1);
    };
    for (std::size_t i = 0; next <= left.range.high;) {
      if (excluded(next)) {
        ++next;
      } else if (i < denied.size() && denied[i].low <= next) {
        if (denied[i].high == INT64_MAX) return true;
        if (denied[i].low <= denied[i].high) next = std::max(next, denied[i].high + 1);
        ++i;
      } else {
        return false;
      }
    }
    return true;
  }

  const Program& program_;
  std::map<Key, Left> values_;
};

}  // namespace

bool contradicts_itself(const Program& program, NodeId condition) {
  Parts parts(program);
  parts.add(condition);
  return parts.contradict();
}

}  // namespace duly
