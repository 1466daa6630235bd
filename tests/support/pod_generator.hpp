// Random workloads for property tests: ordinary ones, and ones with missing, null, empty and odd parts.
#pragma once

#include "core/document/json.hpp"

#include <cstdint>
#include <initializer_list>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace dotdiag::test {

/// Makes one workload after the other from a seed; the same seed makes the same workloads.
class PodGenerator {
 public:
  explicit PodGenerator(std::uint64_t seed) : random_(seed) {}

  /// A workload of any kind, with or without a template that makes sense.
  Json workload() {
    const auto& [api_version, kind] = pick<std::pair<const char*, const char*>>({{"apps/v1", "Deployment"},
                                                                                 {"apps/v1", "StatefulSet"},
                                                                                 {"apps/v1", "DaemonSet"},
                                                                                 {"apps/v1", "ReplicaSet"},
                                                                                 {"batch/v1", "Job"},
                                                                                 {"batch/v1", "CronJob"},
                                                                                 {"argoproj.io/v1alpha1", "Rollout"},
                                                                                 {"v1", "Pod"}});
    Json object = Json::object({{"apiVersion", api_version}, {"kind", kind}, {"metadata", metadata("web")}});
    Json pod = Json::object({{"metadata", metadata("")}, {"spec", spec()}});
    if (std::string(kind) == "Pod") {
      object["spec"] = pod["spec"];
    } else if (std::string(kind) == "CronJob") {
      object["spec"]["jobTemplate"]["spec"]["template"] = std::move(pod);
    } else {
      object["spec"]["template"] = std::move(pod);
    }
    return object;
  }

  /// True once in `times`.
  bool once_in(int times) { return std::uniform_int_distribution<int>(1, times)(random_) == 1; }

  int number(int least, int most) { return std::uniform_int_distribution<int>(least, most)(random_); }

  template <typename T>
  T pick(std::initializer_list<T> choices) {
    return *(choices.begin() + number(0, static_cast<int>(choices.size()) - 1));
  }

 private:
  /// Sets a member to a value, or to null or something empty, or not at all.
  void maybe(Json& object, const char* key, Json value) {
    if (once_in(3)) return;
    if (once_in(12)) value = nullptr;
    if (once_in(300)) value = odd();
    object[key] = std::move(value);
  }

  Json odd() {
    return pick<Json>({"text", 7, true, Json::array(), Json::object(), Json::array({nullptr}), Json::array({"x"}),
                       Json::object({{"a", nullptr}}), 1.5, ""});
  }

  Json metadata(const char* name) {
    Json metadata = Json::object();
    if (*name != '\0') metadata["name"] = name;
    maybe(metadata, "labels", Json::object({{"app", "web"}}));
    if (once_in(3)) maybe(metadata, "annotations", Json::object({{"example.com/a~b", "1"}}));
    return metadata;
  }

  Json spec() {
    Json spec = Json::object();
    Json containers = Json::array();
    const int count = once_in(40) ? 0 : number(1, 3);
    for (int index = 0; index < count; ++index)
      containers.push_back(container(index));
    if (!once_in(100)) spec["containers"] = std::move(containers);
    if (once_in(4)) spec["initContainers"] = Json::array({container(8)});
    if (once_in(3)) maybe(spec, "volumes", volumes());
    if (once_in(3)) maybe(spec, "shareProcessNamespace", pick<Json>({true, false}));
    if (once_in(15)) maybe(spec, "hostPID", pick<Json>({true, false}));
    if (once_in(4)) maybe(spec, "securityContext", security_context());
    if (once_in(30))
      maybe(spec, "nodeSelector", Json::object({{"kubernetes.io/os", pick<const char*>({"linux", "windows"})}}));
    return spec;
  }

