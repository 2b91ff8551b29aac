/// Duly for C++20.
///
///     const duly::Policy policy = duly::Policy::load("national");
///     duly::Case facts(policy);
///     facts.from_json(referral);
///     duly::Decision decision(policy);
///     decision.decide(facts);
///     std::puts(decision.explain().c_str());
///
/// A thin layer over duly.h, all of it in this header: the library exports C alone, so any compiler and standard
/// library may use it, and what is said there of each function holds here. In short:
///
/// - Objects. Policy, Case, Decision and Reasons own what they are made of; they move, and do not copy. They may be
///   destroyed in any order. One that was moved from may be destroyed or assigned to; else it acts as a null object
///   does in duly.h: nothing, or Error with Code::invalid_argument.
/// - Errors. What people get wrong again and again comes back as a Code: a value that a fact does not take. All else
///   throws: Error, or std::bad_alloc. What does not throw is noexcept.
/// - Strings. A std::string_view into a policy or an error lives as long as that object. Texts made for you are
///   std::string.
/// - Threads. A Policy, an Error and Reasons may be read by any number of threads at once, without locks; what is not
///   const of them, and destroying them, is for one. A Case and a Decision belong to one thread at a time.
/// - Cost. Stated where it is not constant; the same as in duly.h. After the first calls, setting a fact and deciding
///   allocate nothing where all facts that matter are known. Destroying an object is linear in it.
#pragma once

#if !defined(__cpp_exceptions) && !defined(_CPPUNWIND)
#error "duly/duly.hpp reports errors by exceptions; without them, include duly/duly.h"
#endif

#include <chrono>
#include <concepts>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <new>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "duly/duly.h"

