#include <fmt/format.h>

#include <iterator>

#include "interpreter/report/handout.hpp"
#include "interpreter/report/handout_words.hpp"
#include "interpreter/report/markup.hpp"

namespace duly {
namespace {

namespace words = handout_words;

class Page {
 public:
  explicit Page(const Handout& handout) : handout_(handout) {}

  std::string write() {
    put("# {}\n\n{}\n\n{}\n\n", markdown_escaped(handout_.title), words::instructions,
        markdown_escaped(handout_.policy));
    for (std::size_t i = 0; i < handout_.cases.size(); ++i) {
      if (i > 0) new_sheet();
      write(handout_.cases[i], i + 1);
    }
    new_sheet();
    put("## {}\n\n{}\n\n", words::answers, words::about_answers);
    for (std::size_t i = 0; i < handout_.cases.size(); ++i) write_answer(handout_.cases[i], i + 1);
    guidance();
    out_.pop_back();
    return std::move(out_);
  }

 private:
  template <class... Args>
  void put(fmt::format_string<Args...> format, Args&&... args) {
    fmt::format_to(std::back_inserter(out_), format, std::forward<Args>(args)...);
  }

  // Markdown has no page break of its own; what prints it takes the one of HTML.
  void new_sheet() { put("<div style=\"break-before: page\"></div>\n\n"); }

  void space_to_write(std::string_view prompt) {
    put("{}\n\n", prompt);
    for (int line = 0; line < 3; ++line) put("{:_<70}\n\n", "");
  }

  void paragraphs(const std::vector<std::string>& texts) {
    for (const std::string& text : texts) put("{}\n\n", markdown_escaped(text));
  }

  void write(const HandoutCase& each, std::size_t number) {
    put("## {}. {}\n\n", number, markdown_escaped(each.title));
    paragraphs(each.story);
    put("### {}\n\n", words::facts);
    facts(each);
    put("### {}\n\n", words::decide);
    for (const HandoutQuestion& question : each.questions) {
      put("{}\n\n", markdown_escaped(question.question));
      for (const std::string& outcome : question.outcomes) put("- [ ] {}\n", markdown_escaped(outcome));
      put("\n");
    }
    space_to_write(words::because);
    space_to_write(words::duties);
    if (each.discuss.empty()) return;
    put("### {}\n\n", words::discuss);
    paragraphs(each.discuss);
    space_to_write(words::notes);
  }

  void facts(const HandoutCase& each) {
    if (each.nothing_known()) put("{}\n\n", words::nothing_known);
    for (const HandoutFact& fact : each.facts) {
      put("- {}: {}\n", markdown_escaped(fact.title), markdown_escaped(fact.value));
    }
    if (!each.facts.empty()) put("\n");
    list(words::so, each.so);
    list(words::not_so, each.not_so);
    if (each.day) put("{}: {}\n\n", words::day, *each.day);
  }

  void list(std::string_view prompt, const std::vector<std::string>& titles) {
    if (titles.empty()) return;
    put("{}\n\n", prompt);
    for (const std::string& title : titles) put("- {}\n", markdown_escaped(title));
    put("\n");
  }

  void write_answer(const HandoutCase& each, std::size_t number) {
    put("### {}. {}\n\n", number, markdown_escaped(each.title));
    for (const Explanation& answer : each.answers) {
      if (!each.questions.empty()) put("{} ", markdown_escaped(answer.question));
      put("**{}**\n\n", markdown_escaped(answer.answer));
      paragraphs(answer.remarks);
      for (const Section& section : answer.sections) {
        put("#### {}\n\n", markdown_escaped(section.heading));
        std::size_t place = 0;
        for (const Point& point : section.points) {
          write(point, "", section.numbered ? fmt::format("{}. ", ++place) : "- ");
        }
        put("\n");
      }
    }
    if (!each.steps.empty()) put("{}\n\n    {}\n\n", words::steps, each.steps);
  }

  void write(const Point& point, const std::string& indent, const std::string& bullet) {
    put("{}{}{}", indent, bullet, markdown_escaped(point.text));
    if (!point.cites.empty()) put(" \\[`{}`\\]", fmt::join(point.cites, "`, `"));
    put("\n");
    for (const Point& below : point.below) write(below, indent + std::string(bullet.size(), ' '), "- ");
  }

  void guidance() {
    if (handout_.sources.empty()) return;
    put("### {}\n\n", words::guidance);
    for (const HandoutSource& source : handout_.sources) {
      put("#### {}\n\n", markdown_escaped(source.title));
      for (const HandoutProvision& provision : source.provisions) {
        put("- `{}`: {}\n", provision.name, markdown_escaped(provision.says));
      }
      put("\n");
    }
  }

  const Handout& handout_;
  std::string out_;
};

}  // namespace

std::string handout_markdown(const Handout& handout) { return Page(handout).write(); }

}  // namespace duly
