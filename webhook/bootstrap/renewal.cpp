#include "webhook/bootstrap/renewal.hpp"

#include "webhook/bootstrap/pem.hpp"
#include "webhook/server_certificate.hpp"

#include <algorithm>
#include <optional>

namespace dotdiag {
namespace {

using Time = Cluster::Time;
using Kind = NextStep::Kind;

/// CAs of ours, which pruning may take out; whatever else a person put into a bundle stays.
constexpr std::string_view ca_name = "dotdiag-webhook CA";

bool is_empty(const Certificates& set) {
  return set.ca.empty() && set.certificate.empty() && set.key.empty();
}

/// Why nobody could be served with this set at `now`; empty where it is sound.
std::string fault_of(const Certificates& set, const CertificateRequest& request, Time now) {
  if (is_empty(set)) return "there is none";
  const auto leaves = read_pem_certificates(set.certificate);
  const auto cas = read_pem_certificates(set.ca);
  if (leaves.empty() || cas.size() != 1) return "it cannot be read";
  const PemCertificate& leaf = leaves.front();
  if (!is_key_of(leaf, set.key)) return "its key is another one's";
  if (!is_signed_by(leaf, cas.front())) return "its CA did not sign it";
  for (const std::string& name : request.dns_names)
    if (!std::binary_search(leaf.facts.names.begin(), leaf.facts.names.end(), name)) return "it lacks the name " + name;
  for (const PemCertificate* one : {&leaf, &cas.front()}) {
    if (now >= one->facts.not_after) return "it ended at " + utc_text(one->facts.not_after);
    if (now < one->facts.not_before) return "it begins at " + utc_text(one->facts.not_before);
  }
  return {};
}

/// Why a set that is sound should be renewed; empty where it is early for that.
std::string reason_to_renew(const Certificates& set, std::chrono::hours before, Time now) {
  const Time leaf_end = read_pem_certificates(set.certificate).front().facts.not_after;
  const Time end = std::min(leaf_end, read_pem_certificates(set.ca).front().facts.not_after);
  return now + before < end ? "" : "it ends at " + utc_text(end);
}

bool holds(const std::vector<PemCertificate>& all, const PemCertificate& one) {
  return std::any_of(all.begin(), all.end(), [&](const PemCertificate& other) { return other.der == one.der; });
}

/// The bundles with the CAs in `pem` in each.
std::vector<std::string> with_trust(std::vector<std::string> bundles, const std::string& pem) {
  for (std::string& bundle : bundles) {
    auto trusted = read_pem_certificates(bundle);
    const std::size_t before = trusted.size();
    for (PemCertificate& ca : read_pem_certificates(pem))
      if (!holds(trusted, ca)) trusted.push_back(std::move(ca));
    if (trusted.size() != before) bundle = write_pem_certificates(trusted);
  }
  return bundles;
}

/// The bundles without CAs of ours other than `pem`.
std::vector<std::string> without_others(std::vector<std::string> bundles, const std::string& pem) {
  const auto needed = read_pem_certificates(pem);
  for (std::string& bundle : bundles) {
    auto trusted = read_pem_certificates(bundle);
    const auto is_left = [&](const PemCertificate& ca) {
      return ca.facts.common_name == ca_name && !holds(needed, ca);
    };
    if (std::erase_if(trusted, is_left) > 0) bundle = write_pem_certificates(trusted);
  }
  return bundles;
}

/// One run of the steps.
class Renewal {
 public:
  using Report = std::function<void(std::string_view, std::string_view)>;

  Renewal(Cluster& cluster, const RenewalSettings& settings, const Report& report)
      : cluster_(cluster), settings_(settings), report_(report), deadline_(cluster.now() + settings.timeout) {}

  void run() {
    while (tries_step())
      pause();
  }

 private:
  /// False where nothing is left to do. What does not work now is tried again in a moment.
  bool tries_step() {
    try {
      return take_step();
    } catch (const Unavailable& error) {
      last_problem_ = error.what();
      pause_ = std::chrono::seconds(1);
      return true;
    }
  }

