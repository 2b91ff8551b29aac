#pragma once

// Headers of others that most files include, for builds that read them once (DULY_PRECOMPILE). No file includes this:
// each names what it needs itself, and builds without it show where one does not.

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>
