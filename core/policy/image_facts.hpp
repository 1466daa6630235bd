// What is known of a container's image beyond its name, because the sources that it is built from were read.
#pragma once

#include "core/policy/version.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dotdiag {

/// Members that are empty are not known. Places are written as a person would: `src/cart/Dockerfile:12`.
struct ImageFacts {
  /// A variable that the image itself sets; the manifest wins over it.
  struct Variable {
    std::string name;
    std::string value;
    std::string where;
  };
  /// How the application was published, where that decides what a dump can be.
  enum class Publishing { usual, single_file, native_aot };

  std::string where;  ///< the place where the image's last stage begins
  std::string base;   ///< the image that it is made from: `mcr.microsoft.com/dotnet/aspnet:8.0-alpine`
  std::optional<std::int64_t> user;
  std::optional<std::int64_t> group;
  std::vector<Variable> variables;
  std::vector<std::string> start;  ///< the words of ENTRYPOINT and CMD
  std::optional<Version> runtime;  ///< of .NET
  Publishing publishing = Publishing::usual;
  std::string published_by;  ///< the place that says how

  /// The variable of that name; of two the later one. nullptr where the image sets none.
  const Variable* variable(std::string_view name) const {
    for (auto one = variables.rbegin(); one != variables.rend(); ++one)
      if (one->name == name) return &*one;
    return nullptr;
  }
};

/// The facts about images, by the reference that the manifest has.
using KnownImages = std::map<std::string, ImageFacts, std::less<>>;

}  // namespace dotdiag
