"""Writes fuzz/corpus/<target>/ afresh from the examples in testdata/ and policies/, few and small. Run it from the root.

libFuzzer changes these; what it should come across at all has to be in one of them.
"""

import glob
import gzip
import hashlib
import json
import os
import shutil

import yaml

CORPUS = "fuzz/corpus"
SEPARATOR = b"\x1e"
BIGGEST = 4000  # bytes of one seed
BIGGEST_POLICY = 8000
BIGGEST_STREAM = 12000  # of a seed of nettrace, where a whole one of each kind is worth it


def write(target, name, data, biggest=BIGGEST):
    if isinstance(data, str):
        data = data.encode()
    if len(data) <= biggest:
        with open(f"{CORPUS}/{target}/{name}", "wb") as file:
            file.write(data)


def read(path):
    with open(path, "rb") as file:
        return file.read()


def compact(value):
    return json.dumps(value, separators=(",", ":"))


def name_of(path):
    """kinds/env/keeps-an-explicit-zero/before.yaml is env-keeps-an-explicit-zero."""
    return "-".join(path.split("/")[2:-1])


def opted_in(old, choices):
    """The object with annotations, without what no decision looks at."""
    if not isinstance(old, dict) or "metadata" not in old:
        return old
    metadata = dict(old["metadata"])
    metadata.pop("managedFields", None)
    metadata["annotations"] = choices
    return {**{key: value for key, value in old.items() if key != "status"}, "metadata": metadata}


def review(operation, new, old=None, uid="60b5787a-eebc-42f3-abac-0192f65ff9c4"):
    kind = {"group": "", "version": "v1", "kind": new.get("kind", "")}
    request = {"uid": uid, "kind": kind, "namespace": "shop", "operation": operation, "object": new, "oldObject": old}
    return {"kind": "AdmissionReview", "apiVersion": "admission.k8s.io/v1", "request": request}


def admission():
    choices = [
        {"dotdiag.io/inject": "true"},
        {"dotdiag.io/inject": "dotnet-dump,dotnet-monitor"},
        {"dotdiag.io/inject": "dotnet-dump-restricted", "dotdiag.io/on-conflict": "override"},
        {"dotdiag.io/inject": "true", "dotdiag.io/size-limit": "2Gi", "dotdiag.io/skip": "sys-ptrace"},
    ]
    real = ["12-", "17-", "18-", "20-", "28-", "32-", "41-", "44-", "46-", "48-", "49-", "51-", "52-", "58-", "59-", "87-", "88-"]
    for number, head in enumerate(real):
        path = glob.glob(f"testdata/admission/{head}*.json")[0]
        body = json.loads(read(path))
        for key in ("userInfo", "options", "requestKind", "requestResource"):
            body["request"].pop(key, None)
        for key in ("object", "oldObject"):
            if body["request"].get(key):
                body["request"][key] = opted_in(body["request"][key], choices[number % len(choices)])
        write("admission", os.path.basename(path), compact(body))
    for path in sorted(glob.glob("testdata/kinds/*/*/before.yaml"))[::2]:
        write("admission", name_of(path), compact(review("CREATE", yaml.safe_load(read(path)))))
    new = yaml.safe_load(read("testdata/kinds/shared-volume/" + sorted(os.listdir("testdata/kinds/shared-volume"))[0] + "/before.yaml"))
    old = json.loads(json.dumps(new))
    old["spec"]["template"]["spec"]["containers"][0]["image"] = "registry.example.com/shop/web:1.4.1"
    write("admission", "update", compact(review("UPDATE", new, old)))
    odd = {"hostPID": "\u00e9" * 30, "containers": [{"name": "app", "env": [{"name": "DOTNET_DbgMiniDumpName", "value": "/tmp/%\u00e9"}]}]}
    pod = {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "web", "annotations": choices[0]}, "spec": odd}
    write("admission", "letters-of-two-bytes", json.dumps(review("CREATE", pod), ensure_ascii=False))
    write("admission", "no-review", compact({"kind": "AdmissionReview", "apiVersion": "v1", "request": {}}))


def annotations():
    seeds = {
        "true": ["otrue"],
        "false": ["ofalse"],
        "list": ["odotnet-dump, dotnet-monitor", "oapp,side"],
        "template": ["ttrue", "tapp", "t2Gi", "tsys-ptrace", "toverride"],
        "keep": ["otrue", "", "", "oshared-tmp,tmpdir", "okeep"],
        "unknown-policy": ["odotnet-trace"],
        "unknown-container": ["otrue", "osidecar"],
        "bad-size": ["otrue", "", "o1.5.2Gi"],
        "huge-size": ["otrue", "", "o9223372036854775807Ei"],
        "unknown-requirement": ["otrue", "", "", "oexit-code"],
        "bad-conflict": ["otrue", "", "", "", "oOverride"],
        "empty-word": ["otrue,,"],
        "controls": ["o\x01\x7f\u0085\u2028\n\t"],
        "long": ["o" + "x" * 39 + "\u20ac" * 20],
    }
    for name, values in seeds.items():
        write("annotations", name, SEPARATOR.join(value.encode() for value in values))


def answer():
    for path in sorted(glob.glob("testdata/diagnostics/*.resp.bin")):
        write("answer", os.path.basename(path), read(path))
    write("answer", "socket-name", "dotnet-diagnostic-4648-408848-socket")
    write("answer", "version", "10.0.0-preview.3")


