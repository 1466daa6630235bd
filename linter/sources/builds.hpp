// Where a repository says which image is built from which directory: docker compose, skaffold, steps of continuous
// integration, `docker build` lines.
#pragma once

#include "core/document/json.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dotdiag {

/// One image and what it is built from; what is not said is empty.
struct ImageBuild {
  std::string image;       ///< its name as far as it is written out: `registry.example.com/shop/cart`, `cart`
  std::string context;     ///< a directory
  std::string dockerfile;  ///< a file; from the repository's root, from where this is said, or from the context
  std::string target;      ///< a stage
  std::string language;    ///< where the way of building says it (jib, ko)
  std::map<std::string, std::string> arguments;  ///< `--build-arg`
};

/// What a YAML document declares: wherever in it a mapping has an image's name beside a context or a Dockerfile.
std::vector<ImageBuild> declared_builds(const Json& document);

/// The `docker build` lines (and those of podman, buildah, nerdctl, az acr, kaniko) in `text`.
std::vector<ImageBuild> build_lines(std::string_view text);

/// An image's name with the expressions of compose, workflows and shells taken out: `${REGISTRY:-eshop}/cart:${TAG}` is
/// `eshop/cart`. Empty where its last part is an expression without a default.
std::string written_image(std::string_view text);

}  // namespace dotdiag
