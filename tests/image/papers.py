"""What others make of the archive and of the bill of materials; each is skipped where its program is missing."""
import json
import os
import re
import shutil
import subprocess

HERE = os.path.dirname(os.path.abspath(__file__))
VALIDATOR = os.environ.get("SPDX_VALIDATOR", "")  # pyspdxtools, which tools/image_stage.sh gets


def bill_is_valid(_, archive):
    """the bill of materials is valid SPDX 2.3"""
    if not VALIDATOR:
        return "spdx-tools cannot be had from PyPI"
    result = subprocess.run([VALIDATOR, "--infile", f"{archive}.spdx.json", "--version", "SPDX-2.3"],
                            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    assert result.returncode == 0 and not result.stdout.strip(), result.stdout
    return None


def skopeo_reads_it(image, archive):
    """skopeo reads the archive, and finds the same image"""
    if not shutil.which("skopeo"):
        return "skopeo is not installed"
    command = ["skopeo", "inspect", f"oci-archive:{archive}.oci.tar"]
    shown = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    assert shown["Digest"] == image.entry["digest"], shown["Digest"]
    return None


def stage_of(containerfile, name):
    """The instructions of the stage `name`, {instruction: argument}."""
    text = re.search(rf"^FROM scratch AS {name}\n((?:(?!FROM).*\n)*)", containerfile, re.MULTILINE)
    assert text, f"no stage {name}"
    return dict(re.findall(r"^([A-Z]+) (.*)$", text[1], re.MULTILINE))


def containerfile_agrees(image, archive):
    """the Containerfile makes the same of it"""
    config = image.config["config"]
    name = os.path.basename(archive).rsplit("-", 1)[0]
    with open(f"{HERE}/../../Containerfile", encoding="utf-8") as file:
        stage = stage_of(file.read(), name)
    assert stage["USER"] == config["User"], stage
    assert stage["WORKDIR"] == config["WorkingDir"], stage
    assert [stage["ENV"]] == config["Env"], stage
    assert json.loads(stage.get("ENTRYPOINT", "null")) == config.get("Entrypoint"), stage
    assert json.loads(stage.get("CMD", "null")) == config.get("Cmd"), stage
    assert stage["COPY"] == f"--from=build /src/build/image/{name}/root /", stage


CHECKS = [bill_is_valid, skopeo_reads_it, containerfile_agrees]
