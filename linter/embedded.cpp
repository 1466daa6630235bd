#include "linter/embedded.hpp"

#include <algorithm>
#include <cassert>

namespace dotdiag {
namespace {

constexpr std::string_view suffix = ".schema.json";

}  // namespace

std::string_view embedded_text(std::string_view name) {
  for (const EmbeddedFile& file : embedded_linter_files())
    if (file.name == name) return file.text;
  assert(false && "it was built in");
  return {};
}

std::string_view embedded_schema_text(std::string_view name) {
  const auto& files = embedded_linter_files();
  const auto found = std::find_if(files.begin(), files.end(), [&](const EmbeddedFile& file) {
    return file.name.size() == name.size() + suffix.size() && file.name.starts_with(name);
  });
  return found == files.end() ? std::string_view{} : found->text;
}

Schema embedded_schema(std::string_view name) {
  return Schema(embedded_schema_text(name));
}

}  // namespace dotdiag
