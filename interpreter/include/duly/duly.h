/* Duly for C, and for every language that can call C.
 *
 *   compile a policy  ->  set the facts of a case  ->  decide  ->  read the decision
 *
 * What holds of every function, beside what is said at each:
 *
 * Objects. A policy, a case, a decision, reasons and an error are made by one function and belong to the caller,
 *   who gives each to its one release function, once. Objects may be released in any order: what another still
 *   needs is kept until that one is released too. Releasing NULL does nothing.
 *
 * Structs. A function that fills one in is told its size, and writes that much of it: pass sizeof the struct, so that a
 *   program compiled with this header runs with earlier and later libraries. What the library does not know is zero. A
 *   size of more than 4096 is DULY_INVALID_ARGUMENT. An enumerator that a program does not know may come from a later
 *   library: pass over it.
 *
 * Strings. UTF-8. One that is passed stands as its size in bytes and then its first byte; DULY_TERMINATED as the
 *   size means that it ends with a zero byte. NULL with size 0 is the empty string. Nothing that is passed is
 *   kept. One that is returned is a duly_text; a zero byte follows it; empty means: none. How long it lives is
 *   said.
 *
 * Handles. duly_fact, duly_subject and duly_record are small values, copied freely. They are looked up once, and
 *   hold for every policy compiled from the same texts. {0, 0} is none. One that is none, out of range or another
 *   policy's gives DULY_UNKNOWN_HANDLE, or what a function says it returns then; it never does harm.
 *
 * Errors. A function that can fail returns a duly_code. Its out parameters are then NULL, zero or as they were,
 *   and the objects it was given are as they were, unless it is said otherwise. `error` may be NULL; else it is
 *   set to NULL where there is no error, and to an error of the caller's where there is one, or to NULL if there
 *   is no memory for it. No exception crosses. DULY_OUT_OF_MEMORY can come from every function that returns a
 *   code, and is not listed. Functions that return something else never fail: for NULL they return nothing, 0 or
 *   none.
 *
 * Threads. "Any" means: any number of threads at once may call it for the same object. "One" means: one thread at
 *   a time for the same object; which thread may change. There is no state outside the objects.
 *
 * Cost. "Constant" is a few instructions. "Allocates" where memory may be asked for; nothing else does.
 *
 * Enums. Kinds are int32_t, so that their size is the same everywhere; their values stand in the enum below each.
 *
 * Side effects. None: no file is read, nothing is printed, no handler is installed, the process is never ended.
 *   The clock is read for today's date when a policy is compiled and when a case is made or cleared.
 *
 * How this header grows. Functions, enumerators and fields at the end of structs are added; not to duly_text,
 *   duly_value, duly_loader and the handles, which programs hold inside others or hand over. What is there stays.
 *
 * Stack. Callbacks aside, 256 KiB are enough for any text: nothing is nested without bound. */
#ifndef DULY_DULY_H
#define DULY_DULY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(DULY_STATIC)
#define DULY_API
#elif defined(_WIN32)
#if defined(DULY_BUILDING)
#define DULY_API __declspec(dllexport)
#else
#define DULY_API __declspec(dllimport)
#endif
#elif defined(__GNUC__)
#define DULY_API __attribute__((visibility("default")))
#else
#define DULY_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Version ---------------------------------------------------------------------------------------------------- */

/* Of this header. */
#define DULY_VERSION_MAJOR 0
#define DULY_VERSION_MINOR 1
#define DULY_VERSION_PATCH 0

/* Of the library that runs: major * 1000000 + minor * 1000 + patch.
 * Threads: any. Cost: constant. */
DULY_API uint32_t duly_version(void);

/* ---- Strings, codes, handles ------------------------------------------------------------------------------------ */

/* As the size of a string that is passed: it ends with a zero byte. */
#define DULY_TERMINATED ((size_t)-1)

/* A string that the library owns; a zero byte follows its last. */
typedef struct duly_text {
  size_t size;      /* in bytes, without the zero */
  const char* data; /* never NULL */
} duly_text;

/* What became of a call. */
typedef int32_t duly_code;
enum {
  DULY_OK = 0,
  DULY_OUT_OF_MEMORY = 1,
  DULY_INVALID_ARGUMENT = 2,   /* NULL where an object is needed, or a number that is none of an enum's */
  DULY_UNKNOWN_HANDLE = 3,     /* none, out of range, or another policy's */
  DULY_OTHER_POLICY = 4,       /* two objects are not of one policy */
  DULY_NOT_FOUND = 5,          /* there is nothing of that name */
  DULY_WRONG_TYPE = 6,         /* the fact is not of this type */
  DULY_OUT_OF_RANGE = 7,       /* a number, date, choice or element that the fact does not take */
  DULY_WRONG_POLICY = 8,       /* the policy's text has errors; the error object tells each */
  DULY_WRONG_CASE = 9,         /* the case's JSON has errors; the error object tells each */
  DULY_LOADER_FAILED = 10,     /* the host's loader returned an error */
  DULY_NO_VALUE = 11,          /* not known, not decided, or not decided yet */
  DULY_RECORD_INCOMPLETE = 12, /* the error object tells what is missing or wrong */
  DULY_INTERNAL = 13           /* a defect of the library; please report it */
};

