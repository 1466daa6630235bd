"""dotdiag-lint with the real helm and kubectl: the scripts in testdata/repositories answer what these do."""

import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
LINT = os.path.abspath(os.environ["DOTDIAG_LINT"])
TOOLS = {"helm": os.environ["DOTDIAG_HELM"], "kubectl": os.environ["DOTDIAG_KUBECTL"]}


def runs(example):
    """The arguments of each run of the example that has its tools in PATH, and what it should show."""
    shown = (example / "findings.txt").read_text()
    for line in (example / "runs.txt").read_text().splitlines():
        words = line.split()
        if words[0] == "with-tools":
            command = f"$ dotdiag-lint {' '.join(words[1:])}   # with its tools in PATH\n"
            yield words[1:], shown.split(command, 1)[1].split("\n$ ", 1)[0].rstrip("\n")


class RealTools(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.directory = tempfile.TemporaryDirectory()
        self.tools = pathlib.Path(self.directory.name) / "tools"
        self.tools.mkdir()
        for name, program in TOOLS.items():
            (self.tools / name).symlink_to(os.path.abspath(program))

    def tearDown(self):
        self.directory.cleanup()

    def lint(self, where, *arguments):
        result = subprocess.run(
            [LINT, "--color=never", "-j1", *arguments], cwd=where, capture_output=True, text=True, timeout=120,
            env={**os.environ, "PATH": str(self.tools)}, check=False,
        )
        return f"{result.stdout}{result.stderr}exit code {result.returncode}"

    def test_repositories_are_judged_as_with_the_scripts(self):
        count = 0
        for example in sorted((ROOT / "testdata/repositories").iterdir()):
            for number, (arguments, expected) in enumerate(runs(example)):
                with self.subTest(example=example.name, arguments=arguments):
                    shop = pathlib.Path(self.directory.name) / f"{example.name}-{number}" / "shop"
                    shutil.copytree(example / "repository", shop)
                    (shop / ".git").mkdir()
                    self.assertEqual(self.lint(shop, *arguments), expected)
                    count += 1
        self.assertGreater(count, 3)

    def test_the_chart_of_the_webhook_and_its_overlays_render(self):
        shown = self.lint(ROOT, "--sources=none", "--fail-on=never", "manifests/chart", "manifests/overlays")
        self.assertNotIn("render-failed", shown)
        self.assertTrue(shown.endswith("exit code 0"), shown)


if __name__ == "__main__":
    unittest.main()
