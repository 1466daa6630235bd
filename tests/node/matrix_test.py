"""Which debugger reaches which pod: what dotdiag-patch foretells is what happens. Run by ./dev node.

Each pod is given all debuggers that are promised for it, and each of those does what its runbook says: a promise that is not
kept fails here. matrix.md has the table.
"""

import collections
import json
import os
import re
import tempfile
import unittest
from concurrent.futures import ThreadPoolExecutor

from matrix_table import DEBUGGERS, ROWS, RUNTIMES, foretold, pod, renew, slug, table, verdict
from steps import attempt, bring, bring_stand_ins, lines_of, objects, sh, until

# Single files give only full dumps; of the others a small one shows as well that it can be had.
DUMP = {"net9": "Mini", "net31": "Mini", "net10": "Full"}

# The debugger has been brought in, with others; and the dump is what counts.
NOT_HERE = re.compile(r"^kubectl (debug|get pod) |dotdiag-collect (heap|stacks|counters)")

# Runs a runbook in the debugger itself, where kubectl only has to run what stands after `--`: one call for all of it.
IN_DEBUGGER = """
kubectl() { while [ "$1" != -- ]; do shift; done; shift; "$@"; }
"""
IN_OWN_DIRECTORY = """
directory=$(mktemp -d)
trap 'rm -r "$directory"' EXIT
cd "$directory"
"""
AND_THEN = """
[ "$(head -c 4 ./*.dmp | tail -c 3)" = ELF ]
"""

Cell = collections.namedtuple("Cell", "runtime row debugger pod verdict patch runbook")


class Matrix:
    """Plans, injects and asks, for all pods at once."""

    def __init__(self, directory):
        self.directory = directory
        self.names = {(runtime, row): pod(runtime, *row) for runtime, rows in RUNTIMES.items() for row in rows}
        sh("kubectl create namespace matrix")
        pods = {"apiVersion": "v1", "kind": "List", "items": list(self.names.values())}
        sh("kubectl create -f -", given=json.dumps(pods))
        sh("kubectl -n matrix wait --for=condition=Ready pod --all --timeout=300s | wc -l")
        self.cells = [cell for planned in self.in_parallel(self.plans, self.running()) for cell in planned]
        self.promised = [cell for cell in self.cells if cell.verdict == "works"]
        tried = self.by_pod()
        self.tried = sum(map(len, tried))
        self.in_parallel(self.inject, tried)
        until("the debuggers have started", lambda: self.started() == self.tried)
        self.broken = [line for lines in self.in_parallel(self.ask, tried) for line in lines]

    @staticmethod
    def in_parallel(work, items):
        with ThreadPoolExecutor(6) as pool:
            return list(pool.map(work, items))

    def running(self):
        live = {item["metadata"]["name"]: item for item in objects("-n matrix get pods")["items"]}
        return [(runtime, row, live[one["metadata"]["name"]]) for (runtime, row), one in self.names.items()]

    def by_pod(self):
        """The promises to try, without those that come to the same debugger."""
        different = collections.defaultdict(dict)
        for cell in self.promised:
            different[cell.pod].setdefault(cell.patch, cell)
        return [list(cells.values()) for cells in different.values()]

    def plans(self, which):
        runtime, row, live = which
        name = live["metadata"]["name"]
        path = f"{self.directory}/{name}.json"
        with open(path, "w", encoding="utf-8") as file:
            json.dump(live, file)
        return [self.plan(runtime, row, name, debugger, path) for debugger in DEBUGGERS]

    @staticmethod
    def plan(runtime, row, name, debugger, path):
        patch, book = (attempt(f"dotdiag-patch {DEBUGGERS[debugger]} -o {form} {path} 2>{path}.said")
                       for form in ("strategic-merge", "runbook"))
        with open(f"{path}.said", encoding="utf-8") as said:
            told = verdict(patch.returncode, said.read())
        return Cell(runtime, row, debugger, name, told, patch.stdout, book.stdout)

    @staticmethod
    def inject(cells):
        containers = []
        for cell in cells:
            (container,) = json.loads(cell.patch)["spec"]["ephemeralContainers"]
            containers.append({**container, "name": slug(cell.debugger)})
        patch = json.dumps({"spec": {"ephemeralContainers": containers}})
        done = attempt(f"kubectl -n matrix patch pod {cells[0].pod} --subresource=ephemeralcontainers --patch-file /dev/stdin", given=patch)
        assert done.returncode == 0, done.stdout

    @staticmethod
    def started():
        """How many debuggers run, or will not."""
        states = [one["state"] for item in objects("-n matrix get pods")["items"]
                  for one in item["status"].get("ephemeralContainerStatuses", [])]
        return sum(state.get("waiting", {}).get("reason") not in ("ContainerCreating", "PodInitializing") for state in states)

    def ask(self, cells):
        """What failed, a line each."""
        return [line for line in map(self.take_dump, cells) if line]

    def take_dump(self, cell):
        """Empty, or what went wrong."""
        book = "\n".join(line for line in lines_of(cell.runbook) if not NOT_HERE.search(line))
        if "native" in cell.debugger:
            book = book.replace(" -c dotdiag-collect ", f" -c {slug(cell.debugger)} ").replace(" dump --yes ", " dump --yes --type mini ")
            done = attempt("bash -ev", given=IN_OWN_DIRECTORY + book + AND_THEN)
        else:
            book = book.replace("--type Heap", f"--type {DUMP[cell.runtime]}")
            there = f"kubectl -n matrix exec -i {cell.pod} -c {slug(cell.debugger)} -- "
            done = attempt(there + "bash -ev", given=IN_DEBUGGER + IN_OWN_DIRECTORY + book + AND_THEN)
        return "" if done.returncode == 0 else f"{cell.pod}: {cell.debugger}: {done.stdout[-2000:]}"


class Foretold(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        bring_stand_ins()
        bring("dotdiag-collect")
        with tempfile.TemporaryDirectory() as directory:
            cls.matrix = Matrix(directory)

    def test_the_planner_says_what_the_table_says(self):
        for runtime, rows in RUNTIMES.items():
            said = {(cell.row, cell.debugger): cell.verdict for cell in self.matrix.cells if cell.runtime == runtime}
            if rows is ROWS:
                if os.environ.get("DOTDIAG_UPDATE_EXAMPLES"):
                    renew(table(said))
                self.assertEqual(foretold(), table(said))
                whole = said
            self.assertEqual({key: whole[key] for key in said}, said, runtime)

    def test_what_is_promised_comes(self):
        print(f"{len(self.matrix.promised)} promises, {self.matrix.tried} different debuggers in {len(self.matrix.names)} pods")
        self.assertGreater(len(self.matrix.promised), 100)
        self.assertFalse(self.matrix.broken, "\n\n".join(self.matrix.broken))

    def test_the_applications_go_on(self):
        for item in objects("-n matrix get pods")["items"]:
            status = next(one for one in item["status"]["containerStatuses"] if one["name"] == "app")
            self.assertEqual((0, True), (status["restartCount"], status["ready"]), item["metadata"]["name"])


if __name__ == "__main__":
    unittest.main()
