#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "interpreter/report/field_values.hpp"
#include "interpreter/report/view.hpp"

/// Records of decisions: what a policy's `record` declarations call for in one case, what of it the case itself
/// answers, and what a person has to add.
namespace duly {

/// What keeps a record from being complete, and where.
struct RecordProblem {
  std::string path;        // of the fields' JSON: `reasons`, `judgements.child.understands`; empty for the case itself
  std::string message;     // one sentence, no full stop
  std::string help;        // how to mend it (may be empty)
  std::size_t offset = 0;  // in the fields' text, where `in_text`
  bool in_text = false;
};

/// A field that this case calls for.
struct DueField {
  const Field* field = nullptr;
  std::optional<FieldValue> value;  // null: still to be filled in
  std::string from;                 // the fact or value that fills it; empty where a person does
  std::string could_be_from;        // by hand only because the case does not give this fact
  bool sensitive = false;
};

struct DueRecord {
  RecordId record;
  std::vector<DueField> fields;
};

/// Why a professional came to a judgement, and who that was.
struct JudgementReason {
  FactId fact;
  std::string reason, role;
};

/// What has to be written down about one decision; empty parts are still to be filled in.
struct RecordSheet {
  std::vector<DueRecord> records;
  std::vector<FactId> judgements;        // that the decision rests on, so that a reason is called for
  std::vector<JudgementReason> reasons;  // as filled in
  std::vector<RecordProblem> problems;
  std::vector<RecordId> left_out;  // called for by nothing but other decisions, which this case leaves open
};

/// Whether a value is a sensitive fact's, as it is or handed on by rules.
bool is_sensitive(const Program& program, const Term& term);

/// What the case calls for: the records whose condition holds, or the one named. A record that rests on other decisions
/// than the one asked, none of which this case decides, is about another matter and is left out. A field that a fact
/// would fill which the case does not give is filled in by hand. Problems: the decision is not decided, no record is
/// called for, a value that fills a field is not decided.
RecordSheet open_sheet(const DecisionView& view, std::optional<RecordId> only);

/// Fills in what people wrote: `{"reasons": "…", "judgements": {"child.understands": {"reason": "…", "role": "…"}}}`.
/// Problems: what is missing, of a wrong type, unknown, or not called for.
void fill_in(const DecisionView& view, RecordSheet& sheet, std::string_view json);

/// Whether fields of several records that are to be filled in share this name and differ in type, so that the name
/// alone does not say which is meant.
bool is_ambiguous(const RecordSheet& sheet, std::string_view name);

/// The key under which `fill_in` takes a field: its name, or `record.field` where the name is ambiguous.
std::string field_key(const Program& program, const RecordSheet& sheet, const DueRecord& record, const DueField& field);

/// What is still to be filled in, as the JSON that `fill_in` takes, each value null.
std::string skeleton_json(const DecisionView& view, const RecordSheet& sheet);

/// The same in words, a line a field.
std::string skeleton_text(const DecisionView& view, const RecordSheet& sheet);

/// The same as a page, in Markdown.
std::string skeleton_markdown(const DecisionView& view, const RecordSheet& sheet);

/// The complete record. Sensitive values are masked unless `unmask`.
std::string record_json(const DecisionView& view, const RecordSheet& sheet, bool unmask);
std::string record_markdown(const DecisionView& view, const RecordSheet& sheet, bool unmask);

}  // namespace duly
