"""Fills the root file system of an image: programs, exactly the shared objects they need, the license texts of all that is in
them, and the few files of etc/. Prints, for the SBOM, what each file is from.

root.py ROOT BUILD [--directory DIRECTORY] PROGRAM...      each PROGRAM is a path below BUILD
"""
import argparse
import json
import os
import shutil
import subprocess

import debian
import elf

HERE = os.path.dirname(os.path.abspath(__file__))
OURS = "dotdiag"


class Root:
    """A root file system in a directory that is made anew, and {path inside: package} of its files."""

    def __init__(self, directory):
        self.directory = directory
        self.origins = {}
        shutil.rmtree(directory, ignore_errors=True)
        os.makedirs(directory)

    def add(self, source, path, package):
        """Copies what a link leads to, with its mode."""
        target = self.directory + path
        os.makedirs(os.path.dirname(target), exist_ok=True)
        shutil.copy(source, target)
        self.origins[path] = package

    def add_program(self, source):
        """Without debug information, and without the build's id, which is a hash over that too."""
        path = "/usr/bin/" + os.path.basename(source)
        self.add(source, path, OURS)
        subprocess.run(["strip", "--strip-all", "--remove-section=.note.gnu.build-id", self.directory + path], check=True)
        os.chmod(self.directory + path, 0o755)
        return path

    def settle_modes(self):
        """Everybody may read, nobody but the owner may write, whatever the umask was."""
        subprocess.run(["chmod", "--recursive", "u=rwX,go=rX", self.directory], check=True)


def add_license_texts(root, packages):
    """Of each package its copyright file, unless one of the same source brought the same, and the common texts to which that
    refers."""
    texts = set()
    for package in packages:
        path = debian.copyright_file(package)
        with open(path, encoding="utf-8") as file:
            text = file.read()
        if text in texts:
            continue
        texts.add(text)
        root.add(path, path, package)
        for common in debian.common_licenses(text):
            root.add(common, common, "base-files")


def add_program(root, build, program):
    """Adds the program with its shared objects; (path inside, {packages linked, packages compiled in})."""
    source = os.path.join(build, program)
    objects = debian.packages_of(elf.shared_objects(source))
    for path, package in objects.items():
        root.add(path, path, package)
    headers = debian.packages_of(elf.compiled_in(build, program))
    return root.add_program(source), {"linked": sorted(set(objects.values())), "compiled_in": sorted(set(headers.values()))}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("root")
    parser.add_argument("build")
    parser.add_argument("--directory", default="/")
    parser.add_argument("programs", nargs="+")
    arguments = parser.parse_args()

    root = Root(arguments.root)
    os.makedirs(root.directory + arguments.directory, exist_ok=True)
    for name in ("passwd", "group", "nsswitch.conf"):
        root.add(f"{HERE}/etc/{name}", f"/etc/{name}", OURS)
    root.add(f"{HERE}/../../LICENSE", f"/usr/share/doc/{OURS}/copyright", OURS)
    programs = dict(add_program(root, arguments.build, program) for program in arguments.programs)
    linked = {package for parts in programs.values() for package in parts["linked"]}
    compiled_in = {package for parts in programs.values() for package in parts["compiled_in"]}
    add_license_texts(root, sorted(linked) + sorted(compiled_in - linked))
    root.settle_modes()
    print(json.dumps({"files": root.origins, "programs": programs}, indent=2, sort_keys=True))


main()