/* What a code means, in a few words of English. Lives as long as the library. An unknown number: "unknown code".
 * Threads: any. Cost: constant. */
DULY_API duly_text duly_code_text(duly_code code);

/* Something that a case can say. */
typedef struct duly_fact {
  uint32_t index;
  uint32_t policy; /* 0: none */
} duly_fact;

/* Something that rules work out: a decision, a value or the duty about an action. */
typedef struct duly_subject {
  uint32_t index;
  uint32_t policy; /* 0: none */
} duly_subject;

/* A `record` of a policy: what has to be written down. */
typedef struct duly_record {
  uint32_t index;
  uint32_t policy; /* 0: none */
} duly_record;

typedef struct duly_policy duly_policy;
typedef struct duly_case duly_case;
typedef struct duly_decision duly_decision;
typedef struct duly_reasons duly_reasons;
typedef struct duly_error duly_error;

/* ---- Errors ----------------------------------------------------------------------------------------------------- */

typedef int32_t duly_severity;
enum { DULY_ERROR = 1, DULY_WARNING = 2 };

/* One thing that is wrong, and where. Texts live as long as the object they were read from. */
typedef struct duly_problem {
  duly_severity severity;
  uint32_t line, column;         /* from 1, columns in characters; 0: no place in a text */
  uint32_t end_line, end_column; /* one past the last character */
  duly_text code;                /* "E0203", explained in docs/errors; may be empty */
  duly_text message;             /* one sentence without a full stop */
  duly_text help;                /* how to mend it; may be empty */
  duly_text file;                /* what the text is called; may be empty */
  duly_text path;                /* in JSON: "facts.child.age"; may be empty */
} duly_problem;

/* What kind of error it is; DULY_OK for NULL.
 * Threads: any. Cost: constant. */
DULY_API duly_code duly_error_code(const duly_error* error);

/* The first problem in a line, with its place: "derby.policy:12:3: …". Lives as long as the error.
 * Threads: any. Cost: constant. */
DULY_API duly_text duly_error_message(const duly_error* error);

/* Every problem as people read it, with the author's lines quoted; ends with a line end. Lives as long as the error.
 * Threads: any. Cost: constant. */
DULY_API duly_text duly_error_text(const duly_error* error);

/* How many problems there are, at least one; 0 for NULL.
 * Threads: any. Cost: constant. */
DULY_API size_t duly_error_count(const duly_error* error);

/* Writes the problem `index` (from 0) into `problem`, of which `size` bytes are written: pass sizeof(duly_problem).
 * Errors: DULY_INVALID_ARGUMENT; DULY_OUT_OF_RANGE past the last. Threads: any. Cost: constant. */
DULY_API duly_code duly_error_at(const duly_error* error, size_t index, size_t size, duly_problem* problem);

/* Nothing read from it may be used afterwards. Threads: one. Cost: linear in it. */
DULY_API void duly_error_release(duly_error* error);

/* ---- Compiling -------------------------------------------------------------------------------------------------- */

/* Where a loader puts the text it has found; exists during the call of the loader only. */
typedef struct duly_found duly_found;

/* Gives the text of the module that was asked for, and what it is called in messages: a path, say. Both are copied.
 * A second call replaces the first. A text longer than a policy may be is cut, and then reported as too long.
 * Errors: DULY_INVALID_ARGUMENT. Threads: within the call of the loader. Cost: linear; allocates. */
DULY_API duly_code duly_found_text(duly_found* found, size_t name_size, const char* name, size_t size,
                                   const char* text);

/* Finds modules for a policy that `extends` others. Plain data of the caller's, read during compiling only. */
typedef struct duly_loader {
  void* context; /* handed to `load`; may be NULL */
  /* Looks for the module `name` for the text called `from` (empty for the policy itself), both without a zero byte at
   * the end to rely on. Calls duly_found_text and returns DULY_OK; returns DULY_OK alone where it has no such module:
   * the standard policies are then looked at. Any other code ends compiling with DULY_LOADER_FAILED, but for
   * DULY_OUT_OF_MEMORY, which is passed on. Is called in the thread that compiles, and may call any function of Duly.
   * Must return: no longjmp, no end of the thread. An exception of a C++ host counts as a code. */
  duly_code (*load)(void* context, duly_found* found, size_t name_size, const char* name, size_t from_size,
                    const char* from);
} duly_loader;

enum {
  DULY_WITHOUT_WARNINGS = 1 /* errors only: quicker, for policies that were checked before */
};

