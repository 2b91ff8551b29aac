#include "interpreter/report/record.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "interpreter/eval/walk.hpp"
#include "interpreter/report/values_json.hpp"
#include "lang/program/reads.hpp"

namespace duly {
namespace {

class SheetOpener {
 public:
  explicit SheetOpener(const DecisionView& view) : view_(view), program_(view.program), walk_(view.program) {
    walk_.run(view.facts);
  }

  RecordSheet open(std::optional<RecordId> only) {
    check_decided();
    for (std::uint32_t i = 0; i < program_.records.size(); ++i) {
      const RecordId id{i};
      if (!only && is_about_open_decisions_alone(program_.records[i])) {
        sheet_.left_out.push_back(id);
        continue;
      }
      if (only ? id == *only : is_due(program_.records[i].when, "", program_.records[i].full_name)) add(id);
    }
    if (sheet_.records.empty() && sheet_.problems.empty()) none_due();
    if (view_.asked) find_judgements(*view_.asked);
    return std::move(sheet_);
  }

 private:
  void problem(std::string path, std::string message, std::string help) {
    sheet_.problems.push_back({std::move(path), std::move(message), std::move(help)});
  }

  std::string unknown_of(const std::vector<FactId>& facts) const {
    std::vector<std::string> names;
    for (const FactId fact : facts) {
      if (!view_.facts.known(fact)) names.push_back(at(program_.facts, fact).name);
    }
    return fmt::format("{}", fmt::join(names, ", "));
  }

  void check_decided() {
    if (!view_.asked) return;
    const Finding& finding = view_.decision.of(*view_.asked);
    const std::string& name = at(program_.subjects, *view_.asked).name;
    if (finding.status == Status::undecided) {
      problem("", fmt::format("`{}` is not decided yet, so there is nothing to record", name),
              fmt::format("Give more in the case: {}.", unknown_of(finding.needs)));
    } else if (finding.status != Status::decided) {
      problem("", fmt::format("`{}` has no outcome to record: its status is {}", name, to_string(finding.status)),
              "`duly decide` with the same policy and case shows why.");
    }
  }

  bool is_about_open_decisions_alone(const Record& record) const {
    if (!view_.asked) return false;
    std::vector<SubjectId> rests_on = subjects_of(record);
    bool has_decision = false;
    for (std::size_t i = 0; i < rests_on.size(); ++i) {  // grows
      const SubjectId id = rests_on[i];
      if (at(program_.subjects, id).kind == SubjectKind::decision) {
        if (id == *view_.asked || view_.decision.of(id).status != Status::undecided) return false;
        has_decision = true;
        continue;
      }
      for (const SubjectId below : subjects_read(program_, id)) add_once(rests_on, below);
    }
    return has_decision;
  }

  /// Those that its conditions read and its fields are filled from.
  std::vector<SubjectId> subjects_of(const Record& record) const {
    std::vector<SubjectId> subjects;
    const auto add_read = [&](const std::optional<NodeId>& when) {
      if (!when) return;
      for (const SubjectId id : subjects_read(program_, *when)) add_once(subjects, id);
    };
    add_read(record.when);
    for (const Field& field : record.fields) {
      add_read(field.when);
      if (!field.from) continue;
      const Term& term = at(program_.terms, *field.from);
      if (term.is_subject) add_once(subjects, term.subject());
    }
    return subjects;
  }

  static void add_once(std::vector<SubjectId>& subjects, SubjectId id) {
    if (std::find(subjects.begin(), subjects.end(), id) == subjects.end()) subjects.push_back(id);
  }

  /// Whether a condition holds in this case; where that is not known, it is a problem.
  bool is_due(const std::optional<NodeId>& when, std::string path, const std::string& what) {
    if (!when) return true;
    const Truth truth = walk_.condition(*when);
    if (truth == Truth::unknown) {
      problem(std::move(path), fmt::format("Whether `{}` is called for is not known yet", what),
              fmt::format("Give more in the case: {}.", unknown_of(asking_order(program_, *when))));
    }
    return truth == Truth::yes;
  }

