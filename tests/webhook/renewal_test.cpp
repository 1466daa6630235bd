// The renewal of the certificate: each step by itself, and many runs at a time against a model of the cluster.
#include "webhook/bootstrap/renewal.hpp"
#include "core/document/error.hpp"
#include "webhook/bootstrap/pem.hpp"

#include <catch2/catch.hpp>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <random>
#include <thread>

namespace dotdiag::test {
namespace {

using Kind = NextStep::Kind;
using std::chrono::seconds;

constexpr const char* name = "dotdiag-webhook.dotdiag-system.svc";

Certificates made(int days, int ca_days = 0, int starts_in_days = 0) {
  return make_certificates({{name}, {}, days, ca_days, starts_in_days});
}

RenewalSettings usual() {
  RenewalSettings settings;
  settings.request.dns_names = {name};
  return settings;
}

Cluster::Time now() {
  return std::chrono::system_clock::now();
}

/// OpenSSL writes the same certificate always the same.
bool trusts(const std::string& bundle, const std::string& ca) {
  return bundle.find(ca) != std::string::npos;
}

NextStep step_for(const Observation& seen) {
  return next_step(seen, usual(), now());
}

}  // namespace

TEST_CASE("a certificate that is good and trusted is left alone") {
  const Certificates good = made(365);
  CHECK(step_for({good, {}, {good.ca, good.ca}}).kind == Kind::done);
}

TEST_CASE("a certificate that cannot serve, or not for long, is made anew") {
  const Certificates good = made(365);
  const Certificates other = made(365);
  const Certificates sets[] = {
      {},
      {"rubbish", "rubbish", "rubbish"},
      {good.ca, good.certificate, other.key},
      {other.ca, good.certificate, good.key},
      {good.ca, good.certificate, ""},
      made(89),
      made(365, 89),
      made(10, 0, -20),
      made(365, 0, 2),
      make_certificates({{"other.example"}, {}}),
  };
  for (const Certificates& current : sets)
    CHECK(step_for({current, {}, {current.ca}}).kind == Kind::prepare);
  CHECK(step_for({{}, {}, {""}}).reason == "the certificate that is served: there is none");
  CHECK(step_for({made(91), {}, {""}}).kind == Kind::trust);
}

TEST_CASE("the next certificate is trusted everywhere, beside what is there, before it is served") {
  const Certificates old = made(10);
  const Certificates next = made(365);
  const NextStep step = step_for({old, next, {old.ca, next.ca, ""}});
  REQUIRE(step.kind == Kind::trust);
  for (const std::string& bundle : step.bundles) {
    CHECK(trusts(bundle, old.ca));
    CHECK(trusts(bundle, next.ca));
  }
  CHECK(step_for({old, next, step.bundles}).kind == Kind::settle_and_promote);
}

TEST_CASE("nobody waits for a certificate to settle where none can be served yet") {
  const Certificates next = made(365);
  CHECK(step_for({{}, next, {next.ca}}).kind == Kind::promote);
}

TEST_CASE("a next certificate that is no good is replaced, or forgotten where the one that is served is good") {
  const Certificates old = made(10);
  const Certificates good = made(365);
  const Certificates ended = made(10, 0, -20);
  CHECK(step_for({old, ended, {old.ca}}).kind == Kind::prepare);
  CHECK(step_for({good, ended, {good.ca}}).kind == Kind::done);
}

TEST_CASE("what a person put into a bundle stays, in its place") {
  // Not of our name: the leaf of another set will do as somebody's CA.
  const std::string foreign = made(365).certificate;
  const Certificates old = made(10);
  const Certificates good = made(365);
  const NextStep step = step_for({good, {}, {foreign + old.ca + good.ca}});
  REQUIRE(step.kind == Kind::prune);
  CHECK(step.bundles.front() == foreign + good.ca);
}

namespace {

/// A run was killed: it does nothing more.
struct Killed {};

/// The cluster as it is: what is stored, what API servers have read of it so far, what replicas serve.
struct World {
  std::mt19937_64 random;
  Cluster::Time now = dotdiag::test::now();
  Certificates current, next;
  int secret_version = 0;
  std::vector<std::string> bundles;
  int configuration_version = 0;
  /// What was trusted until when: an API server may still go by it for `lag`.
  std::deque<std::pair<Cluster::Time, std::vector<std::string>>> before;
  std::vector<Certificates> served;
  seconds lag{9};
  bool is_live = false;  ///< all replicas serve, and are trusted: from now on it must stay so
  std::string fault;

