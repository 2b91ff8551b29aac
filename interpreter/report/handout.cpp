#include "interpreter/report/handout.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "interpreter/eval/decision.hpp"
#include "interpreter/report/reason_points.hpp"

namespace duly {
namespace {

/// Split at empty lines.
std::vector<std::string> paragraphs(std::string_view text) {
  constexpr std::string_view white = " \t\r";
  std::vector<std::string> result(1);
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const std::size_t begin = line.find_first_not_of(white);
    if (begin == std::string_view::npos) {
      if (!result.back().empty()) result.emplace_back();
      continue;
    }
    line = line.substr(begin, line.find_last_not_of(white) - begin + 1);
    if (!result.back().empty()) result.back() += ' ';
    result.back() += line;
  }
  if (result.back().empty()) result.pop_back();
  return result;
}

/// The decisions that a case's expectations name, the policy's own first.
std::vector<SubjectId> expected_decisions(const Program& program, const TestCase& test_case) {
  std::vector<SubjectId> found;
  for (const Expectation& expectation : test_case.expectations) {
    const bool of_value = expectation.kind == ExpectKind::value || expectation.kind == ExpectKind::not_value ||
                          expectation.kind == ExpectKind::status;
    if (!of_value || at(program.subjects, expectation.subject).kind != SubjectKind::decision) continue;
    if (std::find(found.begin(), found.end(), expectation.subject) == found.end()) found.push_back(expectation.subject);
  }
  std::stable_partition(found.begin(), found.end(), [&](SubjectId id) { return id == program.default_decision; });
  return found;
}

HandoutQuestion question(const Program& program, SubjectId id) {
  const Subject& decision = at(program.subjects, id);
  HandoutQuestion result{decision.title, {}};
  if (decision.type.kind == TypeKind::choice) {
    for (const ChoiceValue& value : at(program.choices, decision.type.choice).values) {
      result.outcomes.push_back(sentence(value.title));
    }
  } else if (decision.type.kind == TypeKind::yes_no) {
    result.outcomes = {"Yes.", "No."};
  }
  result.outcomes.emplace_back("It cannot be decided yet: something else has to be known first.");
  result.outcomes.emplace_back("The guidance gives no answer here.");
  return result;
}

void put_facts(HandoutCase& into, const DecisionView& view) {
  const ReasonPoints points(view);
  for (std::uint32_t i = 0; i < view.program.facts.size(); ++i) {
    const FactId id{i};
    const Fact& fact = view.program.facts[i];
    if (!view.facts.known(id)) continue;
    if (fact.type.kind == TypeKind::yes_no) {
      (view.facts.value(id) != 0 ? into.so : into.not_so).push_back(fact.title);
    } else {
      into.facts.push_back({fact.title, points.value(id)});
    }
  }
}

std::vector<HandoutSource> cited_sources(const Program& program, const std::set<ProvisionId>& cited) {
  std::vector<HandoutSource> result;
  std::optional<SourceDocumentId> last;
  for (const ProvisionId id : cited) {
    const Provision& provision = at(program.provisions, id);
    if (last != provision.source) result.push_back({source_in_words(program, provision.source), {}});
    last = provision.source;
    result.back().provisions.push_back({provision.full_name, provision.title});
  }
  return result;
}

}  // namespace

std::vector<CaseId> cases_with_story(const Program& program) {
  const ModuleId own{static_cast<std::uint32_t>(program.modules.size() - 1)};
  std::vector<CaseId> result;
  for (std::uint32_t i = 0; i < program.cases.size(); ++i) {
    if (program.cases[i].module == own && !program.cases[i].story.empty()) result.push_back(CaseId{i});
  }
  return result;
}

Handout make_handout(const Program& program, const SourceMap& sources, const std::vector<HandoutRequest>& requests,
                     std::optional<SubjectId> asked, const std::string& title) {
  const Module& policy = program.policy();
  Handout handout;
  handout.title = title.empty() ? policy.title : title;
  handout.policy = fmt::format("Policy {}{}{}: {}", policy.name, policy.version.empty() ? "" : " ", policy.version,
                               sentence(policy.title));
  Decider decider(program);
  std::set<ProvisionId> cited;
  for (const HandoutRequest& request : requests) {
    const Decision decision = decider.decide(request.facts);
    HandoutCase next;
    next.title = request.title;
    next.steps = request.steps;
    std::vector<SubjectId> decisions;
    if (request.declared) {
      const TestCase& test_case = at(program.cases, *request.declared);
      next.title = test_case.title;
      next.story = paragraphs(test_case.story);
      next.discuss = paragraphs(test_case.discuss);
      decisions = expected_decisions(program, test_case);
    }
    if (asked) decisions = {*asked};
    if (decisions.empty() && program.default_decision) decisions = {*program.default_decision};
    if (program.uses_day) next.day = date_in_words(request.facts.as_at);

    DecisionView view{.program = program,
                      .sources = sources,
                      .facts = request.facts,
                      .decision = decision,
                      .decider = decider,
                      .only_asked = true};
    put_facts(next, view);
    if (decisions.empty()) next.answers.push_back(explain(view, Depth::normal));
    for (const SubjectId id : decisions) {
      next.questions.push_back(question(program, id));
      view.asked = id;
      next.answers.push_back(explain(view, Depth::normal));
    }
    for (std::size_t i = 0; i < next.answers.size(); ++i) {
      Explanation& answer = next.answers[i];
      cited.insert(answer.cited.begin(), answer.cited.end());
      // What does not hang on the question is told once; sources are listed at the end of the handout.
      std::erase_if(answer.sections, [&](const Section& section) {
        return section.part == Part::sources || (i > 0 && section.part != Part::answer);
      });
    }
    handout.cases.push_back(std::move(next));
  }
  handout.sources = cited_sources(program, cited);
  return handout;
}

}  // namespace duly
