#include <fmt/format.h>

#include <iterator>

#include "interpreter/report/handout.hpp"
#include "interpreter/report/handout_words.hpp"
#include "interpreter/report/markup.hpp"

namespace duly {
namespace {

namespace words = handout_words;

constexpr std::string_view style = R"(
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 48rem; padding: 1rem 1.5rem 3rem; }
h1, h2, h3, h4, h5 { line-height: 1.2; margin: 1.5rem 0 .5rem; }
section.sheet { border-top: 3px solid; margin-top: 3rem; }
table { border-collapse: collapse; width: 100%; }
th, td { border: 1px solid #8888; padding: .2rem .6rem; text-align: left; vertical-align: top; }
th { font-weight: normal; width: 65%; }
td { font-weight: bold; }
fieldset { border: 1px solid #8888; margin: 1rem 0; padding: .25rem 1rem .75rem; }
legend { font-weight: bold; padding: 0 .4rem; }
fieldset label { display: block; margin: .3rem 0; padding-left: 1.6rem; text-indent: -1.6rem; }
input { height: 1rem; margin: 0 .6rem 0 0; text-indent: 0; vertical-align: -.1rem; width: 1rem; }
ul.facts { columns: 2 16rem; font-size: .9em; line-height: 1.35; margin: .25rem 0 .75rem; padding-left: 1.2rem; }
.write { display: block; margin: 1rem 0; }
textarea { border: 1px solid; box-sizing: border-box; display: block; font: inherit; width: 100%; }
code { font-family: ui-monospace, monospace; font-size: .9em; overflow-wrap: anywhere; }
.cites { font-size: .85em; overflow-wrap: anywhere; }
dt { margin-top: .4rem; }
@media print {
  body { font-size: 10.5pt; max-width: none; padding: 0; }
  section.sheet { border: 0; break-before: page; margin: 0; }
  h2, h3, h4, h5, legend { break-after: avoid; }
  tr, li, dt, fieldset, .write, .story { break-inside: avoid; }
  dt { break-after: avoid; }
  textarea { resize: none; }
  a { color: inherit; text-decoration: none; }
}
)";

class Page {
 public:
  explicit Page(const Handout& handout) : handout_(handout) {}

  std::string write() {
    put("<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<title>{0}</title>\n<style>{1}</style>\n</head>\n<body>\n<main>\n<h1>{0}</h1>\n<p>{2}</p>\n<p>{3}</p>\n",
        html_escaped(handout_.title), style, words::instructions, html_escaped(handout_.policy));
    contents();
    for (std::size_t i = 0; i < handout_.cases.size(); ++i) write(handout_.cases[i], i + 1);
    put("<section class=\"sheet\" id=\"answers\">\n<h2>{}</h2>\n<p>{}</p>\n", words::answers, words::about_answers);
    for (std::size_t i = 0; i < handout_.cases.size(); ++i) write_answer(handout_.cases[i], i + 1);
    guidance();
    put("</section>\n</main>\n</body>\n</html>\n");
    return std::move(out_);
  }

 private:
  template <class... Args>
  void put(fmt::format_string<Args...> format, Args&&... args) {
    fmt::format_to(std::back_inserter(out_), format, std::forward<Args>(args)...);
  }

  void contents() {
    put("<nav aria-label=\"Contents\">\n<ol>\n");
    for (std::size_t i = 0; i < handout_.cases.size(); ++i) {
      put("<li><a href=\"#case-{}\">{}</a></li>\n", i + 1, html_escaped(handout_.cases[i].title));
    }
    put("</ol>\n<p><a href=\"#answers\">{}</a></p>\n</nav>\n", words::answers);
  }

  void space_to_write(std::string_view prompt) {
    put("<label class=\"write\">{}\n<textarea rows=\"4\"></textarea></label>\n", prompt);
  }

  void paragraphs(const std::vector<std::string>& texts) {
    for (const std::string& text : texts) put("<p>{}</p>\n", html_escaped(text));
  }

  void write(const HandoutCase& each, std::size_t number) {
    // The first case stands below the title; every other begins a sheet.
    put("<section{} id=\"case-{}\">\n<h2>{}. {}</h2>\n", number > 1 ? " class=\"sheet\"" : "", number, number,
        html_escaped(each.title));
    if (!each.story.empty()) {
      put("<div class=\"story\">\n");
      paragraphs(each.story);
      put("</div>\n");
    }
    put("<h3>{}</h3>\n", words::facts);
    facts(each);
    put("<h3>{}</h3>\n", words::decide);
    for (const HandoutQuestion& question : each.questions) {
      put("<fieldset>\n<legend>{}</legend>\n", html_escaped(question.question));
      for (const std::string& outcome : question.outcomes) {
        put("<label><input type=\"checkbox\">{}</label>\n", html_escaped(outcome));
      }
      put("</fieldset>\n");
    }
    space_to_write(words::because);
    space_to_write(words::duties);
    if (!each.discuss.empty()) {
      put("<h3>{}</h3>\n", words::discuss);
      paragraphs(each.discuss);
      space_to_write(words::notes);
    }
    put("</section>\n");
  }

  void facts(const HandoutCase& each) {
    if (each.nothing_known()) put("<p>{}</p>\n", words::nothing_known);
    if (!each.facts.empty()) {
      put("<table>\n<tbody>\n");
      for (const HandoutFact& fact : each.facts) {
        put("<tr><th scope=\"row\">{}</th><td>{}</td></tr>\n", html_escaped(fact.title), html_escaped(fact.value));
      }
      put("</tbody>\n</table>\n");
    }
    list(words::so, each.so);
    list(words::not_so, each.not_so);
    if (each.day) put("<p>{}: {}</p>\n", words::day, *each.day);
  }

  void list(std::string_view prompt, const std::vector<std::string>& titles) {
    if (titles.empty()) return;
    put("<p>{}</p>\n<ul class=\"facts\">\n", prompt);
    for (const std::string& title : titles) put("<li>{}</li>\n", html_escaped(title));
    put("</ul>\n");
  }

  void write_answer(const HandoutCase& each, std::size_t number) {
    put("<section id=\"answer-{}\">\n<h3>{}. {}</h3>\n", number, number, html_escaped(each.title));
    for (const Explanation& answer : each.answers) {
      put("<p>");
      if (!each.questions.empty()) put("{} ", html_escaped(answer.question));
      put("<strong>{}</strong></p>\n", html_escaped(answer.answer));
      paragraphs(answer.remarks);
      for (const Section& section : answer.sections) {
        put("<h4>{}</h4>\n", html_escaped(section.heading));
        list(section.points, section.numbered ? "ol" : "ul");
      }
    }
    if (!each.steps.empty()) put("<p>{} <code>{}</code></p>\n", words::steps, html_escaped(each.steps));
    put("</section>\n");
  }

  void list(const std::vector<Point>& points, std::string_view tag) {
    put("<{}>\n", tag);
    for (const Point& point : points) {
      put("<li>{}", html_escaped(point.text));
      cites(point);
      if (!point.below.empty()) {
        put("\n");
        list(point.below, "ul");
      }
      put("</li>\n");
    }
    put("</{}>\n", tag);
  }

  void cites(const Point& point) {
    if (point.cites.empty()) return;
    put(" <span class=\"cites\">[");
    for (std::size_t i = 0; i < point.cites.size(); ++i) {
      const std::string name = html_escaped(point.cites[i]);
      put("{}<a href=\"#{}\">{}</a>", i == 0 ? "" : ", ", name, name);
    }
    put("]</span>");
  }

  void guidance() {
    if (handout_.sources.empty()) return;
    put("<section>\n<h3>{}</h3>\n", words::guidance);
    for (const HandoutSource& source : handout_.sources) {
      put("<h4>{}</h4>\n<dl>\n", html_escaped(source.title));
      for (const HandoutProvision& provision : source.provisions) {
        const std::string name = html_escaped(provision.name);
        put("<dt id=\"{}\"><code>{}</code></dt><dd>{}</dd>\n", name, name, html_escaped(provision.says));
      }
      put("</dl>\n");
    }
    put("</section>\n");
  }

  const Handout& handout_;
  std::string out_;
};

}  // namespace

std::string handout_html(const Handout& handout) { return Page(handout).write(); }

}  // namespace duly
