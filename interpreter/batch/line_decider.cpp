#include "interpreter/batch/line_decider.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "interpreter/report/case_json.hpp"
#include "interpreter/report/decision_json.hpp"
#include "lang/base/json_text.hpp"

namespace duly {
namespace {

void write_error(JsonWriter& json, const CaseError& error) {
  json.key("code").text(name(error.code)).key("path").text(error.path).key("message").text(error.message);
  json.key("help").text_or_null(error.help);
}

}  // namespace

LineDecider::LineDecider(const Program& program, const SourceMap& sources, Options options)
    : program_(program), sources_(sources), options_(options), reader_(program), decider_(program), facts_(program) {
  const auto shown = [&](SubjectId id) {
    const Subject& subject = at(program.subjects, id);
    Shown result{id, decider_.place_of(id), subject.kind == SubjectKind::action, json_quoted(subject.name) + ":", {},
                 {}};
    std::size_t longest = 0;
    const Scalar last = subject.kind == SubjectKind::action ? static_cast<Scalar>(Duty::must_not) : subject.type.high;
    for (Scalar value = 0; value <= last; ++value) {
      const std::string name = subject.kind == SubjectKind::action ? std::string(to_string(static_cast<Duty>(value)))
                                                                   : program.show(subject.type, value);
      result.values.push_back(result.key + json_quoted(name));
      const bool is_said = value != 0 || subject.kind != SubjectKind::action;  // that there is no duty is not
      const std::string text = is_said ? result.values.back() + "," : "";
      result.pieces.push_back({pieces_.size(), text.size()});
      pieces_ += text;
      longest = std::max(longest, text.size());
    }
    longest_settled_ += longest;
    return result;
  };
  for (std::uint32_t i = 0; i < program.subjects.size(); ++i) {
    const SubjectId id{i};
    if (program.subjects[i].kind == SubjectKind::action) actions_.push_back(shown(id));
    if (program.subjects[i].kind != SubjectKind::decision) continue;
    if (!options.asked || *options.asked == id) decisions_.push_back(shown(id));
  }
  pieces_.append(short_piece, ' ');
  longest_settled_ += 2 * short_piece;
  for (const Fact& fact : program.facts) fact_names_.push_back(json_quoted(fact.name));
}

DecisionView LineDecider::view() {
  return {.program = program_,
          .sources = sources_,
          .facts = facts_,
          .decision = decision_,
          .decider = decider_,
          .asked = options_.asked ? options_.asked : program_.default_decision,
          .only_asked = options_.asked.has_value()};
}

bool LineDecider::decide(std::string_view line, std::uint64_t number, std::string& out) {
  if (!reader_.read(line, options_.today, facts_, id_) && !read_strictly(line, number, out)) return false;
  if (options_.as_at) facts_.as_at = *options_.as_at;
  if (!options_.full && decider_.settle(facts_)) {
    write_settled(out);
    return true;
  }
  decider_.decide(facts_, decision_, options_.full ? Decider::Rules::exact : Decider::Rules::cautious);
  if (options_.full) {
    std::string decision = decision_json(view(), JsonWriter::Style::compact);
    if (!id_.empty()) decision.replace(0, 1, fmt::format("{{\"id\":{},", id_));
    out += decision;
  } else {
    write_compact(out);
  }
  out += '\n';
  return true;
}

bool LineDecider::read_strictly(std::string_view line, std::uint64_t number, std::string& out) {
  CaseReading reading = read_case_json(program_, line);
  if (reading.facts) {
    facts_ = std::move(*reading.facts);
    if (!reading.as_at) facts_.as_at = options_.today;
    id_ = reading.id.value_or("");
    return true;
  }
  JsonWriter json(JsonWriter::Style::compact);
  json.open_object();
  if (reading.id) json.key("id").raw(*reading.id);
  json.key("error").open_object().key("line").number(static_cast<std::int64_t>(number));
  write_error(json, reading.errors.front());
  if (reading.errors.size() > 1) {
    json.key("others").open_array();
    for (std::size_t i = 1; i < reading.errors.size(); ++i) {
      json.open_object();
      write_error(json, reading.errors[i]);
      json.close_object();
    }
    json.close_array();
  }
  out += json.close_object().close_object().take();
  out += '\n';
  return false;
}

/// As `write_compact`, where every value is known: without a decision to look it up in, and without a branch that
/// depends on a value. Each piece ends in a comma, the last of which is taken back.
void LineDecider::write_settled(std::string& out) {
  const std::size_t before = out.size();
  out.resize(before + longest_settled_ + id_.size());
  char* end = out.data() + before;
  const auto put = [&](std::string_view text) { end = std::copy(text.begin(), text.end(), end); };
  put("{");
  if (!id_.empty()) {
    put("\"id\":");
    put(id_);
    put(",");
  }
  put("\"decisions\":{");
  const std::span<const Cell> cells = decider_.settled();
  const auto write = [&](const std::vector<Shown>& all) {
    const char* const start = end;
    for (const Shown& shown : all) {
      const Piece piece = shown.pieces[static_cast<std::size_t>(cells[shown.place].value)];
      const char* const text = pieces_.data() + piece.first;
      std::memcpy(end, text, short_piece);  // most are no longer; what is too much is written over
      if (piece.size > short_piece) std::memcpy(end + short_piece, text + short_piece, piece.size - short_piece);
      end += piece.size;
    }
    if (end != start) --end;
  };
  write(decisions_);
  put("},\"duties\":{");
  write(actions_);
  put("}}\n");
  out.resize(static_cast<std::size_t>(end - out.data()));
}

void LineDecider::open_line(std::string& out) const {
  out += '{';
  if (!id_.empty()) out.append("\"id\":").append(id_).append(",");
  out += "\"decisions\":{";
}

/// As `compact_json` does, from pieces that are made once.
void LineDecider::write_compact(std::string& out) {
  const auto is_in_conflict = [&](const Shown& shown) {
    return decision_.found(shown.subject).status == Status::conflict;
  };
  if (std::any_of(decisions_.begin(), decisions_.end(), is_in_conflict) ||
      std::any_of(actions_.begin(), actions_.end(), is_in_conflict)) {
    decider_.decide(facts_, decision_);  // names the rules, so they have to be exact
  }
  const auto write = [&](const Shown& shown, bool& is_first) {
    const Found finding = decision_.found(shown.subject);
    if (!is_first) out += ",";
    is_first = false;
    if (finding.status == Status::decided) {
      out += shown.values[static_cast<std::size_t>(finding.value)];
      return;
    }
    out += shown.key;
    if (finding.status != Status::undecided || finding.approximate) {
      out += compact_finding(view(), shown.subject);
      return;
    }
    out += "{\"undecided\":[";
    const auto needs = decision_.needs(shown.subject);
    for (const FactId fact : needs) {
      if (fact != needs.front()) out += ",";
      out += fact_names_[fact.index];
    }
    out += "]}";
  };
  open_line(out);
  bool is_first = true;
  for (const Shown& decision : decisions_) write(decision, is_first);
  out += "},\"duties\":{";
  is_first = true;
  for (const Shown& action : actions_) {
    const Found finding = decision_.found(action.subject);
    if (finding.status == Status::decided && finding.duty() == Duty::none) continue;
    write(action, is_first);
  }
  out += "}}";
}

}  // namespace duly
