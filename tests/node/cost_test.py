"""From the alert to the file: how long it takes and how many bytes come over the network, with one command and with the recipe's five.
Prints the table of docs/performance.md. Both debuggers' images are on the node already. Run by ./dev node.

The recipe's tool is a stand-in that is in its image: what comes from nuget.org, and the analysis there, is not in the figures.
"""

import glob
import os
import re
import tempfile
import time
import unittest

from core_file import faults
from cut_line import CutLine
from steps import APP, bring, bring_stand_ins, deploy, install_webhook, lines_of, sh, wait_for_beat

ORDERS = "100000"
KEPT = f"the shop keeps {ORDERS} orders"
# Installing, listing, the dump and the copy, with the two variables that they need.
OF_THE_RECIPE = re.compile(r"^(kubectl .* (tool install dotnet-dump|dotnet-dump ps|cat \"\$file\" > )|pid=|file=|\[ \"\$dumper\" = missing \])")


def setUpModule():
    install_webhook()
    bring_stand_ins()
    bring("dotdiag-collect")


class Cost(unittest.TestCase):
    rows = []

    @classmethod
    def tearDownClass(cls):
        print("\n| | time | over the network | the dump |\n|---|---|---|---|")
        for row in cls.rows:
            print(f"| {' | '.join(row)} |")

    def measure(self, name, image, what, script):
        """Runs `script(name, pod, directory, prefix)` over a line that counts, on an application of its own; how many bytes came."""
        pod = deploy(name, f"node.test/{image}:1", ORDERS, user=APP)
        wait_for_beat(name, pod)
        with tempfile.TemporaryDirectory() as directory, tempfile.TemporaryDirectory() as aside, CutLine(aside) as line:
            started = time.monotonic()
            script(name, pod, directory, f"export KUBECONFIG={line.kubeconfig}; ")
            seconds = time.monotonic() - started
            (dump,) = glob.glob(f"{directory}/*.dmp")
            self.assertEqual([], faults(dump, KEPT))
            self.rows.append((what, f"{seconds:.1f} s", f"{line.passed / 1e6:.1f} MB", f"{os.path.getsize(dump) / 1e6:.1f} MB"))
        return line.passed

    @staticmethod
    def one_command(name, _, directory, prefix):
        sh(f"{prefix} kubectl dotdiag dump -n {name} deployment/{name} --yes -o app.dmp", directory=directory)

    @staticmethod
    def five_commands(name, pod, directory, prefix):
        """The first one prints the others."""
        steps = sh(f"{prefix} kubectl dotdiag inject -n {name} {pod} --yes 2>/dev/null", directory=directory)
        given = [line for line in lines_of(steps) if OF_THE_RECIPE.search(line)]
        sh("bash -ve", directory=directory, given=prefix + "dumper=\n" + "\n".join(given) + "\n")

    def compare(self, image, runtime):
        one = self.measure(f"one-{image}", image, f"{runtime}, one command", self.one_command)
        five = self.measure(f"five-{image}", image, f"{runtime}, five commands", self.five_commands)
        self.assertLess(10 * one, five)

    def test_net31(self):
        self.compare("net31", ".NET Core 3.1")

    def test_net9(self):
        self.compare("net9", ".NET 9")


if __name__ == "__main__":
    unittest.main()
