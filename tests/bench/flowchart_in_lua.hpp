#pragma once

#include <cstddef>
#include <vector>

#include "tests/bench/flowchart_by_hand.hpp"

struct lua_State;

namespace duly::bench {

/// The same policy in Lua 5.4, embedded as hosts embed it: the facts stand ready as Lua tables.
class FlowchartInLua {
 public:
  explicit FlowchartInLua(const std::vector<FlowchartFacts>& cases);
  ~FlowchartInLua();
  FlowchartInLua(const FlowchartInLua&) = delete;
  FlowchartInLua& operator=(const FlowchartInLua&) = delete;

  /// Decides one and leaves the answer in Lua; returns its outcome.
  Outcome decide(std::size_t index);
  /// Decides one and reads the whole answer.
  FlowchartAnswer answer(std::size_t index);

 private:
  void call(std::size_t index);

  lua_State* state_;
};

}  // namespace duly::bench
