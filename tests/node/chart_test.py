"""The chart on a node, by helm itself: installed, it prepares; upgraded, it goes on; uninstalled, nothing is asked. Run by ./dev node."""

import unittest

from steps import ENVIRONMENT, NAMESPACE, bring, objects, sh

HELM = ENVIRONMENT["DOTDIAG_HELM"]


def deployment(name):
    """What the API server keeps of an annotated Deployment: the annotations of its template."""
    sh(f"kubectl create deployment {name} --image=app --replicas=0")
    sh(f"kubectl annotate deployment {name} dotdiag.io/inject=true")
    return objects(f"get deployment {name}")["spec"]["template"]["metadata"].get("annotations", {})


class Chart(unittest.TestCase):
    def test_helm_installs_upgrades_and_uninstalls(self):
        bring("dotdiag-webhook")
        sh(f"{HELM} install dotdiag manifests/chart --namespace {NAMESPACE} --create-namespace --wait --timeout 5m")
        self.assertEqual({"dotdiag.io/injected": "dotnet-dump"}, deployment("installed"))
        sh(f"{HELM} test dotdiag --namespace {NAMESPACE} --timeout 5m")
        sh(f"{HELM} upgrade dotdiag manifests/chart --namespace {NAMESPACE} --set replicas=3 --wait --timeout 5m")
        self.assertEqual({"dotdiag.io/injected": "dotnet-dump"}, deployment("upgraded"))
        sh(f"{HELM} uninstall dotdiag --namespace {NAMESPACE} --wait --timeout 5m")
        self.assertEqual({}, deployment("alone"))


if __name__ == "__main__":
    unittest.main()
