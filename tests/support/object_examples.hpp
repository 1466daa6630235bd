// What example folders hold: objects in YAML, and patches with one operation a line.
#pragma once

#include "core/document/reader.hpp"
#include "tests/support/examples.hpp"

#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>

namespace dotdiag::test {

/// The only document in the file.
inline Json read_yaml(const std::filesystem::path& path) {
  auto documents = read_documents(std::make_shared<const Source>(path.string(), read_text(path)));
  if (documents.size() != 1) throw std::runtime_error(path.string() + " does not hold one document");
  if (documents.front().error) throw std::runtime_error(documents.front().error->what());
  return documents.front().root;
}

/// The patch with one operation a line; empty where there is none.
inline std::string one_a_line(const Json& patch) {
  std::string text;
  for (const Json& operation : patch)
    text += (text.empty() ? "[\n  " : ",\n  ") + operation.dump();
  return text.empty() ? text : text + "\n]\n";
}

}  // namespace dotdiag::test
