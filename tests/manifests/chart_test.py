"""The chart and kustomize install the same; and each value of the chart does what it says."""

import json
import os
import re
import tempfile
import unittest

import rendering
import yaml
from rendering import charted, helm, kustomized

# All that may differ, and why.
LABELS_OF_HELM = {"app.kubernetes.io/instance", "app.kubernetes.io/version", "app.kubernetes.io/managed-by", "helm.sh/chart"}
MADE_BY_HELM_ITSELF = ("Namespace", "dotdiag-system")  # --create-namespace
# A Job's template cannot be changed, so each revision of a release has a Job of its own.
JOB = ("Job", "dotdiag-webhook-bootstrap")
JOB_OF_REVISION_1 = ("Job", "dotdiag-webhook-bootstrap-1")


def without_labels_of_helm(item):
    for label in LABELS_OF_HELM:
        del item["metadata"]["labels"][label]
    return item


def as_kustomize_would(objects):
    result = {identity: without_labels_of_helm(item) for identity, item in objects.items()}
    if JOB_OF_REVISION_1 in result:
        job = result[JOB] = result.pop(JOB_OF_REVISION_1)
        job["metadata"]["name"] = JOB[1]
    return result


def pods_of(objects):
    """The pods' specs, by the workload's kind."""
    pods = {}
    for (kind, _), item in objects.items():
        if kind in ("Deployment", "Job"):
            pods[kind] = item["spec"]["template"]["spec"]
        elif kind == "CronJob":
            pods[kind] = item["spec"]["jobTemplate"]["spec"]["template"]["spec"]
    return pods


def webhooks(*arguments):
    configuration = charted(*arguments)["MutatingWebhookConfiguration", "dotdiag-webhook"]
    return {entry["name"]: entry for entry in configuration["webhooks"]}


class SameAsKustomize(unittest.TestCase):
    maxDiff = None

    def test_every_installation_has_the_same_objects(self):
        for components in rendering.installations():
            with self.subTest(components=components):
                expected = kustomized(components)
                del expected[MADE_BY_HELM_ITSELF]
                made = as_kustomize_would(charted(*rendering.switches(components)))
                self.assertEqual(set(made), set(expected))
                for identity in expected:
                    self.assertEqual(made[identity], expected[identity])

    def test_each_overlay_is_the_base_and_its_component(self):
        overlays = sorted(os.listdir(f"{rendering.MANIFESTS}/overlays"))
        self.assertEqual(overlays, sorted(os.listdir(f"{rendering.MANIFESTS}/components")))
        for name in overlays:
            with self.subTest(overlay=name):
                text = rendering.run(os.environ["DOTDIAG_KUBECTL"], "kustomize", f"{rendering.MANIFESTS}/overlays/{name}")
                self.assertEqual(rendering.by_identity(text), kustomized([name]))
                self.assertIn([name], rendering.installations())

    def test_pods_after_namespace_default_is_an_error_rather_than_half_of_it(self):
        with self.assertRaisesRegex(RuntimeError, "/webhooks/0/name failed"):
            kustomized(["namespace-default", "pods"])

    def test_each_policy_has_its_entry_and_its_place_in_the_config_map(self):
        names = {name[:-5] for name in os.listdir(f"{rendering.ROOT}/policies") if name.endswith(".yaml")}
        objects = kustomized(["namespace-default"])
        self.assertEqual(set(objects["ConfigMap", "dotdiag-webhook-policies"]["data"]), {f"{name}.yaml" for name in names})
        entries = objects["MutatingWebhookConfiguration", "dotdiag-webhook"]["webhooks"]
        labels = {entry["namespaceSelector"].get("matchLabels", {}).get("dotdiag.io/inject-default") for entry in entries}
        self.assertEqual(labels, names | {"true", None})


class Chart(unittest.TestCase):
    def test_lint_says_nothing(self):
        for components in rendering.installations():
            helm("lint", "--strict", rendering.CHART, *rendering.switches(components))

    def test_it_has_the_project_s_version(self):
        with open(f"{rendering.ROOT}/CMakeLists.txt", encoding="utf-8") as file:
            (version,) = re.findall(r"project\(dotdiag VERSION (\S+)", file.read())
        chart = yaml.safe_load(helm("show", "chart", rendering.CHART))
        self.assertEqual((chart["version"], chart["appVersion"]), (version, version))

    def test_packaged_it_makes_the_same(self):
        with tempfile.TemporaryDirectory() as directory:
            helm("package", rendering.CHART, "--destination", directory)
            (package,) = os.listdir(directory)
            everything = rendering.switches(rendering.installations()[-1])
            self.assertEqual(charted(*everything, chart=f"{directory}/{package}"), charted(*everything))

    def test_in_another_namespace_nothing_speaks_of_the_usual_one(self):
        for components in rendering.installations():
            objects = charted(*rendering.switches(components), namespace="elsewhere")
            self.assertNotIn("dotdiag-system", json.dumps(list(objects.values())))

    def test_a_value_that_does_not_exist_is_refused(self):
        for mistake in ("replica=3", "image.tags=1", "webhook.failurePolicy=ignore", "certManager.enable=true",
                        "config.listen=:1", "replicas=0", "webhook.timeoutSeconds=31"):
            with self.subTest(mistake), self.assertRaisesRegex(RuntimeError, "values don't meet the specifications"):
                charted("--set", mistake)

    def test_helm_test_runs_the_image_with_the_release_s_policies(self):
        text = helm("template", "dotdiag", rendering.CHART, "--namespace", rendering.NAMESPACE, "--show-only", "templates/tests/review.yaml")
        pod = rendering.by_identity(text)["Pod", "dotdiag-webhook-test"]
        self.assertEqual(pod["metadata"]["annotations"]["helm.sh/hook"], "test")
        self.assertEqual(pod["spec"]["containers"][0]["args"], ["review", "--policies=/policies", "/review/review.json"])


