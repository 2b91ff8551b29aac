#include "lang/lint/lint.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "lang/lint/contradiction.hpp"
#include "lang/program/reads.hpp"

namespace duly {
namespace {

/// What a condition comes to whatever the facts are, as far as types alone tell.
enum class Always : std::uint8_t { no, yes, open };

class Linter {
 public:
  Linter(Context& context, const CompileOptions& options)
      : context_(context),
        program_(context.program),
        options_(options),
        root_(static_cast<std::uint32_t>(context.tree.modules.size() - 1)) {}

  void run() {
    unread_values();
    provisions();
    for (const Fact& fact : program_.facts) {
      if (own(fact.module) && fact.ask.empty()) {
        warn(Code::W0304, name_in(fact.span, fact.name), fmt::format("The fact `{}` has no question", fact.name),
             "Nobody can be asked for it: add `ask \"…?\"`.");
      }
    }
    rules();
    for (const Agreement& agreement : program_.agreements) {
      if (own(agreement.module)) check_agreement(agreement);
    }
    cases();
  }

 private:
  bool own(ModuleId module) const { return module.index == root_; }

  void warn(Code code, Span span, std::string message, std::string help = "", std::vector<Note> notes = {}) {
    context_.diagnostics.add({code, span, std::move(message), "", std::move(notes), std::move(help)});
  }

  /// The name inside a declaration's span.
  Span name_in(Span span, const std::string& name) const {
    const auto at = context_.sources.text(span).find(name);
    if (at == std::string_view::npos) return span;
    const auto begin = span.begin + static_cast<std::uint32_t>(at);
    return {span.source, begin, begin + static_cast<std::uint32_t>(name.size())};
  }

  // ---- values, provisions ----

  void unread_values() {
    const bool has_rules =
        std::any_of(program_.rules.begin(), program_.rules.end(), [&](const Rule& rule) { return own(rule.module); });
    if (!has_rules) return;  // a vocabulary is there for others to read
    std::set<std::uint32_t> facts, subjects;
    const auto read = [&](const Term& term) { (term.is_subject ? subjects : facts).insert(term.index); };
    for (const Rule& rule : program_.rules) {
      for_each_read(program_, rule.condition, read);
      if (rule.conclusion.copied) read(at(program_.terms, *rule.conclusion.copied));
    }
    for (const Subject& subject : program_.subjects) {
      if (subject.otherwise && subject.otherwise->copied) read(at(program_.terms, *subject.otherwise->copied));
    }
    for (const Safeguard& safeguard : program_.safeguards) for_each_read(program_, safeguard.holds, read);
    for (const Record& record : program_.records) {
      if (record.when) for_each_read(program_, *record.when, read);
      for (const Field& field : record.fields) {
        if (field.when) for_each_read(program_, *field.when, read);
        if (field.from) read(at(program_.terms, *field.from));
      }
    }
    const auto report = [&](Span span, const std::string& name, std::string_view kind) {
      warn(Code::W0301, name_in(span, name), fmt::format("The {} `{}` is never read", kind, name),
           "No rule, safeguard or record depends on it: use it, or take it away.");
    };
    for (std::uint32_t i = 0; i < program_.facts.size(); ++i) {
      const Fact& fact = program_.facts[i];
      if (own(fact.module) && fact.type.kind != TypeKind::text && !facts.contains(i))
        report(fact.span, fact.name, "fact");
    }
    for (std::uint32_t i = 0; i < program_.subjects.size(); ++i) {
      const Subject& subject = program_.subjects[i];
      if (own(subject.module) && subject.kind == SubjectKind::definition && !subjects.contains(i)) {
        report(subject.span, subject.name, "definition");
      }
    }
  }

  void provisions() {
    std::set<ProvisionId> cited;
    const auto cite = [&](const auto& holders) {
      for (const auto& holder : holders) cited.insert(holder.cites.begin(), holder.cites.end());
    };
    cite(program_.choices);
    cite(program_.facts);
    cite(program_.subjects);
    cite(program_.items);
    cite(program_.rules);
    cite(program_.steps);
    cite(program_.procedures);
    cite(program_.safeguards);
    cite(program_.records);
    cite(program_.agreements);
    cite(program_.cases);
    for (const Record& record : program_.records) cite(record.fields);
    for (std::uint32_t i = 0; i < program_.provisions.size(); ++i) {
      const Provision& provision = program_.provisions[i];
      if (!own(at(program_.sources, provision.source).module) || provision.is_judgement ||
          cited.contains(ProvisionId{i}))
        continue;
      warn(Code::W0302, name_in(provision.span, provision.name),
           fmt::format("Nothing cites the provision `{}`", provision.full_name),
           "Cite it where it becomes a rule, or say why none can decide it: `is judgement \"…\"`.");
    }
  }

  // ---- conditions that types alone decide ----

