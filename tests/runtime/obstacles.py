"""What stands in the way of a command, and what each command says about it."""

import contextlib
import glob
import os
import signal
import socket
import tempfile
import time

from formats import objects_of_nettrace
from targets import all_answer, all_refuse, collect, collecting, commands_for, good, nothing_is_left_in, ps_entry, said_by

NO_ANSWER = "the runtime accepted the connection but does not answer: another tool holds its diagnostics server, or the process is stopped"


# --- those that are lifted again: one process for all ---


def another_tool_holds_the_server(target, _):
    with socket.socket(socket.AF_UNIX) as silent:
        silent.connect(target.sockets()[0])
        time.sleep(0.2)
        all_refuse(lambda words: collect(*words, "--timeout", "1s", "--pid", target.pid), NO_ANSWER)


def it_is_stopped(target, _):
    target.process.send_signal(signal.SIGSTOP)
    try:
        assert "is stopped" in ps_entry(target.pid)["problem"]
        all_refuse(lambda words: collect(*words, "--timeout", "1s", "--pid", target.pid), NO_ANSWER)
    finally:
        target.process.send_signal(signal.SIGCONT)


# --- those that a process does not outlive, or has from its start ---


def it_was_killed_and_left_its_socket(runtime):
    with runtime.start() as target:
        path = target.sockets()[0]
        target.kill()
        all_refuse(lambda words: collect(*words, "--socket", path), "nobody listens behind it")
        all_refuse(lambda words: collect(*words, "--pid", target.pid), f"no .NET process has the pid {target.pid}")


def it_is_killed_meanwhile(runtime):
    """Whatever a command has reached by then: it ends, in words, and leaves nothing."""
    for name in ("heap", "gcdump", "stacks", "counters", "trace", "dump"):
        with runtime.start() as target:
            words = commands_for(target.directory)[name]
            if name in ("counters", "trace"):
                words = [word for word in words if word != "--once"] + ["-d", "1h"]
            with collecting(*words, "--pid", target.pid) as process:
                if name == "counters":
                    process.stdout.readline()
                elif name == "trace":
                    target.wait_for_recording()
                else:
                    time.sleep(0.1)
                target.kill()
                said = said_by(process, 60)
            assert process.returncode in (0, 1, 2) and said.strip(), f"{name}: {process.returncode}: {said}"
            if name == "trace":
                assert process.returncode == 1 and "the process ended before" in said, said
                objects_of_nettrace(words[words.index("-o") + 1])
            if name == "counters":
                assert process.returncode == 1 and "the process ended" in said, said
            nothing_is_left_in("/dev/shm", target.tmpdir)


def it_ends_by_itself_while_it_is_traced(runtime):
    with runtime.start() as target:
        path = f"{target.directory}/events.nettrace"
        with collecting("trace", "--pid", target.pid, "-d", "1h", "-o", path) as process:
            target.wait_for_recording()
            time.sleep(1)
            os.kill(target.pid, signal.SIGTERM)
            said = said_by(process)
        # The program on .NET 10 ends itself at once then, and its stream with it: mended, and said.
        is_cut = "the process ended before it had written the names of its methods" in said
        assert process.returncode == (1 if is_cut else 0) and (runtime.version == "10" or not is_cut), said
        objects_of_nettrace(path)
        if not is_cut:
            good(collect("convert", path, "--to", "stacks"))


def its_socket_has_a_cut_off_name(runtime):
    with tempfile.TemporaryDirectory(prefix="d-") as base:
        with runtime.start(tmpdir=base + "/" + "d" * (76 - len(base) - 1)) as target:
            entry = ps_entry(target.pid)
            assert not entry["socket"].endswith("-socket") and entry["problem"] == "", entry
            all_answer(runtime, lambda words: collect(*words, "--pid", target.pid))
            target.lives_on()


@contextlib.contextmanager
def without_socket(runtime, **how):
    """Of one that says nothing by itself only the debugger's pipes tell that it is up, and not all have these."""
    with runtime.start(wait=False, **how) as target:
        def is_up():
            return target.beats() > 0 if runtime.runs_the_shop else any(
                entry.get("pid") == target.pid for entry in json_of_ps())
        yield target.wait_until(is_up, "its start")


def json_of_ps():
    import json
    return json.loads(collect("ps", "--format", "json").stdout or "[]")


def its_temporary_directory_has_too_long_a_name(runtime):
    with tempfile.TemporaryDirectory(prefix="d-") as base:
        with without_socket(runtime, tmpdir=base + "/" + "d" * (102 - len(base) - 1)) as target:
            assert "too long" in ps_entry(target.pid)["problem"], ps_entry(target.pid)
            all_refuse(lambda words: collect(*words, "--pid", target.pid), "too long")


def diagnostics_are_switched_off(runtime):
    prefix = "COMPlus" if runtime.version == "3.1" else "DOTNET"
    for name in [f"{prefix}_EnableDiagnostics"] + ([f"{prefix}_EnableDiagnostics_IPC"] if runtime.version != "3.1" else []):
        with without_socket(runtime, environment={name: "0"}) as target:
            entry = ps_entry(target.pid)
            assert entry["socket"] == "" and f"switched off by {name}=0" in entry["problem"], entry
            all_refuse(lambda words: collect(*words, "--pid", target.pid), f"switched off by {name}=0")


def there_are_several(runtime):
    with runtime.start() as first, runtime.start() as second:
        all_refuse(collect_with_nothing, "choose one", f"--pid {first.pid}", f"--pid {second.pid}")
        first.lives_on()
        second.lives_on()


def collect_with_nothing(words):
    return collect(*words)


# --- without any runtime ---


def nobody_answers_at_a_socket():
    with tempfile.TemporaryDirectory(prefix="d-") as base, socket.socket(socket.AF_UNIX) as silent:
        path = f"{base}/dotnet-diagnostic-1-1-socket"
        silent.bind(path)
        silent.listen()
        begin = time.monotonic()
        all_refuse(lambda words: collect(*words, "--timeout", "1s", "--socket", path), NO_ANSWER)
        assert time.monotonic() - begin < 5 * len(commands_for(base)), "it waited longer than it was told"
        assert not glob.glob(f"{base}/dotdiag-*")


ON_A_LIVING_ONE = [another_tool_holds_the_server, it_is_stopped]
ON_ONE_OF_ITS_OWN = [it_was_killed_and_left_its_socket, it_is_killed_meanwhile, it_ends_by_itself_while_it_is_traced,
                     its_socket_has_a_cut_off_name, its_temporary_directory_has_too_long_a_name, diagnostics_are_switched_off,
                     there_are_several]
ALONE = [nobody_answers_at_a_socket]
