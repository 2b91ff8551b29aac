#pragma once

#include <optional>
#include <vector>

#include "interpreter/eval/decision.hpp"
#include "interpreter/outcome/diagrams.hpp"
#include "lang/program/program.hpp"

/// An interview: it asks for the facts that can still matter, one after the other, until the decision is settled, and
/// then, if wanted, until the duties are. It knows nothing of screens and keyboards.
namespace duly {

/// One answer, in the order in which they were given.
struct InterviewAnswer {
  FactId fact;
  std::optional<Scalar> value;  // null: whoever was asked does not know
  bool given = false;           // it was known from the start
};

/// What is to be asked next, and for what.
struct Question {
  FactId fact;
  SubjectId about;  // the decision, or a duty, that hangs on it
};

/// A rule to which a question belongs, and the list item of its condition, where it has one.
struct AskedFor {
  RuleId rule;
  std::optional<ItemId> item;
};

/// What one answer would settle.
struct Consequence {
  Scalar value = 0;
  Range within;                       // of numbers and dates: every value from here to there does the same
  Status status = Status::undecided;  // of what the question is about
  Scalar outcome = 0;                 // where decided
  std::vector<SubjectId> settles;     // definitions on which it rests that would be decided, and are not yet
};

/// Belongs to one thread. Keeps a reference to the program, which must outlive it.
class Interview {
 public:
  /// `decision` is what is asked about; null where the policy has only duties. What `start` knows is not asked, and its
  /// day is the day of the decision.
  Interview(const Program& program, std::optional<SubjectId> decision, Case start);

  const Program& program() const { return program_; }
  std::optional<SubjectId> asked() const { return asked_; }
  /// What is known so far: a case that decides as the interview does.
  const Case& facts() const { return facts_; }
  const Decision& decision() const { return decision_; }
  Decider& decider() { return decider_; }

  /// The next fact that can still matter and has not been asked for, in the order of the guidance: to the decision
  /// while it is open; then, if `ask_duties` was called with true, to the duties. Null where nothing is left to ask.
  /// A professional's judgement waits for a plain fact that is read beside it and may make it unnecessary: of a child
  /// under 12, nobody need judge what it understands.
  std::optional<Question> question() const;

  /// Whether to go on with the duties once the decision is settled; false at first.
  void ask_duties(bool wanted) { wants_duties_ = wanted; }
  /// A duty is open for which there is a question.
  bool duties_are_open() const { return duty_question().has_value(); }

  /// Answers what `question()` asks; null: not known, so that the interview goes on to the next fact that can matter.
  /// The value must be of the fact's type and in its range. Does nothing where there is no question.
  void answer(std::optional<Scalar> value);

  const std::vector<InterviewAnswer>& answers() const { return answers_; }

  /// Takes back the last answer, which is then asked for again; null where there is none to take back.
  std::optional<FactId> back();

  /// Changes an answer, by its place in `answers()`. Later answers stay as long as they can still matter, to the
  /// decision or to a duty; those that cannot are dropped, and returned.
  std::vector<InterviewAnswer> change(std::size_t place, std::optional<Scalar> value);

  /// The answers "not known" that can still matter to the decision.
  std::vector<FactId> not_known() const;

  /// How many more questions there can be, at most, if each is answered: about the decision, or, once it is settled,
  /// about the duties.
  std::size_t at_most() const;

  /// The rules for which the question is asked, from what it is about down to the fact: `Is there consent?`, then what
  /// makes consent count, then whose consent that is. Empty where no rule tells.
  std::vector<AskedFor> asked_for(const Question& question) const;

  /// What each answer would settle: each of yes/no and of a choice; each stretch of a number or date that makes a
  /// difference; of a set none, and each element alone. Empty where there are too many.
  std::vector<Consequence> consequences(const Question& question);

 private:
  void decide();
  bool can_matter(FactId fact) const;
  bool was_asked(FactId fact) const;
  std::optional<Question> first_question(SubjectId subject) const;
  std::optional<FactId> before_judgement(const Question& judgement) const;
  std::vector<FactId> beside_judgements() const;
  std::optional<Question> duty_question() const;
  bool find_asked_for(SubjectId about, FactId fact, std::vector<SubjectId>& seen, std::vector<AskedFor>& found) const;
  bool can_turn(RuleId rule, FactId fact) const;
  std::vector<Consequence> values_to_try(FactId fact) const;

  const Program& program_;
  std::optional<SubjectId> asked_;
  Case facts_;
  std::vector<InterviewAnswer> answers_;
  Decider decider_;
  Decision decision_;
  std::optional<Diagrams> diagrams_;  // null where they outgrew the bound
  std::optional<FactId> ask_first_;   // just taken back
  bool wants_duties_ = false;
};

}  // namespace duly
