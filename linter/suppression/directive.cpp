#include "linter/suppression/directive.hpp"

#include "core/document/json.hpp"
#include "core/policy/words.hpp"

#include <algorithm>

namespace dotdiag {
namespace {

constexpr std::string_view prefix = "ignore.dotdiag.io/";

void read_annotations(const Document& document, const Pointer& metadata, std::vector<Directive>& directives) {
  const Json* const held = value_at(document.root, metadata);
  const Json* const annotations = held == nullptr ? nullptr : member(*held, "annotations");
  if (annotations == nullptr || !annotations->is_object()) return;
  for (const auto& [key, value] : annotations->items()) {
    if (!key.starts_with(prefix)) continue;
    const std::string_view name = std::string_view(key).substr(prefix.size());
    const std::size_t dot = name.find('.');
    Directive directive;
    const std::size_t begin = offset_of(document, metadata / "annotations" / key);
    directive.at = {begin, begin + 1};
    directive.rules = {std::string(name.substr(0, dot))};
    if (dot != std::string_view::npos) directive.container = name.substr(dot + 1);
    if (value.is_string()) directive.reason = trimmed(value.get_ref<const std::string&>());
    directives.push_back(std::move(directive));
  }
}

}  // namespace

bool Directive::names(std::string_view rule) const {
  return problem.empty() && (rules.empty() || std::find(rules.begin(), rules.end(), rule) != rules.end());
}

std::vector<Directive> annotation_directives(const Document& document, const Workload& workload) {
  std::vector<Directive> directives;
  read_annotations(document, workload.object / "metadata", directives);
  if (!(workload.pod_metadata == workload.object / "metadata"))
    read_annotations(document, workload.pod_metadata, directives);
  return directives;
}

}  // namespace dotdiag
