#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "lang/diagnostics/render.hpp"

namespace duly {
namespace {

struct Findings {
  SourceMap sources;
  Diagnostics diagnostics;

  Findings() {
    const SourceId id = sources.add("a folder/é.policy", "policy a \"A\"\nrule “x” y\n");
    const Diagnostic error{Code::E0210, {id, 18, 25}, "a \"message\"", "label", {{{id, 7, 8}, "a note"}}, "a help"};
    diagnostics.add(error);
    diagnostics.add({Code::W0301, nowhere, "no place", "", {}, ""});
  }
};

TEST_CASE("JSON has every part of a diagnostic") {
  const Findings findings;
  const auto json = nlohmann::json::parse(render_json(findings.sources, findings.diagnostics));
  REQUIRE(json.size() == 2);
  const auto& error = json[0];
  CHECK(error["code"] == "E0210");
  CHECK(error["severity"] == "error");
  CHECK(error["message"] == "a \"message\"");
  CHECK(error["label"] == "label");
  CHECK(error["file"] == "a folder/é.policy");
  CHECK(error["line"] == 2);
  CHECK(error["column"] == 6);
  CHECK(error["end_line"] == 2);
  CHECK(error["end_column"] == 9);  // in characters
  CHECK(error["help"] == "a help");
  CHECK(error["notes"][0]["text"] == "a note");
  CHECK(error["notes"][0]["line"] == 1);
  CHECK(json[1]["severity"] == "warning");
  CHECK(json[1]["line"].is_null());
}

TEST_CASE("without findings it is an empty array") {
  CHECK(nlohmann::json::parse(render_json(SourceMap(), Diagnostics())) == nlohmann::json::array());
}

TEST_CASE("SARIF names its version, its rules and its places") {
  const Findings findings;
  const auto sarif = nlohmann::json::parse(render_sarif(findings.sources, findings.diagnostics));
  CHECK(sarif["version"] == "2.1.0");
  const auto& run = sarif["runs"][0];
  CHECK(run["tool"]["driver"]["name"] == "duly");
  CHECK(run["tool"]["driver"]["rules"].size() == 2);
  REQUIRE(run["results"].size() == 2);
  const auto& result = run["results"][0];
  CHECK(result["ruleId"] == "E0210");
  CHECK(result["level"] == "error");
  const auto& place = result["locations"][0]["physicalLocation"];
  CHECK(place["artifactLocation"]["uri"] == "a%20folder/%C3%A9.policy");
  CHECK(place["region"]["startLine"] == 2);
  CHECK(place["region"]["startColumn"] == 6);
  CHECK(result["relatedLocations"][0]["message"]["text"] == "a note");
  CHECK(run["results"][1]["locations"].empty());
}

TEST_CASE("SARIF without findings has a run without results") {
  const auto sarif = nlohmann::json::parse(render_sarif(SourceMap(), Diagnostics()));
  CHECK(sarif["runs"][0]["results"].empty());
}

}  // namespace
}  // namespace duly
