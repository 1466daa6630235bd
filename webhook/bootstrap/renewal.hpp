// Makes and renews the webhook's certificate so that no call of the API server ever meets one that it does not trust.
//
// The Secret holds two sets of CA, certificate and key: the one that is served, and during a renewal the next one. The
// webhook configuration trusts CAs. The order of a renewal is what makes it safe:
//
//   prepare   the next set is written into the Secret
//   trust     its CA is added to every caBundle; those that were there stay
//   settle    API servers learn of it
//   promote   the next set becomes the one that is served; each replica takes it up in its own time
//   prune     once every replica serves it, the CAs that nothing needs any more are taken out
//
// Nothing is kept between the steps but what the cluster holds, and each step is one write that fails where somebody
// else has written since. So it may be run twice, at the same time, or be killed anywhere: whoever comes next goes on
// from what is there. A CA's key is never kept: a renewal makes a new CA.
#pragma once

#include "webhook/certificates.hpp"

#include <chrono>
#include <functional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace dotdiag {

/// What the cluster holds. Texts are empty where something is missing.
struct Observation {
  Certificates current;
  Certificates next;
  std::vector<std::string> bundles;  ///< the caBundle of each entry of the webhook configuration, as PEM
};

/// Something did not work that may work in a moment: a connection, an answer of 500, an object that is not there yet.
struct Unavailable : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// The cluster, or a model of it. Each function may throw Unavailable, or InputError for what a person has to mend.
class Cluster {
 public:
  using Time = std::chrono::system_clock::time_point;

  virtual ~Cluster() = default;
  /// Looks at the configuration first and at the Secret then: so each CA in a bundle that was prepared by somebody is
  /// in the Secret too.
  virtual Observation observe() = 0;
  /// Writes the Secret. False, and nothing is written, where it has changed since it was observed.
  virtual bool store(const Certificates& current, const Certificates& next) = 0;
  /// Writes the bundles. False, and nothing is written, where the configuration has changed since it was observed.
  virtual bool trust(const std::vector<std::string>& bundles) = 0;
  /// What keeps the first replica that does not show this certificate (PEM), or cannot be asked; empty where every one
  /// does. There is a reason too where there is no replica.
  virtual std::string reason_not_served(const std::string& certificate) = 0;
  virtual void wait(std::chrono::seconds time) = 0;
  virtual Time now() = 0;
};

struct RenewalSettings {
  CertificateRequest request;                ///< for whom, and how long
  std::chrono::hours renew_before{24 * 90};  ///< how long before its end a certificate is renewed
  std::chrono::seconds settle{10};           ///< until every API server has read its webhook configurations again
  std::chrono::seconds timeout{120};         ///< for all of it
};

/// What comes next.
struct NextStep {
  enum class Kind { prepare, trust, settle_and_promote, promote, prune, done };
  Kind kind = Kind::done;
  std::string reason;                ///< a short phrase
  std::vector<std::string> bundles;  ///< with trust and prune: what they should be
};

NextStep next_step(const Observation& seen, const RenewalSettings& settings, Cluster::Time now);

/// Runs the steps until nothing is left to do. `report` is told of each: its name and the reason. CAs stay trusted, and
/// it is said why, where not every replica serves the certificate yet: a later run takes them out. Throws Unavailable
/// where it is not done in time, with what was in the way last.
void renew(Cluster& cluster, const RenewalSettings& settings,
           const std::function<void(std::string_view step, std::string_view reason)>& report);

}  // namespace dotdiag
