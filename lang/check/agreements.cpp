#include <fmt/format.h>

#include <algorithm>

#include "lang/check/conditions.hpp"
#include "lang/check/context.hpp"
#include "lang/check/values.hpp"

/// Agreements: what was signed becomes what is checked. Each gives two yes/no values, whose rules are made here.
namespace duly {
namespace {

constexpr std::string_view needs_vocabulary =
    "Extend `vocabulary`, or declare the choices `body`, `information_category` and `purpose_kind` and the facts "
    "`holder.body`, `recipient.body`, `information.category` and `purpose.kind`.";

class AgreementChecker {
 public:
  AgreementChecker(Context& context, std::uint32_t index)
      : context_(context),
        program_(context.program),
        node_(*context.agreements[index].node),
        module_(context.agreements[index].module),
        agreement_(context.program.agreements[index]) {}

  /// Parties, dates and texts; what a tier 2 takes from its tier 1 waits for the second walk.
  void read() {
    require_parts();
    agreement_.cites = check_cites(context_, node_.cites, module_);
    for (const auto& body : node_.between) {
      if (const auto value = value_of("body", body)) {
        if (is_party(*value)) {
          context_.error(Code::E0412, body.span, fmt::format("`{}` is listed twice", body.text), "again");
        } else {
          agreement_.between.push_back(*value);
        }
      }
    }
    for (const auto& signature : node_.signatures) {
      const auto value = value_of("body", signature.body);
      if (!value) continue;
      if (!is_party(*value)) {
        not_a_party(signature.body, "signs");
      } else if (signed_on(agreement_, *value)) {
        context_.error(Code::E0412, signature.body.span, fmt::format("`{}` signs twice", signature.body.text), "again");
      } else {
        agreement_.signatures.emplace_back(*value, signature.date.date);
      }
    }
    if (node_.in_force) {
      agreement_.from = node_.in_force->from.date;
      if (node_.in_force->until) agreement_.until = node_.in_force->until->date;
      if (agreement_.until && *agreement_.until < agreement_.from) {
        context_.error(Code::E0704, node_.in_force->until->span,
                       fmt::format("The agreement would end on {}, before it starts on {}",
                                   to_string(*agreement_.until), to_string(agreement_.from)));
      }
    }
    if (node_.review_by) agreement_.review_by = node_.review_by->date;
    const auto text = [](const std::optional<syntax::Text>& written) { return written ? written->value : ""; };
    agreement_.owner = text(node_.owner);
    agreement_.power = text(node_.power);
    agreement_.frequency = text(node_.frequency);
    agreement_.retention = text(node_.retention);
    agreement_.security = text(node_.security);
    for (const auto& written : node_.shares) read_share(written);
    for (const auto& purpose : node_.purposes) {
      if (const auto value = value_of("purpose_kind", purpose)) agreement_.purposes.push_back(*value);
    }
    if (node_.basis) read_basis();
  }

  void read_under() {
    if (!node_.under || agreement_.tier != 2) return;
    const auto found =
        look_up(context_.scope.agreements, *node_.under, module_, context_.tree, Code::E0314, context_.diagnostics);
    if (!found) return;
    const Agreement& tier_1 = program_.agreements[found->index];
    if (tier_1.tier != 1) {
      context_.error(Code::E0706, node_.under->span,
                     fmt::format("`{}` is itself a tier 2 agreement", node_.under->text), "",
                     "A tier 2 agreement stands under a tier 1.", {{found->span, "declared here"}});
      return;
    }
    agreement_.under = AgreementId{found->index};
    if (!node_.in_force || !context_.agreements[found->index].node->in_force) return;
    if (agreement_.from < tier_1.from) {
      context_.error(
          Code::E0704, node_.in_force->from.span,
          fmt::format("This agreement starts before its tier 1, which is in force from {}", to_string(tier_1.from)), "",
          "", {{tier_1.span, "the tier 1 agreement"}});
    }
    if (tier_1.until && (!agreement_.until || *agreement_.until > *tier_1.until)) {
      context_.error(
          Code::E0704, node_.in_force->until ? node_.in_force->until->span : node_.in_force->span,
          fmt::format("This agreement outlasts its tier 1, which is in force until {}", to_string(*tier_1.until)),
          agreement_.until ? "" : "no last day", fmt::format("Write `until {}` or earlier.", to_string(*tier_1.until)),
          {{tier_1.span, "the tier 1 agreement"}});
    }
  }

  void make_rules() {
    Rule* in_force = rule_of(agreement_.in_force);
    Rule* covers = rule_of(agreement_.covers);
    if (!in_force || !covers) return;
    in_force->condition = in_force_condition();
    in_force->cites = agreement_.cites;
    const auto condition = covers_condition();
    rule_of(agreement_.covers)->condition = condition;
    rule_of(agreement_.covers)->cites = agreement_.cites;
  }

  static std::optional<Date> signed_on(const Agreement& agreement, Scalar body) {
    for (const auto& [signer, date] : agreement.signatures) {
      if (signer == body) return date;
    }
    return std::nullopt;
  }

