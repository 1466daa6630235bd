// Tells what is known of the containers: that a workload is not judged, or what its judgement builds on.
#pragma once

#include "core/document/document.hpp"
#include "core/policy/image_facts.hpp"
#include "linter/finding.hpp"
#include "linter/identity.hpp"

#include <string_view>
#include <vector>

namespace dotdiag {

/// True for the reasons of reason_not_judged that what is known of the containers gave.
bool is_about_dotnet(std::string_view reason);

/// A note for each container of a workload that is not judged: what it is, and what says so.
std::vector<Finding> foreign_containers(const Document& document, const PodView& pod,
                                        const std::vector<Identity>& identities);

/// A note for each container that is .NET by its sources: what they say.
std::vector<Finding> known_containers(const Document& document, const PodView& pod,
                                      const std::vector<Identity>& identities);

/// What is known of the pod's images, for the rules.
KnownImages known_images(const PodView& pod, const std::vector<Identity>& identities);

}  // namespace dotdiag
