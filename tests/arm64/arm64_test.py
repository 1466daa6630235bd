"""Holds dotdiag-collect for arm64, run in an emulator, beside the one for this machine: both must say the same.

usage: arm64_test.py ARM64 NATIVE

No .NET runs there: what is seen is that it starts, needs nothing, and understands recordings. Prints what differs.
"""

import glob
import os
import subprocess
import sys
import tempfile

ARM64, NATIVE = sys.argv[1:3]
MOST_BYTES = 4_000_000
RECORDINGS = sorted(glob.glob("testdata/diagnostics/*.nettrace"))


def run(program, *words, directory="."):
    emulator = ["qemu-aarch64-static"] if program == ARM64 else []
    done = subprocess.run([*emulator, os.path.abspath(program), *words], capture_output=True, timeout=300, cwd=directory, check=False)
    return done.returncode, done.stdout, done.stderr


def problems_of_the_file():
    header = subprocess.run(["readelf", "--file-header", "--program-headers", ARM64], capture_output=True, text=True, check=True).stdout
    if "AArch64" not in header:
        yield "it is not for arm64"
    if "INTERP" in header or "DYNAMIC" in header:
        yield "it is not static"
    if os.path.getsize(ARM64) > MOST_BYTES:
        yield f"it has {os.path.getsize(ARM64)} bytes"


def questions():
    yield ["--version"]
    yield ["--help"]
    yield ["trace", "--help"]
    yield ["no-such-command"]
    yield ["info", "--socket", "/nonexistent"]
    for recording in RECORDINGS:
        for form in ("heap", "stacks", "speedscope", "counters"):
            yield ["convert", "--to", form, os.path.abspath(recording)]


def gcdump_of(program, recording):
    """Without its last part, which names machine and time."""
    with tempfile.TemporaryDirectory() as directory:
        run(program, "convert", "--to", "gcdump", "-o", "heap.gcdump", os.path.abspath(recording), directory=directory)
        with open(f"{directory}/heap.gcdump", "rb") as file:
            return file.read()[:-200]


def main():
    problems = list(problems_of_the_file())
    problems += [" ".join(words) for words in questions() if run(ARM64, *words) != run(NATIVE, *words)]
    whole = "testdata/diagnostics/heap.netcore31.nettrace"
    if gcdump_of(ARM64, whole) != gcdump_of(NATIVE, whole):
        problems.append("the .gcdump file")
    code, out, _ = run(ARM64, "ps", "--format", "json")
    if code not in (0, 1) or not out.startswith(b"["):
        problems.append("ps")
    for problem in problems:
        print(f"arm64: {problem}")
    sys.exit(1 if problems else 0)


main()