/* Compiles the text of a policy, called `name` in messages. What it extends comes from the loader, else from the
 * standard policies; `loader` and its function may be NULL. `flags`: DULY_WITHOUT_WARNINGS or 0. Writes the policy into
 * `*policy`, the caller's. Errors: DULY_INVALID_ARGUMENT, DULY_WRONG_POLICY, DULY_LOADER_FAILED. Threads: any. Cost:
 * about linear in the texts, a millisecond for some hundred rules; allocates. */
DULY_API duly_code duly_compile(size_t name_size, const char* name, size_t size, const char* text,
                                const duly_loader* loader, uint32_t flags, duly_policy** policy, duly_error** error);

/* Like duly_compile, but the policy's own text, too, comes from the loader, asked for `name` as it is given (a path,
 * where the loader takes paths); else the standard policy of that name is compiled. Writes it into `*policy`, the
 * caller's. Errors: those, and DULY_NOT_FOUND, whose error names the nearest standard policy.
 * Threads: any. Cost: as duly_compile. */
DULY_API duly_code duly_load(size_t name_size, const char* name, const duly_loader* loader, uint32_t flags,
                             duly_policy** policy, duly_error** error);

/* A policy never changes: any number of threads may use it at once, without locks, and none may when it is released.
 * Cases, decisions and reasons made from it stay as they are, and keep what they need of it; texts read from it may be
 * used no longer. Threads: one. Cost: constant, or linear in the policy where nothing made from it is left. */
DULY_API void duly_policy_release(duly_policy* policy);

/* What the author should look at although the policy compiled: borrowed from the policy, not to be released; NULL
 * where there is nothing. Read it as an error; its code is DULY_OK.
 * Threads: any. Cost: constant. */
DULY_API const duly_error* duly_policy_warnings(const duly_policy* policy);

/* Names of the standard policies, by index from 0; empty past the last. Lives as long as the library.
 * Threads: any. Cost: constant. */
DULY_API duly_text duly_standard_policy(size_t index);

/* ---- What a policy holds ---------------------------------------------------------------------------------------- */

/* Texts in the structs below live as long as the policy. */

typedef struct duly_policy_info {
  duly_text name, title, version;
  duly_text sha256; /* of its own text, 64 hexadecimal digits */
} duly_policy_info;

/* Errors: DULY_INVALID_ARGUMENT. Threads: any. Cost: constant. */
DULY_API duly_code duly_policy_about(const duly_policy* policy, size_t size, duly_policy_info* info);

/* What values something takes. */
typedef int32_t duly_type;
enum {
  DULY_YES_NO = 1, /* 0 or 1 */
  DULY_CHOICE = 2, /* the index of an answer */
  DULY_NUMBER = 3, /* a whole number */
  DULY_DATE = 4,   /* days since 1970-01-01 in the Gregorian calendar, negative before it */
  DULY_SET = 5,    /* one bit for each answer, the first the lowest; at most 64 */
  DULY_TEXT = 6,   /* decides nothing */
  DULY_DUTY = 7    /* a duly_duty; of actions only */
};

typedef int32_t duly_duty;
enum { DULY_NO_DUTY = 0, DULY_MAY = 1, DULY_SHOULD = 2, DULY_MUST = 3, DULY_SHOULD_NOT = 4, DULY_MUST_NOT = 5 };

typedef struct duly_fact_info {
  duly_type type;
  bool judgement;  /* a professional's judgement, of which a record asks the reason */
  bool sensitive;  /* masked in records */
  int64_t low;     /* of numbers (in `unit`), dates (in days) and choices (indices): the least that is taken */
  int64_t high;    /* and the most, itself included; INT64_MIN and INT64_MAX: no bound */
  size_t answers;  /* of choices and sets: how many there are; else 0 */
  duly_text name;  /* "child.age" */
  duly_text title; /* "The child's age" */
  duly_text ask;   /* the question; empty where the policy has none: show the title */
  duly_text help;  /* may be empty */
  duly_text unit;  /* "years"; may be empty */
} duly_fact_info;

/* An answer to a fact, or an outcome of a subject. */
typedef struct duly_answer {
  duly_text name;  /* as cases write it: "parent" */
  duly_text title; /* for people: "A parent" */
} duly_answer;

/* How many facts the policy knows, those of what it extends included.
 * Threads: any. Cost: constant. */
DULY_API size_t duly_fact_count(const duly_policy* policy);

/* The fact at a place from 0, the most basic module's first, as declared; none past the last.
 * Threads: any. Cost: constant. */
DULY_API duly_fact duly_fact_at(const duly_policy* policy, size_t index);

/* Looks a fact up by its name. Errors: DULY_INVALID_ARGUMENT; DULY_NOT_FOUND, and the error names the nearest one.
 * Threads: any. Cost: linear in the number of facts. */
DULY_API duly_code duly_fact_find(const duly_policy* policy, size_t size, const char* name, duly_fact* fact,
                                  duly_error** error);

