"""What a request over TLS costs dotdiag-webhook, beside nginx with a static answer and a plain Go webhook, in one run.

usage: https.py DIRECTORY

DIRECTORY holds the programs of the bench preset. Prints tables in Markdown: CPU of the server for a review and for a
handshake, memory of an idle connection, CPU by the size of the body. All servers listen on 127.0.0.1 with one thread and are
stopped at the end. Without nginx or Go their columns stay empty.
"""

import contextlib
import glob
import http.client
import json
import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time

from figures import compare, measure, row, table

HERE = os.path.dirname(os.path.abspath(__file__))
RECORDED = f"{HERE}/../testdata/admission/25-deploy-initcontainers--CREATE-deployments.json"
SECONDS = 2  # of load for each figure and round
ROUNDS = 3
CONNECTIONS = (1, 8, 64)
IDLE = 300
BODY_SIZES = (5_000, 50_000, 500_000, 5_000_000, 12_000_000)  # bytes
BYTES_OF_EACH_SIZE = 100_000_000

NGINX = """
daemon off; worker_processes 1; error_log stderr crit; pid {directory}/nginx.pid;
events {{ worker_connections 1024; }}
http {{
  access_log off; client_body_temp_path {directory}; proxy_temp_path {directory}; fastcgi_temp_path {directory};
  uwsgi_temp_path {directory}; scgi_temp_path {directory}; client_max_body_size 20m; keepalive_requests 100000000;
  server {{
    listen 127.0.0.1:{port} ssl; ssl_certificate {directory}/tls.crt; ssl_certificate_key {directory}/tls.key;
    default_type application/json;
    location / {{ return 200 '{answer}'; }}
  }}
}}
"""


class Server:
    """A server process that was started here; with its children, which nginx has."""

    def __init__(self, command, port, **options):
        self.process = subprocess.Popen(command, **options)
        self.port = port
        self.wait()

    def wait(self):
        for _ in range(100):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
                return
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        raise SystemExit(f"{self.process.args[0]} did not start")

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=20)

    def pids(self):
        own = self.process.pid
        children = subprocess.run(["pgrep", "-P", str(own)], capture_output=True, text=True, check=False).stdout.split()
        return [own, *map(int, children)]

    def cpu(self):
        """Seconds on a processor so far."""
        nanoseconds = 0
        for pid in self.pids():
            for path in glob.glob(f"/proc/{pid}/task/*/schedstat"):
                with contextlib.suppress(OSError), open(path, encoding="ascii") as file:
                    nanoseconds += int(file.read().split()[0])
        return nanoseconds / 1e9

    def memory(self):
        """Bytes that nobody else has."""
        total = 0
        for pid in self.pids():
            with open(f"/proc/{pid}/smaps_rollup", encoding="ascii") as file:
                total += sum(int(number) for number in re.findall(r"^Private_\w+: +(\d+)", file.read(), re.M))
        return total * 1024


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start_webhook(programs, directory):
    port = free_port()
    command = [f"{programs}/webhook/dotdiag-webhook", "serve", "--listen", f"127.0.0.1:{port}", "--threads", "1",
               "--shutdown-delay", "0", "--shutdown-timeout", "0", "--cert", f"{directory}/tls.crt", "--key", f"{directory}/tls.key"]
    return Server(command, port, stderr=subprocess.DEVNULL)  # what it logs is part of a request's price


def start_nginx(directory, answer):
    if not (program := shutil.which("nginx", path=os.environ["PATH"] + ":/usr/sbin")):
        return None
    port = free_port()
    with open(f"{directory}/nginx.conf", "w", encoding="ascii") as file:
        file.write(NGINX.format(directory=directory, port=port, answer=answer))
    return Server([program, "-c", f"{directory}/nginx.conf"], port)


def start_go(directory):
    if not (program := shutil.which("go", path=os.environ["PATH"] + ":/usr/local/go/bin")):
        return None
    binary = f"{directory}/go-webhook"
    subprocess.run([program, "build", "-o", binary, "."], cwd=f"{HERE}/go-webhook", check=True,
                   env={**os.environ, "GOTOOLCHAIN": "local", "GOFLAGS": "-mod=mod"})
    port = free_port()
    return Server([binary, f"127.0.0.1:{port}", f"{directory}/tls.crt", f"{directory}/tls.key"], port,
                  stderr=subprocess.DEVNULL, env={**os.environ, "GOMAXPROCS": "1"})


