// What the containers of a pod are: .NET, something else, or nobody knows; and what says so.
#pragma once

#include "core/document/pod_view.hpp"
#include "core/policy/image_facts.hpp"
#include "linter/sources/sources.hpp"

#include <string>
#include <vector>

namespace dotdiag {

struct Identity {
  std::string language;  ///< `.NET`, `Go`, `nginx` ...; empty where nothing says it
  std::string because;   ///< what says it: `src/cart/Dockerfile:3`, `the variable NODE_ENV`
  bool by_sources = false;
  ImageFacts facts;  ///< what its sources say, where it is .NET

  bool is_dotnet() const;
  bool is_foreign() const { return !language.empty() && !is_dotnet(); }
};

/// The identities of the pod's application_containers, in their order. What the manifest says of .NET counts most, then
/// the sources, then what the manifest says of something else.
std::vector<Identity> identify(const PodView& pod, const Sources& sources, const std::string& manifest);

}  // namespace dotdiag
