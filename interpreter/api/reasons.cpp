#include "interpreter/report/reasons.hpp"

#include "interpreter/api/face.hpp"

namespace duly::api {
namespace {

duly_reason_kind kind_of(Reason::Kind kind) {
  switch (kind) {
    case Reason::Kind::rule: return DULY_BY_RULE;
    case Reason::Kind::item: return DULY_BY_ITEM;
    case Reason::Kind::otherwise: return DULY_BY_OTHERWISE;
  }
  return DULY_BY_RULE;
}

/// A reason, and below it what it rests on. As deep as the reasons, which the policy bounds.
void add(duly_reasons& list, const Reason& reason, std::uint32_t depth) {
  const Loaded& loaded = *list.loaded;
  duly_reasons::Entry entry;
  entry.kind = kind_of(reason.kind);
  entry.depth = depth;
  entry.in_some = reason.in_some;
  entry.by_being_false = reason.kind == Reason::Kind::item && !reason.holds;
  entry.facts = reason.facts;
  entry.cites = own_cites(loaded.program, reason);
  entry.subject = reason.subject;
  entry.name = full_name(loaded.program, reason);
  entry.title = title(loaded.program, reason);
  entry.place = place(loaded.sources, span(loaded.program, reason));
  list.entries.push_back(std::move(entry));
  for (const Reason& below : reason.because) add(list, below, depth + 1);
}

}  // namespace
}  // namespace duly::api

using namespace duly;
using namespace duly::api;

duly_code duly_reasons_create(const duly_decision* decision, duly_subject subject, duly_reasons** made) {
  return guarded([&]() -> duly_code {
    if (made == nullptr) return DULY_INVALID_ARGUMENT;
    *made = nullptr;
    if (decision == nullptr) return DULY_INVALID_ARGUMENT;
    const auto id = subject_of(*decision->loaded, subject);
    if (!id) return DULY_UNKNOWN_HANDLE;
    auto list = std::make_unique<duly_reasons>();
    list->loaded = decision->loaded;
    if (decision->decided) {
      const Program& program = decision->loaded->program;
      for (const Reason& reason : reasons(program, decision->facts, decision->decision, *id)) add(*list, reason, 0);
      for (const SetAside& pair : set_aside(program, decision->decision, *id)) {
        list->set_aside.push_back({pair.rule, pair.by});
      }
    }
    *made = list.release();
    return DULY_OK;
  });
}

void duly_reasons_release(duly_reasons* reasons) { delete reasons; }

size_t duly_reason_count(const duly_reasons* reasons) { return reasons == nullptr ? 0 : reasons->entries.size(); }

duly_code duly_reason_at(const duly_reasons* reasons, size_t index, size_t size, duly_reason* reason) {
  if (reasons == nullptr) return DULY_INVALID_ARGUMENT;
  if (index >= reasons->entries.size()) return DULY_OUT_OF_RANGE;
  const duly_reasons::Entry& entry = reasons->entries[index];
  duly_reason result{};
  result.kind = entry.kind;
  result.depth = entry.depth;
  result.only_some_ways = entry.in_some;
  result.by_being_false = entry.by_being_false;
  result.facts = entry.facts.size();
  result.cites = entry.cites.size();
  result.subject = handle_of(*reasons->loaded, entry.subject);
  result.name = given(entry.name);
  result.title = given(entry.title);
  result.place = given(entry.place);
  return write_struct(result, size, reason);
}

duly_fact duly_reason_fact(const duly_reasons* reasons, size_t reason, size_t index) {
  if (reasons == nullptr || reason >= reasons->entries.size()) return {0, 0};
  const auto& facts = reasons->entries[reason].facts;
  return index < facts.size() ? handle_of(*reasons->loaded, facts[index]) : duly_fact{0, 0};
}

duly_text duly_reason_cite(const duly_reasons* reasons, size_t reason, size_t index) {
  if (reasons == nullptr || reason >= reasons->entries.size()) return no_text();
  const auto& cites = reasons->entries[reason].cites;
  return index < cites.size() ? given(at(reasons->loaded->program.provisions, cites[index]).full_name) : no_text();
}

duly_code duly_set_aside_at(const duly_reasons* reasons, size_t index, duly_text* rule, duly_text* by) {
  if (reasons == nullptr || rule == nullptr || by == nullptr) return DULY_INVALID_ARGUMENT;
  *rule = *by = no_text();
  if (index >= reasons->set_aside.size()) return DULY_OUT_OF_RANGE;
  const duly_reasons::Aside& pair = reasons->set_aside[index];
  *rule = given(at(reasons->loaded->program.rules, pair.rule).full_name);
  *by = given(at(reasons->loaded->program.rules, pair.by).full_name);
  return DULY_OK;
}