/* Errors: DULY_INVALID_ARGUMENT, DULY_UNKNOWN_HANDLE. Threads: any. Cost: constant. */
DULY_API duly_code duly_fact_about(const duly_policy* policy, duly_fact fact, size_t size, duly_fact_info* info);

/* The answer `index` (from 0) of a choice or set. Errors: DULY_INVALID_ARGUMENT, DULY_UNKNOWN_HANDLE, DULY_WRONG_TYPE;
 * DULY_OUT_OF_RANGE past the last. Threads: any. Cost: constant. */
DULY_API duly_code duly_fact_answer(const duly_policy* policy, duly_fact fact, size_t index, size_t size,
                                    duly_answer* answer);

typedef int32_t duly_kind;
enum {
  DULY_DECISION = 1, /* has outcomes */
  DULY_VALUE = 2,    /* a definition, or what an agreement says of a case */
  DULY_ACTION = 3    /* its value is a duty */
};

typedef struct duly_subject_info {
  duly_kind kind;
  duly_type type;
  size_t answers; /* of choices and sets: how many outcomes there are; else 0 */
  duly_text name;
  duly_text title; /* a decision's question, a value's or an action's title */
  duly_text by;    /* of an action: who does it; may be empty */
  duly_text to;    /* of an action: to whom; may be empty */
  duly_text unit;  /* of a number; may be empty */
} duly_subject_info;

/* How many subjects of a kind there are; 0 where there is no such kind.
 * Threads: any. Cost: constant. */
DULY_API size_t duly_subject_count(const duly_policy* policy, duly_kind kind);

/* The subject of a kind at a place from 0, in the order of declaration; none past the last.
 * Threads: any. Cost: constant. */
DULY_API duly_subject duly_subject_at(const duly_policy* policy, duly_kind kind, size_t index);

/* Looks a subject up by kind and name. Errors: DULY_INVALID_ARGUMENT; DULY_NOT_FOUND, and the error names the nearest.
 * Threads: any. Cost: linear in the number of subjects. */
DULY_API duly_code duly_subject_find(const duly_policy* policy, duly_kind kind, size_t size, const char* name,
                                     duly_subject* subject, duly_error** error);

/* The decision that the policy says it `decides`, else the first; none where it has none.
 * Threads: any. Cost: constant. */
DULY_API duly_subject duly_default_decision(const duly_policy* policy);

/* Errors: DULY_INVALID_ARGUMENT, DULY_UNKNOWN_HANDLE. Threads: any. Cost: constant. */
DULY_API duly_code duly_subject_about(const duly_policy* policy, duly_subject subject, size_t size,
                                      duly_subject_info* info);

/* The outcome `index` (from 0). Errors: as duly_fact_answer. Threads: any. Cost: constant. */
DULY_API duly_code duly_subject_answer(const duly_policy* policy, duly_subject subject, size_t index, size_t size,
                                       duly_answer* answer);

typedef struct duly_record_info {
  duly_text name; /* with its module: "national.decision_record" */
  duly_text title;
} duly_record_info;

/* How many records the policy declares.
 * Threads: any. Cost: constant. */
DULY_API size_t duly_record_count(const duly_policy* policy);

/* The record at a place from 0; none past the last.
 * Threads: any. Cost: constant. */
DULY_API duly_record duly_record_at(const duly_policy* policy, size_t index);

/* Looks a record up by its name with its module, or by its bare name (of several: the policy's own).
 * Errors: DULY_INVALID_ARGUMENT; DULY_NOT_FOUND, and the error names the nearest one. Threads: any. Cost: linear. */
DULY_API duly_code duly_record_find(const duly_policy* policy, size_t size, const char* name, duly_record* record,
                                    duly_error** error);

/* Errors: DULY_INVALID_ARGUMENT, DULY_UNKNOWN_HANDLE. Threads: any. Cost: constant. */
DULY_API duly_code duly_record_about(const duly_policy* policy, duly_record record, size_t size,
                                     duly_record_info* info);

/* ---- Cases ------------------------------------------------------------------------------------------------------ */

/* A known value of any type. */
typedef struct duly_value {
  duly_type type;
  int64_t number; /* as duly_type says; of a set the bits; of a text 0 */
  duly_text
      text; /* of a choice its name, of yes/no "yes" or "no", of a duty "must not", of a text itself; else empty */
} duly_value;

/* Days since 1970-01-01 of a date in the Gregorian calendar: year 1 to 9999, month and day from 1.
 * Errors: DULY_INVALID_ARGUMENT; DULY_OUT_OF_RANGE for a day that does not exist. Threads: any. Cost: constant. */
DULY_API duly_code duly_days(int32_t year, int32_t month, int32_t day, int32_t* days);

/* Makes a case that knows nothing yet; its day is today by the local calendar. Writes it into `*made`, the caller's.
 * Errors: DULY_INVALID_ARGUMENT. Threads: any, for the policy. Cost: linear in the number of facts; allocates. */
DULY_API duly_code duly_case_create(const duly_policy* policy, duly_case** made);

