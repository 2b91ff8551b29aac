// A host in C++ that is compiled without exceptions and without run-time types: it uses duly.h.
#include <duly/duly.h>

#include "c_host.h"

namespace {

duly_code load(void* context, duly_found* found, size_t size, const char* name, size_t, const char*) {
  return duly_found_text(found, size, name, DULY_TERMINATED, static_cast<const char*>(context));
}

duly_code no_more(void*, const duly_event*) { return DULY_LOADER_FAILED; }

}  // namespace

const char* host_without_exceptions(const char* text) {
  duly_policy* policy = nullptr;
  duly_error* error = nullptr;
  const duly_loader loader{const_cast<char*>(text), load};
  if (duly_load(DULY_TERMINATED, "visits", &loader, 0, &policy, &error) != DULY_OK) {
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
  } else if (duly_observe(decision, {0, 0}, sizeof(duly_event), no_more, nullptr) != DULY_LOADER_FAILED) {
    problem = "the observer should end the telling";
  }
  duly_decision_release(decision);
  duly_case_release(facts);
  duly_policy_release(policy);
  return problem;
}