  void add(RecordId id) {
    DueRecord due{id, {}};
    for (const Field& field : at(program_.records, id).fields) {
      if (!is_due(field.when, field.name, field.name)) continue;
      DueField entry;
      entry.field = &field;
      if (field.from) fill_from(at(program_.terms, *field.from), entry);
      due.fields.push_back(std::move(entry));
    }
    sheet_.records.push_back(std::move(due));
  }

  void fill_from(const Term& term, DueField& entry) {
    entry.sensitive = is_sensitive(program_, term);
    if (term.is_subject ? !read_subject(term.subject(), entry) : !read_fact(term.fact(), entry)) return;
    if (term.elapsed != Elapsed::none) {
      const Date since{static_cast<std::int32_t>(entry.value->value)};
      entry.value->value = elapsed(term.elapsed, since, view_.decision.as_at);
    }
    // A text can be filled from a value of any type: then it is that value in words.
    if (entry.field->type.kind == TypeKind::text) {
      entry.value->text = say_field(program_, program_.type_of(term), *entry.value);
    }
  }

  bool read_subject(SubjectId id, DueField& entry) {
    const Finding& finding = view_.decision.of(id);
    entry.from = at(program_.subjects, id).name;
    if (finding.status != Status::decided) {
      problem(
          entry.field->name,
          fmt::format("`{}` is filled from `{}`, which has no value in this case: its status is {}", entry.field->name,
                      entry.from, to_string(finding.status)),
          finding.needs.empty() ? std::string() : fmt::format("Give more in the case: {}.", unknown_of(finding.needs)));
      return false;
    }
    entry.value = FieldValue{finding.value, {}};
    if (finding.copies_text) entry.value->text = copied_text(program_, view_.facts, finding.value);
    return true;
  }

  bool read_fact(FactId id, DueField& entry) {
    const Fact& fact = at(program_.facts, id);
    if (!view_.facts.known(id)) {
      entry.could_be_from = fact.name;
      return false;
    }
    entry.from = fact.name;
    entry.value = FieldValue{view_.facts.value(id), {}};
    if (fact.type.kind == TypeKind::text) entry.value->text = view_.facts.text(id);
    return true;
  }

  void none_due() {
    std::vector<std::string> names;
    for (const Record& record : program_.records) names.push_back(record.full_name);
    problem("", fmt::format("`{}` calls for no record in this case", program_.policy().name),
            names.empty() ? "It declares none."
                          : fmt::format("It has {}; `--record NAME` takes one all the same.", fmt::join(names, ", ")));
  }

  /// The judgements on which the decision rests: read by its reasons, or without them it would be open.
  void find_judgements(SubjectId asked) {
    std::set<FactId> read;
    for (const Reason& reason : reasons(program_, view_.facts, view_.decision, asked)) add_facts(reason, read);
    const Finding& found = view_.decision.of(asked);
    for (const FactId fact : asking_order(program_, asked)) {
      if (!at(program_.facts, fact).judgement || !view_.facts.known(fact)) continue;
      if (read.contains(fact) || hangs_on(asked, fact, found)) sheet_.judgements.push_back(fact);
    }
  }

  static void add_facts(const Reason& reason, std::set<FactId>& facts) {
    facts.insert(reason.facts.begin(), reason.facts.end());
    for (const Reason& below : reason.because) add_facts(below, facts);
  }

  bool hangs_on(SubjectId asked, FactId fact, const Finding& found) {
    Case without = view_.facts;
    without.clear(fact);
    const Finding other = view_.decider.decide(without).of(asked);
    return other.status != found.status || other.value != found.value;
  }

  const DecisionView& view_;
  const Program& program_;
  Walk walk_;
  RecordSheet sheet_;
};

}  // namespace

bool is_sensitive(const Program& program, const Term& term) {
  if (!term.is_subject) return at(program.facts, term.fact()).sensitive;
  const Subject& subject = at(program.subjects, term.subject());
  const auto copies = [&](const Conclusion& conclusion) {
    return conclusion.copied && is_sensitive(program, at(program.terms, *conclusion.copied));
  };
  if (subject.otherwise && copies(*subject.otherwise)) return true;
  return std::any_of(subject.rules.begin(), subject.rules.end(),
                     [&](RuleId rule) { return copies(at(program.rules, rule).conclusion); });
}

RecordSheet open_sheet(const DecisionView& view, std::optional<RecordId> only) { return SheetOpener(view).open(only); }

}  // namespace duly
