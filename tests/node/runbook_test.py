"""From an annotated Deployment to a dump on this side, by the runbook of each policy. Run by ./dev node.

The images of the SDK and of dotnet-monitor, and the tools in them, are stand-ins: all are on the internet.
"""

import glob
import re
import tempfile
import unittest

from core_file import faults
from steps import APP, RESTRICTED, attempt, bring, bring_stand_ins, deploy, install_webhook, lines_of, sh, until, wait_for_beat

KEPT = "the shop keeps 500 orders"


def setUpModule():
    install_webhook()
    bring_stand_ins()
    bring("dotdiag-collect")


def application(name, image, **how):
    pod = deploy(name, image, **how)
    wait_for_beat(name, pod)
    return pod


def pasted(runbook, directory):
    """Pastes it, line by line, into one shell; where it says `Repeat this`, that is done."""
    lines = [f"until {line} | grep running; do sleep 0.2; done" if "ephemeralContainerStatuses" in line else line
             for line in lines_of(runbook)]
    # What still runs in the background where a line fails would be waited for.
    return sh("bash -ve", directory=directory, given="\n".join(["trap 'kill $(jobs -p) 2>/dev/null || true' EXIT", *lines]) + "\n")


class Dump(unittest.TestCase):
    def expect_dump(self, directory):
        (dump,) = glob.glob(f"{directory}/*.dmp")
        self.assertEqual([], faults(dump, KEPT))

    def by_runbook(self, name, image, options="", **how):
        """What the shell printed."""
        pod = application(name, image, **how)
        with tempfile.TemporaryDirectory() as directory:
            runbook = sh(f"kubectl get pod -n {name} {pod} -o json | dotdiag-patch {options} -o runbook - 2>{directory}/said")
            printed = pasted(runbook, directory)
            self.expect_dump(directory)
        self.expect_clean(name, pod)
        return printed

    def expect_same(self, printed):
        there, here = re.findall(r"^([0-9a-f]{64})  ", printed, re.M)
        self.assertEqual(there, here)

    def expect_clean(self, name, pod):
        """No dump is left in any volume, and the application has not noticed."""
        self.assertNotIn(".dmp", sh(f"kubectl exec -n {name} {pod} -c {name} -- sh -c 'ls /tmp /diag 2>/dev/null; true'"))
        until("the application lives on", lambda: attempt(f"kubectl logs --since=2s -n {name} {pod} -c {name}").stdout)
        self.assertEqual("0", sh(f"kubectl get pod -n {name} {pod} -o jsonpath='{{.status.containerStatuses[0].restartCount}}'"))

    def test_dotnet_dump_on_net31(self):
        self.expect_same(self.by_runbook("book31", "node.test/net31:1"))

    def test_dotnet_dump_on_net9(self):
        self.expect_same(self.by_runbook("book9", "node.test/net9:1"))

    def test_dotnet_dump_restricted_where_the_namespace_enforces_it(self):
        self.expect_same(self.by_runbook("book-restricted", "node.test/net9:1", "--pod-security restricted", user=RESTRICTED,
                                         pod_security="restricted"))

    def test_dotnet_dump_of_a_pod_that_nobody_prepared(self):
        self.expect_same(self.by_runbook("book-bare", "node.test/net9:1", "--mode procroot", policy="false", user=APP))

    def test_native_on_net31(self):
        self.by_runbook("book-native", "node.test/net31:1", "--debugger native")

    def test_native_where_the_namespace_enforces_restricted(self):
        self.by_runbook("book-native-restricted", "node.test/net9:1", "--debugger native --pod-security restricted",
                        user=RESTRICTED, pod_security="restricted")

    def test_native_of_a_pod_that_nobody_prepared(self):
        self.by_runbook("book-native-bare", "node.test/net9:1", "--debugger native", policy="false", user=APP)

    def test_native_at_the_port_of_dotnet_monitor(self):
        self.by_runbook("book-native-port", "node.test/net9:1", "--debugger native", policy="dotnet-monitor", user=APP)

    def test_dotnet_monitor_on_net9(self):
        self.by_runbook("book-monitor", "node.test/net9:1", policy="dotnet-monitor", user=APP)

    def test_the_plugin_and_the_commands_that_it_prints_bring_a_dump(self):
        pod = application("steps", "node.test/net9:1")
        with tempfile.TemporaryDirectory() as directory:
            steps = sh(f"kubectl dotdiag inject -n steps {pod} --yes 2>{directory}/said")
            pasted(steps, directory)
            self.expect_dump(directory)
        self.expect_clean("steps", pod)


if __name__ == "__main__":
    unittest.main()
