#include "interpreter/cli/test_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "interpreter/report/coverage_formats.hpp"
#include "interpreter/report/json_writer.hpp"

namespace duly::cli {
namespace {

std::string counted(std::size_t number, std::string_view what) {
  return fmt::format("{} {}{}", number, what, number == 1 ? "" : "s");
}

std::size_t failed_cases(const PolicyResult& policy) {
  std::size_t count = 0;
  for (const CaseResult& result : policy.cases) count += !result.passed();
  return count;
}

/// Which rules made it so, in words: a line each.
std::vector<std::string> why(const FailedExpectation& failure) {
  std::vector<std::string> lines;
  if (failure.status == Status::undecided) {
    lines.push_back(fmt::format("still needed: {}", fmt::join(failure.needs, ", ")));
    return lines;
  }
  if (failure.rules.empty()) {
    lines.emplace_back(failure.status == Status::gap ? "no rule applies, and there is no `otherwise`"
                                                     : "no rule applies");
    return lines;
  }
  lines.emplace_back(failure.status == Status::conflict ? "these rules disagree:" : "decided by:");
  for (const NamedRule& rule : failure.rules) {
    lines.push_back(fmt::format("  {} \"{}\" ({})", rule.name, rule.title, rule.at));
  }
  return lines;
}

/// What went wrong in one case, each line indented.
std::string details(const CaseResult& result, std::string_view indent) {
  std::string out;
  const auto line = [&](std::string_view text) { out += fmt::format("{}{}\n", indent, text); };
  for (const FailedExpectation& failure : result.failures) {
    line(failure.at);
    line(fmt::format("  expected  {}", failure.expected));
    line(fmt::format("  found     {}", failure.found));
    for (const std::string& reason : why(failure)) line(fmt::format("            {}", reason));
  }
  for (const NamedRule& safeguard : result.broken) {
    line(fmt::format("a safeguard is broken, and the case does not expect it: {} \"{}\" ({})", safeguard.name,
                     safeguard.title, safeguard.at));
  }
  return out;
}

/// Inherited cases that merely cannot know what this policy asks besides.
std::size_t open_cases(const PolicyResult& policy) {
  return static_cast<std::size_t>(std::count_if(policy.come_out_differently.begin(), policy.come_out_differently.end(),
                                                [](const CaseResult& each) { return each.only_needs_new_facts; }));
}

/// Those cases, apart from the ones that end otherwise.
std::string need_new_facts(const PolicyResult& policy) {
  std::set<std::string> facts;
  std::vector<std::string> names;
  for (const CaseResult& result : policy.come_out_differently) {
    if (!result.only_needs_new_facts) continue;
    names.push_back(result.name);
    for (const FailedExpectation& failure : result.failures) facts.insert(failure.needs.begin(), failure.needs.end());
  }
  if (names.empty()) return {};
  return fmt::format("\nOPEN {}: these only need facts that this policy adds: {}\n  {}\n",
                     counted(names.size(), "inherited case"), fmt::join(facts, ", "), fmt::join(names, "\n  "));
}

std::string text(const TestResults& results) {
  std::string out;
  for (const PolicyResult& policy : results.policies) {
    if (!policy.diagnostics.empty()) {
      out += fmt::format("{}: has errors, so its cases did not run\n", policy.file);
      continue;
    }
    const std::size_t failed = failed_cases(policy);
    out += fmt::format("{}: {}, {}", policy.file, counted(policy.cases.size(), "case"),
                       failed == 0 ? std::string("all as expected") : fmt::format("{} not as expected", failed));
    if (policy.inherited > 0) {
      const std::size_t open = open_cases(policy), differ = policy.come_out_differently.size() - open;
      out += fmt::format("; of {}, {} under this policy", counted(policy.inherited, "inherited case"),
                         differ == 0 ? std::string("none ends otherwise")
                                     : fmt::format("{} {} otherwise", differ, differ == 1 ? "ends" : "end"));
      if (open > 0) out += fmt::format(", {} only {} facts that this policy adds", open, open == 1 ? "needs" : "need");
    }
    out += '\n';
    for (const CaseResult& result : policy.cases) {
      if (!result.passed())
        out +=
            fmt::format("\nFAILED {} \"{}\" ({})\n{}\n", result.name, result.title, result.at, details(result, "  "));
    }
    out += need_new_facts(policy);
    for (const CaseResult& result : policy.come_out_differently) {
      if (result.only_needs_new_facts) continue;
      out +=
          fmt::format("\nOTHERWISE {} \"{}\" ({})\n{}\n", result.name, result.title, result.at, details(result, "  "));
    }
  }
  out += fmt::format("{} passed, {} failed\n", results.passed, results.failed);
  return out;
}

void write_case(JsonWriter& json, const CaseResult& result) {
  json.open_object().key("case").text(result.name).key("title").text(result.title).key("at").text(result.at);
  json.key("passed").boolean(result.passed()).key("failures").open_array();
  for (const FailedExpectation& failure : result.failures) {
    json.open_object()
        .key("at")
        .text(failure.at)
        .key("expected")
        .text(failure.expected)
        .key("found")
        .text(failure.found);
    json.key("rules").open_line();
    for (const NamedRule& rule : failure.rules) json.text(rule.name);
    json.close_array().key("needs").open_line();
    for (const std::string& fact : failure.needs) json.text(fact);
    json.close_array().close_object();
  }
  json.close_array().key("safeguards_broken").open_line();
  for (const NamedRule& safeguard : result.broken) json.text(safeguard.name);
  json.close_array().close_object();
}

/// A whole document as a member's value. No text in JSON holds a line end.
std::string one_step_in(std::string_view document) {
  std::string result;
  for (const char c : document.substr(0, document.find_last_not_of('\n') + 1)) {
    result += c;
    if (c == '\n') result += "  ";
  }
  return result;
}

std::string json(const TestResults& results, const Coverage* coverage) {
  JsonWriter json;
  json.open_object().key("passed").number(static_cast<std::int64_t>(results.passed));
  json.key("failed").number(static_cast<std::int64_t>(results.failed)).key("policies").open_array();
  for (const PolicyResult& policy : results.policies) {
    json.open_object().key("file").text(policy.file).key("errors").text_or_null(policy.diagnostics);
    json.key("cases").open_array();
    for (const CaseResult& result : policy.cases) write_case(json, result);
    json.close_array().key("inherited").number(static_cast<std::int64_t>(policy.inherited));
    json.key("come_out_differently").open_array();
    for (const CaseResult& result : policy.come_out_differently) write_case(json, result);
    json.close_array().close_object();
  }
  json.close_array();
  if (coverage) json.key("coverage").raw(one_step_in(coverage_json(*coverage)));
  return json.close_object().take();
}

/// Test Anything Protocol, version 13.
std::string tap(const TestResults& results) {
  std::string body;
  std::size_t number = 0;
  const auto add = [&](bool passed, std::string_view name, std::string_view title) {
    // `#` opens a directive in TAP.
    std::string description = fmt::format("{}: {}", name, title);
    for (std::size_t at = 0; (at = description.find('#', at)) != std::string::npos; at += 2)
      description.insert(at, "\\");
    body += fmt::format("{} {} - {}\n", passed ? "ok" : "not ok", ++number, description);
  };
  const auto explain = [&](std::string_view details) {
    body += "  ---\n  message: |\n";
    while (!details.empty()) {
      const std::size_t end = details.find('\n');
      body += fmt::format("    {}\n", details.substr(0, end));
      details.remove_prefix(end == std::string_view::npos ? details.size() : end + 1);
    }
    body += "  ...\n";
  };
  for (const PolicyResult& policy : results.policies) {
    if (!policy.diagnostics.empty()) {
      add(false, policy.file, "has errors");
      explain(policy.diagnostics);
    }
    for (const CaseResult& result : policy.cases) {
      add(result.passed(), result.name, result.title);
      if (!result.passed()) explain(details(result, ""));
    }
  }
  return fmt::format("TAP version 13\n1..{}\n{}# {} passed, {} failed\n", number, body, results.passed, results.failed);
}

std::string xml(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\n': out += "&#10;"; break;
      default: out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
  }
  return out;
}

std::string junit(const TestResults& results) {
  std::string out =
      fmt::format("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites tests=\"{}\" failures=\"{}\">\n",
                  results.passed + results.failed, results.failed);
  for (const PolicyResult& policy : results.policies) {
    const bool has_errors = !policy.diagnostics.empty();
    out += fmt::format("  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\">\n", xml(policy.file),
                       policy.cases.size() + has_errors, failed_cases(policy) + has_errors);
    if (has_errors) {
      out += fmt::format(
          "    <testcase classname=\"{0}\" name=\"{0}\">\n      <failure message=\"has errors\">{1}</failure>\n    "
          "</testcase>\n",
          xml(policy.file), xml(policy.diagnostics));
    }
    for (const CaseResult& result : policy.cases) {
      out += fmt::format("    <testcase classname=\"{}\" name=\"{}\"", xml(policy.file),
                         xml(fmt::format("{}: {}", result.name, result.title)));
      if (result.passed()) {
        out += "/>\n";
        continue;
      }
      const std::string message =
          result.failures.empty()
              ? "a safeguard is broken"
              : fmt::format("expected {}, found {}", result.failures.front().expected, result.failures.front().found);
      out += fmt::format(">\n      <failure message=\"{}\">{}</failure>\n    </testcase>\n", xml(message),
                         xml(details(result, "")));
    }
    out += "  </testsuite>\n";
  }
  return out + "</testsuites>\n";
}

}  // namespace

std::string report_tests(const TestResults& results, Format format, const Coverage* coverage) {
  switch (format) {
    case Format::json: return json(results, coverage);
    case Format::tap: return tap(results);
    case Format::junit: return junit(results);
    case Format::text:
    case Format::markdown:
    case Format::sarif: break;
  }
  return coverage ? coverage_text(*coverage, /*verbose=*/false) + "\n" + text(results) : text(results);
}

}  // namespace duly::cli
