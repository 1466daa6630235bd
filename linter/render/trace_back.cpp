#include "linter/render/trace_back.hpp"

#include "core/document/reader.hpp"
#include "linter/helm.hpp"
#include "linter/place.hpp"
#include "linter/render/line_match.hpp"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <string_view>
#include <system_error>

namespace dotdiag {
namespace {

namespace fs = std::filesystem;

/// The template that `document` came from, as its chart has it: `templates/web.yaml`.
std::string_view template_of(const Document& document) {
  const std::string_view source = source_template(document);
  const std::size_t slash = source.find('/');
  return slash == npos ? std::string_view{} : source.substr(slash + 1);
}

/// The file in the annotation that kustomize leaves with buildMetadata, as a person would write it from here.
std::string resource_of(const Json& object, const std::string& origins) {
  const Json* metadata = member(object, "metadata");
  const Json* annotations = metadata == nullptr ? nullptr : member(*metadata, "annotations");
  if (annotations == nullptr) return {};
  std::string_view origin = text_member(*annotations, "config.kubernetes.io/origin");
  constexpr std::string_view head = "path: ";
  if (!origin.starts_with(head)) return {};
  origin = origin.substr(head.size(), origin.find('\n') - head.size());
  std::error_code ignored;
  return (fs::path(origins) / origin)
      .lexically_normal()
      .lexically_proximate(fs::current_path(ignored))
      .generic_string();
}

std::string_view name_of(const Json& object) {
  const Json* metadata = member(object, "metadata");
  return metadata == nullptr ? std::string_view{} : text_member(*metadata, "name");
}

/// How surely `written` is what `built` was made from; 0: it is not. Prefixes and suffixes may have been put to its
/// name.
std::size_t likeness(const Json& written, const Json& built) {
  if (text_member(written, "kind") != text_member(built, "kind")) return 0;
  const std::string_view name = name_of(written);
  return name_of(built).find(name) == npos ? 0 : 1 + name.size();
}

/// The same place in another version of the object: items are found by their names, because patches may move them.
/// Nothing where it is not there.
std::optional<Pointer> same_place(const Json& built, const Pointer& pointer, const Json& written) {
  Pointer path;
  const Json* from = &built;
  const Json* to = &written;
  for (const std::string_view token : pointer.tokens()) {
    std::string other(token);
    from = value_at(*from, Pointer{} / token);
    if (from == nullptr) return std::nullopt;
    if (const auto name = text_member(*from, "name"); to->is_array() && !name.empty()) {
      const auto named =
          std::find_if(to->begin(), to->end(), [&](const Json& item) { return text_member(item, "name") == name; });
      other = std::to_string(named - to->begin());
    }
    to = value_at(*to, Pointer{} / other);
    if (to == nullptr) return std::nullopt;
    path = path / other;
  }
  return path;
}

/// Forgets where in the rendered text the finding was.
void put_into(const std::string& file, Finding& finding) {
  finding.file = file;
  finding.span.reset();
  finding.begin = finding.end = {};
  finding.excerpt = {};
}

void put_at(const Source& source, Span span, Finding& finding) {
  std::vector<Finding> one = {std::move(finding)};
  one.front().span = span;
  place(source, one);
  finding = std::move(one.front());
}

}  // namespace

void TraceBack::place(const Document& document, std::vector<Finding>& findings) {
  if (rendered_.kind == Rendered::Kind::chart) return place_in_template(document, findings);
  for (Finding& finding : findings)
    place_in_resource(document, finding);
}

TraceBack::File TraceBack::read(const std::string& path) {
  const auto [file, is_new] = files_.try_emplace(path);
  std::error_code ignored;
  if (!is_new || !fs::is_regular_file(path, ignored)) return file->second;
  try {
    file->second = std::make_shared<const Source>(path, read_bytes(path));
  } catch (const InputError&) {
    return nullptr;
  }
  return file->second;
}

const std::vector<Document>& TraceBack::documents(const std::string& path) {
  const auto [all, is_new] = documents_.try_emplace(path);
  if (const File file = is_new ? read(path) : nullptr) all->second = read_documents(file);
  return all->second;
}

void TraceBack::place_in_template(const Document& document, std::vector<Finding>& findings) {
  const std::string path = (fs::path(rendered_.directory) / template_of(document)).lexically_normal().generic_string();
  const File file = template_of(document).empty() ? nullptr : read(path);
  const Source& rendered = *document.source;
  std::vector<std::size_t> origins;
  if (file != nullptr && !findings.empty())
    origins = match_lines(file->text(), rendered.text().substr(document.begin, document.end - document.begin));
  const std::size_t first = rendered.position(document.begin).line;
  for (Finding& finding : findings) {
    const std::optional<Span> span = finding.span;
    put_into(file == nullptr ? rendered_.file : path, finding);
    if (!span || origins.empty()) continue;
    const std::size_t index = rendered.position(span->begin).line - first;
    if (index >= origins.size() || origins[index] == 0) continue;
    const std::string_view line = file->line(origins[index]);
    const std::string_view said = rendered.text().substr(span->begin, span->end - span->begin);
    const auto begin = static_cast<std::size_t>(line.data() - file->text().data());
    const std::size_t same = line.find(said);
    const std::size_t indent = std::min(line.find_first_not_of(" \t"), line.size());
    put_at(*file,
           same != npos ? Span{begin + same, begin + same + said.size()} : Span{begin + indent, begin + line.size()},
           finding);
  }
}

void TraceBack::place_in_resource(const Document& document, Finding& finding) {
  const std::string resource = resource_of(document.root, rendered_.origins);
  put_into(rendered_.file, finding);
  if (resource.empty() || finding.pointer.empty()) return;
  // What a patch brought in is its own; what it only adds to stays the resource's.
  if (place_at(resource, document, finding, true)) return;
  for (const std::string& patch : rendered_.patches)
    if (place_at(patch, document, finding, true)) return;
  place_at(resource, document, finding, false);
}

bool TraceBack::place_at(const std::string& path, const Document& document, Finding& finding, bool same_value) {
  const Document* likest = nullptr;
  std::size_t most = 0;
  for (const Document& written : documents(path)) {
    const std::size_t own = written.error ? 0 : likeness(written.root, document.root);
    if (own > most) likest = &written;
    most = std::max(own, most);
  }
  if (likest == nullptr) return false;
  const Pointer pointer = Pointer::parse(finding.pointer);
  const auto there = same_place(document.root, pointer, likest->root);
  if (!there) return false;
  if (same_value && !same_document(*value_at(document.root, pointer), *value_at(likest->root, *there))) return false;
  put_at(*likest->source, span_of(*likest, *there), finding);
  return true;
}

}  // namespace dotdiag
