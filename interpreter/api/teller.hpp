#pragma once

#include "interpreter/api/face.hpp"
#include "interpreter/trace/events.hpp"
#include "interpreter/trace/words.hpp"

namespace duly::api {

/// Thrown through the narrator where the host wants no more.
struct Stopped {
  duly_code code;
};

/// Tells the narrator's events to a host's observer, one duly_event after the other: a condition, its parts, and what
/// each of them read become events of their own, so that a host has nothing to unpack.
class Teller {
 public:
  Teller(const Loaded& loaded, duly_observer observer, void* context)
      : loaded_(loaded), program_(loaded.program), observer_(observer), context_(context) {}

  /// Throws Stopped.
  void tell(const trace::Event& event);

 private:
  duly_event& event() { return room_.event; }

  /// Starts an event that stands where `event` does.
  void begin(const trace::Event& event);
  void send();

  void name(RuleId rule);
  void name(StepId step);
  void name(SafeguardId safeguard);
  void give(const Type& type, Scalar value);
  void give(SubjectId subject, Scalar value);

  void fill(const trace::QuestionReached& what);
  void fill(const trace::StepReached& what);
  void fill(const trace::StepAnswered& what);
  void fill(const trace::FactRead& what);
  void fill(const trace::ConditionTried& what);
  void fill(const trace::RuleTried& what);
  void fill(const trace::RuleSetAside& what);
  void fill(const trace::DutyLaid& what);
  void fill(const trace::ValueSettled& what);
  void fill(const trace::SafeguardWatched& what);

  void say(std::string words, Span span, const std::vector<ProvisionId>& cites);
  void parts(const trace::Event& whole, const trace::ConditionTried& what, const trace::StepWords& words);
  void reads(const trace::Event& whole, const trace::ConditionTried& what, std::uint32_t part,
             const std::vector<trace::ValueRead>& reads);

  const Loaded& loaded_;
  const Program& program_;
  duly_observer observer_;
  void* context_;

  // What the event that is being told refers to.
  std::string name_, words_, place_;
  std::vector<duly_text> cites_;
  // A host with a later header finds zeros past what is known here.
  struct {
    duly_event event{};
    unsigned char later[longest_struct]{};
  } room_;
};

}  // namespace duly::api