  Always range_always(const Term& term, const Range& range) const {
    if (range.low > range.high) return Always::no;
    if (term.elapsed != Elapsed::none) return Always::open;
    const Type type = program_.type_of(term);
    if (range.high < type.low || range.low > type.high) return Always::no;
    if (range.low <= type.low && range.high >= type.high) return Always::yes;
    return Always::open;
  }

  /// `denied`: the author wrote the comparison with `is not`, so that what is said of it is turned round.
  Always always(NodeId id, bool report, bool denied = false) {
    const Node& node = at(program_.nodes, id);
    const auto child = [&](std::uint32_t i) {
      const NodeId part = program_.children[node.a + i];
      return always(part, report, denied && at(program_.node_spans, part) == at(program_.node_spans, id));
    };
    Always result = Always::open;
    switch (node.op) {
      case Op::constant: return node.a ? Always::yes : Always::no;
      case Op::negation: {
        const NodeId inner = program_.children[node.a];
        const Always part = always(inner, report, at(program_.node_spans, inner) == at(program_.node_spans, id));
        return part == Always::open ? part : part == Always::yes ? Always::no : Always::yes;
      }
      case Op::all:
      case Op::any: {
        const Always stop = node.op == Op::all ? Always::no : Always::yes;
        bool open = false;
        bool stopped = false;
        for (std::uint32_t i = 0; i < node.b; ++i) {
          const Always part = child(i);
          stopped = stopped || part == stop;
          open = open || part == Always::open;
        }
        if (stopped) return stop;
        if (open) return Always::open;
        return stop == Always::no ? Always::yes : Always::no;
      }
      case Op::in_range: result = range_always(program_.terms[node.a], program_.ranges[node.b]); break;
      case Op::in_mask: {
        const auto count = at(program_.choices, program_.type_of(program_.terms[node.a]).choice).values.size();
        const std::uint64_t every = count >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << count) - 1;
        if ((program_.masks[node.b] & every) == every) result = Always::yes;
        break;
      }
      case Op::compare:
      case Op::includes_any:
      case Op::includes_all:
      case Op::is_empty:
      case Op::duty_is:
      case Op::day_in: break;
    }
    if (report && result != Always::open && reported_.insert(id).second) {
      warn(Code::W0401, at(program_.node_spans, id),
           (result == Always::yes) != denied ? "This is always true: no value in range fails it"
                                             : "This is never true: no value in range fits it",
           "Look at the number, or at the range of the fact.");
    }
    return result;
  }

  void rules() {
    std::vector<bool> has_instance(program_.rules.size(), false);
    for (const Instance& instance : program_.instances) has_instance[instance.rule.index] = true;
    for (std::uint32_t i = 0; i < program_.rules.size(); ++i) {
      const Rule& rule = program_.rules[i];
      if (rule.is_protected && !rule.replaced && !own(rule.module)) protected_elsewhere_.push_back(RuleId{i});
    }
    for (std::uint32_t i = 0; i < program_.rules.size(); ++i) {
      const Rule& rule = program_.rules[i];
      if (!own(rule.module) || rule.replaced || rule.kind == RuleKind::agreement) continue;
      const Always when = always(rule.condition, rule.kind != RuleKind::answer);
      if (when == Always::no) {
        warn(Code::W0501, rule.name_span, fmt::format("The rule `{}` can never apply", rule.name),
             "Its condition is never true.");
      } else if (contradicts_itself(program_, rule.condition)) {
        warn(Code::W0501, rule.name_span, fmt::format("The rule `{}` can never apply", rule.name),
             "Parts of its condition cannot hold together.");
      } else if (!has_instance[i] && !context_.claims[i].instead_of.empty()) {
        warn(Code::W0501, rule.name_span, fmt::format("The rule `{}` can never apply", rule.name),
             "The rule in whose place it stands never applies.");
      }
      rivals_of_protected(rule, i);
    }
    for (const Safeguard& safeguard : program_.safeguards) {
      if (own(safeguard.module)) always(safeguard.holds, true);
    }
  }

  /// A plain rule of this module that says something else than a protected one gives way to it wherever both apply.
  void rivals_of_protected(const Rule& rule, std::uint32_t index) {
    if (rule.is_protected || rule.kind != RuleKind::rule || context_.claims[index].instead_clause) return;
    for (const RuleId other_id : protected_elsewhere_) {
      const Rule& other = at(program_.rules, other_id);
      if (other.subject != rule.subject) continue;
      const bool same =
          !rule.conclusion.copied && !other.conclusion.copied && rule.conclusion.value == other.conclusion.value;
      if (same || mentions_what(rule.condition, other.condition)) continue;
      warn(Code::W0502, rule.name_span,
           fmt::format("Where `{}` applies as well, it prevails over this rule, for it is protected", other.full_name),
           "Say so in the condition, so that readers see where this rule ends.",
           {{other.name_span, "the protected rule"}});
    }
  }