  bool take_step() {
    const Observation seen = cluster_.observe();
    const NextStep step = next_step(seen, settings_, cluster_.now());
    if (step.kind != Kind::settle_and_promote || seen.next.ca != settling_) trusted_since_.reset();
    settling_ = seen.next.ca;
    switch (step.kind) {
      case Kind::done:
        report_("done", step.reason);
        return false;
      case Kind::prepare:
        written("prepare", step, cluster_.store(seen.current, make_certificates(settings_.request)));
        return true;
      case Kind::trust:
        written("trust", step, cluster_.trust(step.bundles));
        return true;
      case Kind::settle_and_promote:
        if (!is_settled(step)) return true;
        [[fallthrough]];
      case Kind::promote:
        written("promote", step, cluster_.store(seen.next, {}));
        return true;
      case Kind::prune:
        return prune(seen, step);
    }
    return false;
  }

  bool prune(const Observation& seen, const NextStep& step) {
    if (const std::string reason = cluster_.reason_not_served(seen.current.certificate); !reason.empty()) {
      report_("keep", "the CAs before this one stay trusted for now: " + reason);
      return false;
    }
    written("prune", step, cluster_.trust(step.bundles));
    return true;
  }

  /// The next CA has been trusted, without a break, for as long as it takes until every API server knows it.
  bool is_settled(const NextStep& step) {
    if (!trusted_since_) {
      trusted_since_ = cluster_.now();
      report_("settle", step.reason);
    }
    const auto left = *trusted_since_ + settings_.settle - cluster_.now();
    if (left <= Time::duration::zero()) return true;
    pause_ = std::chrono::ceil<std::chrono::seconds>(left);
    return false;
  }

  void written(std::string_view name, const NextStep& step, bool is_written) {
    report_(name, is_written ? std::string_view(step.reason) : "somebody else has written meanwhile: looking again");
    if (!is_written) last_problem_ = "somebody else kept writing";
  }

  /// Between two steps.
  void pause() {
    if (cluster_.now() + pause_ > deadline_)
      throw Unavailable("not done within " + std::to_string(settings_.timeout.count()) + " s: " + last_problem_);
    if (pause_.count() > 0) cluster_.wait(pause_);
    pause_ = std::chrono::seconds(0);
  }

  Cluster& cluster_;
  const RenewalSettings& settings_;
  const Report& report_;
  const Time deadline_;
  std::string settling_;  ///< the next CA
  std::optional<Time> trusted_since_;
  std::chrono::seconds pause_{0};
  std::string last_problem_ = "the time is too short";
};

}  // namespace

NextStep next_step(const Observation& seen, const RenewalSettings& settings, Time now) {
  const std::string fault = fault_of(seen.current, settings.request, now);
  if (fault_of(seen.next, settings.request, now).empty()) {
    auto bundles = with_trust(seen.bundles, seen.next.ca + seen.current.ca);
    if (bundles != seen.bundles) return {Kind::trust, "the next certificate's CA", std::move(bundles)};
    if (!fault.empty()) return {Kind::promote, "the one that is served: " + fault, {}};
    return {Kind::settle_and_promote, "API servers learn of the next certificate's CA", {}};
  }
  if (!fault.empty()) return {Kind::prepare, "the certificate that is served: " + fault, {}};
  if (std::string reason = reason_to_renew(seen.current, settings.renew_before, now); !reason.empty())
    return {Kind::prepare, "the certificate that is served: " + reason, {}};
  if (auto bundles = with_trust(seen.bundles, seen.current.ca); bundles != seen.bundles)
    return {Kind::trust, "the certificate's CA", std::move(bundles)};
  if (auto bundles = without_others(seen.bundles, seen.current.ca); bundles != seen.bundles)
    return {Kind::prune, "every replica serves the certificate", std::move(bundles)};
  const auto end = read_pem_certificates(seen.current.certificate).front().facts.not_after;
  return {Kind::done, "the certificate is good until " + utc_text(end), {}};
}

void renew(Cluster& cluster, const RenewalSettings& settings,
           const std::function<void(std::string_view step, std::string_view reason)>& report) {
  Renewal(cluster, settings, report).run();
}

}  // namespace dotdiag