 private:
  void require_parts() {
    if (node_.tier != 1 && node_.tier != 2) return;  // reported already; what it would need is not known
    const Span head = node_.name.span;
    const auto missing = [&](bool is_there, std::string_view part, std::string_view example) {
      if (is_there) return;
      context_.error(Code::E0701, head,
                     fmt::format("The tier {} agreement `{}` has no `{}`", node_.tier, node_.name.text, part),
                     fmt::format("`{}` is missing", part), fmt::format("Add a line such as `{}`.", example));
    };
    if (node_.between.size() == 1) {
      context_.error(Code::E0701, node_.between.front().span, "An agreement is between two bodies at least",
                     "only one");
    }
    missing(!node_.between.empty(), "between", "between local_authority, health");
    missing(node_.in_force.has_value(), "in force from", "in force from 2024-04-08 until 2027-03-31");
    missing(node_.review_by.has_value(), "review by", "review by 2026-04-08");
    missing(node_.owner.has_value(), "owner", "owner \"Information governance\"");
    if (node_.tier == 2) {
      missing(node_.under.has_value(), "under", "under overarching");
      missing(!node_.shares.empty(), "shares", "shares education, health_visits");
      missing(!node_.purposes.empty(), "for", "for promoting_welfare");
      missing(node_.basis.has_value(), "basis", "basis public_task");
      missing(node_.retention.has_value(), "retention", "retention \"six years\"");
      missing(node_.security.has_value(), "security", "security \"encrypted mail\"");
      if (node_.basis && node_.basis->text != "consent")
        missing(node_.power.has_value(), "power", "power \"Children Act 2004, section 10\"");
      return;
    }
    const auto surplus = [&](bool is_there, Span span, std::string_view part) {
      if (!is_there) return;
      context_.error(Code::E0702, span, fmt::format("A tier 1 agreement has no `{}`", part), "",
                     "A tier 1 agreement binds its parties in general; what is shared stands in a tier 2 under it.");
    };
    if (node_.under) surplus(true, node_.under->span, "under");
    if (!node_.shares.empty()) surplus(true, node_.shares.front().span, "shares");
    if (!node_.purposes.empty()) surplus(true, node_.purposes.front().span, "for");
    if (node_.basis) surplus(true, node_.basis->span, "basis");
  }

  const Choice* choice(std::string_view name, Span span) {
    const auto found = context_.scope.choices.find(name, module_, context_.tree).entries;
    if (found.size() == 1) return &program_.choices[found.front().index];
    context_.error(Code::E0705, span, fmt::format("An agreement needs the choice `{}`, and there is none", name), "",
                   std::string(needs_vocabulary));
    return nullptr;
  }

  std::optional<Scalar> value_of(std::string_view choice_name, const syntax::Name& name) {
    const Choice* const found = choice(choice_name, name.span);
    if (!found) return std::nullopt;
    const auto id = static_cast<std::uint32_t>(found - program_.choices.data());
    const Type type{TypeKind::choice, ChoiceId{id}, "", 0, static_cast<Scalar>(found->values.size()) - 1};
    const auto checked = check_operand(context_, {name.text, name.span}, type, module_, true);
    return checked ? std::optional(checked->literal) : std::nullopt;
  }

  bool is_party(Scalar body) const {
    return std::find(agreement_.between.begin(), agreement_.between.end(), body) != agreement_.between.end();
  }

  void not_a_party(const syntax::Name& body, std::string_view does) {
    std::vector<Note> notes;
    if (node_.between_span.end > node_.between_span.begin) notes.push_back({node_.between_span, "the parties"});
    context_.error(Code::E0703, body.span,
                   fmt::format("`{}` {}, but is no party to the agreement `{}`", body.text, does, node_.name.text),
                   "not a party", "Add it to `between`, or take it away here.", std::move(notes));
  }

  void read_share(const syntax::Shares& written) {
    AgreementShare share;
    for (const auto& category : written.categories) {
      if (const auto value = value_of("information_category", category)) share.categories.push_back(*value);
    }
    const auto party = [&](const std::optional<syntax::Name>& body, std::string_view does) -> std::optional<Scalar> {
      if (!body) return std::nullopt;
      const auto value = value_of("body", *body);
      if (value && !is_party(*value)) not_a_party(*body, does);
      return value;
    };
    share.from = party(written.from, "gives information");
    share.to = party(written.to, "receives information");
    if (share.from && share.to && *share.from == *share.to) {
      context_.error(Code::E0703, written.span, "Sharing is between two different bodies", "from and to the same");
    }
    agreement_.shares.push_back(std::move(share));
  }

  void read_basis() {
    agreement_.basis = node_.basis->text;
    const auto found = context_.scope.choices.find("lawful_basis_kind", module_, context_.tree).entries;
    if (found.size() == 1) value_of("lawful_basis_kind", *node_.basis);
  }

  Rule* rule_of(SubjectId subject) {
    for (Rule& rule : program_.rules) {
      if (rule.kind == RuleKind::agreement && rule.subject == subject) return &rule;
    }
    return nullptr;
  }

  // ---- what its values mean ----

