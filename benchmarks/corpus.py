"""What dotdiag-lint costs on many files and on a large one, beside libyaml's bare events and kube-score, in one run.

usage: corpus.py DIRECTORY

DIRECTORY holds the programs of the bench preset. The corpus is drawn from testdata/ordinary with a fixed seed. Prints tables in
Markdown: CPU for the corpus, wall time with two threads, time and memory for one file of 50 MB, and how long the programs take to
start. Without Go the column of kube-score stays empty.
"""

import glob
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time

from figures import compare, measure, row, table

HERE = os.path.dirname(os.path.abspath(__file__))
FILES = 2000
DOCUMENTS = (1, 8)  # in a file, at least and at most
LARGE = 50_000_000  # bytes
ROUNDS = 3
STARTS = 50
REFUSED = {"istio-sidecar.yaml"}  # by kube-score: a number where Kubernetes wants text
KUBE_SCORE = "github.com/zegl/kube-score/cmd/kube-score@v1.20.0"


def run(command):
    """Seconds of CPU, seconds on the clock and bytes of memory at most of `command`, which may find something."""
    begin = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    wall = time.monotonic() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise SystemExit(f"{command[0]} failed with {process.returncode}")
    return used.ru_utime + used.ru_stime, wall, used.ru_maxrss * 1024


def cpu(command):
    return run(command)[0]


def wall(command):
    return run(command)[1]


def documents():
    """Manifests as people write them."""
    found = []
    for path in sorted(glob.glob(f"{HERE}/../testdata/ordinary/*.yaml")):
        if os.path.basename(path) in REFUSED:
            continue
        with open(path, encoding="utf-8") as file:
            found.append(file.read().strip("\n") + "\n")
    return found


def write(path, texts):
    """One by one: what this process takes at a time would count as the memory of what it starts."""
    with open(path, "w", encoding="utf-8") as file:
        for text in texts:
            file.write("---\n" + text)
    return os.path.getsize(path)


def write_corpus(directory):
    """Returns the paths and their size in bytes."""
    draw = random.Random(1)
    texts = documents()
    paths = [f"{directory}/{index:04}.yaml" for index in range(FILES)]
    size = sum(write(path, draw.choices(texts, k=draw.randint(*DOCUMENTS))) for path in paths)
    return paths, size


def write_large(path):
    texts = documents()

    def drawn():
        draw, size = random.Random(2), 0
        while size < LARGE:
            text = draw.choice(texts)
            size += len(text)
            yield text

    return write(path, drawn())


def install_kube_score():
    """Its path, or None where it cannot be built. Kept outside the tree."""
    if not (go := shutil.which("go", path=os.environ["PATH"] + ":/usr/local/go/bin")):
        return None
    cache = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    directory = f"{cache}/dotdiag/benchmarks"
    program = f"{directory}/kube-score"
    if not os.path.exists(program):
        result = subprocess.run([go, "install", KUBE_SCORE], env={**os.environ, "GOBIN": directory, "GOFLAGS": "-mod=mod"},
                                capture_output=True, text=True, check=False)
        if result.returncode != 0:
            print(f"corpus: {KUBE_SCORE} cannot be built: its column stays empty")
            return None
    return program


def compare_corpus(programs, directory):
    lint = f"{programs}/linter/dotdiag-lint"
    paths, size = write_corpus(directory)
    kube_score = install_kube_score()
    if kube_score and "Failed" in subprocess.run([kube_score, "score", *paths], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                                                 text=True, check=False).stderr:
        raise SystemExit("corpus: kube-score refuses a file of testdata/ordinary: add it to REFUSED")
    commands = [[lint, "-j", "1", directory], [f"{programs}/benchmarks/bare_events", *paths],
                [kube_score, "score", *paths] if kube_score else None]
    table(f"{FILES:,} files, {size / 1e6:.1f} MB", "dotdiag-lint", "libyaml", "kube-score", "to libyaml", "to kube-score")
    compare("CPU, s", 1, *measure(commands, cpu, ROUNDS))
    one, two = measure([[lint, "-j", "1", directory], [lint, "-j", "2", directory]], wall, ROUNDS)
    table("wall time, s", "-j 1", "-j 2", "-j 2 to -j 1")
    row("the same files", f"{one:.2f}", f"{two:.2f}", f"{two / one:.2f}")


def compare_large(programs, directory):
    path = f"{directory}/large.yaml"
    size = write_large(path)
    seconds, _, memory = run([f"{programs}/linter/dotdiag-lint", "-j", "1", path])
    bare, _, bare_memory = run([f"{programs}/benchmarks/bare_events", path])
    table(f"one file of {size / 1e6:.1f} MB", "dotdiag-lint", "libyaml", "to libyaml")
    compare("CPU, s", 1, seconds, bare)
    compare("memory, MiB", 1 / 2**20, memory, bare_memory)


def compare_starts(programs, directory):
    path = f"{directory}/one.yaml"
    write(path, documents()[:1])
    commands = {"true": ["true"], "dotdiag-lint, one file": [f"{programs}/linter/dotdiag-lint", path],
                "dotdiag-patch --version": [f"{programs}/patch/dotdiag-patch", "--version"],
                "dotdiag-webhook --version": [f"{programs}/webhook/dotdiag-webhook", "--version"]}
    table("start-up", "wall, ms", "CPU, ms")
    for name, command in commands.items():
        runs = [run(command) for _ in range(STARTS)]
        row(name, *(f"{sorted(one[part] for one in runs)[STARTS // 2] * 1e3:.1f}" for part in (1, 0)))


def main():
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    with tempfile.TemporaryDirectory() as files, tempfile.TemporaryDirectory() as others:
        compare_corpus(sys.argv[1], files)
        compare_large(sys.argv[1], others)
        compare_starts(sys.argv[1], others)


if __name__ == "__main__":
    main()
