#pragma once

#include <set>
#include <string>
#include <vector>

#include "interpreter/report/explanation.hpp"

namespace duly {

/// The words with a full stop, where they do not end with one already.
std::string sentence(std::string words);

/// `Working together (HM Government, 26 March 2015)`
std::string source_in_words(const Program& program, SourceDocumentId source);

/// Turns reasons into points, and notes what they cite on the way.
class ReasonPoints {
 public:
  explicit ReasonPoints(const DecisionView& view) : view_(view) {}

  /// What a reason was given before is not told again in full.
  std::vector<Point> points(const std::vector<Reason>& reasons);
  Point point(const Reason& reason);
  Point fact(FactId fact);
  /// A fact's value in words: `11 years`, `not known`.
  std::string value(FactId fact) const;

  /// A rule, its citations and its name, without what it rests on.
  Point rule(RuleId rule);

  /// Rules that do not agree about the subject, each with what it concludes.
  std::vector<Point> disagreeing(SubjectId subject, const std::vector<Reason>& reasons);

  /// What a rule concludes, in words: `You may share this information.`, `must`.
  std::string concludes(RuleId rule) const;

  std::vector<std::string> cite(const std::vector<ProvisionId>& provisions);
  void add_cites(Point& point, const std::vector<ProvisionId>& provisions);

  /// Forgets which reasons were given: a new section explains afresh.
  void start_afresh() { told_.clear(); }

  /// Everything cited so far, each once, by source and in the sources' order.
  const std::set<ProvisionId>& cited() const { return cited_; }

  /// Whether a reason given so far is about this subject.
  bool told_about(SubjectId subject) const { return told_about_.count(subject) > 0; }

  /// What a subject came to, in words: `yes`, `the parent`, `not known yet`.
  std::string says(SubjectId subject) const;

 private:
  /// Below another reason a rule says what it decides, since nothing else does.
  Point point(const Reason& reason, bool nested);

  /// `Whose consent counts: the parent.`
  std::string outcome(SubjectId subject) const;

  const DecisionView& view_;
  std::set<ProvisionId> cited_;
  std::set<SubjectId> told_about_;
  std::set<std::pair<int, std::uint32_t>> told_;
};

}  // namespace duly
