// What the image of a Dockerfile's last stage will be.
#pragma once

#include "core/policy/image_facts.hpp"
#include "linter/sources/dockerfile.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace dotdiag {

struct DockerImage {
  ImageFacts facts;
  std::string language;  ///< see languages.hpp; empty where nothing says it
  std::size_t line = 0;  ///< what says it
};

/// The image of the stage called `target`, else of the last one; `path` is how places in the Dockerfile are written. A
/// stage that is made from an earlier one has what that has.
DockerImage image_of(const std::vector<DockerStage>& stages, const std::string& path, std::string_view target = {});

/// The language of a container that starts `words`: of the program itself, or of the one that a shell, tini and the
/// like start. `dotnet`, and a word that ends in `.dll`, are .NET.
std::string_view language_of_command(const std::vector<std::string>& words);

}  // namespace dotdiag
