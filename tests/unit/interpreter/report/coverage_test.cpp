#include "interpreter/report/coverage.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>

#include "interpreter/report/coverage_formats.hpp"
#include "lang/diagnostics/render.hpp"

namespace duly {
namespace {

using Texts = std::map<std::string, std::string>;  // by module

/// Covers these policies; what they extend is looked for among `texts`.
Coverage cover(const Texts& texts, const std::vector<std::string>& names) {
  std::vector<std::unique_ptr<Compiled>> compiled;
  std::vector<PolicyToCover> policies;
  const auto load = [&](std::string_view name, std::string_view) -> std::optional<LoadedModule> {
    const auto found = texts.find(std::string(name));
    if (found == texts.end()) return std::nullopt;
    return LoadedModule{found->first + ".policy", found->second};
  };
  for (const std::string& name : names) {
    compiled.push_back(std::make_unique<Compiled>(
        compile({name + ".policy", texts.at(name)}, Loader{load, [] { return std::vector<std::string>(); }}, {})));
    const std::string errors =
        compiled.back()->program ? std::string() : render_text(compiled.back()->sources, compiled.back()->diagnostics);
    INFO(errors);
    REQUIRE(compiled.back()->program.has_value());
    policies.push_back({*compiled.back(), "folder/" + name + ".policy"});
  }
  return measure_coverage(policies);
}

Coverage cover(const std::string& text) { return cover({{"page", text}}, {"page"}); }

template <class Entries>
const auto& named(const Entries& entries, std::string_view name) {
  const auto found = std::find_if(entries.begin(), entries.end(), [&](const auto& each) { return each.name == name; });
  REQUIRE_MESSAGE(found != entries.end(), name);
  return *found;
}

const ProvisionCoverage& provision(const Coverage& coverage, std::string_view name) {
  for (const SourceCoverage& source : coverage.sources) {
    for (const ProvisionCoverage& each : source.provisions) {
      if (each.name == name) return each;
    }
  }
  FAIL("no provision " << name);
  return coverage.sources.front().provisions.front();
}

std::vector<std::string> names(const Coverage& coverage, const std::vector<CaseNumber>& cases) {
  std::vector<std::string> result;
  for (const CaseNumber number : cases) result.push_back(coverage.cases[number].name);
  return result;
}

using Names = std::vector<std::string>;

std::string ratio(const Coverage& coverage, Measure measure) {
  const Tally counts = tally(coverage, measure);
  return fmt::format("{}/{}", counts.covered, counts.total);
}

const std::string door = R"(policy page "The door"
source guide "A guide" by "Somebody" dated 2024-02-12
  provision open "Open to those who ring"
  provision night "Not at night"
  provision smile "Smile" is judgement "how is for each to find"
  provision paint "Paint it green"
fact rings "Somebody rings" : yes/no ask "?"
fact hour "The hour" : number from 0 to 23 ask "?" cite guide.night
decision door "Open?" open "Open" shut "Keep shut" otherwise shut
define night "It is night" means any of
  - late: hour is over 21  [guide.night]
  - early: hour is under 7
rule ring "Open to those who ring" door is open when rings and not night cite guide.open
action look "Look who is there"
rule look "Look first" must look
case day "By day" facts rings is yes hour is 12 expect door is open
case evening "Late" like day facts hour is 22 expect door is shut
case unsaid "Who knows?" facts hour is 12 expect door is undecided
)";

TEST_CASE("coverage: rules, items and conditions are seen both ways, or not") {
  const Coverage coverage = cover(door);
  REQUIRE(coverage.policies.size() == 1);
  const PolicyCoverage& page = coverage.policies.front();
  CHECK(page.file == "folder/page.policy");

  const RuleCoverage& ring = named(page.rules, "page.ring");
  CHECK(names(coverage, ring.applies.yes) == Names{"page.day"});
  CHECK(names(coverage, ring.applies.no) == Names{"page.evening"});  // in `unsaid` nobody knows
  CHECK(ring.covered());
  CHECK(to_string(ring.at) == "folder/page.policy:13");
  CHECK(ring.cites == Names{"guide.open"});

  const RuleCoverage& look = named(page.rules, "page.look");
  CHECK(look.always);
  CHECK(look.covered());
  CHECK(look.applies.yes.size() == 3);

  CHECK(named(page.items, "page.night.late").holds.seen());
  CHECK_FALSE(named(page.items, "page.night.early").holds.seen());
  CHECK(ratio(coverage, Measure::rules) == "3/3");
  CHECK(ratio(coverage, Measure::items) == "1/2");

  REQUIRE(page.conditions.size() == 4);
  CHECK(page.conditions[0].text == "hour is over 21");
  CHECK(page.conditions[1].text == "hour is under 7");
  CHECK(page.conditions[2].text == "rings");
  CHECK(page.conditions[2].owner == "page.ring");
  CHECK(page.conditions[3].text == "night");  // `not` is no part of the comparison
  CHECK(ratio(coverage, Measure::conditions) == "2/4");
  CHECK(missing(coverage, Measure::conditions) ==
        Names{"`hour is under 7` in page.night (folder/page.policy:12): never seen true",
              "`rings` in page.ring (folder/page.policy:13): never seen false"});
}

TEST_CASE("coverage: what cites a provision, and which cases put that to use") {
  const Coverage coverage = cover(door);
  REQUIRE(coverage.sources.size() == 1);
  CHECK(coverage.sources.front().dated == "2024-02-12");

  const ProvisionCoverage& night = provision(coverage, "guide.night");
  REQUIRE(night.cited_by.size() == 2);
  CHECK(to_string(night.cited_by[0].kind) == "fact");
  CHECK(night.cited_by[0].cases.size() == 3);
  CHECK(to_string(night.cited_by[1].kind) == "list item");
  CHECK(names(coverage, night.cited_by[1].cases) == Names{"page.evening"});
  CHECK(night.cases.size() == 3);

  CHECK(provision(coverage, "guide.smile").accounted_for());
  CHECK(provision(coverage, "guide.smile").judgement == "how is for each to find");
  CHECK_FALSE(provision(coverage, "guide.paint").accounted_for());
  CHECK(ratio(coverage, Measure::provisions_accounted_for) == "3/4");
  CHECK(ratio(coverage, Measure::provisions_exercised) == "2/3");  // nobody waits for a case of `smile`
  CHECK(missing(coverage, Measure::provisions_accounted_for) ==
        Names{"guide.paint \"Paint it green\" (folder/page.policy:6): nothing cites it, and it is not judgement"});
}

TEST_CASE("coverage: everything that can cite") {
  const Coverage coverage = cover(R"(policy page "P"
source g "G"
  provision a "A"  provision b "B"  provision c "C"  provision d "D"  provision e "E"  provision f "F"
  provision h "H"  provision i "I"  provision j "J"  provision k "K"  provision l "L"  provision m "M"
choice colour "Colour" red "Red" blue "Blue" cite g.a
fact hue "Hue" : colour ask "?"
fact big "Big" : yes/no ask "?" cite g.b
define dark "Dark" means hue is blue cite g.c
define tone "Tone" : colour otherwise red cite g.d
rule tone "Tone" tone is hue when big
decision what "What?" go "Go" stop "Stop" cite g.e
procedure flow "Flow" decides what cite g.j
  step first "Is it big?" on big cite g.h
    no: stop cite g.f
  step second "Is it dark?" on dark cite g.i
    yes: stop
    no: go
action wave "Wave" cite g.k
rule wave "Wave" should wave when dark
record note "Note" when dark
  field colour "Which" : colour from hue cite g.l
safeguard calm "Never" when big never what is stop cite g.m
case small "Small" facts big is no hue is red expect what is stop
case large "Large" like small facts big is yes expect what is go
)");
  const auto kind = [&](std::string_view name) {
    const ProvisionCoverage& found = provision(coverage, name);
    REQUIRE(found.cited_by.size() == 1);
    return std::string(to_string(found.cited_by[0].kind));
  };
  const auto cases = [&](std::string_view name) { return names(coverage, provision(coverage, name).cases); };
  const Names both{"page.small", "page.large"}, small{"page.small"}, large{"page.large"}, none;
  CHECK(kind("g.a") == "choice");
  CHECK(cases("g.a") == both);
  CHECK(kind("g.b") == "fact");
  CHECK(kind("g.c") == "definition");
  CHECK(cases("g.c") == both);
  CHECK(kind("g.d") == "definition");
  CHECK(kind("g.e") == "decision");
  CHECK(kind("g.f") == "answer");
  CHECK(cases("g.f") == small);
  CHECK(kind("g.h") == "step");
  CHECK(cases("g.h") == both);
  CHECK(kind("g.i") == "step");
  CHECK(cases("g.i") == large);
  CHECK(kind("g.j") == "procedure");
  CHECK(cases("g.j") == both);
  CHECK(kind("g.k") == "action");
  CHECK(cases("g.k") == none);
  CHECK(kind("g.l") == "field");
  CHECK(cases("g.l") == none);
  CHECK(kind("g.m") == "safeguard");
  CHECK(cases("g.m") == both);
}

TEST_CASE("coverage: comparisons that come to several parts are one") {
  const Coverage coverage = cover(R"(policy page "P"
choice colour "Colour" red "Red" blue "Blue" green "Green"
fact hue "Hue" : colour ask "?"
fact size "Size" : number from 0 to 99 ask "?"
fact twin "Twin" : number from 0 to 99 ask "?"
define fits "Fits" means none of
  - hue is not one of red, blue
  - size is one of 1, 2, twin
  - hue is not red and (size is from 3 to twin or not size is 4)
case first "First" facts hue is red size is 1 twin is 5 expect fits is no
)");
  Names texts;
  for (const ConditionCoverage& condition : coverage.policies.front().conditions) texts.push_back(condition.text);
  CHECK(texts == Names{"hue is not one of red, blue", "size is one of 1, 2, twin", "hue is not red",
                       "size is from 3 to twin", "size is 4"});
  CHECK(coverage.policies.front().conditions[0].holds.no.size() == 1);  // red is one of them
}

TEST_CASE("coverage: a local policy's cases count for what it inherits, where that is asked for") {
  const Texts texts{{"base", R"(policy base "Base"
source guide "G" provision enter "Enter" provision leave "Leave"
fact x "X" : yes/no ask "?"
define y "Y" means x cite guide.enter
decision d "D?" a "A" b "B" otherwise b
rule go "Go" d is a when y
)"},
                    {"local", R"(policy local "Local"
  extends base
rule stop "Stop" d is b when not y despite go cite guide.leave
case agreed "Agreed" facts x is yes expect d is a
case refused "Refused" facts x is no expect d is b
)"}};
  const Coverage both = cover(texts, {"base", "local"});
  REQUIRE(both.policies.size() == 2);
  CHECK(both.policies[0].name == "base");
  CHECK(named(both.policies[0].rules, "base.go").covered());
  CHECK(names(both, provision(both, "guide.leave").cases) == Names{"local.refused"});
  CHECK(to_string(provision(both, "guide.leave").cited_by[0].at) == "folder/local.policy:3");

  const Coverage local = cover(texts, {"local"});
  REQUIRE(local.policies.size() == 1);
  CHECK(local.policies[0].rules.size() == 1);
  CHECK(local.sources.empty());

  const Coverage base = cover(texts, {"base"});
  CHECK_FALSE(named(base.policies[0].rules, "base.go").covered());
  CHECK(missing(base, Measure::rules).front() == "base.y \"Y\" (folder/base.policy:4): never seen either way");

  CHECK(cover(texts, {"base", "local", "local"}).cases.size() == 2);
}

TEST_CASE("coverage: two texts of one module count apart, and that is said") {
  const std::string base = "policy base \"Base\"\nfact x \"X\" : yes/no ask \"?\"\ndefine y \"Y\" means x\n";
  const std::string local =
      "policy local \"Local\"\n  extends base\ncase with \"With\" facts x is yes expect y is yes\n";
  const auto compiled = [&](const std::string& name, const std::string& text) {
    const auto load = [&](std::string_view, std::string_view) { return LoadedModule{"base.policy", base}; };
    return compile({name + ".policy", text}, Loader{load, [] { return std::vector<std::string>(); }}, {});
  };
  const Compiled own = compiled("base", base + "# changed\n"), extending = compiled("local", local);
  REQUIRE(own.program.has_value());
  REQUIRE(extending.program.has_value());
  const Coverage coverage = measure_coverage({{own, "base.policy"}, {extending, "local.policy"}});
  CHECK(named(coverage.policies[0].rules, "base.y").applies.yes.empty());
  CHECK(coverage.remarks ==
        Names{"`local` extends another text of `base` than base.policy, so its cases do not count there"});
}

TEST_CASE("coverage: what was replaced does not count") {
  const Texts texts{{"base", R"(policy base "Base"
source guide "G" provision enter "Enter" provision leave "Leave"
fact x "X" : yes/no ask "?"
define y "Y" means any of
  - it: x  [guide.leave]
  cite guide.enter
decision d "D?" a "A" b "B" otherwise b
rule go "Go" d is a when y
)"},
                    {"local", R"(policy local "Local"
  extends base
fact z "Z" : yes/no ask "?"
redefine y "Ours" means z
case agreed "Agreed" facts z is yes x is yes expect d is a
case refused "Refused" facts z is no expect d is b
)"}};
  const Coverage coverage = cover(texts, {"base", "local"});
  CHECK(named(coverage.policies[0].rules, "base.go").covered());
  CHECK(named(coverage.policies[0].rules, "base.y").applies.yes.empty());
  CHECK(provision(coverage, "guide.enter").cases.empty());
  CHECK(named(coverage.policies[1].rules, "local.y").covered());
}

TEST_CASE("coverage: a rule in another's place has two sides, and what is set aside is not left") {
  const Coverage coverage = cover(R"(policy page "P"
fact x "X" : yes/no ask "?"
decision d "D?" a "A" b "B" otherwise b
rule first "First" d is a when x
rule second "Second" d is b instead of first
case agreed "Agreed" facts x is yes expect d is b because second
)");
  const PolicyCoverage& page = coverage.policies.front();
  CHECK_FALSE(named(page.rules, "page.second").always);
  CHECK(named(page.rules, "page.second").left.size() == 1);
  CHECK(named(page.rules, "page.first").applies.yes.size() == 1);
  CHECK(named(page.rules, "page.first").left.empty());
}

TEST_CASE("coverage: a rule in the place of one that always applies has one side") {
  const Coverage coverage = cover(R"(policy page "P"
action wave "Wave"
rule wave "Wave" should wave
rule wave_twice "Twice" must wave instead of wave
case only "Only" expect must wave
)");
  CHECK(named(coverage.policies.front().rules, "page.wave_twice").always);
  CHECK(ratio(coverage, Measure::rules) == "2/2");
}

TEST_CASE("coverage: failing cases say what they expected") {
  const Coverage coverage = cover(R"(policy page "P"
fact x "X" : yes/no ask "?"
decision d "D?" a "A" b "B" otherwise b
rule go "Go" d is a when x
safeguard never "Never" never d is a
case good "Good" facts x is no expect d is b
case bad "Bad" facts x is yes expect d is b
)");
  CHECK(coverage.cases[0].failures.empty());
  CHECK(coverage.cases[1].failures ==
        Names{"folder/page.policy:7: expected `d is b`, found `d is unsafe`",
              "folder/page.policy:5: the safeguard `page.never` is broken, and the case does not expect it"});
}

TEST_CASE("coverage: a share is rounded down, and of nothing all is covered") {
  CHECK(Tally{2, 3}.percent() == "66.6");
  CHECK(Tally{1999, 2000}.percent() == "99.9");
  CHECK(Tally{0, 0}.percent() == "100.0");
  CHECK(Tally{0, 0}.reaches(100));
  CHECK(Tally{2, 3}.reaches(66));
  CHECK_FALSE(Tally{2, 3}.reaches(67));
  CHECK_FALSE(Tally{1999, 2000}.reaches(100));
}

TEST_CASE("coverage: as text") {
  const Coverage coverage = cover(door);
  const std::string text = coverage_text(coverage, false);
  CHECK(text.rfind("page: 3 cases\n  provisions accounted for", 0) == 0);
  CHECK(text.find("\nMissing: list items both ways\n  page.night.early") != std::string::npos);
  CHECK(text.find("page.ring \"Open to those who ring\"") == std::string::npos);
  const std::string all = coverage_text(coverage, true);
  CHECK(all.find("rule page.ring \"Open to those who ring\" (folder/page.policy:13): applies in 1 case, not in 1") !=
        std::string::npos);
}

TEST_CASE("coverage: as JSON") {
  const auto json = nlohmann::json::parse(coverage_json(cover(door)));
  CHECK(json["summary"]["provisions_accounted_for"] == nlohmann::json{{"covered", 3}, {"total", 4}, {"percent", 75.0}});
  const auto& provisions = json["sources"][0]["provisions"];
  CHECK(provisions[0]["cited_by"][0]["name"] == "page.ring");
  CHECK(provisions[0]["cases"] == Names{"page.day"});
  CHECK(provisions[2]["judgement"] == "how is for each to find");
  CHECK(provisions[3]["accounted_for"] == false);
  CHECK(json["policies"][0]["items"][0]["true"] == Names{"page.evening"});
  CHECK(json["cases"][0]["passed"] == true);
}

TEST_CASE("coverage: as a page that needs nothing else") {
  const std::string page = coverage_html(cover(R"(policy page "A & <b>"
source g "G" url "https://example.org/?a&b" provision p "P < Q"
case c "C" expect asks nothing
)"));
  CHECK(page.find("A &amp; &lt;b&gt;") != std::string::npos);
  CHECK(page.find("P &lt; Q") != std::string::npos);
  CHECK(page.find("<b>") == std::string::npos);
  CHECK(page.find("<script") == std::string::npos);
  CHECK(page.find("href=") == std::string::npos);
}

TEST_CASE("coverage: as an LCOV tracefile") {
  CHECK(coverage_lcov(cover(door)) ==
        "TN:duly\n"
        "SF:folder/page.policy\n"
        "BRDA:10,0,0,1\nBRDA:10,0,1,2\n"
        "BRDA:13,0,0,1\nBRDA:13,0,1,1\n"
        "BRF:4\nBRH:4\n"
        "DA:10,1\nDA:13,1\nDA:15,3\n"
        "LF:3\nLH:3\n"
        "end_of_record\n");
}

}  // namespace
}  // namespace duly
