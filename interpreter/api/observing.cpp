#include "interpreter/api/teller.hpp"
#include "interpreter/trace/narrate.hpp"

using namespace duly;
using namespace duly::api;

duly_code duly_observe(const duly_decision* decision, duly_subject subject, size_t size, duly_observer observer,
                       void* context) {
  return guarded([&]() -> duly_code {
    if (decision == nullptr || observer == nullptr || size > longest_struct) return DULY_INVALID_ARGUMENT;
    const Loaded& loaded = *decision->loaded;
    std::optional<SubjectId> first = loaded.program.default_decision;
    if (subject.policy != 0) {
      first = subject_of(loaded, subject);
      if (!first || at(loaded.program.subjects, *first).kind != SubjectKind::decision) return DULY_UNKNOWN_HANDLE;
    }
    if (!decision->decided) return DULY_NO_VALUE;
    Teller teller(loaded, observer, context);
    try {
      trace::narrate(loaded.program, decision->facts, decision->decision, first,
                     [&teller](const trace::Event& event) { teller.tell(event); });
    } catch (const Stopped& stopped) {
      return stopped.code;
    }
    return DULY_OK;
  });
}
