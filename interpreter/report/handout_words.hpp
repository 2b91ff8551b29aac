#pragma once

#include <string_view>

/// The words that every layout of a handout shares.
namespace duly::handout_words {

inline constexpr std::string_view instructions =
    "Work in small groups. Read a case aloud, decide it before you look anything up, and write down what decided it. "
    "The cases are for practice: nobody should decide about a real person with them.";
inline constexpr std::string_view facts = "What is known";
inline constexpr std::string_view day = "The day of the decision";
inline constexpr std::string_view so = "This is so:";
inline constexpr std::string_view not_so = "This is not so:";
inline constexpr std::string_view nothing_known = "Nothing is known yet.";
inline constexpr std::string_view decide = "What do you decide?";
inline constexpr std::string_view because = "What decides it? Name the facts that count, and what the guidance says.";
inline constexpr std::string_view duties = "What has to be done now, by whom and when? What must not be done?";
inline constexpr std::string_view discuss = "To discuss";
inline constexpr std::string_view notes = "Notes";
inline constexpr std::string_view answers = "Answers: keep these back";
inline constexpr std::string_view about_answers =
    "This is what the policy says about each case, and what it rests on. In square brackets stands what is cited; it is "
    "listed at the end. A group that says otherwise has found something to talk about.";
inline constexpr std::string_view steps = "To go through it step by step:";
inline constexpr std::string_view guidance = "What the guidance says";

}  // namespace duly::handout_words
