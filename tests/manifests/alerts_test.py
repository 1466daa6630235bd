"""The alerts of manifests/components/monitoring fire in the trouble that they name and only then; and they and the dashboard use
metrics that exist.

DOTDIAG_WEBHOOK names the program dotdiag-webhook. promtool has to be in PATH.
"""

import contextlib
import json
import os
import re
import socket
import subprocess
import tempfile
import time
import unittest
import urllib.request

import yaml
from rendering import HERE, MANIFESTS

MONITORING = f"{MANIFESTS}/components/monitoring"
TESTS = f"{HERE}/alerts.yaml"
OF_THE_POD = {"pod"}  # the label that Prometheus itself puts on what it collects


def load(path):
    with open(path, encoding="utf-8") as file:
        return yaml.safe_load(file)


def groups():
    return load(f"{MONITORING}/prometheusrule.yaml")["spec"]["groups"]


def rules():
    return [rule for group in groups() for rule in group["rules"]]


def promtool(kind, files, file):
    """Runs `promtool KIND rules FILE` where these files are; what it says, and whether it found nothing."""
    with tempfile.TemporaryDirectory() as directory:
        for name, content in files.items():
            with open(f"{directory}/{name}", "w", encoding="utf-8") as out:
                yaml.safe_dump(content, out)
        result = subprocess.run(["promtool", kind, "rules", file], cwd=directory, capture_output=True, text=True, check=False)
    return result.returncode == 0, result.stdout + result.stderr


def cases(alert=None):
    """alerts.yaml; where asked only the cases that look at this alert."""
    content = load(TESTS)
    content["tests"] = [case for case in content["tests"]
                        if alert is None or alert in [look["alertname"] for look in case["alert_rule_test"]]]
    return content


def tested(changed=None, expression=None):
    """Runs alerts.yaml, where asked with another expression for the alert `changed`. What an alert says of the case at hand is
    compared; its fixed texts are not written twice."""
    shortened = groups()
    for group in shortened:
        for rule in group["rules"]:
            rule["annotations"] = {"description": rule["annotations"]["description"]}
            if rule["alert"] == changed:
                rule["expr"] = expression
    return promtool("test", {"rules.yaml": {"groups": shortened}, "alerts.yaml": cases(changed)}, "alerts.yaml")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def serving():
    """The address of a webhook's admin port."""
    program, port = os.environ["DOTDIAG_WEBHOOK"], free_port()
    with tempfile.TemporaryDirectory() as directory:
        subprocess.run([program, "certs", "--out", directory, "--dns", "localhost"], check=True, capture_output=True)
        process = subprocess.Popen([program, "serve", "--listen", "127.0.0.1:0", "--admin", f"127.0.0.1:{port}", "--cert",
                                    f"{directory}/tls.crt", "--key", f"{directory}/tls.key"], stderr=subprocess.DEVNULL)
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            process.kill()
            process.wait()


def text_of(url):
    """What is there, as soon as somebody answers."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    for attempt in range(200):
        try:
            with opener.open(url) as answer:
                return answer.read().decode()
        except OSError:
            if attempt == 199:
                raise
            time.sleep(0.05)
    return None


def labels_in(text):
    return dict(re.findall(r'(\w+)="([^"]*)"', text))


def series_of_the_webhook():
    """Each of its series: the metric and its labels."""
    with serving() as address:
        lines = text_of(f"{address}/metrics").splitlines()
    matches = [re.match(r"(\w+)(\{.*\})? ", line) for line in lines if not line.startswith("#")]
    return [(match[1], labels_in(match[2] or "")) for match in matches]


def labels_of_the_api_server():
    with open(f"{HERE}/api_server_metrics.txt", encoding="utf-8") as file:
        lines = [line.split() for line in file if not line.startswith("#")]
    return {name: set(labels) for name, *labels in lines}


def labels_of_all():
    """The labels of each metric that there is."""
    known = labels_of_the_api_server()
    for name, labels in series_of_the_webhook():
        known.setdefault(name, set(OF_THE_POD)).update(labels)
    return known


def queries():
    """Each query of the dashboard, with what its legend names."""
    with open(f"{MONITORING}/dashboard.json", encoding="utf-8") as file:
        panels = json.load(file)["panels"]
    return [(target["expr"].replace("$__rate_interval", "5m"), re.findall(r"{{(\w+)}}", target["legendFormat"]))
            for panel in panels for target in panel["targets"]]


class Alerts(unittest.TestCase):
    def test_promtool_reads_them(self):
        fine, said = promtool("check", {"rules.yaml": {"groups": groups()}}, "rules.yaml")
        self.assertTrue(fine, said)

    def test_each_fires_in_its_trouble_and_is_silent_otherwise(self):
        fine, said = tested()
        self.assertTrue(fine, said)

    def test_one_that_never_fires_or_always_would_be_noticed(self):
        for rule in rules():
            for expression in ("vector(1) < 0", "vector(1)"):
                with self.subTest(alert=rule["alert"], expression=expression):
                    fine, said = tested(rule["alert"], expression)
                    self.assertFalse(fine)
                    self.assertIn(rule["alert"], said)

    def test_each_says_what_it_is_and_what_to_do(self):
        for rule in rules():
            self.assertEqual(set(rule["annotations"]), {"summary", "description", "action"}, rule["alert"])
            self.assertIn(rule["labels"]["severity"], ("warning", "critical"), rule["alert"])

    def test_the_series_of_the_tests_are_real(self):
        own, of_api_server = series_of_the_webhook(), labels_of_the_api_server()
        for case in load(TESTS)["tests"]:
            for series in case["input_series"]:
                name, labels = series["series"].split("{")[0], labels_in(series["series"])
                with self.subTest(series=series["series"]):
                    if name in of_api_server:
                        self.assertEqual(set(labels) - {"instance"}, of_api_server[name])
                    else:
                        self.assertIn((name, {key: labels[key] for key in labels if key not in OF_THE_POD}), own)


class Dashboard(unittest.TestCase):
    def test_promtool_reads_its_queries(self):
        recorded = [{"record": f"query:{number}", "expr": query} for number, (query, _) in enumerate(queries())]
        fine, said = promtool("check", {"rules.yaml": {"groups": [{"name": "queries", "rules": recorded}]}}, "rules.yaml")
        self.assertTrue(fine, said)

    def test_its_metrics_and_their_labels_exist(self):
        known = labels_of_all()
        for query, legend in queries():
            with self.subTest(query=query):
                names = re.findall(r"\b(?:dotdiag|apiserver)_\w+", query)
                self.assertTrue(names)
                used = set(legend) | set(re.findall(r'(\w+)=', query))
                for grouping in re.findall(r"by \(([^)]*)\)", query):
                    used |= set(grouping.split(", "))
                for name in names:
                    self.assertIn(name, known)
                    self.assertLessEqual(used, known[name] | OF_THE_POD)


if __name__ == "__main__":
    unittest.main()
