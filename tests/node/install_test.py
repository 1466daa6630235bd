"""docs/install.md on a node: what was applied runs, in its image, and does what it says. Run by ./dev node."""

import base64
import json
import threading
import unittest

from steps import NAMESPACE, attempt, deploy, install_webhook, objects, sh, until, wait_for_beat


def setUpModule():
    install_webhook()


def certificate():
    """The one in the Secret, and what the API server trusts, an entry each."""
    secret = objects(f"-n {NAMESPACE} get secret dotdiag-webhook-tls")["data"]
    configuration = objects("get mutatingwebhookconfiguration dotdiag-webhook")
    return secret["tls.crt"], [hook["clientConfig"].get("caBundle", "") for hook in configuration["webhooks"]]


def steps_of(job):
    return [json.loads(line)["step"] for line in sh(f"kubectl -n {NAMESPACE} logs job/{job}").splitlines()]


def run_of_cronjob(name, *arguments):
    """Another run, now, with further arguments; what it did."""
    job = objects(f"-n {NAMESPACE} create job {name} --from=cronjob/dotdiag-webhook-bootstrap --dry-run=client")
    job["spec"]["template"]["spec"]["containers"][0]["args"] += arguments
    sh("kubectl apply -f -", given=json.dumps(job))
    sh(f"kubectl -n {NAMESPACE} wait --for=condition=complete job/{name} --timeout=300s")
    return steps_of(name)


def replicas():
    return objects(f"-n {NAMESPACE} get pods -l app.kubernetes.io/name=dotdiag-webhook")["items"]


def shown_by(pod):
    """The certificate that a replica serves, as the Secret would have it."""
    shown = sh(f"openssl s_client -connect {pod['status']['podIP']}:8443 </dev/null 2>/dev/null | openssl x509")
    return base64.b64encode(shown.encode()).decode()


class Applying:
    """Creates annotated Deployments, one after the other, for as long as the `with` lasts."""

    def __enter__(self):
        self.made, self.ended = [], threading.Event()
        self.thread = threading.Thread(target=self.work)
        self.thread.start()
        return self

    def work(self):
        while not self.ended.is_set():
            name = f"load-{len(self.made)}"
            given = json.dumps({
                "apiVersion": "apps/v1", "kind": "Deployment",
                "metadata": {"name": name, "labels": {"load": "true"}, "annotations": {"dotdiag.io/inject": "true"}},
                "spec": {"replicas": 0, "selector": {"matchLabels": {"app": name}}, "template": {
                    "metadata": {"labels": {"app": name}}, "spec": {"containers": [{"name": "app", "image": "app"}]}}},
            })
            self.made.append((name, attempt("kubectl apply -f -", given=given)))

    def __exit__(self, *problem):
        self.ended.set()
        self.thread.join()

    def unprepared(self):
        """The Deployments that the webhook never saw, and those that could not be applied."""
        stored = {item["metadata"]["name"]: item for item in objects("get deployments -l load=true")["items"]}
        sh("kubectl delete deployments -l load=true --wait=false | wc -l")
        return [name for name, result in self.made if result.returncode != 0
                or "dotdiag.io/injected" not in stored[name]["spec"]["template"]["metadata"].get("annotations", {})]


class Installed(unittest.TestCase):
    def test_the_job_made_the_certificate_in_the_image(self):
        sh(f"kubectl -n {NAMESPACE} wait --for=condition=complete job/dotdiag-webhook-bootstrap --timeout=300s")
        self.assertEqual(["prepare", "trust", "promote", "done"], steps_of("dotdiag-webhook-bootstrap"))
        served, trusted = certificate()
        self.assertTrue(served)
        self.assertTrue(all(trusted))

    def test_two_replicas_serve_it(self):
        pods = replicas()
        self.assertEqual(2, len(pods))
        for pod in pods:
            self.assertEqual([0], [status["restartCount"] for status in pod["status"]["containerStatuses"]])
            self.assertEqual(certificate()[0], shown_by(pod))

    def test_an_annotated_deployment_runs_prepared(self):
        pod = deploy("shop", "node.test/net31:1")
        spec = objects(f"-n shop get pod {pod}")["spec"]
        self.assertTrue(spec["shareProcessNamespace"])
        self.assertIn({"name": "cache-volume", "emptyDir": {"sizeLimit": "500Mi"}}, spec["volumes"])
        wait_for_beat("shop", pod)
        sockets = sh(f"kubectl -n shop exec {pod} -- sh -c 'echo $TMPDIR; ls /tmp'")
        self.assertRegex(sockets, r"^/tmp\n(.*\n)*dotnet-diagnostic-\d+-\d+-socket")

    def test_a_deployment_without_the_annotation_is_left_alone(self):
        sh("kubectl create deployment plain --image=app --replicas=0")
        template = objects("get deployment plain")["spec"]["template"]
        self.assertNotIn("annotations", template["metadata"])
        self.assertNotIn("volumes", template["spec"])


class Overlaid(unittest.TestCase):
    def test_an_overlay_that_is_applied_later_works_at_once(self):
        sh(f"kubectl -n {NAMESPACE} delete job dotdiag-webhook-bootstrap --ignore-not-found")
        sh("kubectl apply -k manifests/overlays/namespace-default")
        sh(f"kubectl -n {NAMESPACE} wait --for=condition=complete job/dotdiag-webhook-bootstrap --timeout=300s")
        sh("kubectl create namespace orders")
        sh("kubectl label namespace orders dotdiag.io/inject-default=true")
        sh("kubectl -n orders create deployment web --image=app --replicas=0")
        template = objects("-n orders get deployment web")["spec"]["template"]
        self.assertEqual({"dotdiag.io/injected": "dotnet-dump"}, template["metadata"]["annotations"])


class Renewed(unittest.TestCase):
    def test_a_run_of_the_cronjob_leaves_a_good_certificate_alone(self):
        before = certificate()
        self.assertEqual(["done"], run_of_cronjob("today"))
        self.assertEqual(before, certificate())

    def test_a_run_of_the_cronjob_renews_one_that_is_due(self):
        before = certificate()
        with Applying() as load:
            steps = run_of_cronjob("due", "--days=500", "--renew-before=400")
            self.assertEqual(["prepare", "trust", "settle", "promote"], steps[:4])
            served = certificate()[0]
            self.assertNotEqual(before[0], served)
            until("kubelet brings it to the replicas", lambda: all(shown_by(pod) == served for pod in replicas()))
            # Seldom kubelet is that fast that the same run already finds it at every replica.
            self.assertEqual(["prune", "done"], run_of_cronjob("tomorrow") if steps[4:] == ["keep"] else steps[4:])
        self.assertFalse(set(before[1]) & set(certificate()[1]))
        self.assertEqual([], load.unprepared())
        self.assertGreater(len(load.made), 10)


class Restarted(unittest.TestCase):
    def test_a_restart_of_the_replicas_loses_no_review(self):
        with Applying() as load:
            sh(f"kubectl -n {NAMESPACE} rollout restart deployment/dotdiag-webhook")
            sh(f"kubectl -n {NAMESPACE} rollout status deployment/dotdiag-webhook --timeout=300s")
        self.assertEqual([], load.unprepared())
        self.assertGreater(len(load.made), 5)


if __name__ == "__main__":
    unittest.main()
