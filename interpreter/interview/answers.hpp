#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "lang/program/program.hpp"

/// Answers as people write them.
namespace duly {

/// What an answer means, or, where it means nothing, what is expected.
struct AnswerReading {
  enum class Kind : std::uint8_t { value, not_known, unclear };
  Kind kind = Kind::unclear;
  Scalar value = 0;
  std::string problem;  // of an unclear one: what is expected; one sentence, no full stop
  std::string help;     // the nearest answer; may be empty
};

/// Reads an answer to a question about a fact: a number of the list, a name or a title, several of them for a set; a
/// whole number, with its unit or without; a date. `?`, `0` (of a list) and "don't know" are "not known". `today` is
/// the day of the decision.
AnswerReading read_answer(const Program& program, FactId fact, std::string_view text, Date as_at);

/// An answer that can be chosen by its number, 1 for the first.
struct ListedAnswer {
  Scalar value = 0;
  std::string name;   // as cases write it
  std::string title;  // for people
};

/// The answers of a yes/no fact, a choice or a set (each element, then none of them); empty for others.
std::vector<ListedAnswer> listed_answers(const Program& program, FactId fact);

/// What is expected: `yes or no`, `a whole number of years from 0 to 17`.
std::string expected_answer(const Program& program, FactId fact);

/// Words that answer the question, for completing what is being typed.
std::vector<std::string> answer_words(const Program& program, FactId fact);

}  // namespace duly