namespace duly {
inline namespace v0 {

/// What became of a call; see duly_code.
enum class [[nodiscard]] Code : std::int32_t{
    ok = DULY_OK,
    out_of_memory = DULY_OUT_OF_MEMORY,
    invalid_argument = DULY_INVALID_ARGUMENT,
    unknown_handle = DULY_UNKNOWN_HANDLE,
    other_policy = DULY_OTHER_POLICY,
    not_found = DULY_NOT_FOUND,
    wrong_type = DULY_WRONG_TYPE,
    out_of_range = DULY_OUT_OF_RANGE,
    wrong_policy = DULY_WRONG_POLICY,
    wrong_case = DULY_WRONG_CASE,
    loader_failed = DULY_LOADER_FAILED,
    no_value = DULY_NO_VALUE,
    record_incomplete = DULY_RECORD_INCOMPLETE,
    internal = DULY_INTERNAL,
};

enum class Type : std::int32_t {
  yes_no = DULY_YES_NO,
  choice = DULY_CHOICE,
  number = DULY_NUMBER,
  date = DULY_DATE,
  set = DULY_SET,
  text = DULY_TEXT,
  duty = DULY_DUTY,
};

enum class Duty : std::int32_t {
  none = DULY_NO_DUTY,
  may = DULY_MAY,
  should = DULY_SHOULD,
  must = DULY_MUST,
  should_not = DULY_SHOULD_NOT,
  must_not = DULY_MUST_NOT,
};

/// `none`: nothing was decided yet, or the subject is none of the policy's.
enum class Status : std::int32_t {
  none = DULY_NO_STATUS,
  decided = DULY_DECIDED,
  undecided = DULY_UNDECIDED,
  conflict = DULY_CONFLICT,
  gap = DULY_GAP,
  unsafe = DULY_UNSAFE,
};

enum class Format : std::int32_t {
  plain = DULY_PLAIN,
  markdown = DULY_MARKDOWN,
  json = DULY_JSON,
  json_line = DULY_JSON_LINE,
  json_compact = DULY_JSON_COMPACT,
};

/// `unknown`: more has to be known to tell.
enum class Truth : std::int32_t { no = DULY_NO, yes = DULY_YES, unknown = DULY_UNKNOWN };

/// How the parts of a condition, or of a part of it, come to the whole; `single`: a comparison, which has no parts.
enum class Joint : std::int32_t {
  single = DULY_SINGLE,
  all_of = DULY_ALL_OF,
  any_of = DULY_ANY_OF,
  not_all_of = DULY_NOT_ALL_OF,
  none_of = DULY_NONE_OF,
};

enum class Depth : std::int32_t { brief = DULY_BRIEF, normal = DULY_NORMAL, full = DULY_FULL };

/// Handles: small values, looked up once. A default one is none, and so is false.
struct Fact {
  duly_fact handle{0, 0};
  explicit operator bool() const noexcept { return handle.policy != 0; }
  friend bool operator==(Fact a, Fact b) noexcept {
    return a.handle.index == b.handle.index && a.handle.policy == b.handle.policy;
  }
};

/// A decision, a value (of a definition or an agreement), or an action.
struct Subject {
  duly_subject handle{0, 0};
  explicit operator bool() const noexcept { return handle.policy != 0; }
  friend bool operator==(Subject a, Subject b) noexcept {
    return a.handle.index == b.handle.index && a.handle.policy == b.handle.policy;
  }
};

struct Record {
  duly_record handle{0, 0};
  explicit operator bool() const noexcept { return handle.policy != 0; }
};

/// A view of a text of the library's.
inline std::string_view view(duly_text text) noexcept { return {text.data, text.size}; }

/// One thing that is wrong, and where; see duly_problem. Views live as long as the Error or the Policy.
struct Problem {
  bool is_warning = false;
  std::uint32_t line = 0, column = 0;          // from 1; 0: no place in a text
  std::uint32_t end_line = 0, end_column = 0;  // one past the last character
  std::string_view code, message, help, file, path;
};

/// Thrown. Copies share what it tells, which never changes; any thread may read it.
class Error : public std::exception {
 public:
  /// Takes over `error`, which may be null; also where it throws std::bad_alloc. Allocates.
  Error(duly_code code, duly_error* error) : code_(code) {
    if (error != nullptr) error_ = std::shared_ptr<const duly_error>(error, Release{});
  }

  Code code() const noexcept { return static_cast<Code>(code_); }
  /// The first problem in a line, with its place; where there is none to tell, what the code means.
  const char* what() const noexcept override {
    return error_ ? duly_error_message(error_.get()).data : duly_code_text(code_).data;
  }
  /// Every problem as people read it; empty where there is none to tell.
  std::string_view text() const noexcept { return view(duly_error_text(error_.get())); }
  /// Each of them with its place. Cost: linear; allocates.
  std::vector<Problem> problems() const { return problems_of(error_.get()); }

  /// The same of any error of duly.h; null has none. Views live as long as it. Cost: linear; allocates.
  static std::vector<Problem> problems_of(const duly_error* error) {
    std::vector<Problem> result;
    duly_problem problem;
    for (std::size_t i = 0; duly_error_at(error, i, sizeof problem, &problem) == DULY_OK; ++i) {
      result.push_back({problem.severity == DULY_WARNING, problem.line, problem.column, problem.end_line,
                        problem.end_column, view(problem.code), view(problem.message), view(problem.help),
                        view(problem.file), view(problem.path)});
    }
    return result;
  }

 private:
  struct Release {
    void operator()(const duly_error* error) const noexcept { duly_error_release(const_cast<duly_error*>(error)); }
  };

  duly_code code_;
  std::shared_ptr<const duly_error> error_;
};

/// For the classes below.
namespace detail {

/// Throws where the code is not ok; takes over `error`, which is read once the call that makes it has returned.
inline void check(duly_code code, duly_error*& error) {
  if (code == DULY_OK) return;
  if (code == DULY_OUT_OF_MEMORY) {
    duly_error_release(error);
    throw std::bad_alloc();
  }
  throw Error(code, error);
}

inline void check(duly_code code) {
  duly_error* none = nullptr;
  check(code, none);
}

template <auto release>
struct Release {
  template <class T>
  void operator()(T* object) const noexcept {
    release(object);
  }
};

template <class T, auto release>
using Owned = std::unique_ptr<T, Release<release>>;

}  // namespace detail

/// A day: std::chrono::sys_days{2026y / 11 / 22}.
using Day = std::chrono::sys_days;

namespace detail {

/// As C counts days; what does not fit becomes a day that is taken nowhere.
inline std::int32_t days(Day day) noexcept {
  const auto count = day.time_since_epoch().count();
  return count < INT32_MIN || count > INT32_MAX ? INT32_MIN : static_cast<std::int32_t>(count);
}

}  // namespace detail

/// What a loader found: what the text is called in messages, and the text.
struct Found {
  std::string name, text;
};

/// Finds the module `name` for the text called `from` (empty: the policy itself); null where there is none: the
/// standard policies are then looked at. What it throws comes out of Policy::load and Policy::compile unchanged.
using Loader = std::function<std::optional<Found>(std::string_view name, std::string_view from)>;

/// An answer to a fact, or an outcome of a decision. Views live as long as the policy.
struct Answer {
  std::string_view name, title;
};

/// What a policy says of a fact; see duly_fact_info. Views live as long as the policy.
struct FactInfo {
  Type type = Type::yes_no;
  bool judgement = false, sensitive = false;
  std::int64_t low = INT64_MIN, high = INT64_MAX;
  std::string_view name, title, ask, help, unit;
  std::vector<Answer> answers;
};

/// What a policy says of a decision, a value or an action; see duly_subject_info. Views live as long as the policy.
struct SubjectInfo {
  enum class Kind : std::int32_t { decision = DULY_DECISION, value = DULY_VALUE, action = DULY_ACTION };
  Kind kind = Kind::decision;
  Type type = Type::yes_no;
  std::string_view name, title, by, to, unit;
  std::vector<Answer> answers;
};

/// A compiled policy. Never changes: any number of threads may use it at once, without locks.
class Policy {
 public:
  /// Compiles a text, called `name` in messages; see duly_compile. Nothing that is passed is kept. Throws Error:
  /// wrong_policy, whose problems tell each error; std::bad_alloc; what the loader throws. Threads: any. Cost: about
  /// linear in the texts; allocates.
  static Policy compile(std::string_view name, std::string_view text, const Loader& loader = {},
                        bool with_warnings = true) {
    return make(loader, with_warnings, [&](const auto* c_loader, auto flags, auto** policy, auto** error) {
      return duly_compile(name.size(), name.data(), text.size(), text.data(), c_loader, flags, policy, error);
    });
  }

  /// Compiles what the loader finds under `name`, else the standard policy of that name; see duly_load. Throws as
  /// compile, and Error: not_found. Threads: any. Cost: as compile.
  static Policy load(std::string_view name, const Loader& loader = {}, bool with_warnings = true) {
    return make(loader, with_warnings, [&](const auto* c_loader, auto flags, auto** policy, auto** error) {
      return duly_load(name.size(), name.data(), c_loader, flags, policy, error);
    });
  }

  /// The names of the standard policies. Views live as long as the library. Threads: any. Cost: linear; allocates.
  static std::vector<std::string_view> standard() {
    std::vector<std::string_view> names;
    for (std::size_t i = 0; duly_standard_policy(i).size != 0; ++i) names.push_back(view(duly_standard_policy(i)));
    return names;
  }

  /// What the author should look at. Views live as long as the policy. Threads: any. Cost: linear; allocates.
  std::vector<Problem> warnings() const { return Error::problems_of(duly_policy_warnings(get())); }

  /// Views live as long as the policy; empty where the policy says nothing. Threads: any. Cost: constant.
  std::string_view name() const noexcept { return view(about().name); }
  std::string_view title() const noexcept { return view(about().title); }
  std::string_view version() const noexcept { return view(about().version); }
  std::string_view sha256() const noexcept { return view(about().sha256); }

  /// All of a kind, in the order of declaration. Threads: any. Cost: linear; allocates.
  std::vector<Fact> facts() const {
    std::vector<Fact> result;
    for (std::size_t i = 0; i < duly_fact_count(get()); ++i) result.push_back({duly_fact_at(get(), i)});
    return result;
  }
  std::vector<Subject> decisions() const { return subjects(DULY_DECISION); }
  std::vector<Subject> values() const { return subjects(DULY_VALUE); }
  std::vector<Subject> actions() const { return subjects(DULY_ACTION); }
  std::vector<Record> records() const {
    std::vector<Record> result;
    for (std::size_t i = 0; i < duly_record_count(get()); ++i) result.push_back({duly_record_at(get(), i)});
    return result;
  }

  /// Look one up by name: a record's is with its module, or bare. Throw Error: not_found, which names the nearest;
  /// std::bad_alloc. Threads: any. Cost: linear in what there is of the kind.
  Fact fact(std::string_view name) const {
    Fact result;
    duly_error* error = nullptr;
    detail::check(duly_fact_find(get(), name.size(), name.data(), &result.handle, &error), error);
    return result;
  }
  Subject decision(std::string_view name) const { return subject(DULY_DECISION, name); }
  Subject value(std::string_view name) const { return subject(DULY_VALUE, name); }
  Subject action(std::string_view name) const { return subject(DULY_ACTION, name); }
  Record record(std::string_view name) const {
    Record result;
    duly_error* error = nullptr;
    detail::check(duly_record_find(get(), name.size(), name.data(), &result.handle, &error), error);
    return result;
  }

  /// The decision that the policy `decides`; none where it has no decision. Threads: any. Cost: constant.
  Subject default_decision() const noexcept { return {duly_default_decision(get())}; }

  /// What the policy says of one; of a record, its name and title. Throw Error: unknown_handle; std::bad_alloc.
  /// Threads: any. Cost: linear in the answers; allocate.
  FactInfo about(Fact fact) const {
    duly_fact_info info;
    detail::check(duly_fact_about(get(), fact.handle, sizeof info, &info));
    FactInfo result{static_cast<Type>(info.type),
                    info.judgement,
                    info.sensitive,
                    info.low,
                    info.high,
                    view(info.name),
                    view(info.title),
                    view(info.ask),
                    view(info.help),
                    view(info.unit),
                    {}};
    duly_answer answer;
    for (std::size_t i = 0; i < info.answers; ++i) {
      detail::check(duly_fact_answer(get(), fact.handle, i, sizeof answer, &answer));
      result.answers.push_back({view(answer.name), view(answer.title)});
    }
    return result;
  }
  SubjectInfo about(Subject subject) const {
    duly_subject_info info;
    detail::check(duly_subject_about(get(), subject.handle, sizeof info, &info));
    SubjectInfo result{static_cast<SubjectInfo::Kind>(info.kind),
                       static_cast<Type>(info.type),
                       view(info.name),
                       view(info.title),
                       view(info.by),
                       view(info.to),
                       view(info.unit),
                       {}};
    duly_answer answer;
    for (std::size_t i = 0; i < info.answers; ++i) {
      detail::check(duly_subject_answer(get(), subject.handle, i, sizeof answer, &answer));
      result.answers.push_back({view(answer.name), view(answer.title)});
    }
    return result;
  }
  Answer about(Record record) const {
    duly_record_info info;
    detail::check(duly_record_about(get(), record.handle, sizeof info, &info));
    return {view(info.name), view(info.title)};
  }

  /// The C object, still owned here; null after a move. Threads: any.
  const duly_policy* get() const noexcept { return policy_.get(); }

 private:
  explicit Policy(duly_policy* policy) : policy_(policy) {}

  duly_policy_info about() const noexcept {
    duly_policy_info info;
    if (duly_policy_about(get(), sizeof info, &info) == DULY_OK) return info;
    const duly_text none{0, ""};
    return {none, none, none, none};
  }

  std::vector<Subject> subjects(duly_kind kind) const {
    std::vector<Subject> result;
    const std::size_t count = duly_subject_count(get(), kind);
    for (std::size_t i = 0; i < count; ++i) result.push_back({duly_subject_at(get(), kind, i)});
    return result;
  }

  Subject subject(duly_kind kind, std::string_view name) const {
    Subject result;
    duly_error* error = nullptr;
    detail::check(duly_subject_find(get(), kind, name.size(), name.data(), &result.handle, &error), error);
    return result;
  }

  /// A loader of C++ behind one of C: what it throws is kept, and thrown again once C has returned.
  struct Bridge {
    const Loader& loader;
    std::exception_ptr thrown = {};

    static duly_code load(void* context, duly_found* found, std::size_t name_size, const char* name,
                          std::size_t from_size, const char* from) noexcept {
      auto& bridge = *static_cast<Bridge*>(context);
      try {
        const std::optional<Found> text = bridge.loader({name, name_size}, {from, from_size});
        if (!text) return DULY_OK;
        return duly_found_text(found, text->name.size(), text->name.data(), text->text.size(), text->text.data());
      } catch (...) {
        bridge.thrown = std::current_exception();
        return DULY_LOADER_FAILED;
      }
    }
  };

  template <class Call>
  static Policy make(const Loader& loader, bool with_warnings, const Call& call) {
    Bridge bridge{loader};
    const duly_loader c_loader{&bridge, &Bridge::load};
    duly_policy* policy = nullptr;
    duly_error* error = nullptr;
    const std::uint32_t flags = with_warnings ? 0 : DULY_WITHOUT_WARNINGS;
    const duly_code code = call(loader ? &c_loader : nullptr, flags, &policy, &error);
    if (bridge.thrown) {
      duly_error_release(error);
      std::rethrow_exception(bridge.thrown);
    }
    detail::check(code, error);
    return Policy(policy);
  }

  detail::Owned<duly_policy, duly_policy_release> policy_;
};

/// A known value; see duly_value. The view lives as the function that gives it says.
struct Value {
  Type type = Type::yes_no;
  std::int64_t number = 0;
  std::string_view text;
};

/// What is known about one situation, and the day for which is decided. One thread at a time.
class Case {
 public:
  /// Knows nothing yet; its day is today. Keeps what it needs of the policy. Throws std::bad_alloc. Threads: any, of
  /// the policy. Cost: linear in the number of facts; allocates.
  explicit Case(const Policy& policy) {
    duly_case* made = nullptr;
    detail::check(duly_case_create(policy.get(), &made));
    case_.reset(made);
  }

  /// Make a fact known. Code: ok; unknown_handle; wrong_type, where the fact is of another type; out_of_range, where it
  /// does not take this value. After all but ok the fact is as it was. Cost: constant; of a choice by name linear in
  /// its answers, of a text in its size.
  Code set_yes_no(Fact, const char*) = delete;  // "no" would be true
  template <std::floating_point T>
  Code set_number(Fact, T) = delete;  // 11.5 would be 11
  Code set_yes_no(Fact fact, bool value) noexcept { return Code{duly_set_yes_no(get(), fact.handle, value)}; }
  Code set_choice(Fact fact, std::uint32_t answer) noexcept {  // by index from 0
    return Code{duly_set_choice(get(), fact.handle, answer)};
  }
  Code set_choice(Fact fact, std::string_view name) noexcept {
    return Code{duly_set_choice_named(get(), fact.handle, name.size(), name.data())};
  }
  Code set_number(Fact fact, std::int64_t value) noexcept {  // in the fact's unit
    return Code{duly_set_number(get(), fact.handle, value)};
  }
  Code set_date(Fact fact, Day day) noexcept { return Code{duly_set_date(get(), fact.handle, detail::days(day))}; }
  Code set_set(Fact fact, std::uint64_t elements) noexcept {  // a bit an answer, the first the lowest
    return Code{duly_set_set(get(), fact.handle, elements)};
  }
  Code set_text(Fact fact, std::string_view text) noexcept {  // UTF-8, copied; also out_of_memory
    return Code{duly_set_text(get(), fact.handle, text.size(), text.data())};
  }

  /// Makes a fact unknown. Code: ok, unknown_handle. Cost: constant.
  Code clear(Fact fact) noexcept { return Code{duly_clear(get(), fact.handle)}; }
  /// Makes every fact unknown, and the day today. Does not throw but after a move. Cost: linear in the number of facts.
  void clear() { detail::check(duly_case_clear(get())); }

  /// What is known of a fact; null where it is unknown or none. Its view lives until the fact is set. Cost: constant.
  std::optional<Value> value(Fact fact) const noexcept {
    duly_value value;
    if (duly_get(get(), fact.handle, sizeof value, &value) != DULY_OK) return std::nullopt;
    return Value{static_cast<Type>(value.type), value.number, view(value.text)};
  }

  /// The day for which is decided, in years 1 to 9999. Code: ok, out_of_range. Cost: constant.
  Code set_as_at(Day day) noexcept { return Code{duly_set_as_at(get(), detail::days(day))}; }
  Day as_at() const noexcept { return Day{std::chrono::days{duly_as_at(get())}}; }

  /// Takes the whole case from JSON; see duly_case_from_json. Throws Error: wrong_case, whose problems name their
  /// paths; std::bad_alloc; the case is then as it was. Cost: linear; allocates.
  void from_json(std::string_view json) {
    duly_error* error = nullptr;
    detail::check(duly_case_from_json(get(), json.size(), json.data(), &error), error);
  }
  /// As JSON, facts nested by the dots of their names. Throws std::bad_alloc. Cost: linear; allocates.
  std::string json() {
    duly_text text;
    detail::check(duly_case_json(get(), &text));
    return std::string(view(text));
  }

  /// The C object, still owned here; null after a move.
  duly_case* get() const noexcept { return case_.get(); }

 private:
  detail::Owned<duly_case, duly_case_release> case_;
};

/// One reason; see duly_reason. Views live as long as the Reasons.
struct Reason {
  enum class Kind : std::int32_t { rule = DULY_BY_RULE, item = DULY_BY_ITEM, otherwise = DULY_BY_OTHERWISE };
  Kind kind = Kind::rule;
  std::uint32_t depth = 0;  // 0: a reason itself; n: what the last of depth n - 1 before it rests on
  bool only_some_ways = false, by_being_false = false;
  Subject subject;
  std::string_view name, title, place;
  std::vector<Fact> facts;
  std::vector<std::string_view> cites;
};

/// A rule that applied, and the one that set it aside. Views live as long as the Reasons.
struct SetAside {
  std::string_view rule, by;
};

/// One event of how a decision came about; see duly_event, field by field. Views live during the call of the observer.
struct Event {
  enum class Kind : std::int32_t {
    question_reached = DULY_QUESTION_REACHED,
    step_reached = DULY_STEP_REACHED,
    step_answered = DULY_STEP_ANSWERED,
    fact_read = DULY_FACT_READ,
    condition_tried = DULY_CONDITION_TRIED,
    condition_part = DULY_CONDITION_PART,
    value_read = DULY_VALUE_READ,
    rule_tried = DULY_RULE_TRIED,
    rule_set_aside = DULY_RULE_SET_ASIDE,
    duty_laid = DULY_DUTY_LAID,
    value_settled = DULY_VALUE_SETTLED,
    safeguard_watched = DULY_SAFEGUARD_WATCHED,
  };
  Kind kind = Kind::question_reached;
  std::uint32_t depth = 0;
  Truth truth = Truth::yes;
  Status status = Status::none;
  Subject subject;
  Fact fact;
  Subject read;
  std::optional<Value> value;
  Joint joint = Joint::single;
  std::uint32_t part = 0, parent = 0, level = 0, number = 0;
  std::string_view name, item, by, title, words, place;
  std::vector<std::string_view> cites;
};

/// Receives events in order, in the thread that observes. What it throws comes out of Decision::observe unchanged.
using Observer = std::function<void(const Event&)>;

/// Why a subject came out as it did, as a list in which what a reason rests on follows it, one deeper. Stays as it is
/// when the decision changes or goes. Threads: any.
class Reasons {
 public:
  /// Takes over the C object, which may be null: there are no reasons then.
  explicit Reasons(duly_reasons* reasons) : reasons_(reasons) {}

  std::size_t size() const noexcept { return duly_reason_count(get()); }
  /// Throws Error: out_of_range; std::bad_alloc. Cost: linear in its facts and citations; allocates.
  Reason operator[](std::size_t index) const {
    duly_reason found;
    detail::check(duly_reason_at(get(), index, sizeof found, &found));
    Reason reason{static_cast<Reason::Kind>(found.kind),
                  found.depth,
                  found.only_some_ways,
                  found.by_being_false,
                  {found.subject},
                  view(found.name),
                  view(found.title),
                  view(found.place),
                  {},
                  {}};
    for (std::size_t i = 0; i < found.facts; ++i) reason.facts.push_back({duly_reason_fact(get(), index, i)});
    for (std::size_t i = 0; i < found.cites; ++i) reason.cites.push_back(view(duly_reason_cite(get(), index, i)));
    return reason;
  }
  /// The subject's rules that applied and gave way. Throws std::bad_alloc. Cost: linear; allocates.
  std::vector<SetAside> set_aside() const {
    std::vector<SetAside> result;
    duly_text rule, by;
    for (std::size_t i = 0; duly_set_aside_at(get(), i, &rule, &by) == DULY_OK; ++i) {
      result.push_back({view(rule), view(by)});
    }
    return result;
  }

  /// The C object, still owned here; null after a move.
  const duly_reasons* get() const noexcept { return reasons_.get(); }

 private:
  detail::Owned<duly_reasons, duly_reasons_release> reasons_;
};

/// What came out for one case. Make one for each thread and use it again and again: it keeps its working memory. One
/// thread at a time.
class Decision {
 public:
  /// Nothing is decided yet. Keeps what it needs of the policy. Throws std::bad_alloc. Threads: any, of the policy.
  /// Cost: linear in the size of the policy; allocates.
  explicit Decision(const Policy& policy) {
    duly_decision* made = nullptr;
    detail::check(duly_decision_create(policy.get(), &made));
    decision_.reset(made);
  }

  /// Decides; what an earlier case left is replaced. The case may change afterwards. Throws Error: other_policy;
  /// std::bad_alloc; the decision is then empty. Cost: see duly_decide.
  void decide(const Case& facts) { detail::check(duly_decide(facts.get(), get())); }

  /// Of a decision, value or action. Cost: constant.
  Status status(Subject subject) const noexcept { return static_cast<Status>(duly_status_of(get(), subject.handle)); }
  /// The outcome, value or duty; null unless decided. Its view lives until the next decide. Cost: constant.
  std::optional<Value> value(Subject subject) const noexcept { return read(duly_value_of, subject); }
  /// What is advised where there is no outcome; null for none. Cost: constant.
  std::optional<Value> advised(Subject subject) const noexcept { return read(duly_advised, subject); }
  /// The name of a decision's outcome: "may_share"; empty unless decided. Lives as long as the policy. Cost: constant.
  std::string_view outcome(Subject decision) const noexcept {
    const auto found = value(decision);
    return found ? found->text : std::string_view{};
  }
  /// Duty::none also where it is not decided: the status tells. Cost: constant.
  Duty duty(Subject action) const noexcept { return static_cast<Duty>(duly_duty_of(get(), action.handle)); }
  /// Whether the answer is more careful than it may have to be. Cost: constant.
  bool is_approximate(Subject subject) const noexcept { return duly_is_approximate(get(), subject.handle); }

  /// The unknown facts that can still matter, in the order of asking. Cost: linear in them; allocates.
  std::vector<Fact> needs(Subject subject) const {
    std::vector<Fact> result;
    const std::size_t count = duly_need_count(get(), subject.handle);
    for (std::size_t i = 0; i < count; ++i) result.push_back({duly_need_at(get(), subject.handle, i)});
    return result;
  }
  /// The first of them; none where nothing is to be asked. Cost: constant.
  Fact next_question(Subject subject) const noexcept { return {duly_need_at(get(), subject.handle, 0)}; }

  /// The outcome, or what is advised, in the policy's words; empty for neither. Throws Error: unknown_handle;
  /// std::bad_alloc. Allocates.
  std::string says(Subject subject) {
    duly_text text;
    detail::check(duly_says(get(), subject.handle, &text));
    return std::string(view(text));
  }
  /// When a duty is due; empty where its rules do not say. Throws Error: unknown_handle; std::bad_alloc. Cost: that of
  /// its reasons; allocates.
  std::string timing(Subject action) {
    duly_text text;
    detail::check(duly_timing(get(), action.handle, &text));
    return std::string(view(text));
  }

  /// What is to be known beside the decision, in sentences. Throws std::bad_alloc. Cost: linear in the modules and
  /// decisions, for each; allocates.
  std::vector<std::string> warnings() {
    std::vector<std::string> result;
    duly_text text;
    for (std::size_t i = 0;; ++i) {
      detail::check(duly_warning_at(get(), i, &text));
      if (text.size == 0) return result;
      result.emplace_back(view(text));
    }
  }
  /// Names and titles of broken safeguards. Views live as long as the decision. Throws std::bad_alloc. Cost: linear in
  /// them; allocates.
  std::vector<Answer> broken_safeguards() const {
    std::vector<Answer> result;
    duly_text name, title;
    for (std::size_t i = 0; duly_broken_safeguard_at(get(), i, &name, &title) == DULY_OK; ++i) {
      result.push_back({view(name), view(title)});
    }
    return result;
  }

  /// Why. Throws Error: unknown_handle; std::bad_alloc. Cost: linear in the reasons; allocates.
  Reasons reasons(Subject subject) const {
    duly_reasons* made = nullptr;
    detail::check(duly_reasons_create(get(), subject.handle, &made));
    return Reasons(made);
  }

  /// Tells how the case came to its decision; see duly_observe. The observer may read this decision by what is const.
  /// Throws Error: no_value where nothing was decided, unknown_handle; what the observer throws. Cost: linear in what
  /// is told; allocates.
  void observe(const Observer& observer, Subject decision = {}) const {
    struct Bridge {
      const Observer& observer;
      std::exception_ptr thrown = {};
      static duly_code tell(void* context, const duly_event* event) noexcept {
        auto& bridge = *static_cast<Bridge*>(context);
        try {
          bridge.observer(as_event(*event));
          return DULY_OK;
        } catch (...) {
          bridge.thrown = std::current_exception();
          return DULY_INTERNAL;
        }
      }
    };
    Bridge bridge{observer};
    const duly_code code =
        duly_observe(get(), decision.handle, sizeof(duly_event), observer ? &Bridge::tell : nullptr, &bridge);
    if (bridge.thrown) std::rethrow_exception(bridge.thrown);
    detail::check(code);
  }

  /// In words or as JSON; the default decision where none is given. Throws Error: no_value where nothing was decided,
  /// unknown_handle, also for what is no decision, invalid_argument; std::bad_alloc. Cost: linear in what is told;
  /// allocates.
  std::string explain(Format format = Format::plain, Depth depth = Depth::normal, Subject decision = {}) {
    duly_text text;
    detail::check(
        duly_explain(get(), decision.handle, static_cast<duly_format>(format), static_cast<duly_depth>(depth), &text));
    return std::string(view(text));
  }
  /// The same, with the most used format first.
  std::string json(Format format = Format::json, Subject decision = {}) {
    return explain(format, Depth::normal, decision);
  }

  /// What has to be written down and is still to be filled in, as JSON or plain text; of all records that the case
  /// calls for, or of one. Throws Error: no_value; record_incomplete where there can be none yet; unknown_handle;
  /// invalid_argument for another format; std::bad_alloc. Cost: linear; allocates.
  std::string record_form(Format format = Format::json, Record record = {}) {
    duly_text text;
    duly_error* error = nullptr;
    detail::check(duly_record_form(get(), record.handle, static_cast<duly_format>(format), &text, &error), error);
    return std::string(view(text));
  }
  /// The complete record, as JSON or Markdown; `fields` is the form, filled in. Sensitive values are masked unless
  /// `unmask`. Throws as record_form, and record_incomplete for what is missing, wrong or unknown. Cost: linear;
  /// allocates.
  std::string complete_record(std::string_view fields, Format format = Format::markdown, Record record = {},
                              bool unmask = false) {
    duly_text text;
    duly_error* error = nullptr;
    detail::check(duly_record_complete(get(), record.handle, fields.size(), fields.data(),
                                       static_cast<duly_format>(format), unmask, &text, &error),
                  error);
    return std::string(view(text));
  }

  /// The C object, still owned here; null after a move.
  duly_decision* get() const noexcept { return decision_.get(); }

 private:
  static Event as_event(const duly_event& told) {
    Event event;
    event.kind = static_cast<Event::Kind>(told.kind);
    event.depth = told.depth;
    event.truth = static_cast<Truth>(told.truth);
    event.status = static_cast<Status>(told.status);
    event.subject = {told.subject};
    event.fact = {told.fact};
    event.read = {told.read};
    if (told.has_value) {
      event.value = Value{static_cast<Type>(told.value.type), told.value.number, view(told.value.text)};
    }
    event.joint = static_cast<Joint>(told.joint);
    event.part = told.part;
    event.parent = told.parent;
    event.level = told.level;
    event.number = told.number;
    event.name = view(told.name);
    event.item = view(told.item);
    event.by = view(told.by);
    event.title = view(told.title);
    event.words = view(told.words);
    event.place = view(told.place);
    for (std::size_t i = 0; i < told.cites; ++i) event.cites.push_back(view(told.cited[i]));
    return event;
  }

  template <class Read>
  std::optional<Value> read(Read* function, Subject subject) const noexcept {
    duly_value value;
    if (function(get(), subject.handle, sizeof value, &value) != DULY_OK) return std::nullopt;
    return Value{static_cast<Type>(value.type), value.number, view(value.text)};
  }

  detail::Owned<duly_decision, duly_decision_release> decision_;
};

}  // namespace v0
}  // namespace duly
