#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "interpreter/report/decision_text.hpp"
#include "interpreter/report/explanation.hpp"
#include "interpreter/report/reason_points.hpp"
#include "interpreter/report/record.hpp"
#include "interpreter/report/values_json.hpp"
#include "interpreter/report/wrapped.hpp"

namespace duly {
namespace {

constexpr std::string_view mask = "(sensitive: not shown here)";

class SheetWriter {
 public:
  SheetWriter(const DecisionView& view, const RecordSheet& sheet, bool unmask)
      : view_(view), program_(view.program), sheet_(sheet), unmask_(unmask) {}

 protected:
  bool is_masked(FactId fact) const { return at(program_.facts, fact).sensitive && !unmask_; }
  bool is_masked(const DueField& field) const { return field.sensitive && !unmask_; }

  /// A list item has no words but its condition's, which tell what the fact is.
  bool is_masked(const Reason& reason) const {
    return reason.kind == Reason::Kind::item &&
           std::any_of(reason.facts.begin(), reason.facts.end(), [this](FactId fact) { return is_masked(fact); });
  }

  FieldValue value_of(FactId fact) const {
    const bool is_text = at(program_.facts, fact).type.kind == TypeKind::text;
    return {view_.facts.value(fact), is_text ? view_.facts.text(fact) : std::string()};
  }

  std::vector<Reason> because() const {
    if (!view_.asked) return {};
    return reasons(program_, view_.facts, view_.decision, *view_.asked);
  }

  std::vector<SetAside> aside() const {
    if (!view_.asked) return {};
    return set_aside(program_, view_.decision, *view_.asked);
  }

  const DecisionView& view_;
  const Program& program_;
  const RecordSheet& sheet_;
  bool unmask_;
};

class JsonRecord : SheetWriter {
 public:
  using SheetWriter::SheetWriter;

  std::string write() {
    json_.open_object();
    policy();
    json_.key("as_at").text(to_string(view_.decision.as_at));
    decision();
    json_.key("records").open_array();
    for (const DueRecord& record : sheet_.records) write(record);
    json_.close_array();
    judgements();
    json_.close_object();
    return json_.take();
  }

 private:
  void module(const Module& module) {
    json_.key("name").text(module.name).key("version").text_or_null(module.version).key("sha256").text(module.sha256);
  }

  void policy() {
    json_.key("policy").open_object();
    module(program_.policy());
    json_.key("title").text(program_.policy().title).key("modules").open_array();
    for (const ModuleId id : program_.policy().all_extends) {
      json_.open_object();
      module(at(program_.modules, id));
      json_.close_object();
    }
    json_.close_array().close_object();
  }

  void decision() {
    json_.key("decision");
    if (!view_.asked) {
      json_.null();
    } else {
      const Subject& subject = at(program_.subjects, *view_.asked);
      const Finding& finding = view_.decision.of(*view_.asked);
      json_.open_object().key("name").text(subject.name).key("question").text(subject.title);
      write_value(json_.key("outcome"), program_, subject.type, finding.value);
      json_.key("says").text(program_.say(subject.type, finding.value));
      write("because", because());
      json_.close_object();
    }
    json_.key("set_aside").open_array();
    for (const SetAside& pair : aside()) {
      const Rule& rule = at(program_.rules, pair.rule);
      json_.open_object().key("rule").text(rule.full_name).key("title").text(rule.title);
      json_.key("by").text(at(program_.rules, pair.by).full_name).close_object();
    }
    json_.close_array();
  }

  void write(std::string_view key, const std::vector<Reason>& reasons) {
    json_.key(key).open_array();
    for (const Reason& reason : reasons) {
      const bool is_rule = reason.kind == Reason::Kind::rule, is_item = reason.kind == Reason::Kind::item;
      json_.open_object().key(is_rule ? "rule" : is_item ? "item" : "otherwise").text(full_name(program_, reason));
      json_.key("title").text(is_masked(reason) ? std::string(mask) : title(program_, reason));
      if (!reason.holds && !is_masked(reason)) json_.key("holds").boolean(false);
      cites(own_cites(program_, reason));
      json_.key("facts").open_object();
      for (const FactId fact : reason.facts) {
        json_.key(at(program_.facts, fact).name);
        is_masked(fact) ? void(json_.text(mask)) : write_fact(json_, program_, view_.facts, fact);
      }
      json_.close_object();
      write("because", reason.because);
      json_.close_object();
    }
    json_.close_array();
  }