  /// The author has thought of it: the condition reads something that the protected rule's condition reads.
  bool mentions_what(NodeId condition, NodeId other) const {
    std::set<std::pair<bool, std::uint32_t>> read;
    for_each_read(program_, other, [&](const Term& term) { read.emplace(term.is_subject, term.index); });
    bool shared = false;
    for_each_read(program_, condition, [&](const Term& term) {
      shared = shared || read.contains({term.is_subject, term.index});
    });
    return shared;
  }

  // ---- agreements ----

  void check_agreement(const Agreement& agreement) {
    const Span name = name_in(agreement.span, agreement.name);
    const std::int32_t days_left = agreement.review_by.days - options_.today.days;
    if (days_left < 0) {
      warn(Code::W0701, name,
           fmt::format("The review of `{}` was due by {}", agreement.name, to_string(agreement.review_by)),
           "Review it, and write the next date.");
    } else if (options_.today.days > 0 && elapsed(Elapsed::months, options_.today, agreement.review_by) < 3) {
      warn(Code::W0701, name,
           fmt::format("The review of `{}` is due by {}", agreement.name, to_string(agreement.review_by)),
           "Less than three months are left.");
    }
    const auto body = [&](Scalar value) {
      const auto found = context_.scope.choices.find("body", root_, context_.tree).entries;
      return found.empty() ? std::to_string(value)
                           : program_.choices[found.front().index].values[static_cast<std::size_t>(value)].name;
    };
    for (const Scalar party : agreement.between) {
      const bool has_signed = std::any_of(agreement.signatures.begin(), agreement.signatures.end(),
                                          [&](const auto& signature) { return signature.first == party; });
      if (!has_signed) {
        warn(Code::W0702, name, fmt::format("`{}` has not signed `{}`", body(party), agreement.name),
             fmt::format("Nothing with {} is covered until it has.", body(party)));
      }
      if (!agreement.under) continue;
      const auto& above = at(program_.agreements, *agreement.under).between;
      if (std::find(above.begin(), above.end(), party) == above.end()) {
        warn(Code::W0703, name,
             fmt::format("`{}` is a party of `{}`, but not of its tier 1 `{}`", body(party), agreement.name,
                         at(program_.agreements, *agreement.under).name),
             fmt::format("Nothing with {} can be covered.", body(party)));
      }
    }
  }

  // ---- cases ----

  bool reads_day(NodeId id) const {
    const Node& node = at(program_.nodes, id);
    const auto elapses = [&](std::uint32_t term) { return program_.terms[term].elapsed != Elapsed::none; };
    switch (node.op) {
      case Op::day_in: return true;
      case Op::all:
      case Op::any:
      case Op::negation: {
        const std::uint32_t count = node.op == Op::negation ? 1 : node.b;
        for (std::uint32_t i = 0; i < count; ++i) {
          if (reads_day(program_.children[node.a + i])) return true;
        }
        return false;
      }
      case Op::compare: return elapses(node.a) || elapses(node.b);
      case Op::in_range: return elapses(node.a);
      case Op::constant:
      case Op::in_mask:
      case Op::includes_any:
      case Op::includes_all:
      case Op::is_empty:
      case Op::duty_is: return false;
    }
    return false;
  }

  void cases() {
    std::vector<bool> by_day(program_.subjects.size(), false);
    for (const SubjectId id : program_.evaluation_order) {
      bool reads = false;
      for (const RuleId rule : at(program_.subjects, id).rules)
        reads = reads || reads_day(at(program_.rules, rule).condition);
      for (const SubjectId below : subjects_read(program_, id)) reads = reads || by_day[below.index];
      by_day[id.index] = reads;
    }
    const Module& policy = program_.policy();
    for (const TestCase& test_case : program_.cases) {
      if (!own(test_case.module)) continue;
      const Span name = name_in(test_case.span, test_case.name);
      if (!test_case.as_at) {
        const bool reads = std::any_of(
            test_case.expectations.begin(), test_case.expectations.end(), [&](const Expectation& expectation) {
              const bool asks = expectation.kind == ExpectKind::asks || expectation.kind == ExpectKind::asks_nothing;
              if (asks) return program_.default_decision && by_day[program_.default_decision->index];
              return static_cast<bool>(by_day[expectation.subject.index]);
            });
        if (reads) {
          warn(Code::W0801, name,
               fmt::format("The case `{}` depends on the day of the decision, and has none", test_case.name),
               "Add `as at 2024-04-01`, or it may come out differently tomorrow.");
        }
        continue;
      }
      const Date day = *test_case.as_at;
      if ((policy.from && day < *policy.from) || (policy.until && day > *policy.until)) {
        warn(Code::W0802, name,
             fmt::format("The case `{}` is decided as at {}, when the policy is not in force", test_case.name,
                         to_string(day)));
      }
    }
  }

  Context& context_;
  Program& program_;
  const CompileOptions& options_;
  std::uint32_t root_;
  std::set<NodeId> reported_;
  std::vector<RuleId> protected_elsewhere_;
};

}  // namespace

void lint(Context& context, const CompileOptions& options) { Linter(context, options).run(); }

}  // namespace duly
