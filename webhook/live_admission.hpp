// What admission works with while the server runs: the policies can be replaced under load.
#pragma once

#include "webhook/admission.hpp"

#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace dotdiag {

/// Where policies come from, and which one `"true"` stands for.
struct PolicyOptions {
  std::string directory;  ///< empty: those that are built in
  std::string default_policy{default_policy_name};
  std::string own_namespace = {};  ///< see AdmissionSettings

  friend bool operator==(const PolicyOptions&, const PolicyOptions&) = default;
};

/// Throws InputError where a policy cannot be used or the default policy is not among them.
std::shared_ptr<const AdmissionSettings> load_admission(const PolicyOptions& options);

/// By name.
std::vector<std::string> policy_names(const AdmissionSettings& settings);

class LiveAdmission {
 public:
  /// Throws as load_admission does.
  explicit LiveAdmission(PolicyOptions options);

  /// What holds now: whoever answers a request works with this to its end. From any thread.
  std::shared_ptr<const AdmissionSettings> now() const;
  /// Loads the policies again where their files have changed; false where they have not. Throws as load_admission does,
  /// and what held before still holds.
  bool reload();
  /// The same with other options.
  bool reload(PolicyOptions options);

 private:
  PolicyOptions options_;
  std::string files_;  ///< names and bytes of what was loaded
  mutable std::mutex mutex_;
  std::shared_ptr<const AdmissionSettings> now_;
};

}  // namespace dotdiag
