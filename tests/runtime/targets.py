"""The processes that are looked into, in surroundings as a pod has them, and dotdiag-collect to look with.

An application of ours (tests/shop) on .NET Core 3.1 and .NET 9, and a single-file program of .NET 10.
"""

import contextlib
import glob
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time

COLLECT, RUNTIMES, SHOP, NET9 = (os.path.abspath(path) for path in sys.argv[1:5])
ORDERS = 500
KNOWN_VALUE = "the-value-that-a-dump-must-hold"


class Target:
    """A process with a temporary directory of its own; killed in the end, whatever happens."""

    def __init__(self, command, environment=(), tmpdir=None):
        self.directory = tempfile.mkdtemp(prefix="dotdiag-")
        self.tmpdir = tmpdir if tmpdir is not None else f"{self.directory}/tmp"
        os.makedirs(self.tmpdir, exist_ok=True)
        self.log = f"{self.directory}/log"
        values = {"TMPDIR": self.tmpdir, "HOME": self.directory, "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1",
                  "DOTNET_BUNDLE_EXTRACT_BASE_DIR": f"{self.directory}/bundle", "AZURE_MCP_COLLECT_TELEMETRY": "false",
                  "SHOP_DEADLOCK": "1", "DOTDIAG_KNOWN": KNOWN_VALUE}
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=log, stderr=log, cwd=self.directory,
                                            env={"PATH": os.environ["PATH"], **values, **dict(environment)})
        self.pid = self.process.pid

    def sockets(self):
        return glob.glob(f"{glob.escape(self.tmpdir)}/dotnet-diagnostic-{self.pid}-*")

    def wait_until(self, ready, what):
        for _ in range(600):
            if ready():
                return self
            if self.process.poll() is not None:
                break
            time.sleep(0.1)
        raise AssertionError(f"{what} did not happen; its output: {self.output()[-2000:]}")

    def output(self):
        with open(self.log, encoding="utf-8", errors="replace") as log:
            return log.read()

    def wait_for_recording(self):
        """Of a trace into a file of its directory: until some of it is there."""
        self.wait_until(lambda: any(os.path.getsize(part) for part in glob.glob(f"{self.directory}/*.part")), "a recording")

    def beats(self):
        return self.output().count("beat ")

    def kill(self):
        os.kill(self.pid, signal.SIGKILL)
        self.process.wait()

    def lives_on(self):
        """Its own work goes on, and it answers: after a dump that it is busy with, for which a machine may take its time."""
        assert self.process.poll() is None, "the process has ended"
        info = collect("info", "--timeout", "60s", "--pid", self.pid, "--format", "json")
        assert info.returncode == 0, info.stderr
        if "shop" in json.loads(info.stdout)["assembly"]:
            beats = self.beats()
            self.wait_until(lambda: self.beats() > beats, "another beat")

    def end(self):
        # A change of user undoes --kill-child: the process inside is killed by its own number.
        if self.pid != self.process.pid:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
        self.process.kill()
        self.process.wait()
        shutil.rmtree(self.directory, ignore_errors=True)


# A pod in small: process, mount and temporary directory of its own (1 MB), a user without capabilities.
POD = """
mount -t tmpfs -o size=1m,mode=1777 none /tmp
mount --bind "$1" /mnt
mount --bind "$2" /srv
mount --bind "$3" /opt
mount -t tmpfs -o size=100m,mode=1777 none /media
shift 3
exec setpriv --reuid 1654 --regid 1654 --clear-groups --inh-caps=-all --bounding-set=-all --no-new-privs \\
  env -u TMPDIR -u HOME DOTNET_BUNDLE_EXTRACT_BASE_DIR=/media "$@"
"""


