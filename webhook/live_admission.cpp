#include "webhook/live_admission.hpp"

#include "core/document/error.hpp"
#include "core/document/reader.hpp"

#include <vector>

namespace dotdiag {
namespace {

/// Names and bytes of the policy files; empty where the policies are built in.
std::string files_of(const PolicyOptions& options) {
  std::string all;
  if (options.directory.empty()) return all;
  for (const std::string& path : policy_files(options.directory))
    all += path + '\0' + read_bytes(path) + '\0';
  return all;
}

struct Loaded {
  PolicySet policies;
  AdmissionSettings settings;
};

}  // namespace

std::shared_ptr<const AdmissionSettings> load_admission(const PolicyOptions& options) {
  const auto loaded = std::make_shared<Loaded>();
  AdmissionSettings& settings = loaded->settings;
  if (!options.directory.empty()) {
    loaded->policies = PolicySet::from_directory(options.directory);
    settings.policies = &loaded->policies;
  }
  settings.true_means = options.default_policy;
  settings.own_namespace = options.own_namespace;
  if (settings.policies->find(settings.true_means) == nullptr)
    throw InputError("policy " + options.default_policy, {}, "there is none of that name",
                     "choose one of " + settings.policies->names());
  return {loaded, &settings};
}

std::vector<std::string> policy_names(const AdmissionSettings& settings) {
  std::vector<std::string> names;
  for (const Policy& policy : settings.policies->all())
    names.push_back(policy.name);
  return names;
}

LiveAdmission::LiveAdmission(PolicyOptions options)
    : options_(std::move(options)), files_(files_of(options_)), now_(load_admission(options_)) {}

std::shared_ptr<const AdmissionSettings> LiveAdmission::now() const {
  const std::lock_guard lock(mutex_);
  return now_;
}

bool LiveAdmission::reload() {
  return reload(options_);
}

bool LiveAdmission::reload(PolicyOptions options) {
  std::string files = files_of(options);
  if (files == files_ && options == options_) return false;
  auto fresh = load_admission(options);
  files_ = std::move(files);
  options_ = std::move(options);
  const std::lock_guard lock(mutex_);
  now_.swap(fresh);  // the old one ends behind the lock, or with the last request that works with it
  return true;
}

}  // namespace dotdiag
