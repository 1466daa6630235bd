#include "linter/sources/project_file.hpp"

#include "core/policy/runtime_settings.hpp"
#include "core/policy/words.hpp"

#include <algorithm>
#include <array>

namespace dotdiag {
namespace {

constexpr std::array<std::string_view, 12> names = {
    "AssemblyName",      "ContainerBaseImage", "ContainerImageName", "ContainerRepository",
    "ContainerUser",     "IsTestProject",      "OutputType",         "PublishAot",
    "PublishSingleFile", "PublishTrimmed",     "TargetFramework",    "TargetFrameworks",
};

/// `text` with its comments blanked, so that places stay what they are.
std::string without_comments(std::string_view text) {
  std::string result(text);
  for (std::size_t at = result.find("<!--"); at != std::string::npos; at = result.find("<!--", at)) {
    const std::size_t end = std::min(result.find("-->", at), result.size());
    std::replace_if(
        result.begin() + static_cast<std::ptrdiff_t>(at), result.begin() + static_cast<std::ptrdiff_t>(end),
        [](char c) { return c != '\n'; }, ' ');
    at = end;
  }
  return result;
}

/// The value of the attribute in the tag at `begin`.
std::string_view attribute(std::string_view text, std::size_t begin, std::string_view name) {
  const std::string_view tag = text.substr(begin, std::min(text.find('>', begin), text.size()) - begin);
  const std::string head = std::string(name) + "=\"";
  const std::size_t at = tag.find(head);
  if (at == std::string_view::npos) return {};
  const std::string_view value = tag.substr(at + head.size());
  return value.substr(0, value.find('"'));
}

}  // namespace

ProjectFile ProjectFile::parse(std::string_view written) {
  ProjectFile project;
  const std::string text = without_comments(written);
  std::size_t line = 1;
  std::size_t counted = 0;
  for (std::size_t at = text.find('<'); at != std::string::npos; at = text.find('<', at + 1)) {
    const std::string_view tag = std::string_view(text).substr(at + 1);
    constexpr std::size_t longest = 64;  // a file that is nothing but `<` must not be searched from each of them
    const std::string_view head = tag.substr(0, longest);
    const std::string_view name = head.substr(0, head.find_first_of(" \t\r\n>/"));
    if (name == "Project" && project.sdk.empty()) project.sdk = attribute(text, at, "Sdk");
    if (std::find(names.begin(), names.end(), name) == names.end()) continue;
    const std::size_t begin = tag.find('>');
    const std::size_t end = tag.find('<');
    if (begin == std::string_view::npos || end == std::string_view::npos || end < begin) continue;
    line += static_cast<std::size_t>(std::count(text.begin() + static_cast<std::ptrdiff_t>(counted),
                                                text.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
    counted = at;
    const std::string_view value = trimmed(tag.substr(begin + 1, end - begin - 1));
    project.properties[std::string(name)] = {std::string(value), line};
  }
  return project;
}

bool ProjectFile::is_true(std::string_view name) const {
  return equal_but_for_case(value(name), "true");
}

std::string_view ProjectFile::value(std::string_view name) const {
  const auto found = properties.find(name);
  return found == properties.end() ? std::string_view{} : found->second.value;
}

bool ProjectFile::is_program() const {
  if (is_true("IsTestProject")) return false;
  if (sdk.starts_with("Microsoft.NET.Sdk.Web") || sdk.starts_with("Microsoft.NET.Sdk.Worker")) return true;
  return equal_but_for_case(value("OutputType"), "exe");
}

}  // namespace dotdiag
