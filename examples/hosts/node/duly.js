// The functions of duly.h that the referral program needs, for koffi. Copy it, and add what you need.
"use strict";

const koffi = require("koffi");

const library = koffi.load(process.env.DULY_LIBRARY || "libduly.so.0");

const OK = 0, ACTION = 3, DECIDED = 1, UNDECIDED = 2, MARKDOWN = 2, JSON_FORMAT = 3;  // as duly.h has them
const STATUS = ["", "decided", "undecided", "conflict", "gap", "unsafe"];

for (const name of ["duly_policy", "duly_case", "duly_decision", "duly_error", "duly_found"]) koffi.opaque(name);
koffi.struct("duly_text", { size: "size_t", data: "str" });
for (const name of ["duly_fact", "duly_subject", "duly_record"]) {
  koffi.struct(name, { index: "uint32_t", policy: "uint32_t" });
}
koffi.struct("duly_fact_info", {
  type: "int32_t", judgement: "bool", sensitive: "bool", low: "int64_t", high: "int64_t", answers: "size_t",
  name: "duly_text", title: "duly_text", ask: "duly_text", help: "duly_text", unit: "duly_text",
});
koffi.struct("duly_subject_info", {
  kind: "int32_t", type: "int32_t", answers: "size_t", name: "duly_text", title: "duly_text",
});
koffi.struct("duly_answer", { name: "duly_text", title: "duly_text" });
koffi.struct("duly_value", { type: "int32_t", number: "int64_t", text: "duly_text" });
koffi.proto("int32_t duly_load_function(void *context, duly_found *found, size_t name_size, void *name, " +
            "size_t from_size, void *from)");
koffi.struct("duly_loader", { context: "void *", load: "duly_load_function *" });

class DulyError extends Error {}

const errorText = library.func("duly_text duly_error_text(duly_error *error)");
const releaseError = library.func("void duly_error_release(duly_error *error)");

// A function that returns a code: called without its out parameters, it returns what it made, or throws.
function makes(prototype) {
  const call = library.func(prototype);
  const makesSomething = /_Out_ (?!duly_error)/.test(prototype);
  const tellsErrors = prototype.includes("duly_error **");
  return (...given) => {
    const made = [null], error = [null];
    const code = call(...given, ...(makesSomething ? [made] : []), ...(tellsErrors ? [error] : []));
    if (code === OK) return made[0];
    const message = error[0] ? errorText(error[0]).data : `${prototype}: code ${code}\n`;
    releaseError(error[0]);
    throw new DulyError(message);
  };
}

const loadPolicy = makes("int32_t duly_load(size_t name_size, const char *name, duly_loader *loader, uint32_t flags, " +
                         "_Out_ duly_policy **policy, _Out_ duly_error **error)");
const createCase = makes("int32_t duly_case_create(duly_policy *policy, _Out_ duly_case **made)");
const createDecision = makes("int32_t duly_decision_create(duly_policy *policy, _Out_ duly_decision **made)");
const caseFromJson = makes("int32_t duly_case_from_json(duly_case *facts, size_t size, const char *json, " +
                           "_Out_ duly_error **error)");
const decide = makes("int32_t duly_decide(duly_case *facts, duly_decision *decision)");
const says = makes("int32_t duly_says(duly_decision *decision, duly_subject subject, _Out_ duly_text *text)");
const timingOf = makes("int32_t duly_timing(duly_decision *decision, duly_subject action, _Out_ duly_text *text)");
const factAbout = makes("int32_t duly_fact_about(duly_policy *policy, duly_fact fact, size_t size, " +
                        "_Out_ duly_fact_info *info)");
const factAnswer = makes("int32_t duly_fact_answer(duly_policy *policy, duly_fact fact, size_t index, size_t size, " +
                         "_Out_ duly_answer *answer)");
const subjectAbout = makes("int32_t duly_subject_about(duly_policy *policy, duly_subject subject, size_t size, " +
                           "_Out_ duly_subject_info *info)");
const valueOf = makes("int32_t duly_value_of(duly_decision *decision, duly_subject subject, size_t size, " +
                      "_Out_ duly_value *value)");
const recordForm = makes("int32_t duly_record_form(duly_decision *decision, duly_record record, int32_t format, " +
                         "_Out_ duly_text *text, _Out_ duly_error **error)");
const completeRecord = makes("int32_t duly_record_complete(duly_decision *decision, duly_record record, size_t size, " +
                             "const char *fields, int32_t format, bool unmask, _Out_ duly_text *text, " +
                             "_Out_ duly_error **error)");
const foundText = library.func("int32_t duly_found_text(duly_found *found, size_t name_size, const char *name, " +
                               "size_t size, const char *text)");
const defaultDecision = library.func("duly_subject duly_default_decision(duly_policy *policy)");
const statusOf = library.func("int32_t duly_status_of(duly_decision *decision, duly_subject subject)");
const dutyOf = library.func("int32_t duly_duty_of(duly_decision *decision, duly_subject action)");
const needCount = library.func("size_t duly_need_count(duly_decision *decision, duly_subject subject)");
const needAt = library.func("duly_fact duly_need_at(duly_decision *decision, duly_subject subject, size_t index)");
const subjectCount = library.func("size_t duly_subject_count(duly_policy *policy, int32_t kind)");
const subjectAt = library.func("duly_subject duly_subject_at(duly_policy *policy, int32_t kind, size_t index)");

module.exports = {
  OK, ACTION, DECIDED, UNDECIDED, MARKDOWN, JSON_FORMAT, STATUS, DulyError, loadPolicy, createCase,
  createDecision, caseFromJson, decide, says, timingOf, factAbout, factAnswer, subjectAbout, valueOf,
  recordForm, completeRecord, foundText, defaultDecision, statusOf, dutyOf, needCount, needAt, subjectCount,
  subjectAt,
};
