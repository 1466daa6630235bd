"""From an annotated Deployment to a dump on this side, as docs/patch.md says. Run by ./dev node.

The image of the SDK and the tool in it are stand-ins: both are on the internet.
"""

import glob
import os
import re
import tempfile
import unittest

from core_file import faults
from steps import attempt, deploy, install_webhook, sh, until

KEPT = "the shop keeps 500 orders"
# What needs a terminal, or one of Microsoft's tools for which there is no stand-in.
LEFT_OUT = re.compile(r" -it |dotnet-dump analyze|dotnet-(gcdump|trace|counters)|\.(gcdump|nettrace)")


def setUpModule():
    install_webhook()
    sh("ctr --namespace k8s.io images tag node.test/sdk:1 mcr.microsoft.com/dotnet/sdk:10.0")


def application(name, image):
    pod = deploy(name, image)
    until("the application works", lambda: "beat 1" in attempt(f"kubectl -n {name} logs {pod}").stdout)
    return pod


def pasted(runbook, directory):
    """Pastes it, line by line, into one shell; where it says `Repeat this`, that is done."""
    lines = [line for line in runbook.splitlines() if not LEFT_OUT.search(line)]
    lines = [f"until {line} | grep running; do sleep 0.2; done" if "ephemeralContainerStatuses" in line else line for line in lines]
    return sh("bash -ve", directory=directory, given="\n".join(lines) + "\n")


class Dump(unittest.TestCase):
    def expect_dump(self, directory):
        (dump,) = glob.glob(f"{directory}/*.dmp")
        self.assertEqual([], faults(dump, KEPT))

    def by_runbook(self, name, image):
        pod = application(name, image)
        with tempfile.TemporaryDirectory() as directory:
            runbook = sh(f"kubectl get pod -n {name} {pod} -o json | dotdiag-patch -o runbook - 2>{directory}/said")
            printed = pasted(runbook, directory)
            self.expect_dump(directory)
        there, here = re.findall(r"^([0-9a-f]{64})  ", printed, re.M)
        self.assertEqual(there, here)
        self.assertNotIn(".dmp", sh(f"kubectl exec -n {name} {pod} -- ls /tmp"))

    def test_the_runbook_brings_a_dump_of_net31(self):
        self.by_runbook("book31", "node.test/net31:1")

    def test_the_runbook_brings_a_dump_of_net9(self):
        self.by_runbook("book9", "node.test/net9:1")

    def test_the_plugin_and_the_commands_that_it_prints_bring_a_dump(self):
        pod = application("plugin", "node.test/net9:1")
        with tempfile.TemporaryDirectory() as directory:
            steps = sh(f"kubectl dotdiag inject -n plugin {pod} --yes 2>{directory}/said")
            pasted(steps, directory)
            self.expect_dump(directory)
        until("the application lives on", lambda: attempt(f"kubectl logs --since=2s -n plugin {pod}").stdout)
        self.assertEqual("0", sh(f"kubectl get pod -n plugin {pod} -o jsonpath='{{.status.containerStatuses[0].restartCount}}'"))


if __name__ == "__main__":
    unittest.main()