  void cites(const std::vector<ProvisionId>& provisions) {
    json_.key("cites").open_array();
    for (const ProvisionId id : provisions) {
      const Provision& provision = at(program_.provisions, id);
      json_.open_object().key("provision").text(provision.full_name).key("title").text(provision.title).close_object();
    }
    json_.close_array();
  }

  void write(const DueRecord& due) {
    const Record& record = at(program_.records, due.record);
    json_.open_object().key("record").text(record.full_name).key("title").text(record.title);
    cites(record.cites);
    json_.key("fields").open_array();
    for (const DueField& field : due.fields) {
      json_.open_object().key("field").text(field.field->name).key("title").text(field.field->title);
      json_.key("value");
      is_masked(field) ? void(json_.null()) : write_field(json_, program_, field.field->type, *field.value);
      json_.key("masked").boolean(is_masked(field)).key("from").text_or_null(field.from);
      cites(field.field->cites);
      json_.close_object();
    }
    json_.close_array().close_object();
  }

  void judgements() {
    json_.key("judgements").open_array();
    for (const JudgementReason& each : sheet_.reasons) {
      const Fact& fact = at(program_.facts, each.fact);
      json_.open_object().key("fact").text(fact.name).key("title").text(fact.title).key("value");
      is_masked(each.fact) ? void(json_.null()) : write_field(json_, program_, fact.type, value_of(each.fact));
      json_.key("masked").boolean(is_masked(each.fact));
      json_.key("reason").text(each.reason).key("role").text(each.role).close_object();
    }
    json_.close_array();
  }

  JsonWriter json_;
};

/// A page fit for a file, laid out like any explanation.
class PageRecord : SheetWriter {
 public:
  using SheetWriter::SheetWriter;

  std::string write() {
    heading();
    for (const DueRecord& record : sheet_.records) add(record);
    judgements();
    std::vector<Point> why;
    for (const Reason& reason : because()) why.push_back(point(reason));
    if (why.empty() && view_.asked)
      why.push_back({"No rule about this applies, and then this is the answer", {}, "", {}});
    section("Because", std::move(why));
    what_was_set_aside();
    sources();
    which_policy();
    return decision_markdown(page_);
  }

 private:
  void section(std::string heading, std::vector<Point> points) {
    if (!points.empty()) page_.sections.push_back({std::move(heading), Tone::plain, false, std::move(points)});
  }

  void heading() {
    page_.question = sheet_.records.size() == 1 ? at(program_.records, sheet_.records.front().record).title
                                                : std::string("Record of a decision");
    if (!view_.asked) {
      page_.answer = program_.policy().title;
      return;
    }
    const Subject& subject = at(program_.subjects, *view_.asked);
    const Scalar outcome = view_.decision.of(*view_.asked).value;
    page_.answer = fmt::format("{} {}", subject.title, program_.say(subject.type, outcome));
    page_.name = fmt::format("{}: {}", subject.name, program_.show(subject.type, outcome));
  }

  void add(const DueRecord& due) {
    const Record& record = at(program_.records, due.record);
    std::vector<Point> points;
    for (const DueField& field : due.fields) {
      const std::string value = shown(is_masked(field), field.field->type, *field.value);
      points.push_back(
          {fmt::format("{}: {}", field.field->title, value), cite(field.field->cites), field.field->name, {}});
    }
    section(sheet_.records.size() == 1 ? "What was written down" : record.title, std::move(points));
    cite(record.cites);
  }

