"""Lays the runtime that a self-contained program brought along out as `dotnet` finds it: as a shared framework.

shared_framework.py PROGRAM DIRECTORY NAME: PROGRAM is the directory with NAME.deps.json and the files that it lists,
DIRECTORY becomes what is usually /usr/share/dotnet, without `dotnet` itself.
"""

import json
import os
import shutil
import sys

PACK = "runtimepack.Microsoft.NETCore.App.Runtime.linux-x64"
FRAMEWORK = "Microsoft.NETCore.App"


def pack_of(program, name):
    """The name of the target, the version of the runtime and its files, by kind."""
    with open(f"{program}/{name}.deps.json", encoding="utf-8") as file:
        document = json.load(file)
    target = document["runtimeTarget"]["name"]
    for library, entry in document["targets"][target].items():
        if library.startswith(PACK + "/"):
            return target, library.partition("/")[2], {kind: entry[kind] for kind in ("runtime", "native")}
    raise SystemExit(f"{program} brings no runtime along")


def listing(target, version, files):
    library = f"Microsoft.NETCore.App.Runtime.linux-x64/{version}"
    return {
        "runtimeTarget": {"name": target, "signature": ""},
        "compilationOptions": {},
        "targets": {target: {library: files}},
        "libraries": {library: {"type": "package", "serviceable": True, "sha512": ""}},
    }


def main():
    program, directory, name = sys.argv[1:]
    target, version, files = pack_of(program, name)
    framework = f"{directory}/shared/{FRAMEWORK}/{version}"
    resolver = f"{directory}/host/fxr/{version}"
    os.makedirs(framework)
    os.makedirs(resolver)
    for path in [*files["runtime"], *files["native"]]:
        shutil.copy(f"{program}/{os.path.basename(path)}", framework)
    shutil.copy(f"{program}/libhostfxr.so", resolver)
    os.chmod(f"{framework}/createdump", 0o755)
    with open(f"{framework}/{FRAMEWORK}.deps.json", "w", encoding="utf-8") as file:
        json.dump(listing(target, version, files), file)


main()
