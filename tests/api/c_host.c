/* The header is C: compiled as C99, pedantic. */
#include "c_host.h"

#include <duly/duly.h>
#include <string.h>

#define CHECK(condition)    \
  do {                      \
    if (!(condition)) {     \
      problem = #condition; \
      goto end;             \
    }                       \
  } while (0)

/* What an observer in C sees of a condition: its parts, and what each read. */
typedef struct seen {
  int parts, reads, applied;
} seen;

static duly_code see(void* context, const duly_event* event) {
  seen* found = context;
  if (strcmp(event->name.data, "visits.danger") != 0) return DULY_OK;
  switch (event->kind) {
    case DULY_CONDITION_PART:
      if (event->truth == DULY_YES && strcmp(event->item.data, "visits.danger.known") == 0) found->parts++;
      if (event->cites > 0 && strcmp(event->cited[0].data, "guide.pairs_1") != 0) return DULY_INTERNAL;
      break;
    case DULY_VALUE_READ:
      if (event->part == 1 && event->has_value && strcmp(event->value.text.data, "yes") == 0) found->reads++;
      break;
    case DULY_RULE_TRIED: found->applied = event->truth == DULY_YES; break;
    default: break;
  }
  return DULY_OK;
}

const char* c_host(const char* text) {
  const char* problem = NULL;
  seen found = {0, 0, 0};
  duly_policy* policy = NULL;
  duly_case* facts = NULL;
  duly_decision* decision = NULL;
  duly_error* error = NULL;
  duly_fact risk;
  duly_subject crew;
  duly_value value;
  duly_text words;

  CHECK(duly_version() == DULY_VERSION_MAJOR * 1000000u + DULY_VERSION_MINOR * 1000u + DULY_VERSION_PATCH);
  CHECK(duly_compile(DULY_TERMINATED, "visits", DULY_TERMINATED, text, NULL, 0, &policy, &error) == DULY_OK);
  CHECK(duly_fact_find(policy, DULY_TERMINATED, "home.risk", &risk, NULL) == DULY_OK);
  CHECK(duly_subject_find(policy, DULY_DECISION, DULY_TERMINATED, "crew", &crew, NULL) == DULY_OK);
  CHECK(duly_case_create(policy, &facts) == DULY_OK);
  CHECK(duly_decision_create(policy, &decision) == DULY_OK);
  CHECK(duly_status_of(decision, crew) == DULY_NO_STATUS);
  CHECK(duly_set_yes_no(facts, risk, true) == DULY_OK);
  CHECK(duly_decide(facts, decision) == DULY_OK);
  CHECK(duly_status_of(decision, crew) == DULY_UNDECIDED);
  CHECK(duly_case_from_json(facts, DULY_TERMINATED, "{\"facts\": {\"home\": {\"risk\": true, \"area\": \"south\"}}}",
                            &error) == DULY_OK);
  CHECK(duly_decide(facts, decision) == DULY_OK);
  CHECK(duly_status_of(decision, crew) == DULY_DECIDED);
  CHECK(duly_value_of(decision, crew, sizeof value, &value) == DULY_OK);
  CHECK(value.type == DULY_CHOICE && strcmp(value.text.data, "double") == 0 && value.text.size == 6);
  CHECK(duly_observe(decision, crew, sizeof(duly_event), see, &found) == DULY_OK);
  CHECK(found.parts == 1 && found.reads == 1 && found.applied);
  CHECK(duly_explain(decision, crew, DULY_PLAIN, DULY_NORMAL, &words) == DULY_OK);
  CHECK(strstr(words.data, "Two people make the visit.") != NULL && strlen(words.data) == words.size);

end:
  duly_error_release(error);
  duly_policy_release(policy);
  duly_case_release(facts);
  duly_decision_release(decision);
  return problem;
}
