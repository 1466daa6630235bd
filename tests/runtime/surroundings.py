"""Across namespaces and users, which only root can make, and the direction that needs neither: a port of ours."""

import glob
import os
import subprocess
import tempfile

from targets import (COLLECT, all_answer, all_refuse, collect, collect_as, good, nothing_is_left_in, ps_entry, refused)


def pod_is_seen_from_outside(target, _):
    entry = ps_entry(target.pid)
    assert (entry["innerPid"], entry["uid"]) == (1, 1654) and entry["problem"] == "", entry
    assert entry["socket"].startswith(f"/proc/{target.pid}/root/tmp/dotnet-diagnostic-1-"), entry


def pod_answers_root(target, runtime):
    all_answer(runtime, lambda words: collect(*words, "--pid", target.pid))


def pod_answers_its_own_user_without_capabilities(target, runtime):
    all_answer(runtime, lambda words: collect_as(1654, *words, "--pid", target.pid))


def pod_refuses_others_in_words(target, _):
    for user, drop in ((1655, ()), (0, ("sys_ptrace",)), (0, ("all",))):
        all_refuse(lambda words: collect_as(user, *words, "--pid", target.pid, drop=drop),
                   "it runs as 1654:1654, we as ")


def pod_gives_a_dump_larger_than_its_disk(target, _):
    for place in ("/tmp", "/dev/shm"):
        path = f"{target.directory}/heap.dmp"
        good(collect("dump", "--pid", target.pid, "--through", place, "-o", path))
        assert os.path.getsize(path) > 1 << 24
    assert not glob.glob(f"/proc/{target.pid}/root/tmp/dotdiag-*")


def pod_gives_a_dump_by_a_file_where_no_pipe_can_be(target, _):
    path = f"{target.directory}/heap.dmp"
    result = collect_as(0, "dump", "--pid", target.pid, "-o", path, drop=("chown",))
    good(result)
    assert "it cannot be given to the user 1654" in result.stderr and "into a file in /dev/shm" in result.stderr, result.stderr
    refused(collect("dump", "--way", "file", "--through", "/tmp", "--pid", target.pid, "-o", path),
            "/tmp: has 1 MB free, the dump takes about ")
    nothing_is_left_in("/dev/shm", f"/proc/{target.pid}/root/tmp")


def root_without_ptrace_needs_a_shared_directory(target, runtime):
    """Of a process that is root's itself, and has more capabilities than we."""
    def ask(words):
        return collect_as(0, *words, "--pid", target.pid, drop=("sys_ptrace",))

    all_refuse(ask, "as we do, but has capabilities that we lack")
    all_answer(runtime, lambda words: ask([*words, "--directory", target.tmpdir]))


def port_of_ours_sees_it_from_its_start(runtime):
    if runtime.version == "3.1":
        return  # knows none
    with tempfile.TemporaryDirectory(prefix="d-") as base:
        port, trace = f"{base}/port", f"{base}/start.nettrace"
        with subprocess.Popen([COLLECT, "trace", "--port", port, "--profile", "common", "-d", "5s", "-o", trace],
                              stderr=subprocess.PIPE, text=True) as process:
            with runtime.start(environment={"DOTNET_DiagnosticPorts": port}) as target:
                _, said = process.communicate(timeout=60)
                assert process.returncode == 0, said
                target.lives_on()
        assert os.path.getsize(trace) > 100_000


IN_A_POD = [pod_is_seen_from_outside, pod_answers_root, pod_answers_its_own_user_without_capabilities, pod_refuses_others_in_words,
            pod_gives_a_dump_larger_than_its_disk, pod_gives_a_dump_by_a_file_where_no_pipe_can_be]
ON_A_LIVING_ONE = [root_without_ptrace_needs_a_shared_directory]
ON_ONE_OF_ITS_OWN = [port_of_ours_sees_it_from_its_start]
