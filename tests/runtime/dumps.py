"""Dumps: whole, of each type, by each way, and what becomes of one that is not waited for."""

import glob
import gzip
import hashlib
import os
import shutil
import signal
import time

from formats import CoreFile
from targets import KNOWN_VALUE, ORDERS, collect, collecting, good, nothing_is_left_in, said_by


def each_type_opens(target, runtime):
    # A text that is put together at run time: it is on the heap, and in no file.
    known = f"the shop keeps {ORDERS} orders" if runtime.runs_the_shop else KNOWN_VALUE
    assembly = "shop.dll" if runtime.runs_the_shop else "azmcp"
    for kind in ("mini", "triage", "heap", "full"):
        path = f"{target.directory}/{kind}.dmp"
        result = collect("dump", "--type", kind, "--pid", target.pid, "-o", path)
        good(result)
        assert ("taking a full one" in result.stderr) == (runtime.version == "10" and kind != "full"), result.stderr
        core = CoreFile(path)
        assert core.covers_itself(), kind
        names = core.mapped_files()
        assert any(name.endswith(assembly) for name in names), (kind, names)
        # The small ones may hold it by chance: what is near a stack.
        assert core.holds(known.encode("utf-16-le")) or kind in ("mini", "triage"), kind
        os.unlink(path)
    nothing_is_left_in("/dev/shm", target.tmpdir)


def it_is_the_same_by_each_way(target, _):
    found = []
    for way in ("pipe", "file"):
        path = f"{target.directory}/{way}.dmp"
        result = collect("dump", "--type", "full", "--way", way, "--pid", target.pid, "-o", path + ".gz")
        good(result)
        with open(path + ".gz", "rb") as file:
            assert f"SHA-256 {hashlib.sha256(file.read()).hexdigest()}" in result.stderr, result.stderr
        with gzip.open(path + ".gz") as packed, open(path, "wb") as file:
            shutil.copyfileobj(packed, file)
        found.append(CoreFile(path).fixed_segments(lambda data: hashlib.sha256(data).digest()))
        os.unlink(path)
    pipe, file = found
    both = pipe.keys() & file.keys()
    different = [hex(address) for address in both if pipe[address] != file[address]]
    # A few change while the process goes on between the two.
    assert len(both) > 30 and len(both) >= 0.9 * len(pipe) and len(different) <= 0.1 * len(both), f"{len(both)} of {len(pipe)}: {different}"
    nothing_is_left_in("/dev/shm", target.tmpdir)


def has_begun(target, way, path):
    """A dump has another name until it is whole; by way of a file, it is the process that writes first."""
    patterns = [f"{path}.*.part"] if way == "pipe" else [f"{place}/dotdiag-*.dmp" for place in (target.tmpdir, "/tmp", "/dev/shm")]
    return any(size_of(file) > 1 << 20 for pattern in patterns for file in glob.glob(pattern))


def size_of(path):
    return os.path.getsize(path) if os.path.exists(path) else 0


def interrupted_dump_leaves_nothing(target, _):
    for way in ("pipe", "file"):
        path = f"{target.directory}/full.dmp"
        for _attempt in range(20):
            with collecting("dump", "--type", "full", "--way", way, "--pid", target.pid, "-o", path) as process:
                while process.poll() is None and not has_begun(target, way, path):
                    time.sleep(0.001)
                process.send_signal(signal.SIGINT)
                said = said_by(process)
            if process.returncode != 0:  # else it was quicker than we
                break
        assert process.returncode == 130 and "the dump was interrupted" in said, f"{way}: {process.returncode}: {said}"
        assert not glob.glob(f"{path}*"), "half a dump was left"
        nothing_is_left_in("/dev/shm", "/tmp", target.tmpdir)
        target.lives_on()


def reader_that_is_killed_leaves_the_process_unharmed(target, _):
    path = f"{target.directory}/full.dmp"
    with collecting("dump", "--type", "full", "--pid", target.pid, "-o", path) as process:
        while process.poll() is None and not has_begun(target, "pipe", path):
            time.sleep(0.001)
        process.kill()
    target.lives_on()
    nothing_is_left_in("/dev/shm", target.tmpdir)


def slow_reader_does_not_hold_the_process(target, _):
    with collecting("dump", "--compress", "none", "--pid", target.pid, "-o", "-") as process:
        head = process.stdout.read(4)
        assert head == b"\x7fELF", f"{head}: {said_by(process)}"
        target.lives_on()  # although nobody reads
        out, said = process.communicate(timeout=120)
    assert process.returncode == 0 and len(out) > 1 << 24, said


def reader_that_never_comes_ends_the_dump(target, _):
    with collecting("dump", "--compress", "none", "--pid", target.pid, "-o", "-") as process:
        target.lives_on()
        process.stdout.close()
        said = process.stderr.read().decode()
        process.wait(60)
    assert process.returncode == 2 and "Broken pipe" in said, f"{process.returncode}: {said}"


def command_lines():
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{pid}/cmdline", "rb") as file:
                yield file.read()
        except OSError:
            pass


def death_in_the_middle_is_named(runtime):
    for _attempt in range(10):
        with runtime.start() as target:
            path = f"{target.directory}/full.dmp"
            with collecting("dump", "--type", "full", "--pid", target.pid, "-o", path) as process:
                while process.poll() is None and not has_begun(target, "pipe", path):
                    time.sleep(0.001)
                target.kill()
                said = said_by(process)
            if process.returncode != 0:  # else it was quicker than we
                break
    assert process.returncode == 2 and ("the process ended in the middle of the dump" in said or "may have ended or crashed" in said), said
    assert not glob.glob(f"{path}*"), "half a dump was left"
    assert not any(b"/dev/shm/dotdiag-" in command for command in command_lines()), "createdump was left"
    nothing_is_left_in("/dev/shm", target.tmpdir)


ON_A_LIVING_ONE = [each_type_opens, it_is_the_same_by_each_way, interrupted_dump_leaves_nothing,
                   reader_that_is_killed_leaves_the_process_unharmed, slow_reader_does_not_hold_the_process,
                   reader_that_never_comes_ends_the_dump]
ON_ONE_OF_ITS_OWN = [death_in_the_middle_is_named]
