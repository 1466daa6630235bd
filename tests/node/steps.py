"""What the tests on a node do, in the words of somebody at a shell: commands that must succeed, and waiting.

Every command is printed with what it answered, so that the log of a test that failed reads like a terminal.
"""

import json
import os
import re
import subprocess
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PROGRAMS = f"{ROOT}/build/image/dotdiag/root/usr/bin"
IMAGES = f"{ROOT}/build/image"
NAMESPACE = "dotdiag-system"
# The user of Microsoft's images, and what Pod Security restricted asks of an application besides.
APP = {"runAsUser": 1654, "runAsGroup": 1654}
RESTRICTED = {**APP, "runAsNonRoot": True, "allowPrivilegeEscalation": False, "capabilities": {"drop": ["ALL"]},
              "seccompProfile": {"type": "RuntimeDefault"}}
# What of a runbook needs a terminal, or one of Microsoft's tools for which there is no stand-in.
LEFT_OUT = re.compile(r" -it |dotnet-dump analyze|dotnet-(gcdump|trace|counters)|\.(gcdump|nettrace)")
ENVIRONMENT = {**os.environ, "PATH": f"{PROGRAMS}:{os.environ['PATH']}"}


def attempt(command, directory=ROOT, timeout=600, given=""):
    return subprocess.run(["bash", "-c", command], cwd=directory, env=ENVIRONMENT, timeout=timeout, input=given, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)


def sh(command, **how):
    """What the command printed. It must succeed."""
    result = attempt(command, **how)
    print(f"$ {command}\n{result.stdout}", end="", flush=True)
    assert result.returncode == 0, f"{command}: exit code {result.returncode}:\n{result.stdout}"
    return result.stdout


def objects(command):
    """The JSON that `kubectl COMMAND -o json` prints."""
    return json.loads(subprocess.run(f"kubectl {command} -o json", shell=True, env=ENVIRONMENT, stdout=subprocess.PIPE,
                                     check=True).stdout)


def until(what, ready, seconds=300):
    """What `ready` returns once that is true. Long enough for a machine that has other work, too."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if answer := ready():
            return answer
        time.sleep(0.2)
    raise AssertionError(f"waited {seconds} s in vain: {what}")


def bring(image):
    """One of those that ./dev image built."""
    sh(f"ctr --namespace k8s.io images import {IMAGES}/{image}-0.1.0.oci.tar")


def install_webhook():
    """As docs/install.md says, with the image that ./dev image built."""
    bring("dotdiag-webhook")
    sh("kubectl apply -k manifests/base")
    sh(f"kubectl -n {NAMESPACE} rollout status deployment/dotdiag-webhook --timeout=300s")
    give_time()


def give_time(seconds=10):
    """The manifests' timeoutSeconds is too short for a machine that stands still for a moment: it would store objects unprepared."""
    hooks = objects("get mutatingwebhookconfiguration dotdiag-webhook")["webhooks"]
    patch = [{"op": "replace", "path": f"/webhooks/{i}/timeoutSeconds", "value": seconds} for i in range(len(hooks))]
    sh(f"kubectl patch mutatingwebhookconfiguration dotdiag-webhook --type=json --patch '{json.dumps(patch)}'")


def bring_stand_ins():
    """Under the names that the policies know."""
    for stand_in, name in {"sdk": "mcr.microsoft.com/dotnet/sdk:10.0", "monitor": "mcr.microsoft.com/dotnet/monitor:10.0"}.items():
        attempt(f"ctr --namespace k8s.io images tag node.test/{stand_in}:1 {name}")


def manifest(name, image, *arguments, policy="true", user=None, env=None):
    """A Deployment that asks for the policy; `user` is the application's securityContext."""
    container = {"name": name, "image": image, "args": list(arguments), "securityContext": user or {},
                 "env": [{"name": key, "value": value} for key, value in (env or {}).items()]}
    spec = {"containers": [container], "terminationGracePeriodSeconds": 1}
    return {
        "apiVersion": "apps/v1", "kind": "Deployment",
        "metadata": {"name": name, "namespace": name, "annotations": {"dotdiag.io/inject": policy}},
        "spec": {"selector": {"matchLabels": {"app": name}}, "template": {"metadata": {"labels": {"app": name}}, "spec": spec}},
    }


def create_namespace(name, pod_security=""):
    sh(f"kubectl create namespace {name}")
    if pod_security:
        sh(f"kubectl label namespace {name} pod-security.kubernetes.io/enforce={pod_security}")


def roll_out(deployment):
    """Applies it, in the namespace of its name; returns the name of its pod once that runs."""
    name = deployment["metadata"]["name"]
    sh("kubectl apply -f -", given=json.dumps(deployment))
    sh(f"kubectl -n {name} rollout status deployment/{name} --timeout=300s")
    return sh(f"kubectl -n {name} get pods -o name").strip().removeprefix("pod/")


def deploy(name, image, *arguments, pod_security="", **how):
    """An annotated application in a namespace of its name; returns the name of its pod once that runs."""
    create_namespace(name, pod_security)
    return roll_out(manifest(name, image, *arguments, **how))


def wait_for_beat(name, pod):
    until("the application works", lambda: "beat 1" in attempt(f"kubectl -n {name} logs {pod} -c {name}").stdout)


def lines_of(runbook):
    """Those that can be pasted here."""
    return [line for line in runbook.splitlines() if not LEFT_OUT.search(line)]
