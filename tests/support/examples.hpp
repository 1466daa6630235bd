// Example folders: one behaviour a folder, its input and its expected output as files.
#pragma once

#include "tests/support/places.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace dotdiag::test {

inline std::filesystem::path testdata(const std::string& below) {
  return source_path("testdata/" + below);
}

/// The text of a file; empty where there is none.
inline std::string read_text(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

/// The folders directly below testdata/`below`, sorted by name.
inline std::vector<std::filesystem::path> folders_in(const std::string& below) {
  std::vector<std::filesystem::path> folders;
  for (const auto& entry : std::filesystem::directory_iterator(testdata(below))) {
    if (entry.is_directory()) folders.push_back(entry.path());
  }
  std::sort(folders.begin(), folders.end());
  return folders;
}

/// What `path` says should come out. With DOTDIAG_UPDATE_EXAMPLES set in the environment, `actual` is written there
/// first: for a person who then reads the difference. An empty `actual` has no file.
inline std::string expected_text(const std::filesystem::path& path, const std::string& actual) {
  if (std::getenv("DOTDIAG_UPDATE_EXAMPLES") != nullptr) {
    if (actual.empty()) {
      std::filesystem::remove(path);
    } else {
      std::ofstream(path, std::ios::binary) << actual;
    }
  }
  return read_text(path);
}

}  // namespace dotdiag::test