  Json container(int index) {
    Json container = Json::object(
        {{"name", index == 0 ? "app" : "side-" + std::to_string(index)},
         {"image", pick<const char*>({"registry.example.com/shop/web:1.4", "mcr.microsoft.com/dotnet/aspnet:10.0",
                                      "envoyproxy/envoy:v1.27"})}});
    if (once_in(2)) maybe(container, "env", env());
    if (once_in(6))
      maybe(container, "envFrom", Json::array({Json::object({{"configMapRef", Json::object({{"name", "web"}})}})}));
    if (once_in(2)) maybe(container, "volumeMounts", mounts());
    if (once_in(3)) maybe(container, "securityContext", container_security_context());
    if (once_in(3)) {
      const Json limits = Json::object({{"memory", pick<Json>({"512Mi", "2Gi", "1.5G", "64M", "lots", 1000000})}});
      maybe(container, "resources", Json::object({{"limits", limits}}));
    }
    if (index == 8 && once_in(2)) container["restartPolicy"] = "Always";
    return container;
  }

  Json env() {
    Json env = Json::array();
    for (int count = number(0, 4); count > 0; --count) {
      Json variable =
          Json::object({{"name", pick<const char*>({"TMPDIR", "COMPlus_EnableDiagnostic", "DOTNET_EnableDiagnostics",
                                                    "COMPlus_EnableDiagnostics", "DOTNET_EnableDiagnostics_IPC",
                                                    "DOTNET_DiagnosticPorts", "ASPNETCORE_URLS", "BASE"})}});
      const Json source = Json::object({{"fieldRef", Json::object({{"fieldPath", "status.podIP"}})}});
      if (once_in(8)) {
        variable["valueFrom"] = source;
      } else if (!once_in(15)) {
        variable["value"] = pick<Json>({"0", "1", "/tmp", "/var/tmp/", "$(BASE)/tmp", "/tmp/$(NODE)", "", "relative",
                                        "/", "false", "/diag/dotnet-monitor.sock",
                                        "/diag/dotnet-monitor.sock,nosuspend", "/other.sock;", "$$(BASE)", "//tmp/./"});
      }
      env.push_back(std::move(variable));
    }
    return env;
  }

  Json volumes() {
    Json volumes = Json::array();
    for (const char* name : {"cache-volume", "cache-volume-dotdiag", "diagvol", "data"}) {
      if (once_in(2)) continue;
      Json volume = Json::object({{"name", name}});
      const Json claim = Json::object({{"claimName", "data"}});
      switch (number(0, 4)) {
        case 0:
          volume["configMap"] = Json::object({{"name", "web"}});
          break;
        case 1:
          volume["persistentVolumeClaim"] = claim;
          break;
        case 2:
          volume["emptyDir"] = nullptr;
          break;
        case 3:
          volume["emptyDir"] = Json::object({{"medium", "Memory"}});
          break;
        default:
          volume["emptyDir"] = Json::object();
          break;
      }
      volumes.push_back(std::move(volume));
    }
    return volumes;
  }

  Json mounts() {
    Json mounts = Json::array();
    for (int count = number(0, 3); count > 0; --count) {
      Json mount = Json::object(
          {{"name", pick<const char*>({"cache-volume", "cache-volume-dotdiag", "diagvol", "data", "gone"})},
           {"mountPath", pick<const char*>({"/tmp", "/tmp/", "/tmp/cache", "/var", "/diag", "/dotdiag", "/data"})}});
      if (once_in(6)) mount["readOnly"] = true;
      if (once_in(8)) mount["subPath"] = "part";
      mounts.push_back(std::move(mount));
    }
    return mounts;
  }

  Json security_context() {
    Json context = Json::object();
    maybe(context, "runAsUser", pick<Json>({0, 1000, 1654}));
    maybe(context, "runAsNonRoot", pick<Json>({true, false}));
    return context;
  }

  Json container_security_context() {
    Json context = security_context();
    Json capabilities = Json::object();
    maybe(capabilities, "drop", pick<Json>({Json::array({"ALL"}), Json::array({"SYS_PTRACE"}), Json::array()}));
    maybe(capabilities, "add",
          pick<Json>({Json::array({"NET_BIND_SERVICE"}), Json::array({"CAP_SYS_PTRACE"}), Json::array()}));
    maybe(context, "capabilities", std::move(capabilities));
    if (once_in(10)) context["privileged"] = true;
    return context;
  }

  std::mt19937_64 random_;
};

}  // namespace dotdiag::test
