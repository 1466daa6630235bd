// What dotdiag-patch writes for many pods is taken by those it is written for: each policy, each form of the patch.
#include "tests/e2e/cluster.hpp"
#include "tests/support/opted_in_workload.hpp"
#include "tests/support/places.hpp"

#include <catch2/catch.hpp>

#include <sstream>

using namespace dotdiag;
using namespace dotdiag::test;

namespace {

constexpr std::uint64_t pods_made = 120;

/// Pods as a prepared, a half-prepared or a careless manifest makes them: every third is left as it was written.
std::vector<Json> random_pods() {
  std::vector<Json> pods;
  for (std::uint64_t seed = 1; seed <= pods_made; ++seed) {
    Json object = opted_in_workload(seed);
    const Workload workload = *as_workload(object);
    const OptIn opt_in = read_opt_in(PodView(object, workload), PolicySet::builtin());
    if (seed % 3 != 0 && opt_in.invalid.empty()) evaluate(opt_in.policies, object, workload, opt_in.choices);
    const Json* spec = value_at(object, workload.pod_spec);
    if (spec == nullptr) continue;
    pods.push_back({{"apiVersion", "v1"},
                    {"kind", "Pod"},
                    {"metadata", {{"name", "random-" + std::to_string(seed)}}},
                    {"spec", *spec}});
  }
  return pods;
}

/// The pods that the API server takes, as it stores them.
std::vector<Json> live_pods() {
  std::vector<Json> live;
  for (Json& pod : stored(plane().api(), random_pods(), plane().new_namespace({"dotdiag.io/inject=false"})))
    if (!pod.is_null()) live.push_back(std::move(pod));
  return live;
}

ProcessResult build_patch(const Json& pod, const std::vector<std::string>& flags) {
  std::vector<std::string> argv = {build_path("patch/dotdiag-patch")};
  argv.insert(argv.end(), flags.begin(), flags.end());
  argv.emplace_back("-");
  return run_process(argv, {.input = pod.dump()});
}

struct Form {
  const char* output;
  const char* method;
  const char* content_type;
};

/// What the API server says against the patches of one form and policy, and how many there were.
std::size_t check_form(const std::vector<Json>& pods, const std::vector<std::string>& flags, const Form& form) {
  std::vector<ApiCall> calls;
  for (const Json& pod : pods) {
    std::vector<std::string> all = flags;
    all.insert(all.end(), {"--target-uid", "1654", "--target-gid", "1654", "-o", form.output});
    const ProcessResult patch = build_patch(pod, all);
    CHECK(patch.exit_code <= 1);
    if (patch.exit_code == 0)
      calls.push_back({form.method, debugger_path(pod) + "?dryRun=All", patch.out, form.content_type});
  }
  for (const ApiReply& reply : plane().api().call_all(calls))
    CHECK(reply.summary() == "200");
  return calls.size();
}

}  // namespace

TEST_CASE("each form of a patch for a random pod is taken, with each policy") {
  const Form forms[] = {{"strategic-merge", "PATCH", strategic_merge},
                        {"json-patch", "PATCH", json_patch},
                        {"pod", "PUT", "application/json"}};
  const std::vector<std::string> choices[] = {{"--policy", "dotnet-dump"},
                                              {"--policy", "dotnet-dump-restricted"},
                                              {"--policy", "dotnet-monitor"},
                                              {"--policy", "dotnet-dump", "--mode", "procroot"}};
  const AuditTrail trail;
  const std::vector<Json> pods = live_pods();
  for (const Form& form : forms) {
    for (const auto& flags : choices) {
      INFO(form.output << ", " << flags.back());
      CHECK(check_form(pods, flags, form) > 5);
    }
  }
  CHECK(trail.faults() == std::vector<std::string>{});
}

TEST_CASE("kubectl debug takes the custom profile, and the server what kubectl makes of it") {
  std::size_t taken = 0;
  for (const Json& pod : live_pods()) {
    if (taken == 10) break;
    const ProcessResult custom = build_patch(pod, {"--target-uid", "1654", "-o", "kubectl-custom"});
    const auto command = custom.err.find("kubectl debug ");
    if (custom.exit_code != 0 || command == std::string::npos) continue;
    const TemporaryDirectory directory;
    directory.write("debugger.json", custom.out);
    std::vector<std::string> arguments;
    std::istringstream words(custom.err.substr(command, custom.err.find('\n', command) - command));
    for (std::string word; words >> word;)
      if (word != "kubectl" && word != "-it")
        arguments.push_back(word.rfind("--custom=", 0) == 0 ? "--custom=" + directory / "debugger.json" : word);
    const ProcessResult result = plane().kubectl(arguments);
    INFO(custom.err);
    CHECK(result.err.find("rror") == std::string::npos);
    CHECK(result.exit_code == 0);
    ++taken;
  }
  CHECK(taken == 10);
}

TEST_CASE("the plugin says what a pod lacks, and shows what the server would make of the debugger") {
  const std::string name_space = plane().new_namespace();
  plane().apply(Json::parse(R"({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "bare"},
    "spec": {"containers": [{"name": "app", "image": "registry.example.com/shop/web:1"}]}})"),
                name_space);
  const auto plugin = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), build_path("patch/plugin/kubectl-dotdiag"));
    arguments.insert(arguments.end(), {"--namespace", name_space});
    return run_process(arguments, {.environment = plane().environment()});
  };
  const ProcessResult check = plugin({"check", "bare"});
  CHECK(check.exit_code == 1);
  CHECK((check.out + check.err).find("shared-tmp") != std::string::npos);

  const ProcessResult dry = plugin({"inject", "bare", "--mode", "procroot", "--dry-run=server", "--yes"});
  INFO(dry.out << dry.err);
  CHECK(dry.exit_code == 0);
  CHECK((dry.out + dry.err).find("dump-debugger") != std::string::npos);
  CHECK(!plane().get({"pod", "bare", "--namespace", name_space}).at("spec").contains("ephemeralContainers"));
}

TEST_CASE("the Role for those who inject is enough, and needed") {
  const std::string name_space = plane().new_namespace();
  plane().apply(Json::parse(R"({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "web"},
    "spec": {"containers": [{"name": "app", "image": "registry.example.com/shop/web:1"}]}})"),
                name_space);
  const auto debug = [&](const std::string& name) {
    return plane().kubectl({"debug", "--as=jane", "--namespace", name_space, "pod/web", "--image=busybox",
                            "--profile=general", "--container=" + name});
  };
  CHECK(debug("before").exit_code != 0);
  const std::string role = source_path("manifests/role-inject.yaml");
  plane().kubectl_out({"apply", "--namespace", name_space, "--filename", role});
  plane().kubectl_out(
      {"create", "rolebinding", "jane", "--namespace", name_space, "--user=jane", "--role=dotdiag-inject"});
  const ProcessResult allowed = debug("after");
  INFO(allowed.err);
  CHECK(allowed.exit_code == 0);
}
