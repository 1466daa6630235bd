"""From an annotated Deployment to the answer on this disk, with one command each: with both recipes, under Pod Security restricted, and
on a pod that nobody prepared. The debugger is dotdiag-collect, in the image that ./dev image builds. Run by ./dev node.
"""

import glob
import json
import os
import re
import tempfile
import unittest

from core_file import faults
from steps import APP, RESTRICTED, attempt, bring, deploy, install_webhook, sh, until, wait_for_beat

KEPT = "the shop keeps 500 orders"


def setUpModule():
    install_webhook()
    bring("dotdiag-collect")


class Way:
    """What each of the tests below goes through; they say which application it is."""

    name = image = None
    how = {}

    @classmethod
    def setUpClass(cls):
        cls.pod = deploy(cls.name, cls.image, env={"SHOP_DEADLOCK": "1"}, **cls.how)
        wait_for_beat(cls.name, cls.pod)
        cls.directory = tempfile.TemporaryDirectory()

    @classmethod
    def tearDownClass(cls):
        cls.directory.cleanup()

    def dotdiag(self, command, *options):
        """`kubectl dotdiag COMMAND deployment/NAME`; what it printed."""
        words = " ".join(options)
        return sh(f"kubectl dotdiag {command} -n {self.name} deployment/{self.name} --yes {words}", directory=self.directory.name)

    def test_dump_is_whole_and_holds_what_the_application_keeps(self):
        self.dotdiag("dump", "-o", "app.dmp")
        self.assertEqual([], faults(f"{self.directory.name}/app.dmp", KEPT))

    def test_heap_has_the_types_with_exact_counts(self):
        table = self.dotdiag("heap")
        self.assertRegex(table, r"(?m)^ .* 500  Shop\.Order$")
        self.assertRegex(table, r"(?m)^ .* 1.500  Shop\.Item$")

    def test_stacks_show_the_deadlock(self):
        stacks = self.dotdiag("stacks")
        # .NET 9 shows no frame of Monitor.Enter: then the method with the lock is where it stands.
        waiting = re.findall(r"^ +Shop\.Program\.Lock\(", stacks, re.M)
        self.assertEqual(2, len(waiting), stacks)

    def test_trace_is_whole(self):
        self.dotdiag("trace", "-d", "2s", "-o", "app.nettrace")
        table = sh(f"dotdiag-collect convert {self.directory.name}/app.nettrace --to stacks")
        self.assertIn("Shop.Program", table)

    def test_gcdump_and_counters_and_ps(self):
        self.dotdiag("gcdump", "-o", "app.gcdump")
        self.assertGreater(os.path.getsize(f"{self.directory.name}/app.gcdump"), 10000)
        self.assertIn("gc-heap-size", self.dotdiag("counters"))
        self.assertIn("shop", self.dotdiag("ps"))

    def test_the_application_has_not_noticed(self):
        until("it lives on", lambda: attempt(f"kubectl logs --since=2s -n {self.name} {self.pod} -c {self.name}").stdout)
        status = json.loads(sh(f"kubectl get pod -n {self.name} {self.pod} -o json"))["status"]
        self.assertEqual([0], [one["restartCount"] for one in status["containerStatuses"]])

    def test_nothing_half_is_left_here(self):
        left = {os.path.basename(path) for path in glob.glob(f"{self.directory.name}/*") + glob.glob(f"{self.directory.name}/.*")}
        self.assertLessEqual(left, {"app.dmp", "app.nettrace", "app.gcdump"})


class DotnetDump(Way, unittest.TestCase):
    name, image = "dump31", "node.test/net31:1"


class DotnetDumpRestricted(Way, unittest.TestCase):
    name, image = "restricted9", "node.test/net9:1"
    how = {"user": RESTRICTED, "pod_security": "restricted"}


class DotnetMonitor(Way, unittest.TestCase):
    name, image = "monitor9", "node.test/net9:1"
    how = {"policy": "dotnet-monitor"}


class Unprepared(Way, unittest.TestCase):
    name, image = "bare9", "node.test/net9:1"
    how = {"policy": "false", "user": APP}


if __name__ == "__main__":
    unittest.main()
