"""What is in an image, and what is not."""
import hashlib
import json
import os
import re
import subprocess

PROGRAMS = {
    "dotdiag-webhook": ["dotdiag-webhook"],
    "dotdiag-collect": ["dotdiag-collect"],
    "dotdiag": ["dotdiag-collect", "dotdiag-lint", "dotdiag-patch", "dotdiag-webhook", "kubectl-dotdiag"],
}
OURS = ["/etc/group", "/etc/nsswitch.conf", "/etc/passwd", "/usr/share/doc/dotdiag/copyright"]


def is_elf(image, path):
    with open(image.root + path, "rb") as file:
        return file.read(4) == b"\x7fELF"


def has_nothing_else(image, _):
    """it has its programs, shared objects, license texts and three files below /etc, and nothing else"""
    name = image.manifest["annotations"]["org.opencontainers.image.title"]
    expected = OURS + [f"/usr/bin/{program}" for program in PROGRAMS[name]]
    other = [path for path in image.files if path not in expected
             and not re.fullmatch(r"/usr/share/(doc/[^/]+/copyright|common-licenses/[^/]+)", path)
             and not (re.fullmatch(r"/lib(64)?/([^/]+/)?(lib|ld-)[^/]+\.so[0-9.]*", path) and is_elf(image, path))]
    assert not other, f"unexpected: {other}"
    assert not set(expected) - set(image.files), f"missing: {set(expected) - set(image.files)}"


def nothing_is_writable(image, _):
    """nothing in it is writable for its user, and nothing gives it another one"""
    assert image.config["config"]["User"] == "65532:65532", image.config["config"]["User"]
    for member in image.members:
        assert member.isdir() or member.isreg(), f"{member.name} is neither a file nor a directory"
        assert (member.uid, member.gid) == (0, 0), f"{member.name} is not root's"
        assert member.mode & 0o7022 == 0, f"{member.name} has the mode {member.mode:o}"


def needs_resolve(image, _):
    """every shared object that is needed is in it, and none that is not"""
    objects = {os.path.basename(path): path for path in image.files if path.startswith("/lib") and is_elf(image, path)}
    needed = set()
    for path in (path for path in image.files if is_elf(image, path)):
        shown = subprocess.run(["readelf", "--wide", "--dynamic", "--program-headers", image.root + path],
                               capture_output=True, text=True, check=True).stdout
        needed.update(re.findall(r"\(NEEDED\).*\[(.*)\]", shown))
        for loader in re.findall(r"program interpreter: (.*)\]", shown):
            assert loader in image.files, f"{path} needs the loader {loader}"
            needed.add(os.path.basename(loader))
    assert needed == set(objects), f"missing: {needed - set(objects)}, not needed: {set(objects) - needed}"


def stands_alone(image, _):
    """dotdiag-collect needs nothing beside it, and has at most 4 MB"""
    program = image.root + "/usr/bin/dotdiag-collect"
    if os.path.exists(program):
        shown = subprocess.run(["readelf", "--wide", "--program-headers", program], capture_output=True, text=True, check=True).stdout
        assert "INTERP" not in shown, "it asks for a loader"
        assert os.path.getsize(program) <= 4 << 20, f"it has {os.path.getsize(program)} bytes"


def no_path_of_the_builder(image, _):
    """no program tells where it was built"""
    for path in (path for path in image.files if path.startswith("/usr/bin/")):
        with open(image.root + path, "rb") as file:
            assert os.getcwd().encode() not in file.read(), f"{path} has {os.getcwd()} in it"


def bill_lists_every_file(image, archive):
    """the bill of materials lists every file with its sum, its package, version and license"""
    with open(f"{archive}.spdx.json", encoding="utf-8") as file:
        bill = json.load(file)
    sums = {}
    for file in bill["files"]:
        sums[file["fileName"][1:]] = next(each["checksumValue"] for each in file["checksums"] if each["algorithm"] == "SHA256")
    assert sorted(sums) == image.files, f"only in one of them: {set(sums) ^ set(image.files)}"
    for path, expected in sums.items():
        with open(image.root + path, "rb") as file:
            assert hashlib.sha256(file.read()).hexdigest() == expected, path
    contained = [each["relatedSpdxElement"] for each in bill["relationships"] if each["relationshipType"] == "CONTAINS"]
    assert {file["SPDXID"] for file in bill["files"]} <= set(contained), "a file of no package"
    for package in bill["packages"]:
        assert package["versionInfo"] and package["licenseDeclared"], package["name"]
    assert image.entry["digest"].partition(":")[2] in bill["documentNamespace"], "it is another image's"


def has_license_texts(image, archive):
    """the license text of every package that is in it is in it"""
    with open(f"{archive}.spdx.json", encoding="utf-8") as file:
        packages = [package["name"] for package in json.load(file)["packages"]]
    texts = set()
    for path in (path for path in image.files if path.endswith("/copyright")):
        with open(image.root + path, "rb") as file:
            texts.add(file.read())
    for package in packages[2:]:  # the first two are the image and dotdiag itself
        if package != "base-files":  # brings nothing but the license texts themselves
            with open(f"/usr/share/doc/{package}/copyright", "rb") as file:
                assert file.read() in texts, package


CHECKS = [has_nothing_else, nothing_is_writable, needs_resolve, stands_alone, no_path_of_the_builder, bill_lists_every_file, has_license_texts]
