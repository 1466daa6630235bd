"""Holds a Krew manifest against what Krew demands of it (krew.sigs.k8s.io, "Writing Krew plugin manifests"), and against the
archive that it is about. Usage: krew_manifest.py MANIFEST ARCHIVE"""

import hashlib
import re
import sys
import tarfile

import yaml

KEYS = {
    "": {"apiVersion", "kind", "metadata", "spec"},
    "spec": {"version", "homepage", "shortDescription", "description", "caveats", "platforms"},
    "platform": {"selector", "uri", "sha256", "bin", "files"},
}


def problems(manifest, archive):
    def unless(condition, text):
        if not condition:
            yield text

    spec, platform = manifest["spec"], manifest["spec"]["platforms"][0]
    yield from unless(manifest["apiVersion"] == "krew.googlecontainertools.github.com/v1alpha2", "apiVersion")
    yield from unless(manifest["kind"] == "Plugin", "kind")
    yield from unless(re.fullmatch(r"[a-z0-9-]+", manifest["metadata"]["name"]), "name: not safe as a file's name")
    yield from unless(re.fullmatch(r"v\d+\.\d+\.\d+", spec["version"]), "version: not v1.2.3")
    for place, members in (("", manifest), ("spec", spec), ("platform", platform)):
        yield from unless(set(members) <= KEYS[place], f"{place}: unknown members {set(members) - KEYS[place]}")
    short = spec["shortDescription"]
    yield from unless(short and len(short) <= 50 and not short.endswith("."), "shortDescription: too long, or a sentence")
    yield from unless(platform["uri"].startswith("https://"), "uri: not https")
    yield from unless(platform["uri"].endswith(("/" + archive.rsplit("/", 1)[-1])), "uri: another archive")
    with open(archive, "rb") as stream:
        yield from unless(hashlib.sha256(stream.read()).hexdigest() == platform["sha256"], "sha256: another archive")
    with tarfile.open(archive) as tar:
        names = {member.name: member for member in tar}
    yield from unless(names[platform["bin"]].mode & 0o111 == 0o111, "bin: not executable")
    yield from unless("LICENSE" in names, "the archive holds no LICENSE")
    yield from unless(all(".." not in name and not name.startswith("/") for name in names), "the archive leaves its place")


with open(sys.argv[1], encoding="utf-8") as text:
    FOUND = list(problems(yaml.safe_load(text), sys.argv[2]))
print("\n".join(FOUND))
sys.exit(bool(FOUND))