  bool chance(int percent) { return static_cast<int>(random() % 100) < percent; }

  void pass(seconds time) {
    now += time;
    while (!before.empty() && before.front().first + lag < now)
      before.pop_front();
    for (Certificates& one : served)
      if (chance(20)) one = current;
    check();
  }

  void set_bundles(const std::vector<std::string>& fresh) {
    before.emplace_back(now, bundles);
    bundles = fresh;
    ++configuration_version;
    check();
  }

  bool is_trusted(const Certificates& one) const {
    const auto in_all = [&](const std::vector<std::string>& all) {
      for (const std::string& bundle : all)
        if (one.ca.empty() || !trusts(bundle, one.ca)) return false;
      return true;
    };
    for (const auto& [until, all] : before)
      if (!in_all(all)) return false;
    return in_all(bundles);
  }

  /// Each call of any API server to any replica succeeds, once that was so.
  void check() {
    bool all = true;
    for (const Certificates& one : served)
      all = all && is_trusted(one);
    if (is_live && !all) fault = "a replica serves what an API server does not trust";
    is_live = is_live || all;
  }
};

/// Lets one run at a time make one call. Which one is next is the seed's choice.
class Scheduler {
 public:
  explicit Scheduler(World& world) : world_(world) {}

  void add(int run) {
    const std::lock_guard lock(mutex_);
    waiting_.push_back(run);
  }

  /// Blocks until it is this run's turn.
  void take_turn(int run) {
    std::unique_lock lock(mutex_);
    if (active_ == run) choose();
    turn_.wait(lock, [&] { return active_ == run; });
  }

  void leave(int run) {
    const std::lock_guard lock(mutex_);
    std::erase(waiting_, run);
    choose();
  }

  void begin() {
    const std::lock_guard lock(mutex_);
    choose();
  }

 private:
  void choose() {
    active_ = waiting_.empty() ? -1 : waiting_[world_.random() % waiting_.size()];
    turn_.notify_all();
  }

  World& world_;
  std::mutex mutex_;
  std::condition_variable turn_;
  std::vector<int> waiting_;
  int active_ = -1;
};

/// The world as one run sees it. Now and then a call fails, or the run is killed before or after its call.
class Model : public Cluster {
 public:
  Model(World& world, Scheduler& scheduler, int run) : world_(world), scheduler_(scheduler), run_(run) {}

  Observation observe() override {
    turn();
    const std::vector<std::string> bundles = world_.bundles;
    configuration_version_ = world_.configuration_version;
    turn();  // others may write between the two
    secret_version_ = world_.secret_version;
    return {world_.current, world_.next, bundles};
  }

  bool store(const Certificates& current, const Certificates& next) override {
    turn();
    if (secret_version_ != world_.secret_version) return false;
    world_.current = current;
    world_.next = next;
    ++world_.secret_version;
    die_perhaps();
    return true;
  }

  bool trust(const std::vector<std::string>& bundles) override {
    turn();
    if (configuration_version_ != world_.configuration_version) return false;
    world_.set_bundles(bundles);
    die_perhaps();
    return true;
  }

  std::string reason_not_served(const std::string& certificate) override {
    turn();
    for (const Certificates& one : world_.served)
      if (one.certificate != certificate) return "the replica serves another one";
    return "";
  }

  void wait(seconds time) override {
    for (seconds passed{0}; passed < time; ++passed)
      pass();
  }

  Time now() override { return world_.now; }

 private:
  void pass() {
    scheduler_.take_turn(run_);
    world_.pass(seconds(1));
    die_perhaps();
  }
  void turn() {
    pass();
    if (world_.chance(3)) throw Unavailable("503");
  }
  void die_perhaps() {
    if (world_.chance(2)) throw Killed();
  }

