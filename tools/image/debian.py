"""What the package manager knows about the files of this machine: whose they are, which version, under which license."""
import functools
import os
import re
import subprocess

import elf

COMMON_LICENSES = "/usr/share/common-licenses"

# Debian's names of licenses, where SPDX has another one or the same. What is not here is not guessed.
SPDX_NAMES = {
    "Apache-2.0": "Apache-2.0",
    "BSD-2-clause": "BSD-2-Clause",
    "BSD-2clause": "BSD-2-Clause",
    "BSD-3-clause": "BSD-3-Clause",
    "BSL-1.0": "BSL-1.0",
    "Expat": "MIT",
    "MIT": "MIT",
}

# Sources whose copyright file is prose: what it says of the libraries that programs are linked with.
IN_PROSE = {
    "glibc": "LGPL-2.1-or-later",
    "gcc": "GPL-3.0-or-later WITH GCC-exception-3.1",
}


def packages_of(paths):
    """{path: package}. Some directories of / are links to those of /usr: a package may know its file by either name."""
    found = {}
    spellings = {spelling: path for path in paths for spelling in (path, "/usr" + path, path.removeprefix("/usr"))}
    command = ["dpkg-query", "--search", *spellings]
    result = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=False)
    for line in result.stdout.splitlines():
        owner, _, path = line.partition(": ")
        if path in spellings:
            found[spellings[path]] = owner.split(",")[0].split(":")[0]
    unknown = sorted(set(paths) - set(found))
    if unknown:
        raise SystemExit(f"image: of no package: {', '.join(unknown)}")
    return found


@functools.cache
def facts(package):
    """Version, architecture and source of an installed package, as dpkg-query has them."""
    wanted = "${Version}\t${Architecture}\t${source:Package} ${source:Version}\n"
    version, architecture, source = elf.output_of("dpkg-query", "-W", "-f", wanted, package).splitlines()[0].split("\t")
    return {"version": version, "architecture": architecture, "source": source}


@functools.cache
def distribution():
    """The lines of /etc/os-release."""
    with open("/etc/os-release", encoding="utf-8") as file:
        return {key: value.strip('"') for key, value in re.findall(r"^(\w+)=(.*)$", file.read(), re.MULTILINE)}


def copyright_file(package):
    """Packages of one source may share the file of one of them, by a link."""
    return os.path.realpath(f"/usr/share/doc/{package}/copyright")


def common_licenses(text):
    """Where a copyright file refers to for the whole text of a license."""
    named = re.findall(COMMON_LICENSES + r"/([A-Za-z0-9.+-]*[A-Za-z0-9])", text)
    return sorted(path for path in {f"{COMMON_LICENSES}/{name}" for name in named} if os.path.isfile(path))


@functools.cache
def licenses(package):
    """(SPDX's name of the license of the package at large or None, Debian's names of all in it, none where the
    copyright file is prose)."""
    with open(copyright_file(package), encoding="utf-8") as file:
        paragraphs = file.read().split("\n\n")
    if not paragraphs[0].startswith("Format:"):
        return IN_PROSE.get(re.match(r"[a-z]+", facts(package)["source"])[0]), []
    at_large, every = None, set()
    for paragraph in paragraphs:
        fields = dict(re.findall(r"^(Files|License): *(.*)$", paragraph, re.MULTILINE))
        if "Files" not in fields or "License" not in fields or fields["Files"].startswith("debian/"):
            continue
        every.add(fields["License"])
        if fields["Files"] == "*":
            at_large = SPDX_NAMES.get(fields["License"])
    return at_large, sorted(every)