  Span span() const { return agreement_.span; }

  NodeId signed_by(const Agreement& agreement, Scalar body) {
    const auto date = signed_on(agreement, body);
    return date ? add_day_range(program_, {date->days, INT64_MAX}, span()) : add_constant(program_, false, span());
  }

  NodeId dates_of(const Agreement& agreement) {
    return add_day_range(program_, {agreement.from.days, agreement.until ? agreement.until->days : INT64_MAX}, span());
  }

  /// The day lies in its dates, and two of its bodies have signed by then: the second signature is the one that counts.
  NodeId in_force_condition() { return in_force_of(agreement_); }

  NodeId in_force_of(const Agreement& agreement) {
    std::vector<Date> dates;
    for (const auto& [body, date] : agreement.signatures) dates.push_back(date);
    if (dates.size() < 2) return add_constant(program_, false, span());
    std::sort(dates.begin(), dates.end());
    const NodeId two_signed = add_day_range(program_, {dates[1].days, INT64_MAX}, span());
    return add_group(program_, Op::all, {dates_of(agreement), two_signed}, span());
  }

  std::optional<TermId> fact(std::string_view name, std::string_view choice_name) {
    const auto found = context_.scope.values.find(name, module_, context_.tree).entries;
    if (found.size() == 1) {
      const Term term{found.front().is_subject, found.front().index, Elapsed::none};
      const Type type = program_.type_of(term);
      if (type.kind == TypeKind::choice && at(program_.choices, type.choice).name == choice_name)
        return add_term(program_, term);
    }
    context_.error(
        Code::E0705, node_.name.span,
        fmt::format("To tell what the agreement `{}` covers, `{}` must be known, and there is no such value of `{}`",
                    node_.name.text, name, choice_name),
        "", std::string(needs_vocabulary));
    return std::nullopt;
  }

  NodeId is_value(TermId term, Scalar value) { return add_range(program_, term, {value, value}, span()); }

  NodeId one_of(TermId term, const std::vector<Scalar>& values) {
    std::vector<NodeId> parts;
    for (const Scalar value : values) parts.push_back(is_value(term, value));
    return parts.size() == 1 ? parts.front() : add_group(program_, Op::any, parts, span());
  }

  /// Two different parties that have both signed by the day of the decision hold and receive.
  NodeId signed_parties(const Agreement& agreement, TermId holder, TermId recipient) {
    const auto signed_party = [&](TermId term) {
      std::vector<NodeId> parts;
      for (const Scalar body : agreement.between) {
        if (!signed_on(agreement, body)) continue;
        parts.push_back(add_group(program_, Op::all, {is_value(term, body), signed_by(agreement, body)}, span()));
      }
      return add_group(program_, Op::any, parts, span());
    };
    const NodeId same = add_node(program_, {Op::compare, Relation::equal, holder.index, recipient.index}, span());
    return add_group(program_, Op::all,
                     {signed_party(holder), signed_party(recipient), add_group(program_, Op::negation, {same}, span())},
                     span());
  }

  NodeId covers_condition() {
    const auto holder = fact("holder.body", "body");
    const auto recipient = fact("recipient.body", "body");
    if (!holder || !recipient) return add_constant(program_, false, span());
    std::vector<NodeId> parts{in_force_of(agreement_), signed_parties(agreement_, *holder, *recipient)};
    if (agreement_.tier == 2) {
      if (agreement_.under) {
        const Agreement tier_1 = at(program_.agreements, *agreement_.under);
        const TermId tier_1_covers = add_term(program_, {true, tier_1.covers.index, Elapsed::none});
        parts.push_back(is_value(tier_1_covers, 1));
      }
      const auto purpose = fact("purpose.kind", "purpose_kind");
      const auto category = fact("information.category", "information_category");
      if (!purpose || !category || agreement_.purposes.empty()) return add_constant(program_, false, span());
      parts.push_back(one_of(*purpose, agreement_.purposes));
      std::vector<NodeId> ways;
      for (const AgreementShare& share : agreement_.shares) {
        if (share.categories.empty()) continue;
        std::vector<NodeId> way{one_of(*category, share.categories)};
        if (share.from) way.push_back(is_value(*holder, *share.from));
        if (share.to) way.push_back(is_value(*recipient, *share.to));
        ways.push_back(way.size() == 1 ? way.front() : add_group(program_, Op::all, way, span()));
      }
      parts.push_back(add_group(program_, Op::any, ways, span()));
    }
    return add_group(program_, Op::all, parts, span());
  }

  Context& context_;
  Program& program_;
  const syntax::Agreement& node_;
  std::uint32_t module_;
  Agreement& agreement_;
};

}  // namespace

void check_agreements(Context& context) {
  std::vector<AgreementChecker> checkers;
  for (std::uint32_t i = 0; i < context.agreements.size(); ++i) checkers.emplace_back(context, i);
  for (auto& checker : checkers) checker.read();
  for (auto& checker : checkers) checker.read_under();
  for (auto& checker : checkers) checker.make_rules();
  make_cover_value(context);
}

}  // namespace duly
