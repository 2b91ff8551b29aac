#include "interpreter/cli/output_folder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>
#include <optional>

#include "interpreter/cli/policy_files.hpp"

namespace duly::cli {
namespace {

namespace fs = std::filesystem;

/// Marks a folder as made by `duly doc`, and lists the pages that it wrote there.
constexpr std::string_view marker = "duly-doc.txt";
constexpr std::string_view marker_head = "Made by duly doc. These files are written anew when it runs again:";
constexpr std::size_t marker_bytes = 4u << 20;
constexpr std::string_view unfinished = ".new";  // behind the name of a page that is not in its place yet

/// The pages that an earlier run wrote; null where the folder bears no marker.
std::optional<std::vector<std::string>> earlier_pages(const fs::path& folder) {
  const FileText read = read_file((folder / marker).string(), marker_bytes);
  if (!read.text || !read.text->starts_with(marker_head)) return std::nullopt;
  std::vector<std::string> pages;
  std::string_view rest = std::string_view(*read.text).substr(marker_head.size());
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const std::string_view line = rest.substr(0, end);
    // Whatever somebody wrote into the marker, nothing outside the folder is meant.
    if (!line.empty() && line.find_first_of("/\\") == std::string_view::npos) pages.emplace_back(line);
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return pages;
}

std::string marker_text(const std::vector<DocumentPage>& pages) {
  std::string text = fmt::format("{}\n\n", marker_head);
  for (const DocumentPage& page : pages) text += page.file + "\n";
  return text;
}

bool write_file(const fs::path& path, const std::string& text) {
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> stream(std::fopen(path.c_str(), "wb"), &std::fclose);
  return stream && std::fwrite(text.data(), 1, text.size(), stream.get()) == text.size() &&
         std::fclose(stream.release()) == 0;
}

fs::path beside(const fs::path& folder, const std::string& file) { return folder / (file + std::string(unfinished)); }

int not_written(Terminal& terminal, const fs::path& path, const std::string& why) {
  return terminal.error(fmt::format("`{}` cannot be written: {}", path.string(), why));
}

}  // namespace

int check_output_folder(Terminal& terminal, const std::string& folder, bool force) {
  std::error_code problem;
  const fs::file_status status = fs::status(folder, problem);
  if (!fs::exists(status)) return done;  // or it cannot be seen: then making it says why
  if (!fs::is_directory(status)) {
    return terminal.error(fmt::format("`{}` is a file, and the pages need a folder", folder),
                          "Name a folder behind -o; it is made where there is none.");
  }
  const bool is_empty = fs::is_empty(folder, problem);
  if (problem) return not_written(terminal, folder, problem.message());
  if (force || is_empty || earlier_pages(folder)) return done;
  return terminal.error(
      fmt::format("The folder `{}` holds files that `duly doc` has not made", folder),
      "Name a new or empty folder, or add --force: files stay, but for those that are called as a page is.");
}

int write_pages(Terminal& terminal, const std::string& folder_name, const std::vector<DocumentPage>& pages) {
  const fs::path folder(folder_name);
  std::error_code problem;
  const bool is_new = !fs::exists(folder, problem);
  fs::create_directories(folder, problem);
  if (problem) return not_written(terminal, folder, problem.message());

  std::vector<DocumentPage> all{{std::string(marker), marker_text(pages)}};  // first, so that a new run may follow
  all.insert(all.end(), pages.begin(), pages.end());
  const auto give_up = [&](const fs::path& path, const std::string& why) {
    std::error_code ignored;
    for (const DocumentPage& page : all) fs::remove(beside(folder, page.file), ignored);
    if (is_new) fs::remove(folder, ignored);  // which it does only where it is empty
    return not_written(terminal, path, why);
  };
  for (const DocumentPage& page : all) {
    if (fs::is_directory(folder / page.file, problem)) return give_up(folder / page.file, "it is a folder");
    if (!write_file(beside(folder, page.file), page.contents)) {
      return give_up(folder / page.file, std::strerror(errno));
    }
  }
  const std::vector<std::string> earlier = earlier_pages(folder).value_or(std::vector<std::string>());
  for (const DocumentPage& page : all) {
    fs::rename(beside(folder, page.file), folder / page.file, problem);
    if (problem) return give_up(folder / page.file, problem.message());
  }
  for (const std::string& file : earlier) {
    const bool is_made =
        std::any_of(all.begin(), all.end(), [&](const DocumentPage& page) { return page.file == file; });
    if (!is_made) fs::remove(folder / file, problem);
  }
  return done;
}

}  // namespace duly::cli
