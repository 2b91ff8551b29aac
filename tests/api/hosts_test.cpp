#include <doctest/doctest.h>

#include <string>

#include "c_host.h"
#include "visits.hpp"

TEST_CASE("A host in C99 decides") {
  const char* const problem = c_host(std::string(visits_policy).c_str());
  CHECK_MESSAGE(problem == nullptr, problem);
}

TEST_CASE("A host in C++ without exceptions decides") {
  const char* const problem = host_without_exceptions(std::string(visits_policy).c_str());
  CHECK_MESSAGE(problem == nullptr, problem);
}
