"""JUnit, Checkstyle, GitLab and SARIF in the hands of violations-lib, which plugins of Jenkins, Gradle and GitLab read
reports with, and JUnit in those of junitparser.

VIOLATIONS_JARS is a directory with its jars, JUNITPARSER the python that has junitparser."""
import json
import os
import subprocess
import unittest

from reports import HOSTILE, Sample

JARS = os.environ["VIOLATIONS_JARS"]
PROGRAM = os.path.join(os.path.dirname(os.path.abspath(__file__)), "violations/Violations.java")

READ_JUNIT = """
import sys, junitparser
for suite in junitparser.JUnitXml.fromfile(sys.argv[1]):
    for case in suite:
        kinds = [type(result).__name__ for result in case.result] or ["Success"]
        print(kinds[0], case.name.split()[0], repr(case.classname), sep="\\t")
"""


def violations(form, path):
    """What the parsers find: (severity, line, rule, file)."""
    # Its log goes to standard error.
    run = subprocess.run(["java", "-cp", f"{JARS}/*", PROGRAM, form, path], capture_output=True, check=True, text=True)
    return [tuple(line.split("\t")) for line in run.stdout.splitlines()]


class Violations(unittest.TestCase):
    def setUp(self):
        self.sample = Sample()
        self.addCleanup(self.sample.close)
        self.findings = json.loads(self.sample.report("json")[0])["findings"]

    def same(self, form, name, report, first_line):
        """Every finding arrives, with its line, and none besides; what is about a whole file is on the first line."""
        found = violations(form, self.sample.write(report, name))
        expected = sorted(max(one["line"], first_line) for one in self.findings)
        self.assertEqual(sorted(int(line) for _, line, _, _ in found), expected)
        return found

    def test_checkstyle(self):
        found = self.same("CHECKSTYLE", "report.xml", "checkstyle", 0)
        self.assertIn("dotdiag-lint.shared-tmp", {rule for _, _, rule, _ in found})
        self.assertIn(HOSTILE.replace("\n", "\\n"), {name for _, _, _, name in found})

    def test_gitlab(self):
        found = self.same("CODECLIMATE", "report.json", "gitlab", 1)
        self.assertIn(HOSTILE.replace("\n", "\\n"), {name for _, _, _, name in found})

    def test_gitlab_entries_have_all_that_gitlab_needs(self):
        entries = json.loads(self.sample.report("gitlab")[0])
        fingerprints = {entry["fingerprint"] for entry in entries}
        self.assertEqual(len(fingerprints), len(entries))
        for entry in entries:
            self.assertIn(entry["severity"], ("info", "minor", "major", "critical", "blocker"))
            self.assertFalse(entry["location"]["path"].startswith(("./", "/")))
        self.assertEqual(self.sample.report("gitlab", "clean.yaml"), (b"[]\n", 0))

    def test_sarif(self):
        suppressed = json.loads(self.sample.report("json")[0])["suppressed"]
        found = violations("SARIF", self.sample.write("sarif", "report.sarif"))
        # It knows of no suppressions, and shows them too.
        self.assertIn(len(found), (len(self.findings), len(self.findings) + len(suppressed)))

    def test_junit(self):
        self.sample.write("junit", "report.xml")
        run = subprocess.run([os.environ["JUNITPARSER"], "-c", READ_JUNIT, f"{self.sample.path}/report.xml"],
                             capture_output=True, check=True, text=True)
        cases = [tuple(line.split("\t")) for line in run.stdout.splitlines()]
        kinds = [kind for kind, _, _ in cases]
        errors = [one for one in self.findings if one["severity"] == "error"]
        self.assertEqual(kinds.count("Error"), 1)  # what could not be read
        self.assertEqual(kinds.count("Failure"), len(errors) - 1)
        self.assertEqual(kinds.count("Skipped"), 1)
        self.assertIn(("Success", "dotdiag-lint", "'clean.yaml'"), cases)
        self.assertIn(repr(HOSTILE), {name for _, _, name in cases})

    def test_junit_fails_in_other_hands_too(self):
        found = violations("JUNIT", self.sample.write("junit", "report.xml"))
        self.assertIn("web.yaml", {name for _, _, _, name in found})


if __name__ == "__main__":
    unittest.main()