/* Nothing read from it may be used afterwards. Threads: one. Cost: linear in the number of facts. */
DULY_API void duly_case_release(duly_case* facts);

/* The setters make a fact known; an earlier value is replaced. After an error the fact is as it was. Errors of each:
 * DULY_INVALID_ARGUMENT, DULY_UNKNOWN_HANDLE; DULY_WRONG_TYPE where the fact is of another type; DULY_OUT_OF_RANGE
 * where it is of the type and yet not taken. */

/* Errors: above, but for DULY_OUT_OF_RANGE. Threads: one. Cost: constant. */
DULY_API duly_code duly_set_yes_no(duly_case* facts, duly_fact fact, bool value);

/* By index from 0, as duly_fact_answer counts. Errors: above. Threads: one. Cost: constant. */
DULY_API duly_code duly_set_choice(duly_case* facts, duly_fact fact, uint32_t answer);

/* By name: "parent". A name that is none: DULY_OUT_OF_RANGE. Errors: above. Threads: one. Cost: linear in the number of
 * answers. */
DULY_API duly_code duly_set_choice_named(duly_case* facts, duly_fact fact, size_t size, const char* name);

/* In the fact's unit. Errors: above. Threads: one. Cost: constant. */
DULY_API duly_code duly_set_number(duly_case* facts, duly_fact fact, int64_t value);

/* In days since 1970-01-01; see duly_days. Errors: above. Threads: one. Cost: constant. */
DULY_API duly_code duly_set_date(duly_case* facts, duly_fact fact, int32_t days);

/* One bit for each element, the first answer the lowest; 0 is the empty set, which is not the same as unknown.
 * Errors: above. Threads: one. Cost: constant. */
DULY_API duly_code duly_set_set(duly_case* facts, duly_fact fact, uint64_t elements);

/* Copied; any UTF-8 of up to 16 MiB, zero bytes included, else DULY_OUT_OF_RANGE. Errors: above. Threads: one.
 * Cost: linear; allocates, but for short ones. */
DULY_API duly_code duly_set_text(duly_case* facts, duly_fact fact, size_t size, const char* text);

/* Makes a fact unknown; one that is unknown stays so. Errors: DULY_INVALID_ARGUMENT, DULY_UNKNOWN_HANDLE.
 * Threads: one. Cost: constant. */
DULY_API duly_code duly_clear(duly_case* facts, duly_fact fact);

/* Makes every fact unknown, and the day today. Errors: DULY_INVALID_ARGUMENT.
 * Threads: one. Cost: linear in the number of facts. */
DULY_API duly_code duly_case_clear(duly_case* facts);

/* Reads what is known of a fact; its text lives until that fact is set or the case is released.
 * Errors: DULY_INVALID_ARGUMENT, DULY_UNKNOWN_HANDLE; DULY_NO_VALUE where it is unknown. Threads: one. Cost: constant.
 */
DULY_API duly_code duly_get(const duly_case* facts, duly_fact fact, size_t size, duly_value* value);

/* The day for which is decided, in days since 1970-01-01, from 0001-01-01 to 9999-12-31.
 * Errors: DULY_INVALID_ARGUMENT, DULY_OUT_OF_RANGE. Threads: one. Cost: constant. */
DULY_API duly_code duly_set_as_at(duly_case* facts, int32_t days);

/* The day that is set; 0 for NULL.
 * Threads: one. Cost: constant. */
DULY_API int32_t duly_as_at(const duly_case* facts);

/* Takes the whole case from JSON: {"facts": {"child": {"age": 11}}, "as_at": "2026-11-22"}. Facts that are not given
 * become unknown; without "as_at" the day becomes today. Strict: nothing is converted or dropped.
 * Errors: DULY_INVALID_ARGUMENT; DULY_WRONG_CASE, and the error tells up to fifty problems with their paths; the case
 * is then as it was. Threads: one. Cost: linear; allocates. */
DULY_API duly_code duly_case_from_json(duly_case* facts, size_t size, const char* json, duly_error** error);

/* Writes the case as JSON, facts nested by the dots of their names. The text lives until the next call of this function
 * for the case, or its release. Errors: DULY_INVALID_ARGUMENT. Threads: one. Cost: linear; allocates. */
DULY_API duly_code duly_case_json(duly_case* facts, duly_text* json);

/* ---- Deciding --------------------------------------------------------------------------------------------------- */

/* Makes what decisions are written into: one for each thread, used again and again, for it keeps its working memory.
 * Writes it into `*made`, the caller's. Errors: DULY_INVALID_ARGUMENT.
 * Threads: any, for the policy. Cost: linear in the size of the policy; allocates. */
DULY_API duly_code duly_decision_create(const duly_policy* policy, duly_decision** made);

/* Nothing read from it may be used afterwards, but for its reasons, which stay. Threads: one. Cost: linear in it. */
DULY_API void duly_decision_release(duly_decision* decision);

