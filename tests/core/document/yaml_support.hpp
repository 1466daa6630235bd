// Reads YAML from a literal, for the tests of this folder.
#pragma once

#include "core/document/reader.hpp"
#include "core/document/yaml_reader.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace dotdiag {

inline std::vector<Document> read_yaml(std::string text) {
  YamlReader reader(std::make_shared<Source>("test.yaml", std::move(text)));
  std::vector<Document> documents;
  while (auto document = reader.next())
    documents.push_back(*std::move(document));
  return documents;
}

/// The value of the only document in `text`, or the error's text.
inline Json value_of(std::string text) {
  const std::vector<Document> documents = read_yaml(std::move(text));
  if (documents.size() != 1) return "there are " + std::to_string(documents.size()) + " documents";
  if (documents[0].error) return documents[0].error->what();
  return documents[0].root;
}

/// What the only document in `text` is refused with; empty where it is not.
inline std::string error_of(std::string text) {
  const std::vector<Document> documents = read_yaml(std::move(text));
  return documents.size() == 1 && documents[0].error ? documents[0].error->what() : "";
}

inline std::string_view written(const Document& document, const Node& node) {
  return document.source->text().substr(node.begin, node.end - node.begin);
}

}  // namespace dotdiag
