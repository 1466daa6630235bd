#include "core/document/reader.hpp"

#include "core/document/json_reader.hpp"
#include "core/document/yaml_reader.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <utility>

namespace dotdiag {
namespace {

constexpr Position whole_file{};

InputError cannot_read(const std::string& path, const std::string& why) {
  return {path, whole_file, "cannot be read: " + why};
}

constexpr std::size_t portion = 64 * 1024;

/// `bytes` has the room that the text is expected to take, so that it need not be moved as it grows.
std::string read_stream(std::istream& stream, const std::string& name, std::string bytes = {}) {
  do {
    const std::size_t size = bytes.size();
    bytes.resize(size + portion);
    stream.read(bytes.data() + size, portion);
    bytes.resize(size + static_cast<std::size_t>(stream.gcount()));
  } while (stream);
  if (stream.bad()) throw cannot_read(name, "reading failed");
  return bytes;
}

std::vector<Document> read_yaml_documents(const std::shared_ptr<const Source>& source) {
  std::vector<Document> documents;
  YamlReader reader(source);
  while (auto document = reader.next())
    documents.push_back(*std::move(document));
  return documents;
}

std::size_t readable(const std::vector<Document>& documents) {
  return static_cast<std::size_t>(
      std::count_if(documents.begin(), documents.end(), [](const Document& d) { return !d.error; }));
}

/// What starts like JSON may be YAML in flow style, or JSON with a mistake. The reading that understands more wins, and
/// JSON where both understand as much: its message is about JSON.
std::vector<Document> read_json_or_yaml(const std::shared_ptr<const Source>& source) {
  std::vector<Document> as_json = read_json_documents(source);
  if (readable(as_json) == as_json.size()) return as_json;
  std::vector<Document> as_yaml = read_yaml_documents(source);
  const bool all_yaml = readable(as_yaml) == as_yaml.size();
  return all_yaml || readable(as_yaml) > readable(as_json) ? std::move(as_yaml) : std::move(as_json);
}

}  // namespace

std::string read_bytes(const std::string& path) {
  if (path == "-") return read_stream(std::cin, "<stdin>");
  std::error_code problem;
  if (std::filesystem::is_directory(path, problem)) throw cannot_read(path, "it is a directory");
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  if (!file) throw cannot_read(path, std::strerror(errno));
  constexpr std::uintmax_t largest = 1U << 30U;  // of what a size alone is trusted for
  const std::uintmax_t size = std::filesystem::file_size(path, problem);
  std::string room;
  if (!problem) room.reserve(static_cast<std::size_t>(std::min(size, largest)) + portion);
  return read_stream(file, path, std::move(room));
}

bool looks_like_json(const Source& source) {
  const std::size_t first = source.text().find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && (source.text()[first] == '{' || source.text()[first] == '[');
}

void read_documents(const std::shared_ptr<const Source>& source, const std::function<void(Document)>& visit) {
  if (looks_like_json(*source)) {
    for (Document& document : read_json_or_yaml(source))
      visit(std::move(document));
    return;
  }
  YamlReader reader(source);
  while (auto document = reader.next())
    visit(*std::move(document));
}

std::vector<Document> read_documents(const std::shared_ptr<const Source>& source) {
  std::vector<Document> documents;
  read_documents(source, [&](Document document) { documents.push_back(std::move(document)); });
  return documents;
}

Document read_only_document(const std::string& path) {
  std::vector<Document> documents = read_documents(std::make_shared<const Source>(path, read_bytes(path)));
  for (const Document& document : documents)
    if (document.error) throw *document.error;
  if (documents.size() != 1) throw InputError(path, {}, "does not hold one document", "keep the settings in one");
  return std::move(documents.front());
}

}  // namespace dotdiag