/* Decides a case. What an earlier case left in `decision` is replaced, texts read from it included; the case may be
 * changed or released afterwards, for the decision keeps what it needs to explain itself.
 * Errors: DULY_INVALID_ARGUMENT, DULY_OTHER_POLICY; after an error the decision is empty, as if nothing had been
 * decided. Threads: one, of the case and of the decision. Cost: about linear in the rules that the facts touch, a
 * microsecond or less where all facts are known. The first case with unknown facts builds what is needed to answer
 * exactly, some milliseconds for a large policy. Allocates in the first calls only, and where unknown facts matter. */
DULY_API duly_code duly_decide(const duly_case* facts, duly_decision* decision);

typedef int32_t duly_status;
enum {
  DULY_NO_STATUS = 0, /* nothing was decided yet, or the subject is none of the policy's */
  DULY_DECIDED = 1,
  DULY_UNDECIDED = 2, /* more has to be known: see the needs */
  DULY_CONFLICT = 3,  /* rules disagree */
  DULY_GAP = 4,       /* no rule decides it */
  DULY_UNSAFE = 5     /* a safeguard is broken: what the rules say must not be relied on */
};

/* Threads: one. Cost: constant. */
DULY_API duly_status duly_status_of(const duly_decision* decision, duly_subject subject);

/* The outcome of a decision, the value of a value, the duty about an action. Texts live until the next duly_decide.
 * Errors: DULY_INVALID_ARGUMENT, DULY_UNKNOWN_HANDLE; DULY_NO_VALUE unless the status is decided.
 * Threads: one. Cost: constant. */
DULY_API duly_code duly_value_of(const duly_decision* decision, duly_subject subject, size_t size, duly_value* value);

/* What the policy advises (`otherwise`) for a decision in conflict, with a gap or unsafe. Errors: as duly_value_of;
 * DULY_NO_VALUE where it advises nothing. Threads: one. Cost: constant. */
DULY_API duly_code duly_advised(const duly_decision* decision, duly_subject subject, size_t size, duly_value* value);

/* The duty about an action; DULY_NO_DUTY also where it is not decided: the status tells.
 * Threads: one. Cost: constant. */
DULY_API duly_duty duly_duty_of(const duly_decision* decision, duly_subject action);

/* How many unknown facts can still matter to an undecided subject; 0 for others.
 * Threads: one. Cost: constant. */
DULY_API size_t duly_need_count(const duly_decision* decision, duly_subject subject);

/* The unknown facts that can still matter, by index from 0, in the order of asking: the first is the next question.
 * None past the last. Threads: one. Cost: constant. */
DULY_API duly_fact duly_need_at(const duly_decision* decision, duly_subject subject, size_t index);

/* Whether the answer is more careful than it may have to be: undecided, though exactness was past the bound.
 * Threads: one. Cost: constant. */
DULY_API bool duly_is_approximate(const duly_decision* decision, duly_subject subject);

/* The outcome in the policy's words, or the words of what is advised; empty where there is neither. The text lives
 * until the next call for this decision that writes a duly_text. Errors: DULY_INVALID_ARGUMENT, DULY_UNKNOWN_HANDLE.
 * Threads: one. Cost: constant; allocates. */
DULY_API duly_code duly_says(duly_decision* decision, duly_subject subject, duly_text* text);

/* When a duty is due, as its rules say, joined by "; "; empty where they do not. The text lives as that of duly_says.
 * Errors: DULY_INVALID_ARGUMENT, DULY_UNKNOWN_HANDLE. Threads: one. Cost: that of its reasons; allocates. */
DULY_API duly_code duly_timing(duly_decision* decision, duly_subject action, duly_text* text);

/* Something that is to be known beside a decision, in a sentence, by index from 0: a day outside the policy's time, an
 * approximate answer; empty past the last. The text lives as that of duly_says. Errors: DULY_INVALID_ARGUMENT.
 * Threads: one. Cost: linear in the modules and decisions; allocates. */
DULY_API duly_code duly_warning_at(duly_decision* decision, size_t index, duly_text* text);

/* A broken safeguard, by index from 0: `name` with its module, `title` for people. Both live as long as the decision.
 * Errors: DULY_INVALID_ARGUMENT; DULY_OUT_OF_RANGE past the last. Threads: one. Cost: constant. */
DULY_API duly_code duly_broken_safeguard_at(const duly_decision* decision, size_t index, duly_text* name,
                                            duly_text* title);

/* ---- Why -------------------------------------------------------------------------------------------------------- */

typedef int32_t duly_reason_kind;
enum {
  DULY_BY_RULE = 1,     /* a rule that decided */
  DULY_BY_ITEM = 2,     /* an item of a list that decided */
  DULY_BY_OTHERWISE = 3 /* no rule applied */
};

