#include "interpreter/cli/replace_file.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <string_view>

#include "interpreter/cli/policy_files.hpp"

namespace duly::cli {
namespace {

namespace fs = std::filesystem;

/// A new file beside another, gone again unless it takes that one's place.
class FileBeside {
 public:
  explicit FileBeside(const fs::path& file)
      : name_((file.parent_path() / ("." + file.filename().string() + ".XXXXXX")).string()),
        descriptor_(mkstemp(name_.data())) {}
  FileBeside(const FileBeside&) = delete;
  FileBeside& operator=(const FileBeside&) = delete;
  ~FileBeside() {
    if (!is_open()) return;
    close(descriptor_);
    if (!in_place_) unlink(name_.c_str());
  }

  bool is_open() const { return descriptor_ >= 0; }

  bool write_all(std::string_view text) {
    while (!text.empty()) {
      const ssize_t written = write(descriptor_, text.data(), text.size());
      if (written < 0 && errno == EINTR) continue;
      if (written <= 0) return false;
      text.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
  }

  bool take_place_of(const fs::path& file) {
    struct stat old {};
    if (stat(file.c_str(), &old) != 0) return false;
    // Another owner's file becomes the caller's where the system does not let it be given away.
    if (fchown(descriptor_, old.st_uid, old.st_gid) != 0) errno = 0;
    if (fchmod(descriptor_, old.st_mode & 07777U) != 0 || fsync(descriptor_) != 0) return false;
    if (rename(name_.c_str(), file.c_str()) != 0) return false;
    in_place_ = true;
    return true;
  }

 private:
  std::string name_;
  int descriptor_ = -1;
  bool in_place_ = false;
};

}  // namespace

std::string replace_file(const std::string& path, const std::string& before, const std::string& text) {
  std::error_code error;
  const fs::path file = fs::canonical(path, error);  // where links lead
  if (error) return error.message();
  if (access(file.c_str(), W_OK) != 0) return errno == EACCES ? "you may not write to it" : std::strerror(errno);
  FileBeside beside(file);
  if (!beside.is_open()) {
    return errno == EACCES ? "you may not write to its folder" : std::strerror(errno);
  }
  if (!beside.write_all(text)) return std::strerror(errno);
  const FileText now = read_file(file.string(), before.size() + 1);
  if (now.text != before) return "it has just been changed by somebody else";
  if (!beside.take_place_of(file)) return std::strerror(errno);
  return {};
}

}  // namespace duly::cli
