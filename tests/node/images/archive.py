"""Makes an image of directories, without a registry: an archive that `ctr images import` reads.

archive.py NAME ARCHIVE LAYER... [--entrypoint WORD]... [--cmd WORD]... [--env NAME=VALUE]... [--user USER]

A layer is a tar archive. Layers are not compressed: these archives go no further than this machine, and that is quicker.
"""

import argparse
import hashlib
import io
import json
import os
import tarfile

PATH = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


def parse():
    parser = argparse.ArgumentParser()
    for name in ("name", "archive"):
        parser.add_argument(name)
    parser.add_argument("layers", nargs="+")
    for name in ("entrypoint", "cmd", "env"):
        parser.add_argument("--" + name, action="append", default=[])
    parser.add_argument("--user", default="")
    return parser.parse_args()


def sha256_of(path):
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def configuration(arguments, sums):
    return json.dumps({
        "architecture": "amd64",
        "os": "linux",
        "config": {
            "Entrypoint": arguments.entrypoint or None,
            "Cmd": arguments.cmd or None,
            "Env": [PATH, *arguments.env],
            "User": arguments.user,
            "WorkingDir": "/",
        },
        "rootfs": {"type": "layers", "diff_ids": ["sha256:" + digest for digest in sums]},
    }).encode()


def add(archive, name, data):
    entry = tarfile.TarInfo(name)
    entry.size = len(data)
    archive.addfile(entry, io.BytesIO(data))


def main():
    arguments = parse()
    sums = [sha256_of(path) for path in arguments.layers]
    config = configuration(arguments, sums)
    config_name = hashlib.sha256(config).hexdigest() + ".json"
    layers = [digest + "/layer.tar" for digest in sums]
    manifest = [{"Config": config_name, "RepoTags": [arguments.name], "Layers": layers}]
    new = arguments.archive + ".new"
    with tarfile.open(new, "w") as archive:
        add(archive, config_name, config)
        add(archive, "manifest.json", json.dumps(manifest).encode())
        for path, name in zip(arguments.layers, layers):
            archive.add(path, arcname=name)
    os.rename(new, arguments.archive)


main()
