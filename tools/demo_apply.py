"""Plays the API server's part in the demo: applies the patch of an AdmissionReview's answer.

Writes before.yaml and after.yaml (the object), and pod.json (a pod as the object's template makes it).
"""
import base64
import json
import sys

import jsonpatch
import yaml


def write_yaml(path, workload):
    """Leaves out what no person writes, so that the difference stands out."""
    shown = json.loads(json.dumps(workload))
    shown["metadata"].pop("managedFields", None)
    shown["metadata"]["annotations"].pop("kubectl.kubernetes.io/last-applied-configuration", None)
    with open(path, "w") as file:
        yaml.safe_dump(shown, file, sort_keys=False)


def pod_of(workload):
    template = workload["spec"]["template"]
    metadata = dict(template["metadata"], name=workload["metadata"]["name"] + "-7d9c6b5f4-x2k8w")
    metadata["namespace"] = workload["metadata"]["namespace"]
    return {"apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": template["spec"]}


def main(review_path, answer_path):
    with open(review_path) as file:
        before = json.load(file)["request"]["object"]
    with open(answer_path) as file:
        response = json.load(file)["response"]
    for warning in response.get("warnings", []):
        print("Warning:", warning)
    after = jsonpatch.apply_patch(before, json.loads(base64.b64decode(response["patch"])))
    write_yaml("before.yaml", before)
    write_yaml("after.yaml", after)
    with open("pod.json", "w") as file:
        json.dump(pod_of(after), file, indent=2)


main(*sys.argv[1:])
