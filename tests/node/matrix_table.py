"""The pods and the debuggers of the matrix, and what the planner foretells of each pair: matrix.md.

A row is a pod: who runs the application, and what the pod shares. A column is a debugger as dotdiag-patch is asked for one.
"""

import os
import re

from steps import APP, RESTRICTED

FORETOLD = os.path.join(os.path.dirname(os.path.abspath(__file__)), "matrix.md")

PTRACE = {"capabilities": {"add": ["SYS_PTRACE"]}}
DROP_ALL = {"capabilities": {"drop": ["ALL"]}}

USERS = {  # securityContext of the application; its image says no user, which makes it root
    "said nowhere": {},
    "0": {"runAsUser": 0, "runAsGroup": 0},
    "0 with SYS_PTRACE": {"runAsUser": 0, "runAsGroup": 0, **PTRACE},
    "0, drop ALL": {"runAsUser": 0, "runAsGroup": 0, **DROP_ALL},
    "1654": APP,
    "1654 with SYS_PTRACE": {**APP, **PTRACE},
    "1654, group 0": {"runAsUser": 1654, "runAsGroup": 0},
    "1654, restricted": RESTRICTED,
}
SHARED = {  # a volume at /tmp, the process namespace
    "/tmp and processes": (True, True),
    "/tmp": (True, False),
    "nothing": (False, False),
}
ROWS = [(user, shared) for user in USERS for shared in SHARED]

DEBUGGERS = {
    "sdk": "--policy dotnet-dump",
    "sdk, port": "--policy dotnet-dump --mode port",
    "sdk, procroot": "--policy dotnet-dump --mode procroot",
    "sdk, baseline": "--policy dotnet-dump --mode procroot --pod-security baseline",
    "sdk, restricted": "--policy dotnet-dump-restricted --pod-security restricted",
    "sdk, restricted, procroot": "--policy dotnet-dump-restricted --mode procroot --pod-security restricted",
    "native": "--policy dotnet-dump --debugger native",
    "native, baseline": "--policy dotnet-dump --debugger native --pod-security baseline",
    "native, restricted": "--policy dotnet-dump-restricted --debugger native --pod-security restricted",
}

HEAD = """What `dotdiag-patch` says of each pod, printed by `DOTDIAG_UPDATE_EXAMPLES=1 ./dev node matrix_test`. Where it says `works`, the test
does what the runbook says and has a dump afterwards."""

# What a refusal says of the reason.
REASONS = {
    "a": "has no volume at /tmp that a debugger could share",
    "b": "needs the user and group of `app`, which the pod does not say",
    "c": "forbids root, and the pod does not say which user `app` runs as",
    "d": "runs as root, which only root reaches, and the namespace's Pod Security restricted lets no debugger be root",
    "e": "lets no debugger add SYS_PTRACE, without which it is not let into /proc",
}

# The whole table on one runtime; on the others what differs most. The planner does not see which one it is.
OFTEN = [(user, shared) for user in ("0", "0 with SYS_PTRACE", "1654", "1654, restricted") for shared in ("/tmp and processes", "nothing")]
RUNTIMES = {"net9": ROWS, "net31": OFTEN, "net10": OFTEN}

# images/net10.yaml says why.
SINGLE_FILE = [{"name": "DOTNET_BUNDLE_EXTRACT_BASE_DIR", "value": "/tmp/bundle"}, {"name": "AZURE_MCP_COLLECT_TELEMETRY", "value": "false"}]


def slug(words):
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-") or "x"


def pod(runtime, user, shared):
    """The pod of a row."""
    has_volume, has_processes = SHARED[shared]
    container = {"name": "app", "image": f"node.test/{runtime}:1", "securityContext": USERS[user]}
    spec = {"terminationGracePeriodSeconds": 0, "automountServiceAccountToken": False, "containers": [container]}
    if runtime == "net10":
        container.update(stdin=True, env=SINGLE_FILE)
    if has_volume:
        spec["volumes"] = [{"name": "cache-volume", "emptyDir": {"sizeLimit": "2Gi"}}]
        container["volumeMounts"] = [{"name": "cache-volume", "mountPath": "/tmp"}]
    if has_processes:
        spec["shareProcessNamespace"] = True
    name = slug(f"{runtime}-{user}-shares-{shared}")
    return {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": name, "namespace": "matrix"}, "spec": spec}


def verdict(code, said):
    """`works`, or the letter of the reason why not."""
    found = [letter for letter, reason in REASONS.items() if reason in said]
    return "works" if code == 0 else "".join(found) or f"no known reason: {said}"


def table(verdicts):
    """The text of matrix.md; `verdicts` are by row and debugger."""
    lines = ["# Whom a debugger reaches", "", HEAD, ""]
    lines += [f"| who runs the application | what the pod shares | {' | '.join(DEBUGGERS)} |", "|---" * (2 + len(DEBUGGERS)) + "|"]
    for row in ROWS:
        lines.append(f"| {' | '.join(row)} | {' | '.join(verdicts[row, debugger] for debugger in DEBUGGERS)} |")
    lines += ["", "| debugger | options of dotdiag-patch |", "|---|---|"]
    lines += [f"| {debugger} | `{options}` |" for debugger, options in DEBUGGERS.items()]
    lines += ["", "| | why not |", "|---|---|"]
    lines += [f"| {letter} | {reason} |" for letter, reason in REASONS.items()]
    return "\n".join(lines) + "\n"


def foretold():
    with open(FORETOLD, encoding="utf-8") as file:
        return file.read()


def renew(text):
    with open(FORETOLD, "w", encoding="utf-8") as file:
        file.write(text)
