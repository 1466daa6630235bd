"""What the tests on a node do, in the words of somebody at a shell: commands that must succeed, and waiting.

Every command is printed with what it answered, so that the log of a test that failed reads like a terminal.
"""

import json
import os
import subprocess
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PROGRAMS = f"{ROOT}/build/image/dotdiag/root/usr/bin"
IMAGE = f"{ROOT}/build/image/dotdiag-webhook-0.1.0.oci.tar"
NAMESPACE = "dotdiag-system"
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


def install_webhook():
    """As docs/install.md says, with the image that ./dev image built."""
    sh(f"ctr --namespace k8s.io images import {IMAGE}")
    sh("kubectl apply -k manifests/base")
    sh(f"kubectl -n {NAMESPACE} rollout status deployment/dotdiag-webhook --timeout=300s")


def deploy(name, image, *arguments):
    """An annotated application in the namespace of its name; returns the name of its pod once that runs."""
    sh(f"kubectl create namespace {name}")
    words = f" -- {' '.join(arguments)}" if arguments else ""
    deployment = sh(f"kubectl -n {name} create deployment {name} --image={image} --dry-run=client -o yaml{words}")
    annotated = deployment.replace("metadata:\n", 'metadata:\n  annotations:\n    dotdiag.io/inject: "true"\n', 1)
    sh("kubectl apply -f -", given=annotated)
    sh(f"kubectl -n {name} rollout status deployment/{name} --timeout=300s")
    return sh(f"kubectl -n {name} get pods -o name").strip().removeprefix("pod/")