class Runtime:
    """A version of .NET, and what can be started on it."""

    def __init__(self, version, command, runs_the_shop):
        self.version, self.command, self.runs_the_shop = version, command, runs_the_shop

    def is_ready(self, target):
        return target.beats() > 0 if self.runs_the_shop else target.sockets()

    @contextlib.contextmanager
    def start(self, wait=True, **how):
        words = [word.format(runtimes=RUNTIMES, net9=NET9, shop=SHOP) for word in self.command]
        target = Target(words, **how)
        try:
            yield target.wait_until(lambda: self.is_ready(target), "its start") if wait else target
        finally:
            target.end()

    @contextlib.contextmanager
    def start_pod(self):
        words = [word.format(runtimes="/mnt", net9="/opt", shop="/srv/" + os.path.basename(SHOP)) for word in self.command]
        inside = ["sh", "-ec", POD, "pod", RUNTIMES, os.path.dirname(SHOP), NET9, *words]
        target = Target(["unshare", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc", *inside])
        children = f"/proc/{target.pid}/task/{target.pid}/children"

        def first_process():
            with open(children, encoding="ascii") as file:
                return file.read().split()[:1]

        def has_socket():
            return glob.glob(f"/proc/{first_process()[0]}/root/tmp/dotnet-diagnostic-1-*") if first_process() else []

        try:
            target.wait_until(has_socket, "its start")
            if self.runs_the_shop:
                target.wait_until(lambda: target.beats() > 0, "a beat")
            target.pid = int(first_process()[0])
            yield target
        finally:
            target.end()


RUNTIMES_UNDER_TEST = [
    Runtime("3.1", ["{runtimes}/net31/dotnetcore2/bin/dotnet", "{shop}", str(ORDERS)], True),
    Runtime("9", ["{net9}/dotnet", "{shop}", str(ORDERS)], True),
    Runtime("10", ["{runtimes}/net10/package/dist/azmcp", "server", "start"], False),
]


def collect(*words, timeout=120):
    return subprocess.run([COLLECT, *map(str, words)], capture_output=True, text=True, errors="replace", timeout=timeout, check=False)


def collect_as(user, *words, drop=(), timeout=120):
    """As another user, from a copy of the program that everybody may run."""
    with tempfile.TemporaryDirectory(prefix="dotdiag-") as directory:
        os.chmod(directory, 0o755)
        shutil.copy(COLLECT, f"{directory}/collect")
        command = ["setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups"]
        if user != 0:
            drop = ["all"]
        for capability in drop:
            command += [f"--inh-caps=-{capability}", f"--bounding-set=-{capability}"]
        return subprocess.run([*command, f"{directory}/collect", *map(str, words)], capture_output=True, text=True, errors="replace",
                              timeout=timeout, check=False)


@contextlib.contextmanager
def collecting(*words):
    """It at work, with its output as bytes; killed in the end."""
    with subprocess.Popen([COLLECT, *map(str, words)], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        try:
            yield process
        finally:
            process.kill()


def said_by(process, timeout=120):
    """What it wrote to standard error until its end."""
    return process.communicate(timeout=timeout)[1].decode(errors="replace")


def good(result, code=0):
    assert result.returncode == code, f"exit code {result.returncode}: {result.stderr}"
    return result.stdout


def refused(result, *words):
    assert result.returncode == 2 and all(word in result.stderr for word in words), f"exit code {result.returncode}: {result.stderr}"


def ps_entry(pid):
    return next(entry for entry in json.loads(collect("ps", "--format", "json").stdout) if entry.get("pid") == pid)


def commands_for(directory):
    """Every command that asks a process, with what it needs."""
    return {
        "info": ["info"],
        "env": ["env"],
        "heap": ["heap", "--yes"],
        "gcdump": ["gcdump", "--yes", "-o", f"{directory}/heap.gcdump"],
        "stacks": ["stacks"],
        "counters": ["counters", "--once"],
        "trace": ["trace", "-d", "1s", "-o", f"{directory}/events.nettrace"],
        "dump": ["dump", "--yes", "-o", f"{directory}/memory.dmp"],
        "resume": ["resume"],
    }


@contextlib.contextmanager
def everybodys_directory():
    with tempfile.TemporaryDirectory(prefix="d-") as directory:
        os.chmod(directory, 0o777)
        yield directory


def all_answer(runtime, ask):
    """`ask(words)` runs a command: each must do what it is for."""
    with everybodys_directory() as directory:
        for name, words in commands_for(directory).items():
            result = ask(words)
            if name == "resume" and runtime.version == "3.1":
                refused(result, "does not know the command")
            else:
                assert result.returncode == 0, f"{name}: exit code {result.returncode}: {result.stderr}"


def all_refuse(ask, *expected):
    """Each must say the same instead, and leave no file."""
    with everybodys_directory() as directory:
        for name, words in commands_for(directory).items():
            result = ask(words)
            assert result.returncode == 2 and all(text in result.stderr for text in expected), f"{name}: {result.returncode}: {result.stderr}"
        assert not os.listdir(directory), f"{os.listdir(directory)} were left"


def nothing_is_left_in(*directories):
    """Of a dump's pipe or file, which its writer may close a moment later."""
    for _ in range(50):
        left = [path for directory in directories for path in glob.glob(f"{directory}/dotdiag-*.dmp")]
        if not left:
            return
        time.sleep(0.1)
    raise AssertionError(f"{left} were left")
