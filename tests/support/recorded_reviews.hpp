// Admission reviews of the size and shape that an API server sends, for what measures and counts.
#pragma once

#include "tests/support/places.hpp"

#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <string_view>

namespace dotdiag::test {

/// A recorded review of a Deployment that did not opt in: 4.3 kB, one container and two init containers.
inline std::string plain_review() {
  std::ifstream file(source_path("testdata/admission/25-deploy-initcontainers--CREATE-deployments.json"));
  std::string text{std::istreambuf_iterator<char>(file), {}};
  if (text.empty()) throw std::runtime_error("the recorded review is not there");
  return text;
}

/// `text` with `addition` behind the first `place`.
inline std::string with_behind(std::string text, std::string_view place, std::string_view addition) {
  const auto at = text.find(place);
  if (at == std::string::npos) throw std::runtime_error("not in the recorded review: " + std::string(place));
  return text.insert(at + place.size(), addition);
}

/// The same Deployment, opted in.
inline std::string opted_in_review() {
  return with_behind(plain_review(), R"("annotations":{)", R"("dotdiag.io/inject":"true",)");
}

/// The same with `count` containers beside its own; each looks like .NET, so each is a target.
inline std::string opted_in_review_with(int count) {
  std::string containers;
  for (int i = 0; i < count; ++i) {
    containers +=
        R"({"name":"app)" + std::to_string(i) +
        R"(","image":"registry.example.com/dotnet/app:1","env":[{"name":"ASPNETCORE_URLS","value":"http://+:80"}]},)";
  }
  return with_behind(opted_in_review(), R"("containers":[)", containers);
}

}  // namespace dotdiag::test