def load(server, body, connections):
    """Posts `body` for a while: seconds of CPU for a request."""
    before = server.cpu()
    out = subprocess.run(["wrk", "--threads", "1", "--connections", str(connections), "--duration", f"{SECONDS}s", "--script",
                          f"{HERE}/post.lua", f"https://127.0.0.1:{server.port}/mutate", "--", body],
                         capture_output=True, text=True, check=True, timeout=60).stdout
    if failed := re.search(r".*(Non-2xx|Socket errors).*", out):
        raise SystemExit(f"port {server.port}: {failed[0].strip()}")
    return (server.cpu() - before) / int(re.search(r"(\d+) requests in", out)[1])


def handshakes(server):
    """Seconds of CPU for a full TLS 1.3 handshake."""
    before = server.cpu()
    out = subprocess.run(["openssl", "s_time", "-new", "-time", str(SECONDS), "-connect", f"127.0.0.1:{server.port}"],
                         capture_output=True, text=True, check=True, timeout=60).stdout
    return (server.cpu() - before) / int(re.search(r"^(\d+) connections in .*real", out, re.M)[1])


def context():
    trusting = ssl.create_default_context()
    trusting.check_hostname = False
    trusting.verify_mode = ssl.CERT_NONE
    return trusting


def post(connection, body):
    connection.request("POST", "/mutate", body, {"Content-Type": "application/json"})
    answer = connection.getresponse()
    answer.read()
    if answer.status != 200:
        raise SystemExit(f"port {connection.port} answered {answer.status}")


def idle_memory(server, body):
    """Bytes for a connection that waits for its second request."""

    def opened():
        connection = http.client.HTTPSConnection("127.0.0.1", server.port, context=context(), timeout=10)
        post(connection, body)
        return connection

    warm = [opened() for _ in range(10)]
    before = server.memory()
    idle = [opened() for _ in range(IDLE)]
    after = server.memory()
    for connection in warm + idle:
        connection.close()
    return (after - before) / IDLE


def cpu_by_size(server, recorded, size):
    """Seconds of CPU for a body of `size` bytes, most of it one annotation."""
    review = json.loads(recorded)
    review["request"]["object"]["metadata"].setdefault("annotations", {})["example.com/notes"] = "x" * (size - len(recorded))
    body = json.dumps(review, separators=(",", ":")).encode()
    connection = http.client.HTTPSConnection("127.0.0.1", server.port, context=context(), timeout=60)
    post(connection, body)
    requests = min(1000, BYTES_OF_EACH_SIZE // size)
    before = server.cpu()
    for _ in range(requests):
        post(connection, body)
    return (server.cpu() - before) / requests


def run(programs, directory, stack):
    subprocess.run([f"{programs}/webhook/dotdiag-webhook", "certs", "--out", directory, "--dns", "localhost", "--ip", "127.0.0.1"],
                   check=True, stdout=subprocess.DEVNULL)
    with open(RECORDED, encoding="utf-8") as file:
        plain = file.read()
    bodies = {"not opted in": plain, "opted in": plain.replace('"annotations":{', '"annotations":{"dotdiag.io/inject":"true",', 1)}
    for name, text in bodies.items():
        with open(f"{directory}/{name}.json", "w", encoding="utf-8") as file:
            file.write(text)
    servers = [start_webhook(programs, directory), start_nginx(directory, "x" * 1300), start_go(directory)]
    for server, name in zip(servers, ("dotdiag-webhook", "nginx", "Go")):
        if server:
            stack.callback(server.stop)
        else:
            print(f"https: {name} is not installed: its column stays empty")

    table("CPU of the server, us", "dotdiag", "nginx", "Go", "to nginx", "to Go")
    for name in bodies:
        for connections in CONNECTIONS:
            def step(server, body=f"{directory}/{name}.json", connections=connections):
                return load(server, body, connections)
            compare(f"review, {name}, connections: {connections}", 1e6, *measure(servers, step, ROUNDS))
    compare("full TLS handshake", 1e6, *measure(servers, handshakes, ROUNDS))

    table("memory, kB", "dotdiag", "nginx", "Go", "to nginx", "to Go")
    compare("idle connection", 1e-3, *(idle_memory(server, plain) if server else None for server in servers))

    table("CPU by size of the body", "us", "ns for a byte")
    for size in BODY_SIZES:
        seconds = cpu_by_size(servers[0], plain, size)
        row(f"{size:,} bytes", f"{seconds * 1e6:.0f}", f"{seconds * 1e9 / size:.2f}")


def main():
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    if not shutil.which("wrk"):
        raise SystemExit("https: wrk is not installed: run ./dev setup --all")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("https: stopped"))  # so that the servers are
    with tempfile.TemporaryDirectory() as directory, contextlib.ExitStack() as stack:
        run(sys.argv[1], directory, stack)


if __name__ == "__main__":
    main()