/* One reason. Texts live as long as the reasons. */
typedef struct duly_reason {
  duly_reason_kind kind;
  uint32_t depth;       /* 0: a reason for the subject; n: what the last reason of depth n - 1 before it rests on */
  bool only_some_ways;  /* decides in some ways only of filling in what is unknown */
  bool by_being_false;  /* of an item: it decides by being false */
  size_t facts, cites;  /* how many known facts it read, how many provisions it cites */
  duly_subject subject; /* whose value this gives */
  duly_text name;       /* with its module: "national.other_reason.yes" */
  duly_text title;      /* for people */
  duly_text place;      /* "national.policy:88" */
} duly_reason;

/* Why a subject came out as it did, as a list in which what a reason rests on follows it, one deeper. Empty where it is
 * undecided. Writes the caller's own object into `*reasons`; it stays as it is when the decision changes.
 * Errors: DULY_INVALID_ARGUMENT, DULY_UNKNOWN_HANDLE. Threads: one, of the decision. Cost: linear in the reasons;
 * allocates. */
DULY_API duly_code duly_reasons_create(const duly_decision* decision, duly_subject subject, duly_reasons** reasons);

/* Nothing read from them may be used afterwards. Threads: one. Cost: linear in them. */
DULY_API void duly_reasons_release(duly_reasons* reasons);

/* Threads: any. Cost: constant. */
DULY_API size_t duly_reason_count(const duly_reasons* reasons);

/* The reason `index` (from 0). Errors: DULY_INVALID_ARGUMENT; DULY_OUT_OF_RANGE past the last.
 * Threads: any. Cost: constant. */
DULY_API duly_code duly_reason_at(const duly_reasons* reasons, size_t index, size_t size, duly_reason* reason);

/* A fact that reason `reason` read, by index from 0; none past the last.
 * Threads: any. Cost: constant. */
DULY_API duly_fact duly_reason_fact(const duly_reasons* reasons, size_t reason, size_t index);

/* A provision that reason `reason` cites, "hmg2015.flow_1_purpose", by index from 0; empty past the last. Lives as long
 * as the reasons. Threads: any. Cost: constant. */
DULY_API duly_text duly_reason_cite(const duly_reasons* reasons, size_t reason, size_t index);

/* A rule of the subject that applied and was set aside, and the rule by which, by index from 0, both named with their
 * modules; they live as long as the reasons. Errors: DULY_INVALID_ARGUMENT; DULY_OUT_OF_RANGE past the last.
 * Threads: any. Cost: constant. */
DULY_API duly_code duly_set_aside_at(const duly_reasons* reasons, size_t index, duly_text* rule, duly_text* by);

/* ---- How it came about ------------------------------------------------------------------------------------------ */

typedef int32_t duly_event_kind;
enum {
  DULY_QUESTION_REACHED = 1, /* a decision, value or duty has to be worked out */
  DULY_STEP_REACHED = 2,     /* a procedure has come to a step */
  DULY_STEP_ANSWERED = 3,    /* its answer; `by`: the answer's rule, where it leads to an outcome */
  DULY_FACT_READ = 4,        /* told once, where a fact is first read */
  DULY_CONDITION_TRIED = 5,  /* of a rule or a safeguard; its parts and what they read follow */
  DULY_RULE_TRIED = 6,       /* whether a rule applies */
  DULY_RULE_SET_ASIDE = 7,   /* it applies, and gives way to `by` */
  DULY_DUTY_LAID = 8,
  DULY_VALUE_SETTLED = 9, /* what a question came to */
  DULY_SAFEGUARD_WATCHED = 10,
  DULY_CONDITION_PART = 11, /* a part of the condition that was told last: a side of `and` or `or`, an item of a list */
  DULY_VALUE_READ = 12      /* what that part compares, or the condition where it has no parts: a fact or a subject */
};

typedef int32_t duly_truth;
enum { DULY_NO = 0, DULY_YES = 1, DULY_UNKNOWN = 2 };

/* How the parts of a condition, or of a part of it, come to the whole. */
typedef int32_t duly_joint;
enum {
  DULY_SINGLE = 0,     /* a comparison: it has no parts */
  DULY_ALL_OF = 1,     /* `and`, `all of` */
  DULY_ANY_OF = 2,     /* `or`, `any of` */
  DULY_NOT_ALL_OF = 3, /* the opposite of the first */
  DULY_NONE_OF = 4     /* the opposite of the second */
};

