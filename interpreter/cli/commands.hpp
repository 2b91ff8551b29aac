#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "interpreter/cli/policy_files.hpp"
#include "interpreter/cli/terminal.hpp"
#include "interpreter/report/explanation.hpp"

/// The commands: for each what it was asked, and a function that does it and returns the exit code. Each has a file of
/// its own; how they are written on a command line stands in command_line.cpp.
namespace duly::cli {

enum class Format { text, json, markdown, sarif, tap, junit };

struct CheckOptions {
  std::vector<std::string> policies;
  Format format = Format::text;
  bool strict = false;  // warnings fail
};
int check(Terminal& terminal, const SearchPath& path, const CheckOptions& options);

struct DecideOptions {
  std::string policy;
  std::string case_argument;  // a case's name, a file, or `-`
  std::string decision;       // empty: the one that the policy decides
  std::optional<Date> as_at;
  Format format = Format::text;
  Depth depth = Depth::normal;
  std::string why_not;  // a rule, an outcome or NAME=VALUE; empty: explain what came out
};
int decide(Terminal& terminal, const SearchPath& path, const DecideOptions& options);

struct StepOptions {
  std::string policy;
  std::string case_argument;
  std::string decision;  // empty: the one that the policy decides
  std::optional<Date> as_at;
  std::vector<std::string> what_if;  // `child.age=12`
  bool plain = false;                // numbered steps, even at a terminal
  bool guess = false;                // the outcome stays hidden
  Format format = Format::text;
};
/// Full screen at a terminal; else, and in JSON, every step on standard output.
int step(Terminal& terminal, const SearchPath& path, const StepOptions& options);

struct TestOptions {
  std::vector<std::string> paths;
  std::string filter;      // a part of a case's name or title; empty: all
  bool inherited = false;  // extended modules' cases too
  bool coverage = false;   // what the cases leave out as well
  Format format = Format::text;
};
int test(Terminal& terminal, const SearchPath& path, const TestOptions& options);

struct FmtOptions {
  std::vector<std::string> paths;  // files, folders, or `-` alone
  bool check = false;              // change nothing, and fail where something would be changed
};
int fmt_files(Terminal& terminal, const FmtOptions& options);

struct AnalyseOptions {
  std::vector<std::string> policies;  // folders too
  std::optional<Date> as_at;
  std::size_t max_nodes = 1'000'000;
  Format format = Format::text;
};
int analyse(Terminal& terminal, const SearchPath& path, const AnalyseOptions& options);

struct CompareOptions {
  std::vector<std::string> policies;  // two at least
  std::string case_argument;          // a case's name, a file or `-`; empty: none
  std::string cases_file;             // empty: none; without either, wherever the two policies part
  std::string decision;               // empty: the one that each policy decides
  std::size_t max_nodes = 1'000'000;
  Format format = Format::text;
};
int compare(Terminal& terminal, const SearchPath& path, const CompareOptions& options);

struct RecordOptions {
  std::string policy;
  std::string case_argument;
  std::string fields;    // a file or `-`; empty: list what there is to fill in
  std::string record;    // empty: all that the case calls for
  std::string decision;  // empty: the one that the policy decides
  std::optional<Date> as_at;
  bool unmask = false;           // show sensitive values
  std::optional<Format> format;  // none: what there is to fill in as JSON, the record as Markdown
};
int record(Terminal& terminal, const SearchPath& path, const RecordOptions& options);

struct AskOptions {
  std::string policy;
  std::string case_argument;  // to start from; empty: nothing is known
  std::string decision;       // empty: the one that the policy decides
  std::optional<Date> as_at;
  Format format = Format::text;
};
int ask(Terminal& terminal, const SearchPath& path, const AskOptions& options);

struct HandoutOptions {
  std::string policy;
  std::vector<std::string> cases;  // names or files; empty: the policy's own cases with a story
  std::string output;              // a file, whose ending says how to write it; empty: Markdown on standard output
  std::string title;               // empty: the policy's
  std::string decision;            // empty: what each case is about
  std::optional<Date> as_at;
};
int handout(Terminal& terminal, const SearchPath& path, const HandoutOptions& options);

/// What `decide` and `ask` end with.
int exit_code_of(Status status);

struct BatchOptions {
  std::string policy;
  std::string cases = "-";    // a file, or `-`
  std::string decision;       // empty: all of them
  std::optional<Date> as_at;  // null: each case's, else today
  unsigned jobs = 1;
  std::uint64_t first_line = 1;  // the number of the input's first line, where that is a part of a longer text
  bool full = false;
};
int batch(Terminal& terminal, const SearchPath& path, const BatchOptions& options);

enum class CoverageFormat { text, json, html, lcov };

struct CoverageOptions {
  std::vector<std::string> policies;  // files, folders, standard policies
  CoverageFormat format = CoverageFormat::text;
  std::optional<int> require;  // per cent
  std::string output;          // a file; empty: standard output
  bool verbose = false;        // what is covered too
};
int coverage(Terminal& terminal, const SearchPath& path, const CoverageOptions& options);

struct DocumentOptions {
  std::string policy;
  std::string folder;  // for the pages
  bool force = false;  // whatever the folder holds
};
int document(Terminal& terminal, const SearchPath& path, const DocumentOptions& options);

struct ExplainOptions {
  std::string code;  // empty: list all
};
int explain_code(Terminal& terminal, const ExplainOptions& options);

}  // namespace duly::cli