class Values(unittest.TestCase):
    def test_image(self):
        for arguments, image in (
                (["image.repository=example.com/x"], "example.com/x:0.1.0"),
                (["image.tag=1.2.3"], "dotdiag-webhook:1.2.3"),
                (["image.tag=v1", "image.digest=sha256:" + 64 * "a"], "dotdiag-webhook@sha256:" + 64 * "a")):
            pods = pods_of(charted(*[word for argument in arguments for word in ("--set", argument)]))
            self.assertEqual({pod["containers"][0]["image"] for pod in pods.values()}, {image})
            self.assertEqual(len(pods), 3)

    def test_what_every_pod_gets(self):
        for argument, member, value in (
                ("image.pullSecrets[0].name=key", "imagePullSecrets", [{"name": "key"}]),
                ("nodeSelector.disk=ssd", "nodeSelector", {"disk": "ssd"}),
                ("tolerations[0].operator=Exists", "tolerations", [{"operator": "Exists"}]),
                ("priorityClassName=high", "priorityClassName", "high")):
            with self.subTest(argument):
                for pod in pods_of(charted("--set", argument)).values():
                    self.assertEqual(pod[member], value)
        for pod in pods_of(charted("--set", "image.pullPolicy=Always")).values():
            self.assertEqual(pod["containers"][0]["imagePullPolicy"], "Always")

    def test_the_deployment_s_own(self):
        deployment = charted("--set", "replicas=3,resources.limits.memory=1Gi,podLabels.team=a", "--set-string",
                             "podAnnotations.checked=1", "--set", "affinity.nodeAffinity.x=1")["Deployment", "dotdiag-webhook"]
        pod = deployment["spec"]["template"]
        self.assertEqual(deployment["spec"]["replicas"], 3)
        self.assertEqual(pod["spec"]["containers"][0]["resources"]["limits"], {"memory": "1Gi"})
        self.assertEqual(pod["spec"]["affinity"], {"nodeAffinity": {"x": 1}})
        self.assertEqual(pod["metadata"]["labels"]["team"], "a")
        self.assertEqual(pod["metadata"]["annotations"]["checked"], "1")

    def test_config(self):
        objects = charted("--set", "config.logLevel=debug")
        container = objects["Deployment", "dotdiag-webhook"]["spec"]["template"]["spec"]["containers"][0]
        self.assertEqual(objects["ConfigMap", "dotdiag-webhook-config"]["data"]["config.yaml"].strip(), "logLevel: debug")
        self.assertIn("--config=/config/config.yaml", container["args"])
        self.assertIn({"name": "config", "mountPath": "/config", "readOnly": True}, container["volumeMounts"])

    def test_policies(self):
        arguments = ("--set", "policies.mine=name: mine,namespaceDefault.enabled=true")
        self.assertEqual(charted(*arguments)["ConfigMap", "dotdiag-webhook-policies"]["data"]["mine.yaml"], "name: mine")
        entry = webhooks(*arguments)["by-default-mine.dotdiag.io"]
        self.assertEqual(entry["clientConfig"]["service"]["path"], "/mutate-by-default/mine")
        self.assertEqual(entry["namespaceSelector"]["matchLabels"], {"dotdiag.io/inject-default": "mine"})

    def test_webhook(self):
        entries = webhooks("--set", "webhook.failurePolicy=Fail,webhook.timeoutSeconds=7,webhook.excludedNamespaces={a,b}",
                           "--set", "namespaceDefault.enabled=true")
        self.assertEqual(len(entries), 7)
        for entry in entries.values():
            self.assertEqual((entry["failurePolicy"], entry["timeoutSeconds"]), ("Fail", 7))
            self.assertEqual(entry["namespaceSelector"]["matchExpressions"][0]["values"],
                             ["dotdiag-system", "kube-system", "kube-public", "kube-node-lease", "a", "b"])

    def test_bootstrap_and_network(self):
        objects = charted("--set", "bootstrap.schedule=1 2 * * *,networkPolicy.apiServerPorts={9443}")
        self.assertEqual(objects["CronJob", "dotdiag-webhook-bootstrap"]["spec"]["schedule"], "1 2 * * *")
        egress = objects["NetworkPolicy", "dotdiag-webhook-bootstrap"]["spec"]["egress"]
        self.assertEqual(egress[0], {"ports": [{"port": 9443, "protocol": "TCP"}]})
        self.assertFalse([kind for kind, _ in charted("--set", "networkPolicy.enabled=false") if kind == "NetworkPolicy"])

    def test_monitoring_labels(self):
        objects = charted("--set", "monitoring.enabled=true,monitoring.labels.release=stack")
        for kind in ("PodMonitor", "PrometheusRule"):
            self.assertEqual(objects[kind, "dotdiag-webhook"]["metadata"]["labels"]["release"], "stack")


if __name__ == "__main__":
    unittest.main()
