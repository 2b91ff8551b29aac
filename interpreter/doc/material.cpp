#include "interpreter/doc/material.hpp"

#include <algorithm>

#include "lang/program/reads.hpp"

namespace duly::doc {
namespace {

std::string base_name(std::string_view path) {
  const std::size_t slash = path.find_last_of("/\\");
  return std::string(slash == std::string_view::npos ? path : path.substr(slash + 1));
}

/// The texts are all there already, so each module can stand for itself, with its own cases.
Loader loader_of(const Compiled& compiled) {
  const auto load = [&compiled](std::string_view name, std::string_view) -> std::optional<LoadedModule> {
    for (const Module& module : compiled.program->modules) {
      if (module.name != name) continue;
      return LoadedModule{std::string(compiled.sources.name(module.source)),
                          std::string(compiled.sources.text(module.source))};
    }
    return std::nullopt;
  };
  return {load, [] { return std::vector<std::string>(); }};
}

Coverage measure_all(const Compiled& compiled) {
  const Loader loader = loader_of(compiled);
  const std::vector<Module>& modules = compiled.program->modules;
  std::vector<Compiled> extended;
  for (std::size_t i = 0; i + 1 < modules.size(); ++i) {
    CompileOptions options;
    options.lint = false;
    extended.push_back(compile(
        {std::string(compiled.sources.name(modules[i].source)), std::string(compiled.sources.text(modules[i].source))},
        loader, options));
  }
  std::vector<PolicyToCover> policies;
  for (std::size_t i = 0; i < modules.size(); ++i) {
    const Compiled& each = i < extended.size() ? extended[i] : compiled;
    if (each.program) policies.push_back({each, base_name(compiled.sources.name(modules[i].source))});
  }
  return measure_coverage(policies);
}

template <class Key, class Value>
const std::vector<Value>& find_all(const std::map<Key, std::vector<Value>>& map, const Key& key) {
  static const std::vector<Value> none;
  const auto found = map.find(key);
  return found == map.end() ? none : found->second;
}

template <class Value>
void add_once(std::vector<Value>& values, const Value& value) {
  if (std::find(values.begin(), values.end(), value) == values.end()) values.push_back(value);
}

}  // namespace

Material::Material(const Compiled& compiled)
    : program(*compiled.program), sources(compiled.sources), coverage(measure_all(compiled)) {
  note_cases();
  note_readers();
}

void Material::note_cases() {
  for (std::uint32_t i = 0; i < program.cases.size(); ++i) {
    const TestCase& test_case = program.cases[i];
    cases_by_name_.emplace(test_case.full_name, CaseId{i});
    for (const Expectation& expectation : test_case.expectations) {
      if (expectation.because) add_once(expecting_[*expectation.because], CaseId{i});
    }
  }
  for (const CoveredCase& each : coverage.cases) {
    if (const auto found = cases_by_name_.find(each.name); found != cases_by_name_.end()) {
      covered_cases_.emplace(found->second, &each);
    }
  }
  for (const PolicyCoverage& policy : coverage.policies) {
    for (const RuleCoverage& rule : policy.rules) rules_by_name_.emplace(rule.name, &rule);
  }
  for (std::uint32_t i = 0; i < program.rules.size(); ++i) {
    const RuleCoverage* rule = covered(RuleId{i});
    if (!rule) continue;
    for (const CaseNumber number : rule->left) {
      if (const auto test_case = case_of(number)) left_in_[*test_case].push_back(RuleId{i});
    }
  }
}

void Material::note_readers() {
  for (std::uint32_t i = 0; i < program.rules.size(); ++i) {
    const Rule& rule = program.rules[i];
    if (rule.replaced) continue;
    const Reader reader{Reader::Kind::rule, i};
    note_reader(rule.condition, reader);
    if (rule.conclusion.copied) note_reader(at(program.terms, *rule.conclusion.copied), reader);
  }
  for (std::uint32_t i = 0; i < program.safeguards.size(); ++i) {
    note_reader(program.safeguards[i].holds, {Reader::Kind::safeguard, i});
  }
  for (std::uint32_t i = 0; i < program.records.size(); ++i) {
    const Record& record = program.records[i];
    const Reader reader{Reader::Kind::record, i};
    if (record.when) note_reader(*record.when, reader);
    for (const Field& field : record.fields) {
      if (field.when) note_reader(*field.when, reader);
      if (field.from) note_reader(at(program.terms, *field.from), reader);
    }
  }
}

void Material::note_reader(NodeId condition, Reader reader) {
  for_each_read(program, condition, [&](const Term& term) { note_reader(term, reader); });
}

void Material::note_reader(const Term& term, Reader reader) {
  if (term.is_subject) {
    add_once(subject_readers_[term.subject()], reader);
  } else {
    add_once(fact_readers_[term.fact()], reader);
  }
}

const RuleCoverage* Material::covered(RuleId rule) const {
  const auto found = rules_by_name_.find(at(program.rules, rule).full_name);
  return found == rules_by_name_.end() ? nullptr : found->second;
}

std::optional<CaseId> Material::case_of(CaseNumber number) const {
  const auto found = cases_by_name_.find(coverage.cases[number].name);
  if (found == cases_by_name_.end()) return std::nullopt;
  return found->second;
}

const CoveredCase* Material::covered(CaseId test_case) const {
  const auto found = covered_cases_.find(test_case);
  return found == covered_cases_.end() ? nullptr : found->second;
}

const std::vector<RuleId>& Material::left_in(CaseId test_case) const { return find_all(left_in_, test_case); }
const std::vector<CaseId>& Material::expecting(RuleId rule) const { return find_all(expecting_, rule); }
const std::vector<Reader>& Material::readers_of(FactId fact) const { return find_all(fact_readers_, fact); }
const std::vector<Reader>& Material::readers_of(SubjectId subject) const { return find_all(subject_readers_, subject); }

}  // namespace duly::doc