  void judgements() {
    std::vector<Point> points;
    for (const JudgementReason& each : sheet_.reasons) {
      Point judged = fact(each.fact);
      judged.name = at(program_.facts, each.fact).name;
      judged.below.push_back({fmt::format("Reason: {}", each.reason), {}, "", {}});
      judged.below.push_back({fmt::format("Judged by: {}", each.role), {}, "", {}});
      points.push_back(std::move(judged));
    }
    section("Professional judgements", std::move(points));
  }

  std::string shown(bool masked, const Type& type, const FieldValue& value) {
    hides_something_ = hides_something_ || masked;
    return masked ? std::string(mask) : say_field(program_, type, value);
  }

  Point fact(FactId id) {
    const Fact& fact = at(program_.facts, id);
    return {fmt::format("{}: {}", fact.title, shown(is_masked(id), fact.type, value_of(id))), {}, "", {}};
  }

  Point point(const Reason& reason) {
    Point result{title(program_, reason), cite(own_cites(program_, reason)), full_name(program_, reason), {}};
    if (reason.kind == Reason::Kind::otherwise && (unmask_ || !is_sensitive(program_, {true, reason.subject.index}))) {
      result.text = fmt::format("{}: {}", result.text, ReasonPoints(view_).says(reason.subject));
    }
    if (is_masked(reason)) {
      result.text = mask;
    } else if (!reason.holds) {
      result.text = fmt::format("Not so: {}", result.text);
    }
    if (!told_.insert(result.name).second) {
      result.text += " (see above)";
      return result;
    }
    for (const FactId read : reason.facts) result.below.push_back(fact(read));
    for (const Reason& below : reason.because) result.below.push_back(point(below));
    return result;
  }

  void what_was_set_aside() {
    std::vector<Point> points;
    for (const SetAside& pair : aside()) {
      const Rule& rule = at(program_.rules, pair.rule);
      const Rule& by = at(program_.rules, pair.by);
      Point before{by.title, cite(by.cites), by.full_name, {}};
      before.text = fmt::format("set aside by: {}", by.title);
      points.push_back({rule.title, cite(rule.cites), rule.full_name, {std::move(before)}});
    }
    section("What was set aside", std::move(points));
  }

  std::vector<std::string> cite(const std::vector<ProvisionId>& provisions) {
    std::vector<std::string> names;
    for (const ProvisionId id : provisions) {
      cited_.insert(id);
      names.push_back(at(program_.provisions, id).full_name);
    }
    return names;
  }

  void sources() {
    std::vector<Point> points;
    for (const ProvisionId id : cited_) {
      const Provision& provision = at(program_.provisions, id);
      points.push_back({fmt::format("{} ({})", provision.title, at(program_.sources, provision.source).title),
                        {},
                        provision.full_name,
                        {}});
    }
    section("Provisions", std::move(points));
  }

  void which_policy() {
    const auto called = [](const Module& module) {
      return module.version.empty() ? module.name : fmt::format("{} {}", module.name, module.version);
    };
    std::vector<std::string> modules;
    for (const ModuleId id : program_.policy().all_extends) modules.push_back(called(at(program_.modules, id)));
    page_.remarks.push_back(
        fmt::format("Decided as at {} by the policy {}, \"{}\"{}.", date_in_words(view_.decision.as_at),
                    called(program_.policy()), program_.policy().title,
                    modules.empty() ? std::string() : fmt::format(", which builds on {}", fmt::join(modules, ", "))));
    if (hides_something_)
      page_.foot.emplace_back("Sensitive values are not shown in this copy; `--unmask` shows them.");
  }

  Explanation page_;
  bool hides_something_ = false;
  std::set<ProvisionId> cited_;
  std::set<std::string> told_;
};

}  // namespace

std::string record_json(const DecisionView& view, const RecordSheet& sheet, bool unmask) {
  return JsonRecord(view, sheet, unmask).write();
}

std::string record_markdown(const DecisionView& view, const RecordSheet& sheet, bool unmask) {
  return PageRecord(view, sheet, unmask).write();
}

}  // namespace duly
