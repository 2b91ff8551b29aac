#pragma once

#include <optional>
#include <string>
#include <vector>

#include "interpreter/eval/case.hpp"
#include "interpreter/report/explanation.hpp"

/// What a trainer prints for a group: cases as stories with their questions and space to write, and at the end the
/// answers. The answers are explanations of decisions made for the handout, so they say what `duly decide` says.
namespace duly {

/// One case that is to be handed out.
struct HandoutRequest {
  std::optional<CaseId> declared;  // null where it comes from elsewhere: then it has neither story nor `discuss`
  std::string title;               // for those that are not declared
  Case facts;
  std::string steps;  // the command that steps through it; may be empty
};

/// Something to decide, with the answers that a group can tick.
struct HandoutQuestion {
  std::string question;
  std::vector<std::string> outcomes;
};

struct HandoutFact {
  std::string title;
  std::string value;  // in words
};

struct HandoutCase {
  std::string title;
  std::vector<std::string> story;       // paragraphs
  std::vector<HandoutFact> facts;       // those that are more than yes or no
  std::vector<std::string> so, not_so;  // the titles of those that are yes, and of those that are no
  std::optional<std::string> day;       // of the decision, in words, where it can matter
  std::vector<HandoutQuestion> questions;
  std::vector<std::string> discuss;  // paragraphs
  std::vector<Explanation> answers;  // one a question, the first with the duties; of a policy without decisions, one
  std::string steps;

  bool nothing_known() const { return facts.empty() && so.empty() && not_so.empty(); }
};

struct HandoutProvision {
  std::string name;  // as it is cited
  std::string says;
};

struct HandoutSource {
  std::string title;
  std::vector<HandoutProvision> provisions;
};

struct Handout {
  std::string title;
  std::string policy;  // `Policy derby 1.1.8: …`
  std::vector<HandoutCase> cases;
  std::vector<HandoutSource> sources;  // all that the answers cite
};

/// Decides the cases and puts the handout together. `asked` is the one decision to ask about; where it is null, each
/// case asks about the decisions that its expectations name, and without any about the policy's own. An empty `title`
/// is the policy's.
Handout make_handout(const Program& program, const SourceMap& sources, const std::vector<HandoutRequest>& requests,
                     std::optional<SubjectId> asked, const std::string& title);

/// The policy's own cases that have a story, in their order.
std::vector<CaseId> cases_with_story(const Program& program);

/// As Markdown. Lines to write on are rules, answers to tick a task list.
std::string handout_markdown(const Handout& handout);

/// One page that needs nothing else: no network, no script. Each case, and the answers, begin on a sheet of their own.
std::string handout_html(const Handout& handout);

}  // namespace duly
