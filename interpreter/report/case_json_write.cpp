#include <utility>

#include "interpreter/report/case_json.hpp"
#include "interpreter/report/values_json.hpp"
#include "lang/diagnostics/render.hpp"

namespace duly {
namespace {

/// A known fact, and what of its name is still to be written inside the objects that are open.
struct Pending {
  std::string_view rest;
  FactId fact;
};

std::string_view first_part(std::string_view name) { return name.substr(0, name.find('.')); }

void write_facts(JsonWriter& json, const Program& program, const Case& facts, std::vector<Pending> pending) {
  json.open_object();
  while (!pending.empty()) {
    const Pending next = pending.front();
    const std::string_view group = first_part(next.rest);
    json.key(group);
    if (group.size() == next.rest.size()) {
      write_fact(json, program, facts, next.fact);
      pending.erase(pending.begin());
      continue;
    }
    std::vector<Pending> inside, outside;
    for (const Pending& each : pending) {
      if (each.rest.size() > group.size() && first_part(each.rest) == group) {
        inside.push_back({each.rest.substr(group.size() + 1), each.fact});
      } else {
        outside.push_back(each);
      }
    }
    write_facts(json, program, facts, std::move(inside));
    pending = std::move(outside);
  }
  json.close_object();
}

/// A fact called like a group of others (`child` beside `child.age`): then the group's facts cannot nest in
/// it.
bool is_called_like_a_group(const Program& program, std::string_view name) {
  for (std::size_t dot = name.find('.'); dot != std::string_view::npos; dot = name.find('.', dot + 1)) {
    if (program.find_fact(name.substr(0, dot))) return true;
  }
  return false;
}

/// The errors as diagnostics about the case's text, so that they look like any other.
std::pair<SourceMap, Diagnostics> diagnostics_of(std::string_view name, std::string_view text,
                                                 const std::vector<CaseError>& errors) {
  std::pair<SourceMap, Diagnostics> result;
  const SourceId source = result.first.add(std::string(name), std::string(text));
  for (const CaseError& error : errors) {
    const Span span{source, static_cast<std::uint32_t>(error.begin), static_cast<std::uint32_t>(error.end)};
    result.second.add({error.code, span, error.message, error.path, {}, error.help});
  }
  return result;
}

}  // namespace

std::string write_case_json(const Program& program, const Case& facts) {
  std::vector<Pending> nested;
  std::vector<FactId> dotted;
  for (std::uint32_t i = 0; i < program.facts.size(); ++i) {
    const FactId fact{i};
    if (!facts.known(fact)) continue;
    const std::string& name = program.facts[i].name;
    if (is_called_like_a_group(program, name)) {
      dotted.push_back(fact);
    } else {
      nested.push_back({name, fact});
    }
  }
  JsonWriter json;
  json.open_object().key("facts");
  if (dotted.empty()) {
    write_facts(json, program, facts, std::move(nested));
  } else {
    json.open_object();
    for (const Pending& each : nested) write_fact(json.key(each.rest), program, facts, each.fact);
    for (const FactId fact : dotted) write_fact(json.key(at(program.facts, fact).name), program, facts, fact);
    json.close_object();
  }
  json.key("as_at").text(to_string(facts.as_at)).close_object();
  return json.take();
}

std::string render_text(std::string_view name, std::string_view text, const std::vector<CaseError>& errors,
                        bool color) {
  const auto [sources, diagnostics] = diagnostics_of(name, text, errors);
  return render_text(sources, diagnostics, RenderOptions{color});
}

std::string render_json(std::string_view name, std::string_view text, const std::vector<CaseError>& errors) {
  const auto [sources, diagnostics] = diagnostics_of(name, text, errors);
  return render_json(sources, diagnostics);
}

}  // namespace duly
