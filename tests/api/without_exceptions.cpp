// A host in C++ that is compiled without exceptions and without run-time types: it uses duly.h.
#include <duly/duly.h>

#include "c_host.h"

const char* host_without_exceptions(const char* text) {
  duly_policy* policy = nullptr;
  duly_error* error = nullptr;
  if (duly_compile(DULY_TERMINATED, "visits", DULY_TERMINATED, text, nullptr, 0, &policy, &error) != DULY_OK) {
    duly_error_release(error);
    return "it does not compile";
  }
  duly_case* facts = nullptr;
  duly_decision* decision = nullptr;
  const char* problem = nullptr;
  if (duly_case_create(policy, &facts) != DULY_OK || duly_decision_create(policy, &decision) != DULY_OK) {
    problem = "no memory";
  } else if (duly_decide(facts, decision) != DULY_OK) {
    problem = "it does not decide";
  } else if (duly_status_of(decision, duly_default_decision(policy)) != DULY_UNDECIDED) {
    problem = "it should be undecided";
  }
  duly_decision_release(decision);
  duly_case_release(facts);
  duly_policy_release(policy);
  return problem;
}
