#pragma once

#include <string>
#include <string_view>

/// Words of authors inside HTML and Markdown: they show as they were written, and are never taken for marks.
namespace duly {

/// For HTML, between tags and inside quoted attributes.
std::string html_escaped(std::string_view text);

/// For Markdown, inside a paragraph, a list item or a table's cell; line ends become spaces.
std::string markdown_escaped(std::string_view text);

}  // namespace duly
