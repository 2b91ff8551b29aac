#pragma once

#include <string>
#include <vector>

#include "interpreter/report/view.hpp"

/// The explanation of a decision, as a careful colleague would give it: what comes out, why, in spite of
/// what, what has to be done, what would still have to be known. Here are its words; how they stand on a page
/// is for the layouts.
namespace duly {

enum class Depth : std::uint8_t {
  brief,   // about five lines
  normal,  // what a reader needs to follow the decision
  full,    // everything that was considered: rules that did not apply, definitions, facts
};

/// How a part is meant, for layouts with colour. Its words say the same.
enum class Tone : std::uint8_t { plain, settled, open, alarm };

/// One point, and what it rests on.
struct Point {
  std::string text;
  std::vector<std::string> cites;  // `hmg2015.flow_1_purpose`
  std::string name;                // of the rule, item or fact, for readers who look it up; may be empty
  std::vector<Point> below;
};

/// What a section is about, for reports that take an explanation apart.
enum class Part : std::uint8_t { answer, duties, more, sources };

struct Section {
  std::string heading;
  Tone tone = Tone::plain;
  bool numbered = false;
  std::vector<Point> points;
  Part part = Part::answer;
};

struct Explanation {
  std::string question;
  std::string answer;
  Tone tone = Tone::plain;
  std::string name;                  // `sharing: may_share`
  std::vector<std::string> remarks;  // paragraphs below the answer
  std::vector<Section> sections;
  std::vector<std::string> foot;   // the day and the policies
  bool is_brief = false;           // sections are to run on: a line each
  std::vector<ProvisionId> cited;  // all that its points cite, each once, by source
};

Explanation explain(const DecisionView& view, Depth depth);

/// `22 November 2026`
std::string date_in_words(Date date);

}  // namespace duly
