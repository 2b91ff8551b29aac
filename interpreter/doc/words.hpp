#pragma once

#include <string>
#include <vector>

#include "interpreter/doc/page.hpp"

/// Short pieces of text that several pages need. All but `type_in_words` return HTML.
namespace duly::doc {

/// `Yes or no`, `A number of years from 0 to 17`, `One of a choice`. Text.
std::string type_in_words(const Program& program, const Type& type);

/// A value by its title, and its name where it has one: `Consent was given <code>given</code>`.
std::string value_in_words(const Program& program, const Type& type, Scalar value);

/// What a rule concludes, or what holds otherwise: `must`, `Yes <code>…`, `the same as <a …>`.
std::string conclusion_in_words(const Page& page, const Subject& subject, const Conclusion& conclusion);

/// Links to cases: those that expect the rule by name first. Null `rule` coverage gives nothing.
struct CasesOfRule {
  std::vector<std::string> expecting;  // that name it
  std::vector<std::string> deciding;   // in which it is left once others have prevailed
  std::vector<std::string> applying;   // in which it applies, but another prevails
};
CasesOfRule cases_of_rule(const Book& book, RuleId rule);

}  // namespace duly::doc