/* One event. It, its texts and its citations live during the call of the observer only: copy what is to be kept. */
typedef struct duly_event {
  duly_event_kind kind;
  uint32_t depth;       /* how many questions stand open around it */
  duly_truth truth;     /* of the step being reached, the condition, its part, the rule's applying, the safeguard's
                           holding; of a fact, an answer and a value that is read whether they are known; else yes */
  duly_status status;   /* of a value that is settled; else DULY_NO_STATUS */
  duly_subject subject; /* the innermost question; none for safeguards */
  duly_fact fact;       /* that was read; else none */
  duly_subject read;    /* the subject that was read; else none */
  bool has_value;
  duly_value value; /* of a fact, an answer, a rule, a duty, what was read, a settled value, where `has_value` */
  duly_joint joint; /* of a condition and a part */
  uint32_t part;    /* the part's number in its condition, from 1, the same in every case; of a value that is read:
                       of the part that reads it; 0: the condition itself, and every other event */
  uint32_t parent;  /* of a part: the number of the part that it belongs to; 0: the condition itself */
  uint32_t level;   /* of a part: how many parts stand around it */
  uint32_t number;  /* of a step: its place in the procedure, from 1; else 0 */
  duly_text name;   /* with its module, of the rule, step or safeguard; of a condition, its parts and what they read:
                       of the rule or safeguard whose condition it is; else empty */
  duly_text item;   /* of a part that is a list item, its name: "visits.danger.known"; else empty */
  duly_text by;     /* a rule, with its module, where the kind says so; else empty */
  duly_text title;  /* what it is about, for people: of a part its words, else the title of what is named */
  duly_text words;  /* the whole event in a sentence, for people */
  duly_text place;  /* where the policy says so: "visits.policy:31"; empty: nowhere */
  size_t cites;     /* how many provisions stand behind it */
  const duly_text* cited; /* they, as "guide.pairs_1"; never NULL */
} duly_event;

/* Receives the events in order, in the thread that calls duly_observe. DULY_OK: go on; any other code ends the telling.
 * May read the decision by functions that take it const. Must return: no longjmp, no end of the thread. An exception of
 * a C++ host counts as DULY_INTERNAL. */
typedef duly_code (*duly_observer)(void* context, const duly_event* event);

/* Tells how the case came to its decision, as a reader would go through the policy: the decision `subject` (none: the
 * default), then the other decisions, the duties, the safeguards; each depth first through what it reads. The one
 * stream is enough to step through a case, to count what a set of cases exercises, and to explain an outcome. It is
 * told from what was decided, and without this call nothing is spent on it. `size`: sizeof(duly_event); past what the
 * library knows, events are zero. `context` is handed to the observer. Errors: DULY_INVALID_ARGUMENT, also for a size
 * of more than 4096; DULY_UNKNOWN_HANDLE, also for a subject that is no decision; DULY_NO_VALUE where nothing was
 * decided yet; what the observer returned. Threads: one. Cost: linear in what is told; allocates. */
DULY_API duly_code duly_observe(const duly_decision* decision, duly_subject subject, size_t size,
                                duly_observer observer, void* context);

/* ---- Words and JSON --------------------------------------------------------------------------------------------- */

typedef int32_t duly_format;
enum {
  DULY_PLAIN = 1, /* plain text in lines of at most 88 characters */
  DULY_MARKDOWN = 2,
  DULY_JSON = 3,        /* in full, laid out */
  DULY_JSON_LINE = 4,   /* in full, on one line without a line end */
  DULY_JSON_COMPACT = 5 /* outcomes and duties alone, on one line without a line end */
};

typedef int32_t duly_depth;
enum { DULY_BRIEF = 1, DULY_NORMAL = 2, DULY_FULL = 3 };

/* The decision in words or as JSON. `subject`: the decision meant, or none for the policy's default. `depth` is for
 * words; JSON ignores it. The text lives as that of duly_says. Errors: DULY_INVALID_ARGUMENT; DULY_UNKNOWN_HANDLE, also
 * for a subject that is no decision; DULY_NO_VALUE where nothing was decided yet. Threads: one. Cost: linear in what is
 * told; allocates. */
DULY_API duly_code duly_explain(duly_decision* decision, duly_subject subject, duly_format format, duly_depth depth,
                                duly_text* text);

/* What has to be written down about this decision and is still to be filled in: with DULY_JSON the JSON that
 * duly_record_complete takes, each value null; with DULY_PLAIN a line a field. `record`: the one meant, or none for all
 * that this case calls for. The text lives as that of duly_says. Errors: DULY_INVALID_ARGUMENT, DULY_UNKNOWN_HANDLE;
 * DULY_NO_VALUE where nothing was decided yet; DULY_RECORD_INCOMPLETE where there can be no record yet, and the error
 * tells why: undecided, say. Threads: one. Cost: linear; allocates. */
DULY_API duly_code duly_record_form(duly_decision* decision, duly_record record, duly_format format, duly_text* text,
                                    duly_error** error);

/* The complete record, with `fields` as people filled them in, as JSON or Markdown. Sensitive values are masked unless
 * `unmask`. The text lives as that of duly_says. Errors: those of duly_record_form; DULY_RECORD_INCOMPLETE also for
 * what is missing, wrong or unknown in the fields. Threads: one. Cost: linear; allocates. */
DULY_API duly_code duly_record_complete(duly_decision* decision, duly_record record, size_t size, const char* fields,
                                        duly_format format, bool unmask, duly_text* text, duly_error** error);

#ifdef __cplusplus
}
#endif

#endif