def nettrace():
    for path in sorted(glob.glob("testdata/diagnostics/*.nettrace*")):
        data = gzip.decompress(read(path)) if path.endswith(".gz") else read(path)
        # The begin of a long one is as good: reading stops at the cut.
        write("nettrace", os.path.basename(path).removesuffix(".gz"), data[:BIGGEST_STREAM], BIGGEST_STREAM)


def transfer():
    def frame(kind, payload):
        return kind + len(payload).to_bytes(4, "big") + payload

    data = b"MDMP" + bytes(60)
    begin = frame(b"B", b"") + frame(b"M", b"shop writes\n") + frame(b"P", b"taking 7 14\n") + frame(b"D", data)
    end = frame(b"E", f"0 {len(data)} {hashlib.sha256(data).hexdigest()}".encode())
    opening = b"dotdiag-stream 1\n"
    write("transfer", "whole", opening + begin + end)
    write("transfer", "behind-the-opening", begin + end)
    write("transfer", "wrong-sum", opening + begin + end.replace(b"a", b"b").replace(b"0", b"1"))
    write("transfer", "something-follows", opening + begin + end + b"\n")
    write("transfer", "another-program", b"sh: dotdiag-collect: not found\n")
    # One frame of zstd (RFC 8878) with a raw block, one with a block of one byte repeated.
    write("transfer", "packed", bytes.fromhex("28b52ffd2005290000") + b"hello")
    write("transfer", "packed-run", bytes.fromhex("28b52ffd60000f0380007a"))


def json_patch():
    def seed(name, pointer, document, patch):
        write("json_patch", name, SEPARATOR.join([pointer.encode(), compact(document).encode(), compact(patch).encode()]))

    document = {"a": {"b": [1, 2, {"c": None}]}, "m~n": "x", "s/t": 1.0, "": False}
    operations = [
        {"op": "add", "path": "/a/b/-", "value": {"d": []}},
        {"op": "add", "path": "/a/b/1", "value": "1"},
        {"op": "add", "path": "/a/b/-1", "value": "1"},
        {"op": "remove", "path": "/a/b/0"},
        {"op": "replace", "path": "/m~0n", "value": [True]},
        {"op": "replace", "path": "", "value": {"a": {}}},
        {"op": "test", "path": "/s~1t", "value": 1},
        {"op": "test", "path": "/missing", "value": None},
        {"op": "move", "from": "/a/b", "path": "/moved"},
        {"op": "move", "from": "/a", "path": "/a/b"},
        {"op": "copy", "from": "/a/b/2", "path": "/a/b/0"},
        {"op": "add", "path": "/a/b/1/x", "value": 1},
    ]
    for number, operation in enumerate(operations):
        seed(f"{number:02}-{operation['op']}", operation["path"], document, [operation])
    seed("all", "/a/b/01", document, operations)
    for path in sorted(glob.glob("testdata/kinds/*/*/patch.json"))[::4]:
        before = yaml.safe_load(read(path.replace("patch.json", "before.yaml")))
        seed(name_of(path), "/spec/template/spec/containers/0/env", before, json.loads(read(path)))


def policy():
    for path in sorted(glob.glob("policies/*.yaml")):
        write("policy", os.path.basename(path), read(path), BIGGEST_POLICY)
        parsed = yaml.safe_load(read(path))
        for requirement in parsed["requirements"]:
            requirement.update(summary="s", why="w", source="u")
        write("policy", os.path.basename(path).replace(".yaml", ".json"), compact(parsed))


def yaml_texts():
    paths = sorted(glob.glob("testdata/yaml-patch/*/before.*"))
    texts = {name_of(path): read(path) for path in paths}
    texts["deployment"] = read("manifests/examples/cart.yaml")
    texts["list"] = read("manifests/examples/search-list.yaml")
    texts["scalars"] = b"a: [yes, 010, 0x1F, 1_000, .inf, -.NaN, ~, 12:30, 2001-12-14, 1e3, !!str 1, !!binary aGk=, =, <<]\n"
    texts["merges"] = b"base: &b {a: 1, b: &c [x]}\nnext:\n  <<: [*b, {c: 2}]\n  d: *c\n  ? e\n  : f\n"
    texts["errors"] = b"a: [1\n---\nb: *missing\n---\n{c: 1, c: 2}\n...\n%YAML 1.1\n---\nd\n"
    texts["carriage-returns"] = b"a: 1\r\nb: |\r\n  x\r\n\r\n# c\r\nc:\r\n- 1\r\n"
    texts["utf-16"] = "\ufeffa: \u20ac\n".encode("utf-16-le")
    texts["json"] = b'{"a": [1, 2.5e3, "\\u20ac\\ud83d\\ude00"], "b": {"c": null}} {"d": true}\n'
    return texts


def main():
    targets = (admission, annotations, answer, json_patch, nettrace, policy, transfer)
    shutil.rmtree(CORPUS, ignore_errors=True)
    for name in [target.__name__ for target in targets] + ["yaml", "yaml_patch"]:
        os.makedirs(f"{CORPUS}/{name}")
    # Byte for byte as written.
    with open(f"{CORPUS}/.gitattributes", "w", encoding="ascii") as file:
        file.write("* -text\n")
    for target in targets:
        target()
    for number, (name, text) in enumerate(yaml_texts().items()):
        write("yaml", name, text)
        write("yaml_patch", name, bytes([number % 7, number]) + text)


main()