  World& world_;
  Scheduler& scheduler_;
  const int run_;
  int secret_version_ = -1;
  int configuration_version_ = -1;
};

void run_at_once(World& world, int runs) {
  Scheduler scheduler(world);
  const auto settings = [&] {
    RenewalSettings chosen = usual();
    chosen.timeout = seconds(100'000);
    if (world.chance(40)) chosen.renew_before = std::chrono::hours(24 * 20);  // what is due to others is good to it
    return chosen;
  };
  std::vector<std::thread> threads;
  for (int run = 0; run < runs; ++run)
    scheduler.add(run);
  for (int run = 0; run < runs; ++run) {
    threads.emplace_back([&, run, settings = settings()] {
      try {
        Model model(world, scheduler, run);
        renew(model, settings, [](std::string_view, std::string_view) {});
      } catch (const Killed&) {
      }
      scheduler.leave(run);
    });
  }
  scheduler.begin();
  for (std::thread& thread : threads)
    thread.join();
}

/// A state that somebody may find, and its replicas.
World world_of(unsigned seed) {
  World world;
  world.random.seed(seed);
  const Certificates old = made(seed % 2 == 0 ? 30 : 400, seed % 4 == 1 ? 30 : 0);
  if (seed % 5 != 0) world.current = old;
  if (seed % 7 == 0) world.next = made(365);
  world.bundles = {world.current.ca, seed % 11 == 0 ? "" : world.current.ca};
  world.served.assign(1 + seed % 3, world.current);
  world.check();
  return world;
}

}  // namespace

TEST_CASE("however many runs at a time, killed anywhere, no API server ever meets a certificate it does not trust") {
  for (unsigned seed = 0; seed < 60; ++seed) {
    INFO("seed " << seed);
    World world = world_of(seed);
    for (int round = 0; round < 6; ++round) {
      run_at_once(world, 1 + static_cast<int>(seed % 3));
      world.pass(seconds(60));
    }
    // In the end somebody comes who is left alone, and the replicas catch up.
    const auto step = [&] { return next_step({world.current, world.next, world.bundles}, usual(), world.now).kind; };
    for (int round = 0; round < 40 && step() != Kind::done; ++round) {
      run_at_once(world, 1);
      world.pass(seconds(60));
    }
    for (Certificates& one : world.served)
      one = world.current;
    world.check();
    CHECK(world.fault == "");
    CHECK(world.is_live);
    CHECK(step() == Kind::done);
    for (const std::string& bundle : world.bundles)
      CHECK(read_pem_certificates(bundle).size() == 1);
  }
}

namespace {

/// Answers always the same.
class StuckCluster : public Cluster {
 public:
  Observation seen;
  bool conflicts = false;
  std::optional<std::string> problem;
  Time time = dotdiag::test::now();

  Observation observe() override {
    time += seconds(1);
    if (problem) throw Unavailable(*problem);
    return seen;
  }
  bool store(const Certificates&, const Certificates&) override { return !conflicts; }
  bool trust(const std::vector<std::string>&) override { return !conflicts; }
  std::string reason_not_served(const std::string&) override { return "it does not answer"; }
  void wait(seconds time_) override { time += time_; }
  Time now() override { return time; }
};

}  // namespace

TEST_CASE("a run that cannot be done ends in time, and says what was in the way") {
  const auto nobody = [](std::string_view, std::string_view) {};
  StuckCluster unreachable;
  unreachable.problem = "connection refused";
  CHECK_THROWS_WITH(renew(unreachable, usual(), nobody), "not done within 120 s: connection refused");
  StuckCluster contended;
  contended.conflicts = true;
  CHECK_THROWS_WITH(renew(contended, usual(), nobody), "not done within 120 s: somebody else kept writing");
}

TEST_CASE("an old CA stays trusted, aloud, while a replica does not serve the new certificate") {
  StuckCluster cluster;
  const Certificates good = made(365);
  cluster.seen = {good, {}, {made(10).ca + good.ca}};
  std::string last;
  renew(cluster, usual(),
        [&](std::string_view step, std::string_view reason) { last = std::string(step) + ": " + std::string(reason); });
  CHECK(last == "keep: the CAs before this one stay trusted for now: it does not answer");
}

}  // namespace dotdiag::test
