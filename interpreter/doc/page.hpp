#pragma once

#include <fmt/format.h>

#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "interpreter/doc/document.hpp"
#include "interpreter/doc/links.hpp"
#include "interpreter/doc/material.hpp"

namespace duly::doc {

/// A page that the navigation leads to.
struct Chapter {
  std::string file;
  std::string title;
  std::string about;  // a sentence, for the contents
};

/// What every page is made from.
struct Book {
  const Material& material;
  const Links& links;
  std::vector<Chapter> chapters;
};

/// One page while it is written: its frame, and the parts that pages share. Whatever it is given is HTML, escaped,
/// unless it says text.
class Page {
 public:
  /// `title` is text, and the heading of the page.
  Page(const Book& book, std::string file, std::string_view title);
  DocumentPage finish();

  template <class... Args>
  void put(fmt::format_string<Args...> format, Args&&... args) {
    fmt::format_to(std::back_inserter(out_), format, std::forward<Args>(args)...);
  }

  /// A list that leads to the parts of the page; nothing where there are few.
  void contents(const std::vector<std::string>& links);

  void list(const std::vector<std::string>& entries, std::string_view of_class = "");
  /// As a list; of many, the number of them, to unfold.
  void long_list(std::string_view what, const std::vector<std::string>& entries);

  void open_table(std::string_view caption, const std::vector<std::string_view>& columns);
  void close_table();

  // Name and value pairs. An empty value is left out.
  void open_details() { put("<dl>\n"); }
  void detail(std::string_view name, std::string_view value);
  void detail(std::string_view name, const std::vector<std::string>& values);
  void close_details() { put("</dl>\n"); }

  /// The name, the module where it is inherited, and the place, below a heading. `marks` are words such as `protected`.
  void identity(std::string_view name, ModuleId module, Span span, const std::vector<std::string>& marks = {});
  /// The author's own words, to unfold.
  void as_written(Span span);
  void paragraphs(std::string_view text);

  // What many pages show.
  std::vector<std::string> provisions(const std::vector<ProvisionId>& cites) const;
  std::vector<std::string> readers(const std::vector<Reader>& readers) const;

  const Book& book;

 private:
  std::string file_;
  std::string out_;
  std::size_t tables_ = 0;
};

/// ` <span class="module">from national</span>`; empty for the policy's own.
std::string module_mark(const Material& material, ModuleId module);

std::string join(const std::vector<std::string>& parts, std::string_view between);

}  // namespace duly::doc
