#include "linter/report/repository_path.hpp"

#include <cstring>
#include <filesystem>
#include <system_error>

namespace dotdiag {
namespace {

namespace fs = std::filesystem;

/// The root of the repository that the current directory is in; empty where it is in none.
fs::path find_root() {
  std::error_code error;
  const fs::path here = fs::canonical(fs::current_path(error), error);
  for (fs::path folder = here; !error && !folder.empty(); folder = folder.parent_path()) {
    std::error_code ignored;
    if (fs::exists(folder / ".git", ignored)) return folder;
    if (folder == folder.root_path()) break;
  }
  return {};
}

const fs::path& repository_root() {
  static const fs::path root = find_root();
  return root;
}

bool leads_out(const fs::path& relative) {
  return relative.empty() || relative.is_absolute() || *relative.begin() == "..";
}

bool is_unreserved(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::strchr("-._~/", c) != nullptr;
}

}  // namespace

std::string repository_path(const std::string& file) {
  std::error_code error;
  const fs::path real = fs::canonical(file, error);
  if (!error && !repository_root().empty()) {
    const fs::path relative = real.lexically_relative(repository_root());
    if (!leads_out(relative)) return relative.generic_string();
  }
  return fs::path(file).lexically_normal().generic_string();
}

std::string uri_of(std::string_view path) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string uri = path.starts_with('/') ? "file://" : "";
  for (const char c : path) {
    const auto byte = static_cast<unsigned char>(c);
    if (c != '\0' && is_unreserved(c)) {
      uri += c;
    } else {
      uri += {'%', digits[byte / 16], digits[byte % 16]};
    }
  }
  return uri;
}

}  // namespace dotdiag
