#pragma once

#include <string>
#include <vector>

#include "interpreter/doc/page.hpp"

/// Short pieces of HTML that several pages need.
namespace duly::doc {

/// `Yes or no`, `A number of years from 0 to 17`, `One of: ` and a link to the choice.
std::string type_in_words(const Program& program, const Type& type);

/// A value by its title, and its name where it has one: `Consent was given <code>given</code>`.
std::string value_in_words(const Program& program, const Type& type, Scalar value);

/// What a rule concludes, or what holds otherwise: `must`, `Yes <code>…`, `the same as <a …>`.
std::string conclusion_in_words(const Page& page, const Subject& subject, const Conclusion& conclusion);

/// Links to cases that show a rule.
struct CasesOfRule {
  std::vector<std::string> expecting;  // that name it
  std::vector<std::string> deciding;   // others in which it is left once some have been set aside
  std::vector<std::string> applying;   // in which it applies, but another prevails
};
CasesOfRule cases_of_rule(const Book& book, RuleId rule);

}  // namespace duly::doc
