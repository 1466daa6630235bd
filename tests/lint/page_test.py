"""The page of --format html in a browser: it holds what it should, complains about nothing and asks nobody for anything.

CHROMIUM is the browser."""
import json
import os
import re
import subprocess
import unittest

from reports import HOSTILE, Sample

CHROMIUM = os.environ["CHROMIUM"]
LIGHT, DARK = 1, 0


def browse(page, *arguments):
    """What the browser writes to standard output and standard error."""
    with_a_place = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
                    "--enable-logging=stderr", f"--user-data-dir={os.path.dirname(page)}/profile"]
    run = subprocess.run([CHROMIUM, *with_a_place, *arguments, f"file://{page}"], capture_output=True, check=False,
                         text=True, timeout=120)
    return run.stdout, run.stderr


class Page(unittest.TestCase):
    def setUp(self):
        self.sample = Sample()
        self.addCleanup(self.sample.close)

    def test_the_console_stays_empty_and_all_findings_are_there(self):
        page = self.sample.write("html", "page.html")
        dom, log = browse(page, "--dump-dom")
        self.assertNotIn("CONSOLE", log)
        self.assertIn("Are these workloads prepared to be diagnosed?", dom)
        report = json.loads(self.sample.report("json")[0])
        self.assertEqual(dom.count("<article"), len(report["findings"]) + len(report["suppressed"]))

    def test_names_and_values_stay_text(self):
        dom, _ = browse(self.sample.write("html", "page.html"), "--dump-dom")
        self.assertIn(HOSTILE.split("<", maxsplit=1)[0].replace("&", "&amp;"), dom)
        self.assertNotIn("<i>", dom)
        self.assertNotIn("<reason>", dom)
        self.assertNotIn("<script", dom)

    def test_it_needs_nothing_but_itself(self):
        with open(self.sample.write("html", "page.html"), encoding="utf-8") as file:
            text = file.read()
        self.assertEqual(re.findall(r'(?:src|href)="(?!data:)', text), [])
        self.assertNotIn("url(", text)

    def test_it_is_light_or_dark_as_the_reader_has_it_and_fits_a_phone(self):
        page = self.sample.write("html", "page.html")
        pictures = {}
        for name, scheme, size in (("light", LIGHT, "1200,900"), ("dark", DARK, "1200,900"), ("phone", LIGHT, "412,900")):
            path = f"{self.sample.path}/{name}.png"
            browse(page, f"--screenshot={path}", f"--window-size={size}", f"--blink-settings=preferredColorScheme={scheme}")
            with open(path, "rb") as file:
                pictures[name] = file.read()
        self.assertNotEqual(pictures["light"], pictures["dark"])
        self.assertTrue(pictures["phone"].startswith(b"\x89PNG"))

    def test_it_can_be_printed(self):
        path = f"{self.sample.path}/page.pdf"
        browse(self.sample.write("html", "page.html"), f"--print-to-pdf={path}", "--no-pdf-header-footer")
        with open(path, "rb") as file:
            self.assertTrue(file.read().startswith(b"%PDF"))


if __name__ == "__main__":
    unittest.main()
