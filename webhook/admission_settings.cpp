// What admission works with, from the options of a command line.
#include "core/document/error.hpp"
#include "webhook/commands.hpp"

namespace dotdiag {

AdmissionSettings admission_settings(const PolicyOptions& options, PolicySet& storage) {
  AdmissionSettings settings;
  if (!options.directory.empty()) {
    storage = PolicySet::from_directory(options.directory);
    settings.policies = &storage;
  }
  settings.true_means = options.default_policy;
  if (settings.policies->find(settings.true_means) == nullptr)
    throw InputError("policy " + options.default_policy, {}, "there is none of that name",
                     "choose one of " + settings.policies->names());
  return settings;
}

}  // namespace dotdiag
