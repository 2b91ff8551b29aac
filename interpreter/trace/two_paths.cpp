#include "interpreter/trace/two_paths.hpp"

#include <fmt/format.h>

#include "interpreter/report/reason_points.hpp"
#include "interpreter/report/values_json.hpp"
#include "interpreter/report/view.hpp"
#include "interpreter/report/wrapped.hpp"
#include "interpreter/trace/steps.hpp"
#include "interpreter/trace/words.hpp"

namespace duly::trace {
namespace {

std::string outcome_of(const Program& program, const Path& path, std::optional<SubjectId> decision) {
  if (!decision) return {};
  const Finding& finding = path.decision.of(*decision);
  const std::string words = outcome_in_words(program, *decision, finding.status, finding.value, {});
  const std::string name = finding.status == Status::decided
                               ? program.show(at(program.subjects, *decision).type, finding.value)
                               : std::string(duly::to_string(finding.status));
  return fmt::format("{} ({})", sentence(words), name);
}

std::string parted_in(const Program& program, const TwoPaths& paths) {
  if (!paths.parts->subject) return "The paths part at a safeguard.";
  return fmt::format("The paths part at: {}", sentence(at(program.subjects, *paths.parts->subject).title));
}

/// A rule and its provisions, each a paragraph.
std::string rule_text(const Program& program, const SourceMap& sources, RuleId id, std::string_view indent,
                      std::size_t width) {
  const Rule& rule = at(program.rules, id);
  const std::string margin = fmt::format("{}  ", indent);
  std::string result = wrapped(fmt::format("{} ({}, {})", rule.title, rule.full_name, place(sources, rule.span)),
                               fmt::format("{}- ", indent), margin, width);
  for (const ProvisionId each : rule.cites) {
    result += wrapped(fmt::format("[{}]", provision_in_words(program, each)), margin, margin, width);
  }
  return result;
}

std::string rules_text(const Program& program, const SourceMap& sources, const std::vector<RuleId>& rules,
                       std::string_view indent, std::size_t width) {
  if (rules.empty()) return wrapped("No rule decides it here.", indent, indent, width);
  std::string result = wrapped("It rests on:", indent, indent, width);
  for (const RuleId each : rules) result += rule_text(program, sources, each, indent, width);
  return result;
}

std::string step_of(const Program& program, const SourceMap& sources, const Side& side, std::size_t width) {
  if (side.step >= side.path.recording.size()) return wrapped("This path is over here.", "", "", width);
  return step_text(program, sources, side.path.recording, side.step, width);
}

void write_outcome(JsonWriter& json, const Program& program, const Side& side, std::optional<SubjectId> decision) {
  if (!decision) return;
  const Finding& finding = side.path.decision.of(*decision);
  const bool decided = finding.status == Status::decided;
  json.key("status").text(duly::to_string(finding.status));
  json.key("outcome");
  json.text_or_null(decided ? program.show(at(program.subjects, *decision).type, finding.value) : std::string());
}

}  // namespace

Path follow(const Program& program, Decider& decider, Case facts, std::optional<SubjectId> first) {
  Decision decision = decider.decide(facts);
  Recording recording = record(program, facts, decision, first);
  return {std::move(facts), std::move(decision), std::move(recording)};
}

TwoPaths compare(const Program& program, const Path& before, const Path& after, std::vector<Change> changes,
                 std::optional<SubjectId> decision) {
  std::vector<FactId> changed;
  for (const Change& change : changes) changed.push_back(change.fact);
  std::optional<Parting> parts = parting(before.recording, after.recording, changed);
  Side first{before, before.recording.size(), outcome_of(program, before, decision), {}};
  Side second{after, after.recording.size(), outcome_of(program, after, decision), {}};
  if (parts) {
    first.step = parts->before;
    second.step = parts->after;
    first.rules = parts->rules_before;
    second.rules = parts->rules_after;
  }
  return {std::move(changes), decision, std::move(parts), std::move(first), std::move(second)};
}

std::string two_paths_text(const Program& program, const SourceMap& sources, const TwoPaths& paths, std::size_t width) {
  std::string result;
  for (const Change& change : paths.changes) {
    const bool known = paths.before.path.facts.known(change.fact);
    const bool is_text = at(program.facts, change.fact).type.kind == TypeKind::text;
    const std::string_view text = known && is_text ? paths.before.path.facts.text(change.fact) : std::string_view();
    result +=
        wrapped(fmt::format("What if: {} As it is: {}", sentence(in_words(program, change)),
                            sentence(fact_in_words(program, change.fact, known,
                                                   known ? paths.before.path.facts.value(change.fact) : 0, text))),
                "", "  ", width);
  }
  result += '\n';
  if (!paths.parts) {
    result += wrapped("It makes no difference: every step is the same.", "", "", width);
  } else {
    result += wrapped(parted_in(program, paths), "", "", width);
  }
  for (const Side* side : {&paths.before, &paths.after}) {
    result += side == &paths.before ? "\nAs it is\n" : "\nWith the change\n";
    if (paths.parts) {
      result += step_of(program, sources, *side, width);
      if (paths.parts->subject) result += rules_text(program, sources, side->rules, "  ", width);
    }
    if (paths.decision) result += wrapped(fmt::format("Outcome: {}", side->outcome), "  ", "  ", width);
  }
  return result;
}

std::vector<std::string> side_blocks(const Program& program, const SourceMap& sources, const TwoPaths& paths,
                                     const Side& side, std::size_t width) {
  std::vector<std::string> blocks(3);
  if (paths.decision) blocks[0] = wrapped(fmt::format("Outcome: {}", side.outcome), "", "", width);
  if (!paths.parts) return blocks;
  blocks[1] = step_of(program, sources, side, width);
  if (paths.parts->subject) blocks[2] = rules_text(program, sources, side.rules, "", width);
  return blocks;
}

void write_two_paths(JsonWriter& json, const Program& program, const SourceMap& sources, const TwoPaths& paths) {
  json.open_object();
  json.key("what_if").open_array();
  for (const Change& change : paths.changes) {
    const Fact& fact = at(program.facts, change.fact);
    json.open_object();
    json.key("fact").text(fact.name);
    json.key("before");
    write_fact(json, program, paths.before.path.facts, change.fact);
    json.key("after");
    write_fact(json, program, paths.after.path.facts, change.fact);
    json.close_object();
  }
  json.close_array();
  json.key("parts_at");
  if (!paths.parts) {
    json.null();
  } else if (paths.parts->subject) {
    json.text(at(program.subjects, *paths.parts->subject).name);
  } else {
    json.text("safeguards");
  }
  for (const Side* side : {&paths.before, &paths.after}) {
    json.key(side == &paths.before ? "before" : "after").open_object();
    json.key("step");
    if (paths.parts && side->step < side->path.recording.size()) {
      write_step(json, program, sources, side->path.recording, side->step);
    } else {
      json.null();
    }
    json.key("rules").open_array();
    for (const RuleId id : side->rules) {
      const Rule& rule = at(program.rules, id);
      json.open_object();
      json.key("rule").text(rule.full_name);
      json.key("title").text(rule.title);
      json.key("provisions").open_array();
      for (const ProvisionId each : rule.cites) {
        json.open_object();
        json.key("provision").text(at(program.provisions, each).full_name);
        json.key("title").text(at(program.provisions, each).title);
        json.close_object();
      }
      json.close_array();
      json.key("at").text_or_null(place(sources, rule.span));
      json.close_object();
    }
    json.close_array();
    write_outcome(json, program, *side, paths.decision);
    json.close_object();
  }
  json.close_object();
}

}  // namespace duly::trace
