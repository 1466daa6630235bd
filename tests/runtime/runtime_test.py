"""Runs dotdiag-collect against real .NET runtimes and looks whether the processes live on.

usage: runtime_test.py COLLECT RUNTIMES SHOP

COLLECT is the program, RUNTIMES the directory that tools/runtimes.sh fills, SHOP the compiled tests/shop/shop.cs. Prints a
line for each test, and last `N passed, N failed`.
"""

import contextlib
import csv
import glob
import gzip
import hashlib
import io
import json
import mmap
import os
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import time

COLLECT, RUNTIMES, SHOP = (os.path.abspath(path) for path in sys.argv[1:4])
ORDERS = 500


class Target:
    """A process with a temporary directory of its own; killed in the end, whatever happens."""

    def __init__(self, command, environment=(), tmpdir=None):
        self.directory = tempfile.mkdtemp(prefix="dotdiag-")
        self.tmpdir = tmpdir if tmpdir is not None else f"{self.directory}/tmp"
        os.makedirs(self.tmpdir, exist_ok=True)
        self.log = f"{self.directory}/log"
        values = {"TMPDIR": self.tmpdir, "HOME": self.directory, "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1",
                  "DOTNET_BUNDLE_EXTRACT_BASE_DIR": f"{self.directory}/bundle", "AZURE_MCP_COLLECT_TELEMETRY": "false",
                  "SHOP_DEADLOCK": "1"}
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=log, stderr=log, cwd=self.directory,
                                            env={"PATH": os.environ["PATH"], **values, **dict(environment)})
        self.pid = self.process.pid

    def sockets(self):
        return glob.glob(f"{glob.escape(self.tmpdir)}/dotnet-diagnostic-{self.pid}-*")

    def wait_until(self, ready, what):
        for _ in range(300):
            if ready():
                return self
            if self.process.poll() is not None:
                break
            time.sleep(0.1)
        raise AssertionError(f"{what} did not happen; its output: {self.output()[-2000:]}")

    def output(self):
        with open(self.log, encoding="utf-8", errors="replace") as log:
            return log.read()

    def beats(self):
        return self.output().count("beat ")

    def lives_on(self):
        """Its own work goes on, and it answers."""
        assert self.process.poll() is None, "the process has ended"
        info = collect("info", "--pid", self.pid, "--format", "json")
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


def collect(*words, timeout=120, binary=False):
    return subprocess.run([COLLECT, *map(str, words)], capture_output=True, text=not binary, timeout=timeout, check=False)


@contextlib.contextmanager
def shop(**how):
    command = [f"{RUNTIMES}/net31/dotnetcore2/bin/dotnet", SHOP, str(ORDERS)]
    target = Target(command, **how)
    try:
        yield target.wait_until(lambda: target.beats() > 0, "a beat")
    finally:
        target.end()


@contextlib.contextmanager
def single_file(**how):
    target = Target([f"{RUNTIMES}/net10/package/dist/azmcp", "server", "start"], **how)
    try:
        yield target.wait_until(target.sockets, "a socket")
    finally:
        target.end()


BOTH = {"3.1": shop, "10": single_file}

# A pod in small: process, mount and temporary directory of its own (1 MB), a user without capabilities.
POD = """
mount -t tmpfs -o size=1m,mode=1777 none /tmp
mount --bind "$1" /mnt
mount --bind "$2" /srv
exec setpriv --reuid 1654 --regid 1654 --clear-groups --inh-caps=-all --bounding-set=-all --no-new-privs \\
  env -u TMPDIR /mnt/net31/dotnetcore2/bin/dotnet /srv/shop.dll "$3"
"""


