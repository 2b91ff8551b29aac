/* What a referral portal does with Duly, in C: see README.md.
 *
 *   referral POLICY CASE.json [FIELDS.json] */
#include <duly/duly.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The whole of a file, to be freed; NULL where it cannot be read. */
static char* read_file(const char* path, size_t* size) {
  FILE* file = fopen(path, "rb");
  char* text = NULL;
  size_t room = 0, got = 0;
  if (file == NULL) return NULL;
  *size = 0;
  do {
    char* more = realloc(text, room += 1 << 16);
    if (more == NULL) break;
    text = more;
    got = fread(text + *size, 1, room - *size, file);
    *size += got;
  } while (got > 0 && *size == room);
  fclose(file);
  return text;
}

/* Where policies come from: here, the folder of the policy, which is the context. */
static duly_code load(void* context, duly_found* found, size_t name_size, const char* name, size_t from_size,
                      const char* from) {
  char path[4096];
  size_t size;
  char* text;
  duly_code code;
  (void)from;
  if (from_size == 0) {
    snprintf(path, sizeof path, "%.*s", (int)name_size, name);
  } else {
    snprintf(path, sizeof path, "%s%.*s.policy", (const char*)context, (int)name_size, name);
  }
  text = read_file(path, &size);
  if (text == NULL) return DULY_OK; /* Duly then looks among its standard policies */
  code = duly_found_text(found, DULY_TERMINATED, path, size, text);
  free(text);
  return code;
}

static void print_questions(const duly_policy* policy, const duly_decision* decision, duly_subject asked) {
  size_t i, j;
  puts("To be asked:");
  for (i = 0; i < duly_need_count(decision, asked); ++i) {
    const duly_fact fact = duly_need_at(decision, asked, i);
    duly_fact_info info;
    duly_answer answer;
    if (duly_fact_about(policy, fact, sizeof info, &info) != DULY_OK) continue;
    printf("- %s (%s)\n", info.ask.size > 0 ? info.ask.data : info.title.data, info.name.data);
    for (j = 0; duly_fact_answer(policy, fact, j, sizeof answer, &answer) == DULY_OK; ++j) {
      printf("    %s: %s\n", answer.name.data, answer.title.data);
    }
  }
}

static void print_duties(const duly_policy* policy, duly_decision* decision) {
  size_t i;
  puts("Duties:");
  for (i = 0; i < duly_subject_count(policy, DULY_ACTION); ++i) {
    const duly_subject action = duly_subject_at(policy, DULY_ACTION, i);
    duly_subject_info info;
    duly_value duty;
    duly_text timing;
    if (duly_duty_of(decision, action) == DULY_NO_DUTY) continue;
    if (duly_subject_about(policy, action, sizeof info, &info) != DULY_OK) continue;
    if (duly_value_of(decision, action, sizeof duty, &duty) != DULY_OK) continue;
    if (duly_timing(decision, action, &timing) != DULY_OK) continue;
    printf("- %s: %s%s%s\n", duty.text.data, info.title.data, timing.size > 0 ? ", " : "", timing.data);
  }
}

/* The exit code; where it is 1, `error` may tell more. */
static int run(char** arguments, duly_policy** policy, duly_case** facts, duly_decision** decision,
               duly_error** error) {
  static const char* const in_words[] = {"", "decided", "undecided", "conflict", "gap", "unsafe"};
  const char* const slash = strrchr(arguments[1], '/');
  char folder[4096];
  duly_loader loader;
  duly_subject asked;
  duly_subject_info info;
  duly_status status;
  duly_text text;
  duly_code code;
  size_t size = 0;
  char* json;

  snprintf(folder, sizeof folder, "%.*s", slash == NULL ? 0 : (int)(slash + 1 - arguments[1]), arguments[1]);
  loader.context = folder;
  loader.load = load;
  if (duly_load(DULY_TERMINATED, arguments[1], &loader, 0, policy, error) != DULY_OK) return 1;
  if (duly_case_create(*policy, facts) != DULY_OK || duly_decision_create(*policy, decision) != DULY_OK) return 2;
  if ((json = read_file(arguments[2], &size)) == NULL) return 2;
  code = duly_case_from_json(*facts, size, json, error);
  free(json);
  if (code != DULY_OK || duly_decide(*facts, *decision) != DULY_OK) return 1;

  asked = duly_default_decision(*policy);
  status = duly_status_of(*decision, asked);
  if (duly_subject_about(*policy, asked, sizeof info, &info) != DULY_OK) return 1;
  if (duly_says(*decision, asked, &text) != DULY_OK) return 1;
  printf("%s\n%s: %s\n", info.title.data, in_words[status], text.data);
  if (status == DULY_UNDECIDED) {
    print_questions(*policy, *decision, asked);
    return 3;
  }
  print_duties(*policy, *decision);
  if (status != DULY_DECIDED) return 4;
  if (arguments[3] == NULL) {
    code = duly_record_form(*decision, (duly_record){0, 0}, DULY_JSON, &text, error);
  } else {
    if ((json = read_file(arguments[3], &size)) == NULL) return 2;
    code = duly_record_complete(*decision, (duly_record){0, 0}, size, json, DULY_MARKDOWN, false, &text, error);
    free(json);
  }
  if (code != DULY_OK) return 1;
  printf("%s\n%s", arguments[3] == NULL ? "To be filled in:" : "Record:", text.data);
  return 0;
}

int main(int count, char** arguments) {
  duly_policy* policy = NULL;
  duly_case* facts = NULL;
  duly_decision* decision = NULL;
  duly_error* error = NULL;
  int result = 2;
  if (count < 3) {
    fputs("usage: referral POLICY CASE.json [FIELDS.json]\n", stderr);
    return 2;
  }
  result = run(arguments, &policy, &facts, &decision, &error);
  if (error != NULL) fputs(duly_error_text(error).data, stderr);
  if (result == 2) fputs("A file cannot be read, or there is no memory.\n", stderr);
  duly_error_release(error);
  duly_decision_release(decision);
  duly_case_release(facts);
  duly_policy_release(policy);
  return result;
}
