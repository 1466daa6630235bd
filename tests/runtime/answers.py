"""What a healthy process answers: one process for all of these, which must live on after each."""

import csv
import io
import json
import signal
import time

from formats import GcdumpReader, objects_of_nettrace
from targets import ORDERS, all_answer, collect, collecting, good, ps_entry, refused, said_by


def every_command_answers(target, runtime):
    all_answer(runtime, lambda words: collect(*words, "--pid", target.pid))


def ps_lists_it(target, runtime):
    entry = ps_entry(target.pid)
    assert entry["version"].startswith(runtime.version), entry
    assert entry["socket"].endswith("-socket") and entry["problem"] == "", entry


def info_and_env_answer(target, runtime):
    assert json.loads(good(collect("info", "--pid", target.pid, "--format", "json")))["version"].startswith(runtime.version)
    names = good(collect("env", "--pid", target.pid)).splitlines()
    assert "TMPDIR" in names and not any("=" in name for name in names), names
    assert f"TMPDIR={target.tmpdir}" in good(collect("env", "--values", "--pid", target.pid)).splitlines()


def heap_is_whole_twice(target, _):
    for _ in range(2):
        heap = json.loads(good(collect("heap", "--pid", target.pid, "--format", "json")))
        assert heap["whole"] and heap["objects"] > 1000, heap["gaps"]
        assert heap["objects"] == sum(entry["objects"] for entry in heap["types"])


def known_objects_are_counted_exactly(target, runtime):
    if not runtime.runs_the_shop:
        return
    heap = json.loads(good(collect("heap", "--pid", target.pid, "--format", "json")))
    counts = {entry["type"]: entry["objects"] for entry in heap["types"]}
    assert counts["Shop.Order"] == ORDERS and counts["Shop.Item"] == 3 * ORDERS, counts


def gcdump_says_the_same_as_heap(target, runtime):
    path = f"{target.directory}/heap.gcdump"
    heap = json.loads(good(collect("heap", "--pid", target.pid, "--format", "json")))
    good(collect("gcdump", "--pid", target.pid, "-o", path))
    types = GcdumpReader(path).read()
    objects = sum(count for count, _ in types.values())
    # Its process goes on between the two, and roots are nodes too.
    assert 0.9 * heap["objects"] < objects < 1.3 * heap["objects"] + 1000, (objects, heap["objects"])
    if runtime.runs_the_shop:
        sizes = {entry["type"]: entry["bytes"] for entry in heap["types"]}
        assert types["Shop.Order"] == (ORDERS, sizes["Shop.Order"]), types["Shop.Order"]
        assert types["Shop.Item"] == (3 * ORDERS, sizes["Shop.Item"]), types["Shop.Item"]


def stacks_have_names(target, _):
    groups = json.loads(good(collect("stacks", "--pid", target.pid, "--format", "json")))
    frames = [frame for group in groups for frame in group["frames"]]
    # A stub of the runtime's own has no name; it stands on a stack now and then while a process starts.
    unnamed = [frame for frame in frames if frame.startswith("0x")]
    assert frames and len(unnamed) * 20 < len(frames), frames


def deadlock_is_seen(target, runtime):
    if not runtime.runs_the_shop:
        return
    groups = json.loads(good(collect("stacks", "--pid", target.pid, "--format", "json")))
    blocked = [group for group in groups if any("Shop.Program.Lock(" in frame for frame in group["frames"])]
    assert sum(len(group["threads"]) for group in blocked) == 2, groups
    assert all(thread["state"] == "waiting" for group in blocked for thread in group["threads"]), blocked
    # With .NET 9 the wait has no frame of its own.
    innermost = "Shop.Program.Lock(" if runtime.version == "9" else "System.Threading.Monitor.Enter("
    assert all(group["frames"][0].startswith(innermost) for group in blocked), blocked


def counters_come_once(target, _):
    rows = list(csv.DictReader(io.StringIO(good(collect("counters", "--once", "--format", "csv", "--pid", target.pid)))))
    names = [row["counter"] for row in rows]
    assert "cpu-usage" in names and len(names) == len(set(names)), names


def meters_come_where_there_are_some(target, runtime):
    words = ["counters", "--meters", "System.Runtime", "--once", "--format", "jsonl", "--pid", target.pid]
    if runtime.version == "3.1":
        refused(collect(*words), "--meters: only .NET 8 and later")
        return
    if runtime.runs_the_shop:  # without the library that has meters
        assert "nothing has come: no source has that name" in collect(*words).stderr
        return
    names = {json.loads(line)["counter"] for line in good(collect(*words)).splitlines()}
    assert "dotnet.process.memory.working_set" in names, names


def each_profile_records(target, _):
    for profile in ("sampled", "dotnet-common", "dotnet-sampled-thread-time", "gc-collect", "gc-verbose", "database", "cpu-sampling"):
        path = f"{target.directory}/{profile}.nettrace"
        good(collect("trace", "--profile", profile, "--pid", target.pid, "-d", "1s", "-o", path))
        names = objects_of_nettrace(path)
        assert names[0] == "Trace" and names[-1] == "SPBlock", names


def trace_is_valid_after_a_signal(target, _):
    path = f"{target.directory}/trace.nettrace"
    for number in (signal.SIGINT, signal.SIGTERM):
        with collecting("trace", "--pid", target.pid, "-d", "1h", "-o", path) as process:
            target.wait_for_recording()
            time.sleep(1)
            process.send_signal(number)
            said = said_by(process)
        assert process.returncode == 0, said
        assert objects_of_nettrace(path)[-1] == "SPBlock"
        assert "thread" in good(collect("convert", path, "--to", "stacks"))


TESTS = [every_command_answers, ps_lists_it, info_and_env_answer, heap_is_whole_twice, known_objects_are_counted_exactly,
         gcdump_says_the_same_as_heap, stacks_have_names, deadlock_is_seen, counters_come_once, meters_come_where_there_are_some,
         each_profile_records, trace_is_valid_after_a_signal]
