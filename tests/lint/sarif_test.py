"""SARIF: against the official schema, and in the hands of Microsoft's own validator, with GitHub's rules switched on.

SARIF_MULTITOOL is a directory with the package @microsoft/sarif-multitool-linux."""
import json
import os
import subprocess
import unittest

from reports import LINT, Sample

MULTITOOL = os.environ["SARIF_MULTITOOL"]
CHECK_JSONSCHEMA = os.environ["CHECK_JSONSCHEMA"]

def level(result):
    """The level of a result of the validator: `warning` where it does not say."""
    return result.get("level", "warning")


class Sarif(unittest.TestCase):
    def setUp(self):
        self.sample = Sample()
        self.addCleanup(self.sample.close)

    def check(self, path):
        found = subprocess.run([CHECK_JSONSCHEMA, "--schemafile", f"{MULTITOOL}/sarif-2.1.0.json", path],
                               capture_output=True, check=False, text=True)
        self.assertEqual(found.returncode, 0, found.stdout + found.stderr)
        verdict = f"{path}.verdict"
        run = subprocess.run([f"{MULTITOOL}/Sarif.Multitool", "validate", path, "--rule-kind", "Sarif;Ghas",
                              "--output", verdict, "--log", "ForceOverwrite"],
                             capture_output=True, check=False, text=True,
                             env=dict(os.environ, DOTNET_SYSTEM_GLOBALIZATION_INVARIANT="1"))
        with open(verdict, encoding="utf-8-sig") as file:
            results = json.load(file)["runs"][0]["results"]
        wrong = [f'{one["ruleId"]}: {one["message"]}' for one in results if level(one) in ("error", "warning")]
        self.assertEqual(wrong, [], run.stdout + run.stderr)

    def test_a_report_is_valid_and_takes_what_github_wants(self):
        self.check(self.sample.write("sarif", "report.sarif"))

    def test_a_report_without_a_finding_is_valid(self):
        self.check(self.sample.write("sarif", "report.sarif", "clean.yaml"))

    def test_the_fixes_in_a_report_lead_to_what_fix_writes(self):
        report = json.loads(self.sample.report("sarif", "web.yaml")[0])
        fixes = [fix for result in report["runs"][0]["results"] for fix in result.get("fixes", [])]
        self.assertEqual(len(fixes), 1)
        with open(f"{self.sample.path}/web.yaml", encoding="utf-8") as file:
            lines = file.read().splitlines(keepends=True)
        for piece in reversed(fixes[0]["artifactChanges"][0]["replacements"]):
            region = piece["deletedRegion"]
            self.assertEqual((region["startColumn"], region["endColumn"]), (1, 1))
            lines[region["startLine"] - 1:region["endLine"] - 1] = [piece["insertedContent"]["text"]]
        with open(f"{self.sample.path}/web.yaml", encoding="utf-8") as file:
            text = file.read()
        fixed = subprocess.run([LINT, "--fix", "-"], input=text, capture_output=True, text=True,
                               check=False)
        self.assertEqual("".join(lines), fixed.stdout)


if __name__ == "__main__":
    unittest.main()
