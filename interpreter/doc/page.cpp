#include "interpreter/doc/page.hpp"

#include <algorithm>

#include "interpreter/report/markup.hpp"
#include "interpreter/report/view.hpp"

namespace duly::doc {
namespace {

constexpr std::size_t shown_at_once = 6;

}  // namespace

std::string module_mark(const Material& material, ModuleId module) {
  if (material.is_own(module)) return {};
  const std::string& name = at(material.program.modules, module).name;
  return fmt::format(" <span class=\"module\">from {}</span>",
                     linked("index.html#" + anchor_of("module", name), code(name)));
}

std::string join(const std::vector<std::string>& parts, std::string_view between) {
  return fmt::format("{}", fmt::join(parts, between));
}

Page::Page(const Book& of_book, std::string file, std::string_view title) : book(of_book), file_(std::move(file)) {
  const Module& policy = book.material.program.policy();
  const std::string heading = html_escaped(title);
  const std::string of_policy = html_escaped(policy.title);
  put("<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<title>{}</title>\n<link rel=\"stylesheet\" href=\"style.css\">\n</head>\n<body>\n"
      "<a class=\"skip\" href=\"#content\">Skip to the content</a>\n",
      heading == of_policy ? heading : fmt::format("{} – {}", heading, of_policy));
  put("<header>\n<p><a href=\"index.html\">{}</a></p>\n<nav aria-label=\"Pages\">\n<ul>\n", of_policy);
  for (const Chapter& chapter : book.chapters) {
    put("<li><a href=\"{}\"{}>{}</a></li>\n", html_escaped(chapter.file),
        chapter.file == file_ ? " aria-current=\"page\"" : "", html_escaped(chapter.title));
  }
  put("</ul>\n</nav>\n</header>\n<main id=\"content\">\n<h1>{}</h1>\n", heading);
}

DocumentPage Page::finish() {
  const Module& policy = book.material.program.policy();
  put("</main>\n<footer>\n<p>Made by <code>duly doc</code> from the policy {}{}.</p>\n</footer>\n</body>\n</html>\n",
      code(policy.name),
      policy.version.empty() ? std::string() : fmt::format(", version {}", html_escaped(policy.version)));
  return {std::move(file_), std::move(out_)};
}

void Page::contents(const std::vector<std::string>& links) {
  if (links.size() < 2) return;
  put("<nav class=\"contents\" aria-label=\"On this page\">\n");
  list(links);
  put("</nav>\n");
}

void Page::list(const std::vector<std::string>& entries, std::string_view of_class) {
  if (entries.empty()) return;
  put("<ul{}>\n", of_class.empty() ? std::string() : fmt::format(" class=\"{}\"", of_class));
  for (const std::string& entry : entries) put("<li>{}</li>\n", entry);
  put("</ul>\n");
}

void Page::long_list(std::string_view what, const std::vector<std::string>& entries) {
  if (entries.size() <= shown_at_once) return list(entries);
  put("<details>\n<summary>{} {}</summary>\n", entries.size(), what);
  list(entries);
  put("</details>\n");
}

void Page::open_table(std::string_view caption, const std::vector<std::string_view>& columns) {
  ++tables_;  // wide tables scroll by themselves, by keyboard as well
  put("<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-labelledby=\"table-{0}\">\n<table>\n"
      "<caption id=\"table-{0}\">{1}</caption>\n<thead><tr>",
      tables_, caption);
  for (const std::string_view column : columns) put("<th scope=\"col\">{}</th>", column);
  put("</tr></thead>\n<tbody>\n");
}

void Page::close_table() { put("</tbody>\n</table>\n</div>\n"); }

void Page::detail(std::string_view name, std::string_view value) {
  if (!value.empty()) put("<dt>{}</dt><dd>{}</dd>\n", name, value);
}

void Page::detail(std::string_view name, const std::vector<std::string>& values) {
  if (values.empty()) return;
  put("<dt>{}</dt>\n<dd>\n", name);
  long_list("in all", values);
  put("</dd>\n");
}

void Page::identity(std::string_view name, ModuleId module, Span span, const std::vector<std::string>& marks) {
  put("<p class=\"identity\">{}{}", code(name), module_mark(book.material, module));
  for (const std::string& mark : marks) put(" <span class=\"mark\">{}</span>", mark);
  if (span.begin != span.end) put(" <span class=\"place\">{}</span>", html_escaped(place(book.material.sources, span)));
  put("</p>\n");
}

void Page::as_written(Span span) {
  if (span.begin == span.end) return;
  put("<details>\n<summary>As written</summary>\n<pre><code>{}</code></pre>\n</details>\n",
      html_escaped(book.material.sources.text(span)));
}

void Page::paragraphs(std::string_view text) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find("\n\n"), text.size());
    if (end > 0) put("<p>{}</p>\n", html_escaped(text.substr(0, end)));
    text.remove_prefix(std::min(end + 2, text.size()));
  }
}

std::vector<std::string> Page::provisions(const std::vector<ProvisionId>& cites) const {
  std::vector<std::string> result;
  for (const ProvisionId id : cites) result.push_back(book.links.link(id));
  return result;
}

std::vector<std::string> Page::readers(const std::vector<Reader>& given) const {
  std::vector<std::string> result;
  for (const Reader& reader : given) result.push_back(book.links.link(reader));
  return result;
}

}  // namespace duly::doc
