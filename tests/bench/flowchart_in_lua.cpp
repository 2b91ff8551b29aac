#include "tests/bench/flowchart_in_lua.hpp"

#include <cstdio>
#include <cstdlib>

extern "C" {
#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>
}

namespace duly::bench {
namespace {

// Answers are numbers as in flowchart_by_hand.hpp; reasons are lists of rules' numbers.
constexpr const char* script = R"lua(
local MUST, SHOULD, MUST_NOT = 3, 2, 5
function decide(f)
  local said
  if f.age >= 12 then said = f.child else said = f.parent end
  local effective = said == 0 and f.informed
  local sharing, because
  if f.statutory then sharing, because = 0, {6}
  elseif f.identifies and not f.recipient_needs then sharing, because = 2, {7}
  elseif not f.legitimate then sharing, because = 2, {0}
  elseif not f.identifies then sharing, because = 1, {1}
  elseif not f.confidential then sharing, because = 1, {2}
  elseif effective then sharing, because = 1, {3}
  elseif f.func or f.vital or f.statutory or f.concern == 3 then sharing, because = 1, {4}
  else sharing, because = 2, {5} end
  local duties, reasons = {}, {}
  local shared = sharing <= 1
  duties[1] = MUST; reasons[1] = {8}
  if shared then duties[2] = MUST; reasons[2] = {9} end
  if shared and f.identifies then
    if f.raises_risk then duties[3] = MUST_NOT; reasons[3] = {11} else duties[3] = MUST; reasons[3] = {10} end
  end
  if said == 2 and f.identifies and f.confidential then duties[4] = SHOULD; reasons[4] = {12} end
  if f.in_doubt then duties[5] = SHOULD; reasons[5] = {13} end
  if shared and f.identifies then duties[6] = MUST; reasons[6] = {14} end
  if f.concern >= 2 then duties[7] = SHOULD; reasons[7] = {15} end
  if sharing == 2 then duties[8] = SHOULD; reasons[8] = {16} end
  return sharing, because, duties, reasons
end
)lua";

void put(lua_State* state, const char* name, bool value) {
  lua_pushboolean(state, value ? 1 : 0);
  lua_setfield(state, -2, name);
}

void put(lua_State* state, const char* name, lua_Integer value) {
  lua_pushinteger(state, value);
  lua_setfield(state, -2, name);
}

ReasonList read_list(lua_State* state, int index) {
  ReasonList list;
  if (!lua_istable(state, index)) return list;
  const auto count = static_cast<lua_Integer>(lua_rawlen(state, index));
  for (lua_Integer i = 1; i <= count; ++i) {
    lua_rawgeti(state, index, i);
    list.add(static_cast<std::uint8_t>(lua_tointeger(state, -1)));
    lua_pop(state, 1);
  }
  return list;
}

}  // namespace

FlowchartInLua::FlowchartInLua(const std::vector<FlowchartFacts>& cases) : state_(luaL_newstate()) {
  luaL_openlibs(state_);
  if (luaL_dostring(state_, script) != LUA_OK) {
    std::fputs(lua_tostring(state_, -1), stderr);
    std::exit(1);
  }
  lua_getglobal(state_, "decide");                             // at 1
  lua_createtable(state_, static_cast<int>(cases.size()), 0);  // at 2
  lua_Integer number = 0;
  for (const FlowchartFacts& f : cases) {
    lua_createtable(state_, 0, 14);
    put(state_, "legitimate", f.legitimate);
    put(state_, "identifies", f.identifies);
    put(state_, "confidential", f.confidential);
    put(state_, "age", lua_Integer{f.age});
    put(state_, "child", static_cast<lua_Integer>(f.child));
    put(state_, "parent", static_cast<lua_Integer>(f.parent));
    put(state_, "informed", f.informed);
    put(state_, "func", f.function);
    put(state_, "vital", f.vital);
    put(state_, "statutory", f.statutory);
    put(state_, "concern", static_cast<lua_Integer>(f.concern));
    put(state_, "raises_risk", f.raises_risk);
    put(state_, "in_doubt", f.in_doubt);
    put(state_, "recipient_needs", f.recipient_needs);
    lua_rawseti(state_, 2, ++number);
  }
}

FlowchartInLua::~FlowchartInLua() { lua_close(state_); }

void FlowchartInLua::call(std::size_t index) {
  lua_pushvalue(state_, 1);
  lua_rawgeti(state_, 2, static_cast<lua_Integer>(index) + 1);
  lua_call(state_, 1, 4);
}

Outcome FlowchartInLua::decide(std::size_t index) {
  call(index);
  const auto outcome = static_cast<Outcome>(lua_tointeger(state_, -4));
  lua_pop(state_, 4);
  return outcome;
}

FlowchartAnswer FlowchartInLua::answer(std::size_t index) {
  call(index);
  FlowchartAnswer answer{};
  answer.sharing = static_cast<Outcome>(lua_tointeger(state_, 3));
  answer.because = read_list(state_, 4);
  for (std::size_t action = 0; action < actions; ++action) {
    lua_rawgeti(state_, 5, static_cast<lua_Integer>(action) + 1);
    answer.duties[action] = static_cast<std::uint8_t>(lua_tointeger(state_, -1));
    lua_rawgeti(state_, 6, static_cast<lua_Integer>(action) + 1);
    answer.duties_because[action] = read_list(state_, lua_gettop(state_));
    lua_pop(state_, 2);
  }
  lua_pop(state_, 4);
  return answer;
}

}  // namespace duly::bench
