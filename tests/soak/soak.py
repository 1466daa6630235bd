"""Disturbs dotdiag-webhook under load, and counts the calls that fail or come without the patch that was due.

usage: soak.py WEBHOOK [CALLS]

WEBHOOK is the program, CALLS how many are made for each disturbance (default: 100000). The clients are like an API server's: 25
connections that are kept, one request at a time on each, a POST that fails is not sent again. Ends with 1 where one failed.
"""

import base64
import contextlib
import http.client
import json
import os
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = f"{HERE}/../.."
RECORDED = f"{ROOT}/testdata/admission/25-deploy-initcontainers--CREATE-deployments.json"
CONNECTIONS = 25
TIMES = 10  # that each disturbance happens
CALLS_ON_A_CONNECTION = 200  # then a new one, which sees the certificate of today


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def opted_in_review():
    with open(RECORDED, encoding="utf-8") as file:
        return file.read().replace('"annotations":{', '"annotations":{"dotdiag.io/inject":"true",', 1).encode()


class Webhook:
    """One instance, with its files in a directory of its own."""

    def __init__(self, program, directory, name):
        self.directory = f"{directory}/{name}"
        self.port, self.admin = free_port(), free_port()
        os.makedirs(f"{self.directory}/tls")
        shutil.copytree(f"{ROOT}/policies", f"{self.directory}/policies")
        self.write_config("info")
        for file in ("tls.crt", "tls.key"):
            shutil.copy(f"{directory}/certs0/{file}", f"{self.directory}/tls/{file}")
        with open(f"{self.directory}/log", "wb") as log:
            self.process = subprocess.Popen(
                [program, "serve", "--listen", f"127.0.0.1:{self.port}", "--admin", f"127.0.0.1:{self.admin}",
                 "--cert", f"{self.directory}/tls/tls.crt", "--key", f"{self.directory}/tls/tls.key",
                 "--policies", f"{self.directory}/policies", "--config", f"{self.directory}/config.yaml"], stderr=log)
        for _ in range(1200):
            with contextlib.suppress(OSError):
                if self.ask("/readyz") == "ok\n":
                    return
            time.sleep(0.05)
        raise SystemExit("soak: the webhook does not start")

    def write_config(self, level):
        with open(f"{self.directory}/config.yaml", "w", encoding="ascii") as file:
            file.write(f"logLevel: {level}\nshutdownDelay: 5\nshutdownTimeout: 60\n")

    def ask(self, path):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.admin}{path}", timeout=5) as answer:
            return answer.read().decode()

    def counted(self, name):
        """The sum of all series of a metric."""
        return sum(float(line.rsplit(" ", 1)[1]) for line in self.ask("/metrics").splitlines()
                   if line.startswith(f"dotdiag_webhook_{name}"))

    def stop(self):
        """At once. Returns the number of faults: sanitizers end a program with another code than 0."""
        for _ in range(2):
            self.process.send_signal(signal.SIGTERM)
            time.sleep(0.2)
        return self.end(60)

    def end(self, seconds):
        with contextlib.suppress(subprocess.TimeoutExpired):
            if self.process.wait(timeout=seconds) == 0:
                return 0
        self.process.kill()
        with open(f"{self.directory}/log", encoding="utf-8", errors="replace") as log:
            others = [line for line in log if '"level":"info"' not in line]
        print("soak: an instance did not end as it should:\n", *others[-40:])
        return 1


class Load:
    """Calls on CONNECTIONS threads; `target` says which instance new connections go to, as a Service does."""

    def __init__(self, target, trust, calls):
        self.target, self.trust = target, trust
        self.body = opted_in_review()
        self.left, self.made = calls, 0
        self.faults = []
        self.lock = threading.Lock()
        self.threads = [threading.Thread(target=self.work, daemon=True) for _ in range(CONNECTIONS)]
        for thread in self.threads:
            thread.start()

    def next_call(self):
        with self.lock:
            self.left -= 1
            self.made += self.left >= 0
            return self.left >= 0

    def work(self):
        connection, age = None, 0
        while self.next_call():
            try:
                if connection is None:
                    connection, age = http.client.HTTPSConnection("localhost", self.target().port, context=self.trust, timeout=10), 0
                    connection.connect()
                closes = self.call(connection)
                age += 1
                if closes or age == CALLS_ON_A_CONNECTION:
                    connection.close()
                    connection = None
            except (OSError, http.client.HTTPException) as error:
                self.faults.append(f"{type(error).__name__}: {error}")
                connection = None

    def call(self, connection):
        """Whether the server asked for the connection to be closed."""
        connection.request("POST", "/mutate?timeout=10s", self.body, {"Content-Type": "application/json"})
        answer = connection.getresponse()
        text = answer.read()
        if answer.status != 200:
            self.faults.append(f"status {answer.status}")
        else:
            patch = json.loads(text)["response"].get("patch")
            if patch is None or b"volumeMounts" not in base64.b64decode(patch):
                self.faults.append("no patch")
        return answer.getheader("Connection", "").lower() == "close"

    def wait(self):
        for thread in self.threads:
            thread.join()


