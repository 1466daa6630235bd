"""Writes the bill of materials of an image, as SPDX 2.3 in JSON: each file and the package it is from, and which packages'
headers were compiled into the programs. The same for the same image: its time is the image's, its name has the image's digest.

sbom.py ROOT ORIGINS --name NAME --version VERSION --digest sha256:DIGEST --created TIME      ORIGINS: what root.py printed
"""
import argparse
import hashlib
import json
import urllib.parse

import debian

OURS = "dotdiag"
UNKNOWN = "NOASSERTION"


def identifier(kind, name):
    """A reference inside the document; SPDX allows letters, digits, dots and dashes, and ours have one for each path."""
    return f"SPDXRef-{kind}-" + "".join(c if c.isascii() and (c.isalnum() or c in ".-") else "-" for c in name.strip("/"))


def file_entry(root, path):
    with open(root + path, "rb") as file:
        content = file.read()
    return {
        "fileName": "." + path,
        "SPDXID": identifier("File", path),
        "fileTypes": ["BINARY" if content.startswith(b"\x7fELF") else "TEXT"],
        "checksums": [{"algorithm": name.upper(), "checksumValue": hashlib.new(name, content).hexdigest()}
                      for name in ("sha1", "sha256")],
        "licenseConcluded": UNKNOWN,
        "copyrightText": UNKNOWN,
    }


def package_entry(name, version, purpose, license_, files=()):
    """`files`: the entries of the package's files in the image; many packages are only compiled in, and have none."""
    entry = {
        "name": name,
        "SPDXID": identifier("Package", name),
        "versionInfo": version,
        "primaryPackagePurpose": purpose,
        "downloadLocation": UNKNOWN,
        "licenseConcluded": UNKNOWN,
        "licenseDeclared": license_ or UNKNOWN,
        "copyrightText": UNKNOWN,
        "filesAnalyzed": bool(files),
    }
    if files:
        sums = sorted(file["checksums"][0]["checksumValue"] for file in files)
        entry["packageVerificationCode"] = {"packageVerificationCodeValue": hashlib.sha1("".join(sums).encode()).hexdigest()}
        entry["licenseInfoFromFiles"] = [UNKNOWN]
    return entry


def debian_entry(name, files):
    """The license is that of the package at large; what else is in it stands in the comment, by Debian's names."""
    facts, (at_large, every), system = debian.facts(name), debian.licenses(name), debian.distribution()
    entry = package_entry(name, facts["version"], "LIBRARY", at_large, files)
    entry["sourceInfo"] = "built package from: " + facts["source"]
    entry["licenseComments"] = f"{debian.copyright_file(name)} names: {', '.join(every)}" if every else \
        f"as {debian.copyright_file(name)} says in prose"
    release = f"{system['ID']}-{system.get('VERSION_ID', 'unstable')}"
    version = urllib.parse.quote(facts["version"], safe="")
    package = f"pkg:deb/{system['ID']}/{urllib.parse.quote(name)}@{version}"
    entry["externalRefs"] = [purl(f"{package}?arch={facts['architecture']}&distro={release}")]
    return entry


def purl(locator):
    return {"referenceCategory": "PACKAGE-MANAGER", "referenceType": "purl", "referenceLocator": locator}


def image_entry(arguments):
    entry = package_entry(arguments.name, arguments.version, "CONTAINER", "Apache-2.0")
    entry["SPDXID"] = identifier("Image", arguments.name)
    digest = urllib.parse.quote(arguments.digest, safe="")
    entry["externalRefs"] = [purl(f"pkg:oci/{arguments.name}@{digest}?tag={arguments.version}")]
    return entry


def relationship(from_, kind, to):
    return {"spdxElementId": from_, "relationshipType": kind, "relatedSpdxElement": to}


def relationships(image, packages, origins):
    found = [relationship("SPDXRef-DOCUMENT", "DESCRIBES", image["SPDXID"])]
    found += [relationship(identifier("Package", package), "CONTAINS", identifier("File", path))
              for path, package in sorted(origins["files"].items())]
    found += [relationship(image["SPDXID"], "CONTAINS", package["SPDXID"]) for package in packages if package["filesAnalyzed"]]
    for program, parts in sorted(origins["programs"].items()):
        for kind, names in (("DYNAMIC_LINK", parts["linked"]), ("STATIC_LINK", parts["compiled_in"])):
            found += [relationship(identifier("File", program), kind, identifier("Package", name)) for name in names]
    return found


def document(arguments, origins):
    files = {path: file_entry(arguments.root, path) for path in sorted(origins["files"])}
    parts = origins["programs"].values()
    names = set(origins["files"].values()).union(*(each["linked"] + each["compiled_in"] for each in parts))
    files_of = {name: [files[path] for path in files if origins["files"][path] == name] for name in names}
    packages = [package_entry(OURS, arguments.version, "APPLICATION", "Apache-2.0", files_of[OURS])]
    packages += [debian_entry(name, files_of[name]) for name in sorted(names - {OURS})]
    image = image_entry(arguments)
    return {
        "spdxVersion": "SPDX-2.3",
        "dataLicense": "CC0-1.0",
        "SPDXID": "SPDXRef-DOCUMENT",
        "name": f"{arguments.name}-{arguments.version}",
        "documentNamespace": "https://spdx.org/spdxdocs/" + "-".join(
            [arguments.name, arguments.version, arguments.digest.partition(":")[2]]),
        "creationInfo": {"created": arguments.created, "creators": [f"Tool: {OURS}-{arguments.version}"]},
        "packages": [image, *packages],
        "files": list(files.values()),
        "relationships": relationships(image, packages, origins),
    }


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("root")
    parser.add_argument("origins")
    for option in ("name", "version", "digest", "created"):
        parser.add_argument("--" + option, required=True)
    arguments = parser.parse_args()
    with open(arguments.origins, encoding="utf-8") as file:
        origins = json.load(file)
    print(json.dumps(document(arguments, origins), indent=2))


main()
