// Leads findings about rendered text back to the files that a person can change.
#pragma once

#include "core/document/document.hpp"
#include "linter/finding.hpp"
#include "linter/render/rendered.hpp"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace dotdiag {

/// The files that one chart or kustomization came from, read when they are first asked for.
class TraceBack {
 public:
  explicit TraceBack(const Rendered& rendered) : rendered_(rendered) {}

  /// Places findings about `document`, a part of the rendered text: in the template or the file that it came from, at
  /// the line where that can be told, else in that file as a whole; where not even that can be told, in the chart's or
  /// kustomization's own file.
  void place(const Document& document, std::vector<Finding>& findings);

 private:
  using File = std::shared_ptr<const Source>;

  File read(const std::string& path);
  const std::vector<Document>& documents(const std::string& path);
  void place_in_template(const Document& document, std::vector<Finding>& findings);
  void place_in_resource(const Document& document, Finding& finding);
  bool place_at(const std::string& path, const Document& document, Finding& finding, bool same_value);

  const Rendered& rendered_;
  std::map<std::string, File> files_;
  std::map<std::string, std::vector<Document>> documents_;
};

}  // namespace dotdiag
