#pragma once

#include <string>

#include "interpreter/interview/interview.hpp"

/// The interview in words.
namespace duly {

/// The question as it is asked: the fact's own, or its title where it has none.
std::string say_question(const Program& program, FactId fact);

/// Why it is asked: `Is there consent? [hmg2015.flow_4_consent]`, with a line for each rule further down; empty where
/// no rule tells.
std::vector<std::string> say_asked_for(const Program& program, const std::vector<AskedFor>& chain);

/// What an answer would settle: `settles it: One person makes the visit.`, `leaves it open`.
std::string say_consequence(const Program& program, const Question& question, const Consequence& consequence);

/// A stretch of a number or date: `under 12`, `12 or more`, `from 3 to 5`; for other facts the value.
std::string say_within(const Program& program, FactId fact, const Consequence& consequence);

/// An answer: `How many dogs are there? 3`, `… not known`.
std::string say_answer(const Program& program, const InterviewAnswer& answer);

/// What a decision or duty has come to: `One person makes the visit.`, `not decided yet`, `must`.
std::string say_finding(const Program& program, SubjectId subject, const Finding& finding);

}  // namespace duly