def swap_certificate(webhook, directory, turn):
    """Returns when the new one is served, which must not take the ten seconds until the next look."""
    loaded = 'reloads_total{what="certificate"}'
    before, deadline = webhook.counted(loaded), time.monotonic() + 8
    write_certificate(webhook, directory, turn)
    while webhook.counted(loaded) == before:
        if time.monotonic() > deadline:
            print(f"soak: certificate {turn} was not served within 8 s")
            return
        time.sleep(0.02)


def write_certificate(webhook, directory, turn):
    """In odd turns as the kubelet does it, in even ones file by file."""
    tls, fresh = f"{webhook.directory}/tls", f"{directory}/certs{turn % TIMES + 1}"
    if turn % 2 == 0:
        for file in ("tls.key", "tls.crt"):
            shutil.copy(f"{fresh}/{file}", f"{tls}/new")
            os.replace(f"{tls}/new", f"{tls}/{file}")
        return
    version = f"..{turn}"
    os.makedirs(f"{tls}/{version}")
    for file in ("tls.crt", "tls.key"):
        shutil.copy(f"{fresh}/{file}", f"{tls}/{version}/{file}")
    os.symlink(version, f"{tls}/..new")
    os.replace(f"{tls}/..new", f"{tls}/..data")
    for file in ("tls.crt", "tls.key"):
        os.symlink(f"..data/{file}", f"{tls}/link")
        os.replace(f"{tls}/link", f"{tls}/{file}")


def change_policies_and_config(webhook, turn):
    """Good, broken and half-written ones in turn."""
    policy = f"{webhook.directory}/policies/mine.yaml"
    with open(f"{ROOT}/policies/dotnet-monitor.yaml", encoding="utf-8") as file:
        text = file.read().replace("name: dotnet-monitor", f"name: mine{turn}", 1)
    config = ["logLevel: warning\n", "logLevel: loud\n", "logLevel: [\n"][turn % 3]
    text = [text, "name: broken\n", text[:len(text) // 2]][turn % 3]
    for path, content in ((policy, text), (f"{webhook.directory}/config.yaml", config)):
        with open(path, "w", encoding="utf-8") as file:
            file.write(content)


def run(name, load, disturb):
    """Disturbs TIMES times, evenly over the calls. Returns the number of faults."""
    calls = load.left + load.made
    for turn in range(TIMES):
        while load.made < calls * (turn + 0.5) / TIMES and load.left > 0:
            time.sleep(0.01)
        disturb(turn)
    load.wait()
    print(f"soak: {name}: {load.made} calls, {len(load.faults)} faults", flush=True)
    for fault in sorted(set(load.faults))[:5]:
        print(f"  {load.faults.count(fault)} x {fault}")
    return len(load.faults)


def take_over(program, directory, trust, calls):
    """Ten times: SIGTERM to an instance while new connections go to its successor."""
    running = [Webhook(program, directory, "instance0")]
    load = Load(lambda: running[-1], trust, calls)

    def replace(turn):
        successor = Webhook(program, directory, f"instance{turn + 1}")
        before = running[-1]
        before.process.send_signal(signal.SIGTERM)
        time.sleep(0.3)  # endpoints take a moment to change: the old one still accepts
        running.append(successor)

    faults = run("SIGTERM and a take-over", load, replace)
    faults += sum(webhook.end(90) for webhook in running[:-1])
    return faults + running[-1].stop()


def soak(program, directory, calls):
    trust = ssl.create_default_context()
    for number in range(TIMES + 1):
        subprocess.run([program, "certs", "--out", f"{directory}/certs{number}", "--dns", "localhost", "--ip", "127.0.0.1"],
                       check=True, stdout=subprocess.DEVNULL)
        trust.load_verify_locations(f"{directory}/certs{number}/ca.crt")
    webhook = Webhook(program, directory, "webhook")
    faults = 0
    try:
        for name, disturb in (
                ("certificates swapped", lambda turn: swap_certificate(webhook, directory, turn)),
                ("SIGHUP", lambda turn: webhook.process.send_signal(signal.SIGHUP)),
                ("policies and configuration changed", lambda turn: change_policies_and_config(webhook, turn))):
            faults += run(name, Load(lambda: webhook, trust, calls), disturb)
        time.sleep(0.5)
        mutated = sum(float(line.rsplit(" ", 1)[1]) for line in webhook.ask("/metrics").splitlines()
                      if line.startswith("dotdiag_webhook_reviews_total") and 'result="mutated"' in line)
        swaps = webhook.counted('reloads_total{what="certificate"}')
        print(f"soak: the metrics say {mutated:.0f} mutated, {swaps:.0f} certificates loaded, {webhook.counted('reloads_total'):.0f} "
              f"changes taken over, {webhook.counted('reload_failures_total'):.0f} refused")
        if mutated != 3 * calls or swaps != TIMES:
            print("soak: that is not what was done")
            faults += 1
    finally:
        faults += webhook.stop()
    return faults + take_over(program, directory, trust, calls)


def main():
    if len(sys.argv) not in (2, 3):
        raise SystemExit(__doc__)
    with tempfile.TemporaryDirectory() as directory:
        faults = soak(os.path.abspath(sys.argv[1]), directory, int(sys.argv[2]) if len(sys.argv) == 3 else 100_000)
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
