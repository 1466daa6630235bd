"""What manifests/ make, by kustomize and by the chart, for the tests beside this file.

The programs are named by DOTDIAG_KUBECTL and DOTDIAG_HELM; tools/manifests.sh finds or builds them.
"""

import os
import subprocess
import tempfile

import yaml

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.realpath(f"{HERE}/../..")
MANIFESTS = f"{ROOT}/manifests"
CHART = f"{MANIFESTS}/chart"
NAMESPACE = "dotdiag-system"


def run(*command):
    """What the command writes; raises with what it says where it fails."""
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    if result.returncode != 0:
        raise RuntimeError(f"{' '.join(command)}: {result.stderr}{result.stdout}")
    return result.stdout


def helm(*arguments):
    return run(os.environ["DOTDIAG_HELM"], *arguments)


def installations():
    """The components of each tested installation, as a list; the base's is empty."""
    with open(f"{HERE}/installations.txt", encoding="utf-8") as file:
        lines = [line.split() for line in file if line.strip() and not line.startswith("#")]
    return [[word for word in line if word != "base"] for line in lines]


def by_identity(text):
    """The objects in a YAML text, by kind and name."""
    objects = [document for document in yaml.safe_load_all(text) if document]
    return {(item["kind"], item["metadata"]["name"]): item for item in objects}


def kustomized(components):
    """The base with these components on top."""
    with tempfile.TemporaryDirectory() as directory:
        manifests = os.path.relpath(MANIFESTS, os.path.realpath(directory))
        kustomization = {"resources": [f"{manifests}/base"],
                         "components": [f"{manifests}/components/{name}" for name in components]}
        with open(f"{directory}/kustomization.yaml", "w", encoding="utf-8") as file:
            yaml.safe_dump(kustomization, file)
        return by_identity(run(os.environ["DOTDIAG_KUBECTL"], "kustomize", directory))


def switches(components):
    """The chart's values for these components: cert-manager is certManager.enabled."""
    words = [name.split("-") for name in components]
    names = [first + "".join(word.capitalize() for word in rest) for first, *rest in words]
    return [argument for name in names for argument in ("--set", f"{name}.enabled=true")]


def charted(*arguments, chart=CHART, namespace=NAMESPACE):
    """What the chart makes of these arguments of `helm template`, helm test's objects left out."""
    return by_identity(helm("template", "dotdiag", chart, "--namespace", namespace, "--no-hooks", *arguments))