@contextlib.contextmanager
def pod():
    inside = ["sh", "-ec", POD, "pod", RUNTIMES, os.path.dirname(SHOP), str(ORDERS)]
    target = Target(["unshare", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc", *inside])
    try:
        target.wait_until(lambda: target.beats() > 0, "a beat")
        with open(f"/proc/{target.pid}/task/{target.pid}/children", encoding="ascii") as children:
            target.pid = int(children.read().split()[0])
        yield target
    finally:
        target.end()


def collect_as(user, *words, drop=()):
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
                              timeout=120, check=False)


def good(result, code=0):
    assert result.returncode == code, f"exit code {result.returncode}: {result.stderr}"
    return result.stdout


def ps_entry(pid):
    return next(entry for entry in json.loads(collect("ps", "--format", "json").stdout) if entry.get("pid") == pid)


def command_lines():
    for path in glob.glob("/proc/[0-9]*/cmdline"):
        with contextlib.suppress(OSError), open(path, "rb") as file:
            yield file.read()


# --- every command, on both runtimes ---


def ps_lists_it(target, version):
    entry = ps_entry(target.pid)
    assert entry["version"].startswith(version), entry
    assert entry["socket"].endswith("-socket") and entry["problem"] == "", entry


def info_and_env_answer(target, version):
    assert json.loads(good(collect("info", "--pid", target.pid, "--format", "json")))["version"].startswith(version)
    names = good(collect("env", "--pid", target.pid)).splitlines()
    assert "TMPDIR" in names and not any("=" in name for name in names), names
    assert f"TMPDIR={target.tmpdir}" in good(collect("env", "--values", "--pid", target.pid)).splitlines()


def heap_is_whole_twice(target, _):
    for _ in range(2):
        heap = json.loads(good(collect("heap", "--pid", target.pid, "--format", "json")))
        assert heap["whole"] and heap["objects"] > 1000, heap["gaps"]
        assert heap["objects"] == sum(entry["objects"] for entry in heap["types"])


def gcdump_is_written(target, _):
    path = f"{target.directory}/heap.gcdump"
    good(collect("gcdump", "--pid", target.pid, "-o", path))
    with open(path, "rb") as file:
        assert file.read(24) == b"\x14\0\0\0!FastSerialization.1"


def stacks_have_names(target, _):
    groups = json.loads(good(collect("stacks", "--pid", target.pid, "--format", "json")))
    frames = [frame for group in groups for frame in group["frames"]]
    # A stub of the runtime's own has no name; it stands on a stack now and then while a process starts.
    unnamed = [frame for frame in frames if frame.startswith("0x")]
    assert frames and len(unnamed) * 20 < len(frames), frames


def counters_come_once(target, _):
    rows = list(csv.DictReader(io.StringIO(good(collect("counters", "--once", "--format", "csv", "--pid", target.pid)))))
    names = [row["counter"] for row in rows]
    assert "cpu-usage" in names and len(names) == len(set(names)), names


def trace_is_valid(target, _):
    path = f"{target.directory}/trace.nettrace"
    good(collect("trace", "--pid", target.pid, "-d", "1s", "-o", path))
    with open(path, "rb") as file:
        assert file.read()[-1:] == b"\1"
    assert "thread" in good(collect("convert", path, "--to", "stacks"))


def trace_stops_at_a_signal(target, _):
    path = f"{target.directory}/trace.nettrace"
    with subprocess.Popen([COLLECT, "trace", "--pid", str(target.pid), "-d", "1h", "-o", path],
                          stderr=subprocess.DEVNULL) as process:
        time.sleep(1)
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
    good(collect("convert", path, "--to", "stacks"))


def dump_is_whole(target, version):
    for kind in ("heap", "full"):
        path = f"{target.directory}/{kind}.dmp"
        result = collect("dump", "--type", kind, "--pid", target.pid, "-o", path)
        good(result)
        assert ("taking a full one" in result.stderr) == (version == "10" and kind == "heap"), result.stderr
        with open(path, "rb") as file:
            head = file.read(64)
        assert head[:4] == b"\x7fELF" and struct.unpack_from("<H", head, 16) == (4,)
        assert os.path.getsize(path) > 1 << 24
        os.unlink(path)
    assert not glob.glob("/dev/shm/dotdiag-*") and not glob.glob(f"{target.tmpdir}/dotdiag-*")


def fixed_segments(path):
    """Of a dump: {address: sum} of what nobody may write to."""
    with gzip.open(path) as file:
        dump = file.read()
    offset, count = struct.unpack_from("<Q", dump, 32)[0], struct.unpack_from("<H", dump, 56)[0]
    segments = {}
    for at in range(offset, offset + 56 * count, 56):
        kind, flags, start, address, _, size = struct.unpack_from("<IIQQQQ", dump, at)
        if kind == 1 and flags & 2 == 0:
            segments[address] = hashlib.sha256(dump[start:start + size]).digest()
    return segments


def dump_is_the_same_by_each_way(target, _):
    found = []
    for way in ("pipe", "file"):
        path = f"{target.directory}/{way}.dmp.gz"
        result = collect("dump", "--type", "full", "--way", way, "--pid", target.pid, "-o", path)
        good(result)
        with open(path, "rb") as file:
            assert f"SHA-256 {hashlib.sha256(file.read()).hexdigest()}" in result.stderr, result.stderr
        found.append(fixed_segments(path))
        os.unlink(path)
    pipe, file = found
    both = pipe.keys() & file.keys()
    different = [hex(address) for address in both if pipe[address] != file[address]]
    # A few change while the process goes on between the two.
    assert len(both) > 30 and len(both) >= 0.9 * len(pipe) and len(different) <= 0.1 * len(both), f"{len(both)} of {len(pipe)}: {different}"
    assert not glob.glob("/dev/shm/dotdiag-*") and not glob.glob(f"{target.tmpdir}/dotdiag-*")


def another_tool_holds_the_server(target, _):
    with socket.socket(socket.AF_UNIX) as silent:
        silent.connect(target.sockets()[0])
        time.sleep(0.2)
        result = collect("info", "--timeout", "1s", "--pid", target.pid)
        assert result.returncode == 2 and "does not answer: another tool holds" in result.stderr, result.stderr


def stopped_process_is_named(target, _):
    target.process.send_signal(signal.SIGSTOP)
    try:
        assert "is stopped" in ps_entry(target.pid)["problem"]
    finally:
        target.process.send_signal(signal.SIGCONT)


# --- what one runtime alone shows ---


def known_objects_are_counted_exactly():
    with shop() as target:
        heap = json.loads(good(collect("heap", "--pid", target.pid, "--format", "json")))
        counts = {entry["type"]: entry["objects"] for entry in heap["types"]}
        assert counts["Shop.Order"] == ORDERS and counts["Shop.Item"] == 3 * ORDERS, counts


def deadlock_is_seen():
    with shop() as target:
        text = good(collect("stacks", "--pid", target.pid))
        locked = [part.splitlines() for part in text.split("\n\n") if "Shop.Program.Lock(" in part]
        assert len(locked) == 2 and all("Monitor.Enter(" in lines[1] for lines in locked), text


def death_leaves_a_valid_trace():
    with shop() as target:
        path = f"{target.directory}/trace.nettrace"
        with subprocess.Popen([COLLECT, "trace", "--pid", str(target.pid), "-d", "1h", "-o", path],
                              stderr=subprocess.PIPE, text=True) as process:
            time.sleep(1.5)
            target.process.kill()
            _, said = process.communicate(timeout=30)
        assert process.returncode == 1 and "the process ended before" in said, said
        good(collect("convert", path, "--to", "stacks"))


def stale_socket_is_named():
    with shop() as target:
        path = target.sockets()[0]
        target.process.kill()
        target.process.wait()
        result = collect("info", "--socket", path)
        assert result.returncode == 2 and "nobody listens behind it" in result.stderr, result.stderr


def cut_off_name_is_found():
    with tempfile.TemporaryDirectory(prefix="d-") as base:
        with shop(tmpdir=base + "/" + "d" * (76 - len(base) - 1)) as target:
            entry = ps_entry(target.pid)
            assert not entry["socket"].endswith("-socket") and entry["problem"] == "", entry
            target.lives_on()


def switched_off_is_named():
    with shop(environment={"COMPlus_EnableDiagnostics": "0"}) as target:
        entry = ps_entry(target.pid)
        assert entry["socket"] == "" and "switched off by COMPlus_EnableDiagnostics=0" in entry["problem"], entry


def switched_off_ipc_is_named_on_net10():
    target = Target([f"{RUNTIMES}/net10/package/dist/azmcp", "server", "start"], environment={"DOTNET_EnableDiagnostics_IPC": "0"})
    try:
        # Nothing tells that it is up but the debugger's pipes, which stay.
        target.wait_until(lambda: glob.glob(f"{glob.escape(target.tmpdir)}/clr-debug-pipe-*"), "a pipe for debuggers")
        entry = ps_entry(target.pid)
        assert entry["socket"] == "" and "switched off by DOTNET_EnableDiagnostics_IPC=0" in entry["problem"], entry
    finally:
        target.end()


def name_without_room_for_a_socket_is_named():
    with tempfile.TemporaryDirectory(prefix="d-") as base:
        with shop(tmpdir=base + "/" + "d" * (102 - len(base) - 1)) as target:
            entry = ps_entry(target.pid)
            assert entry["socket"] == "" and "too long" in entry["problem"], entry


def listener_that_never_answers_is_named():
    with tempfile.TemporaryDirectory(prefix="d-") as base, socket.socket(socket.AF_UNIX) as silent:
        silent.bind(f"{base}/dotnet-diagnostic-1-1-socket")
        silent.listen()
        for words in (["info"], ["heap"], ["stacks"], ["dump", "-o", "/dev/null"], ["trace", "-d", "1s", "-o", "/dev/null"]):
            result = collect(*words, "--timeout", "1s", "--socket", f"{base}/dotnet-diagnostic-1-1-socket", timeout=20)
            assert result.returncode == 2 and "does not answer" in result.stderr, (words, result.stderr)


def death_ends_what_watches():
    with shop() as target:
        with subprocess.Popen([COLLECT, "counters", "--pid", str(target.pid)], stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, text=True) as process:
            time.sleep(1.5)
            target.process.kill()
            _, said = process.communicate(timeout=30)
        assert process.returncode == 1 and "the process ended" in said, f"{process.returncode}: {said}"


def reader_that_is_killed_leaves_the_process_unharmed():
    with shop() as target:
        path = f"{target.directory}/full.dmp"
        with subprocess.Popen([COLLECT, "dump", "--type", "full", "--pid", str(target.pid), "-o", path],
                              stderr=subprocess.DEVNULL) as process:
            while process.poll() is None and not any(os.path.getsize(part) > 1 << 20 for part in glob.glob(f"{path}.*.part")):
                time.sleep(0.001)
            process.kill()
        target.lives_on()
        assert not glob.glob("/dev/shm/dotdiag-*"), "the pipe was left"


def slow_reader_does_not_hold_the_process():
    with shop() as target:
        with subprocess.Popen([COLLECT, "dump", "--compress", "none", "--pid", str(target.pid), "-o", "-"],
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            assert process.stdout.read(4) == b"\x7fELF"
            target.lives_on()  # although nobody reads
            size = 4 + len(process.stdout.read())
            said = process.stderr.read().decode()
        assert process.returncode == 0 and size > 1 << 24, said


def reader_that_never_comes_ends_the_dump():
    with shop() as target:
        with subprocess.Popen([COLLECT, "dump", "--compress", "none", "--pid", str(target.pid), "-o", "-"],
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
            target.lives_on()
            process.stdout.close()
            said = process.stderr.read()
        assert process.returncode == 2 and "Broken pipe" in said, f"{process.returncode}: {said}"
        target.lives_on()


def several_processes_want_a_choice():
    with shop() as first, shop() as second:
        result = collect("info")
        assert result.returncode == 2 and f"--pid {first.pid}" in result.stderr and f"--pid {second.pid}" in result.stderr


def meters_come_from_net10():
    with single_file() as target:
        result = good(collect("counters", "--meters", "System.Runtime", "--once", "--format", "jsonl", "--pid", target.pid))
        names = {json.loads(line)["counter"] for line in result.splitlines()}
        assert "dotnet.process.memory.working_set" in names, names


def known_text_is_in_dumps():
    text = f"the shop keeps {ORDERS} orders".encode("utf-16-le")
    with shop() as target:
        for kind in ("heap", "full", "mini", "triage"):
            path = f"{target.directory}/{kind}.dmp"
            good(collect("dump", "--type", kind, "--pid", target.pid, "-o", path))
            with open(path, "rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as dump:
                # The small ones may hold it by chance: what is near a stack.
                assert dump.find(text) >= 0 or kind in ("mini", "triage"), kind
                assert dump.find(b"libcoreclr.so") >= 0, kind
        target.lives_on()


def death_in_the_middle_of_a_dump_is_named():
    with shop() as target:
        path = f"{target.directory}/full.dmp"
        with subprocess.Popen([COLLECT, "dump", "--type", "full", "--pid", str(target.pid), "-o", path],
                              stderr=subprocess.PIPE, text=True) as process:
            while process.poll() is None and not any(os.path.getsize(part) > 1 << 20 for part in glob.glob(f"{path}.*.part")):
                time.sleep(0.001)
            target.process.kill()
            _, said = process.communicate(timeout=60)
        assert not glob.glob(f"{path}*"), "half a dump was left"
        assert process.returncode == 2 and "the process ended in the middle of the dump" in said, said
        assert not any(b"/dev/shm/dotdiag-" in command for command in command_lines()), "createdump was left"
        assert not glob.glob("/dev/shm/dotdiag-*")


# --- across namespaces and users: only root can make these ---


def pod_is_seen_from_outside():
    with pod() as target:
        entry = ps_entry(target.pid)
        assert (entry["innerPid"], entry["uid"]) == (1, 1654) and entry["problem"] == "", entry
        assert entry["socket"].startswith(f"/proc/{target.pid}/root/tmp/dotnet-diagnostic-1-"), entry
        target.lives_on()


def pod_is_asked_by_its_own_user():
    with pod() as target:
        for words in (["info"], ["env"], ["heap"], ["stacks"], ["counters", "--once"]):
            good(collect_as(1654, *words, "--pid", target.pid))
        target.lives_on()


def pod_gives_a_dump_larger_than_its_disk():
    with pod() as target:
        for place in ("/tmp", "/dev/shm"):
            path = f"{target.directory}/heap.dmp"
            good(collect("dump", "--pid", target.pid, "--through", place, "-o", path))
            assert os.path.getsize(path) > 1 << 24
        assert not glob.glob(f"/proc/{target.pid}/root/tmp/dotdiag-*")
        assert collect_as(1654, "dump", "--pid", target.pid, "-o", "-").returncode == 0
        target.lives_on()


def pod_gives_a_dump_by_a_file_where_no_pipe_can_be():
    with pod() as target:
        path = f"{target.directory}/heap.dmp"
        result = collect_as(0, "dump", "--pid", target.pid, "-o", path, drop=("chown",))
        good(result)
        assert "it cannot be given to the user 1654" in result.stderr and "into a file in /dev/shm" in result.stderr, result.stderr
        result = collect("dump", "--way", "file", "--through", "/tmp", "--pid", target.pid, "-o", path)
        assert result.returncode == 2 and "/tmp: has 1 MB free, the dump takes about " in result.stderr, result.stderr
        assert not glob.glob("/dev/shm/dotdiag-*") and not glob.glob(f"/proc/{target.pid}/root/tmp/dotdiag-*")
        target.lives_on()


def pod_refuses_others_in_words():
    with pod() as target:
        for user, drop in ((1655, ()), (0, ("sys_ptrace",)), (0, ("all",))):
            result = collect_as(user, "info", "--pid", target.pid, drop=drop)
            assert result.returncode == 2 and "it runs as 1654:1654, we as " in result.stderr, result.stderr
        target.lives_on()


def listener_is_connected_to():
    with tempfile.TemporaryDirectory(prefix="d-") as base:
        port = f"{base}/port"
        trace = f"{base}/start.nettrace"
        with subprocess.Popen([COLLECT, "trace", "--port", port, "--profile", "common", "-d", "5s", "-o", trace],
                              stderr=subprocess.PIPE, text=True) as process:
            with single_file(environment={"DOTNET_DiagnosticPorts": port}) as target:
                _, said = process.communicate(timeout=60)
                assert process.returncode == 0, said
                target.lives_on()
        assert os.path.getsize(trace) > 100_000


ON_BOTH = [ps_lists_it, info_and_env_answer, heap_is_whole_twice, gcdump_is_written, stacks_have_names, counters_come_once,
           trace_is_valid, trace_stops_at_a_signal, dump_is_whole, dump_is_the_same_by_each_way,
           another_tool_holds_the_server, stopped_process_is_named]
ALONE = [known_objects_are_counted_exactly, deadlock_is_seen, death_leaves_a_valid_trace, stale_socket_is_named,
         cut_off_name_is_found, name_without_room_for_a_socket_is_named, switched_off_is_named,
         switched_off_ipc_is_named_on_net10, listener_that_never_answers_is_named, death_ends_what_watches,
         reader_that_is_killed_leaves_the_process_unharmed, slow_reader_does_not_hold_the_process,
         reader_that_never_comes_ends_the_dump, several_processes_want_a_choice, meters_come_from_net10,
         listener_is_connected_to, known_text_is_in_dumps, death_in_the_middle_of_a_dump_is_named]
AS_ROOT = [pod_is_seen_from_outside, pod_is_asked_by_its_own_user, pod_gives_a_dump_larger_than_its_disk,
           pod_gives_a_dump_by_a_file_where_no_pipe_can_be,
           pod_refuses_others_in_words]


def attempt(name, test):
    try:
        test()
        print(f"passed: {name}", flush=True)
        return True
    except (AssertionError, StopIteration, KeyError, ValueError, OSError, subprocess.TimeoutExpired) as problem:
        print(f"FAILED: {name}: {type(problem).__name__}: {problem}", flush=True)
        return False


def main():
    results = []
    for version, start in BOTH.items():
        with start() as target:
            for test in ON_BOTH:
                def run(test=test, target=target, version=version):
                    test(target, version)
                    target.lives_on()

                results.append(attempt(f".NET {version}: {test.__name__}", run))
    for test in ALONE + (AS_ROOT if os.geteuid() == 0 else []):
        results.append(attempt(test.__name__, test))
    if os.geteuid() != 0:
        print("skipped: namespaces and other users: only root can make them")
    print(f"{results.count(True)} passed, {results.count(False)} failed")
    return 0 if all(results) else 1


sys.exit(main())
