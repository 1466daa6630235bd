#include "linter/sources/image_name.hpp"

#include "core/policy/image.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace dotdiag {
namespace {

std::vector<std::string_view> path_parts(std::string_view path) {
  std::vector<std::string_view> parts;
  while (!path.empty()) {
    const std::size_t end = std::min(path.find('/'), path.size());
    if (end > 0) parts.push_back(path.substr(0, end));
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  return parts;
}

/// Directories that are called alike in every repository.
bool says_nothing(std::string_view name) {
  constexpr std::array<std::string_view, 16> words = {
      "app",   "build",  "cmd",  "code",    "container", "containers", "deploy",  "docker",
      "image", "images", "main", "project", "source",    "src",        "service", "services"};
  return std::find(words.begin(), words.end(), name) != words.end();
}

bool is_registry(std::string_view part) {
  return part.find_first_of(".:") != std::string_view::npos || part == "localhost";
}

}  // namespace

std::string plain_name(std::string_view text) {
  std::string plain;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) != 0 || byte >= 0x80) plain += static_cast<char>(std::tolower(byte));
  }
  return plain;
}

std::vector<std::string> image_parts(std::string_view reference) {
  std::vector<std::string_view> parts = path_parts(Image::parse(reference).name);
  if (parts.size() > 1 && is_registry(parts.front())) parts.erase(parts.begin());
  std::vector<std::string> plain;
  std::transform(parts.begin(), parts.end(), std::back_inserter(plain), plain_name);
  return plain;
}

std::size_t common_ending(const std::vector<std::string>& one, const std::vector<std::string>& other) {
  const std::size_t length = std::min(one.size(), other.size());
  const bool is_same = std::equal(one.rbegin(), one.rbegin() + static_cast<std::ptrdiff_t>(length), other.rbegin());
  return is_same ? length : 0;
}

std::vector<std::string> directory_names(std::string_view directory, std::string_view root) {
  std::vector<std::string> parts;
  for (const std::string_view part : path_parts(directory))
    parts.push_back(plain_name(part));
  while (!parts.empty() && says_nothing(parts.back()))
    parts.pop_back();
  if (parts.empty()) return {plain_name(root)};
  std::vector<std::string> names;
  if (parts.size() > 1) names.push_back(parts[parts.size() - 2] + parts.back());
  names.push_back(parts.back());
  return names;
}

}  // namespace dotdiag
