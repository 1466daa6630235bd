"""rdjson, Checkstyle and SARIF in the hands of reviewdog's own parsers.

REVIEWDOG_PARSERS is the program that tests/lint/reviewdog makes."""
import json
import os
import subprocess
import unittest

from reports import HOSTILE, LINT, Sample

PARSERS = os.environ["REVIEWDOG_PARSERS"]


class Reviewdog(unittest.TestCase):
    def setUp(self):
        self.sample = Sample()
        self.addCleanup(self.sample.close)
        self.findings = json.loads(self.sample.report("json")[0])["findings"]

    def diagnostics(self, form, *arguments):
        report = self.sample.report(form, *arguments)[0]
        run = subprocess.run([PARSERS, form], input=report, capture_output=True, check=False)
        self.assertEqual(run.returncode, 0, run.stderr.decode())
        return [json.loads(line) for line in run.stdout.splitlines()]

    def test_every_finding_arrives_with_file_and_line(self):
        places = sorted((one["file"], one["line"]) for one in self.findings)
        for form in ("rdjson", "checkstyle"):
            found = sorted((one["location"]["path"],
                            one["location"].get("range", {}).get("start", {}).get("line", 0))
                           for one in self.diagnostics(form))
            self.assertEqual(found, places, form)
        self.assertIn(HOSTILE, {name for name, _ in places})

    def test_sarif_arrives_too(self):
        self.assertGreaterEqual(len(self.diagnostics("sarif")), len(self.findings))

    def test_a_suggestion_leads_to_what_fix_writes(self):
        diagnostics = self.diagnostics("rdjson", "web.yaml")
        suggestions = [one for diagnostic in diagnostics for one in diagnostic.get("suggestions", [])]
        self.assertEqual(len(suggestions), 1)
        with open(f"{self.sample.path}/web.yaml", encoding="utf-8") as file:
            text = file.read()
        lines = text.splitlines(keepends=True)
        place = suggestions[0]["range"]
        lines[place["start"]["line"] - 1:place["end"]["line"] - 1] = [suggestions[0]["text"]]
        fixed = subprocess.run([LINT, "--fix", "-"], input=text, capture_output=True, text=True, check=False)
        self.assertEqual("".join(lines), fixed.stdout)


if __name__ == "__main__":
    unittest.main()
