#include "interpreter/report/coverage_formats.hpp"
#include "interpreter/report/json_writer.hpp"

namespace duly {
namespace {

class JsonReport {
 public:
  explicit JsonReport(const Coverage& coverage) : coverage_(coverage) {}

  std::string write() {
    json_.open_object().key("summary").open_object();
    for (const Measure measure : all_measures) write(measure);
    json_.close_object().key("sources").open_array();
    for (const SourceCoverage& source : coverage_.sources) write(source);
    json_.close_array().key("policies").open_array();
    for (const PolicyCoverage& policy : coverage_.policies) write(policy);
    json_.close_array().key("cases").open_array();
    for (const CoveredCase& test_case : coverage_.cases) write(test_case);
    return json_.close_array().close_object().take();
  }

 private:
  void count(std::string_view key, std::size_t number) { json_.key(key).number(static_cast<std::int64_t>(number)); }

  void names(std::string_view key, const std::vector<std::string>& names) {
    json_.key(key).open_line();
    for (const std::string& name : names) json_.text(name);
    json_.close_array();
  }

  void cases(std::string_view key, const std::vector<CaseNumber>& cases) {
    json_.key(key).open_line();
    for (const CaseNumber number : cases) json_.text(coverage_.cases[number].name);
    json_.close_array();
  }

  void place(const FilePlace& at) { json_.key("at").text(to_string(at)); }

  void write(Measure measure) {
    const Tally counts = tally(coverage_, measure);
    json_.key(json_key(measure)).open_object();
    count("covered", counts.covered);
    count("total", counts.total);
    json_.key("percent").raw(counts.percent()).close_object();
  }

  void write(const SourceCoverage& source) {
    json_.open_object().key("name").text(source.name).key("title").text(source.title);
    json_.key("by").text_or_null(source.by).key("dated").text_or_null(source.dated).key("url").text_or_null(source.url);
    json_.key("policy").text(source.policy).key("provisions").open_array();
    for (const ProvisionCoverage& provision : source.provisions) write(provision);
    json_.close_array().close_object();
  }

  void write(const ProvisionCoverage& provision) {
    json_.open_object().key("name").text(provision.name).key("says").text(provision.says);
    place(provision.at);
    json_.key("judgement");
    provision.is_judgement ? json_.text(provision.judgement) : json_.null();
    json_.key("accounted_for").boolean(provision.accounted_for()).key("cited_by").open_array();
    for (const Citation& citation : provision.cited_by) {
      json_.open_object().key("kind").text(to_string(citation.kind)).key("name").text(citation.name);
      json_.key("title").text(citation.title);
      place(citation.at);
      cases("cases", citation.cases);
      json_.close_object();
    }
    json_.close_array();
    cases("cases", provision.cases);
    json_.close_object();
  }

  void write(const PolicyCoverage& policy) {
    json_.open_object().key("name").text(policy.name).key("title").text(policy.title);
    json_.key("version").text_or_null(policy.version).key("file").text(policy.file);
    json_.key("rules").open_array();
    for (const RuleCoverage& rule : policy.rules) {
      json_.open_object().key("rule").text(rule.name).key("title").text(rule.title);
      place(rule.at);
      names("cites", rule.cites);
      json_.key("always").boolean(rule.always).key("covered").boolean(rule.covered());
      cases("applies", rule.applies.yes);
      cases("does_not_apply", rule.applies.no);
      cases("left", rule.left);
      json_.close_object();
    }
    json_.close_array().key("items").open_array();
    for (const ItemCoverage& item : policy.items) {
      json_.open_object().key("item").text(item.name).key("title").text(item.title);
      place(item.at);
      names("cites", item.cites);
      both_ways(item.holds);
    }
    json_.close_array().key("conditions").open_array();
    for (const ConditionCoverage& condition : policy.conditions) {
      json_.open_object().key("condition").text(condition.text).key("in").text(condition.owner);
      place(condition.at);
      both_ways(condition.holds);
    }
    json_.close_array().close_object();
  }

  void both_ways(const BothWays& sides) {
    json_.key("covered").boolean(sides.seen());
    cases("true", sides.yes);
    cases("false", sides.no);
    json_.close_object();
  }

  void write(const CoveredCase& test_case) {
    json_.open_object().key("case").text(test_case.name).key("title").text(test_case.title);
    place(test_case.at);
    json_.key("passed").boolean(test_case.failures.empty());
    names("failures", test_case.failures);
    json_.close_object();
  }

  const Coverage& coverage_;
  JsonWriter json_;
};

}  // namespace

std::string coverage_json(const Coverage& coverage) { return JsonReport(coverage).write(); }

}  // namespace duly
