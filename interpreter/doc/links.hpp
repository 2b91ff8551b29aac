#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "interpreter/doc/material.hpp"

namespace duly::doc {

/// What the reader is told a thing is, in its anchor: `fact-child.age`, `rule-derby.seek_advice`.
std::string anchor_of(std::string_view kind, std::string_view name);

/// Where everything stands: the file and the anchor of each thing, and links to it. Anchors are made of kinds and names
/// alone, so they stay as long as the names do. What is returned is HTML, escaped.
class Links {
 public:
  explicit Links(const Program& program);

  // pages
  static std::string decision_page(const Subject& decision);
  static std::string cases_page(const Module& module);
  std::string page_of(SubjectId subject) const;

  // anchors
  std::string anchor(SubjectId subject) const;
  std::string anchor(RuleId rule) const;
  std::string anchor(StepId step) const;
  std::string anchor(FactId fact) const;
  std::string anchor(ItemId item) const;

  // where to go
  std::string href(SubjectId subject) const;
  std::string href(RuleId rule) const;
  std::string href(StepId step) const;
  std::string href(FactId fact) const;
  std::string href(CaseId test_case) const;
  std::string href(ProvisionId provision) const;
  std::string href(const Term& term) const;
  std::string href(const Reader& reader) const;
  /// Of what coverage names, by its kind and full name; empty where it stands on no page.
  std::string href(CitingKind kind, const std::string& name) const;

  // links: the title, and the name for those who look it up
  std::string link(SubjectId subject) const;
  std::string link(RuleId rule) const;
  std::string link(FactId fact) const;
  std::string link(CaseId test_case) const;
  std::string link(const Reader& reader) const;
  /// The name, with what it says for those who point at it.
  std::string link(ProvisionId provision) const;

 private:
  void note_items(NodeId condition, const std::string& page);
  void note_names();

  const Program& program_;
  std::vector<std::string> item_pages_;                              // by ItemId
  std::map<std::pair<CitingKind, std::string>, std::string> named_;  // hrefs
};

std::string linked(std::string_view href, std::string_view html);
std::string code(std::string_view text);

}  // namespace duly::doc
