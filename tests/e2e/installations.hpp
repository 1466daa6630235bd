// What manifests/ offers to install: the base, and components on top of it.
#pragma once

#include "core/document/json.hpp"
#include "tests/support/temporary_directory.hpp"

#include <memory>
#include <string>
#include <vector>

namespace dotdiag::test {

struct Installation {
  std::string name;                     ///< as the line of tests/manifests/installations.txt
  std::vector<std::string> components;  ///< none: the base alone
  /// It has objects of cert-manager or of the Prometheus operator.
  bool needs_definitions() const;
};

/// Those of tests/manifests/installations.txt; without such as need definitions where DOTDIAG_DEFINITIONS is not set.
std::vector<Installation> installations();

/// A directory for `kubectl apply -k`: what is shipped where that is one, else a new one that lists the components.
class KustomizeDirectory {
 public:
  explicit KustomizeDirectory(const Installation& installation);
  const std::string& path() const { return path_; }

 private:
  std::unique_ptr<TemporaryDirectory> made_;
  std::string path_;
};

/// What `helm template` makes of the chart with the values that switch these components on, hooks left out.
std::string chart_text(const Installation& installation);

/// The objects in a YAML text.
std::vector<Json> objects_in(const std::string& text);

}  // namespace dotdiag::test
