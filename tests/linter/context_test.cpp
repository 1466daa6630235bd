// What the other objects of the input say about where workloads run.
#include "linter/context.hpp"
#include "tests/support/temporary_directory.hpp"

#include <catch2/catch.hpp>

namespace dotdiag::test {
namespace {

Context context_of(const std::string& text, const Surroundings& everywhere = {}) {
  const TemporaryDirectory directory;
  directory.write("a.yaml", text);
  return read_context(everywhere, find_inputs({directory / "a.yaml"}));
}

}  // namespace

TEST_CASE("a Namespace says what Pod Security its workloads meet, wherever it stands in the input") {
  const Context context = context_of(R"(apiVersion: v1
kind: List
items:
  - apiVersion: v1
    kind: Namespace
    metadata: {name: shop, labels: {pod-security.kubernetes.io/enforce: restricted}}
  - apiVersion: v1
    kind: Namespace
    metadata: {name: tools, labels: {pod-security.kubernetes.io/warn: restricted}}
---
apiVersion: v1
kind: Namespace
metadata: {name: odd, labels: {pod-security.kubernetes.io/enforce: strict}}
)");
  CHECK(context.of("shop").pod_security == PodSecurity::restricted);
  for (const char* name : {"tools", "odd", "other", ""})
    CHECK(context.of(name).pod_security == PodSecurity::unknown);
}

TEST_CASE("a ConfigMap of the input says what its keys are") {
  const Context context =
      context_of("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: runtime, namespace: shop}\ndata: {ipc: \"0\"}\n");
  CHECK(context.config_maps().find("shop", "runtime", "ipc") == "0");
  CHECK_FALSE(context.config_maps().find("", "runtime", "ipc"));
}

TEST_CASE("a Namespace wins over what was said for all of them") {
  Surroundings asked;
  asked.pod_security = PodSecurity::privileged;
  const Context context = context_of(
      "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop, labels: {pod-security.kubernetes.io/enforce: "
      "baseline}}\n",
      asked);
  CHECK(context.of("shop").pod_security == PodSecurity::baseline);
  CHECK(context.of("other").pod_security == PodSecurity::privileged);
}

TEST_CASE("a Namespace opts its workloads in, unless the webhook is not sent them") {
  const Context context = context_of(R"(apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {dotdiag.io/inject-default: "true"}}
---
apiVersion: v1
kind: Namespace
metadata: {name: tools, labels: {dotdiag.io/inject-default: dotnet-monitor, pod-security.kubernetes.io/enforce: baseline}}
---
apiVersion: v1
kind: Namespace
metadata: {name: off, labels: {dotdiag.io/inject-default: "false"}}
---
apiVersion: v1
kind: Namespace
metadata: {name: left-out, labels: {dotdiag.io/inject-default: "true", dotdiag.io/inject: "false"}}
)");
  CHECK(context.of("shop").inject_default == "true");
  CHECK(context.of("shop").pod_security == PodSecurity::unknown);
  CHECK(context.of("tools").inject_default == "dotnet-monitor");
  CHECK(context.of("tools").pod_security == PodSecurity::baseline);
  for (const char* name : {"off", "left-out", "other", ""})
    CHECK(context.of(name).inject_default == "");
}

TEST_CASE("a claim is known by namespace and name, and is shared where several nodes may write") {
  const Context context = context_of(R"(apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: uploads, namespace: shop}
spec: {accessModes: [ReadWriteOnce, ReadWriteMany]}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data, namespace: shop}
spec: {accessModes: [ReadWriteOnce]}
)");
  const auto& claims = context.of("shop").claims;
  CHECK(claims.at({"shop", "uploads"}));
  CHECK_FALSE(claims.at({"shop", "data"}));
}

TEST_CASE("odd objects teach nothing and do no harm") {
  const char* odd[] = {"kind: Namespace\n# pod-security.kubernetes.io/enforce\n",
                       "kind: Namespace\nmetadata: 3 # pod-security.kubernetes.io/enforce\n",
                       "kind: Namespace\nmetadata: {name: [], labels: [pod-security.kubernetes.io/enforce]}\n",
                       "kind: PersistentVolumeClaim\nspec: none\nmetadata: {name: 7}\n",
                       "[PersistentVolumeClaim]\n",
                       "{{ PersistentVolumeClaim }}\n: :\n"};
  for (const char* text : odd) {
    INFO(text);
    CHECK(context_of(text).of("").pod_security == PodSecurity::unknown);
  }
}

}  // namespace dotdiag::test
