"""The programs of an image, run in it. Where the answer is long, it must be that of the same program outside."""
import json
import os
import re
import shutil
import signal
import subprocess
import tempfile

from content import PROGRAMS

ROOT = os.path.abspath(f"{os.path.dirname(os.path.abspath(__file__))}/../..")
EXAMPLES = f"{ROOT}/manifests/examples"
REVIEW = f"{EXAMPLES}/review.json"
POD = f"{ROOT}/testdata/ephemeral/dotnet-dump/pod.json"


def outside(*command, directory=ROOT):
    return subprocess.run(command, cwd=directory, capture_output=True, text=True, timeout=60, check=False)


def agree(inside, other, status):
    assert inside.returncode == status, f"exit code {inside.returncode}: {inside.stderr}"
    assert (inside.stdout, inside.stderr, inside.returncode) == (other.stdout, other.stderr, other.returncode), inside.stderr


def introduce_themselves(image, _, version):
    """every program says its version and how it is used"""
    for path in (path for path in image.files if path.startswith("/usr/bin/")):
        program = os.path.basename(path)
        said = image.run(program, "--version")
        assert said.returncode == 0 and version in said.stdout, f"{program}: {said.stdout}{said.stderr}"
        said = image.run(program, "--help")
        assert said.returncode == 0 and "Usage:" in said.stdout, f"{program}: {said.stdout}{said.stderr}"


def review(image, build, _):
    """dotdiag-webhook answers a review"""
    with open(REVIEW, encoding="utf-8") as file:
        inside = image.run("dotdiag-webhook", "review", "-", stdin=file.read())
    agree(inside, outside(f"{build}/webhook/dotdiag-webhook", "review", REVIEW), 0)
    assert json.loads(inside.stdout)["response"]["patch"]


def lint(image, build, _):
    """its command lints the directory that is mounted at its working directory"""
    config = image.config["config"]
    # chroot begins in /, a container in the working directory.
    command = [*config["Cmd"][:-1], config["WorkingDir"].lstrip("/")]
    with tempfile.TemporaryDirectory() as directory:
        os.chmod(directory, 0o755)
        shutil.copytree(EXAMPLES, f"{directory}/work")
        other = outside(f"{os.path.abspath(build)}/linter/dotdiag-lint", "work", directory=directory)
        agree(image.run(*command, mount=(f"{directory}/work", config["WorkingDir"])), other, 1)
    assert "workloads judged" in other.stdout + other.stderr


def patch(image, build, _):
    """dotdiag-patch builds the debugger of a pod"""
    with open(POD, encoding="utf-8") as file:
        inside = image.run("dotdiag-patch", "-", stdin=file.read())
    with open(POD, encoding="utf-8") as file:
        other = subprocess.run([f"{build}/patch/dotdiag-patch", "-"], stdin=file, capture_output=True, text=True, check=False)
    agree(inside, other, 0)


def collect(image, build, _):
    """dotdiag-collect says that nobody is to be asked"""
    command = ["info", "--socket", "/nonexistent"]
    agree(image.run("dotdiag-collect", *command), outside(f"{build}/collect/dotdiag-collect", *command), 2)


def resolve_names(image, *_):
    """a host name is resolved with what is in it"""
    # The C library's own program, which is not in the image: what it needs beyond the C library is not there either.
    shutil.copy(shutil.which("getent"), f"{image.root}/usr/bin/getent")
    image.make_mount_point("/etc/hosts", directory=False)
    with tempfile.NamedTemporaryFile("w") as hosts:
        hosts.write("192.0.2.7 api.example\n")
        hosts.flush()
        os.chmod(hosts.name, 0o644)
        said = image.run("getent", "ahosts", "api.example", mount=(hosts.name, "/etc/hosts"))
    os.remove(f"{image.root}/usr/bin/getent")
    assert said.returncode == 0 and "192.0.2.7" in said.stdout, f"{said.returncode}: {said.stdout}{said.stderr}"


def serve(image, build, _):
    """its entry point serves reviews over HTTPS, and ends when it is asked to"""
    image.make_mount_point("/tls")
    with tempfile.TemporaryDirectory() as directory:
        tls = f"{directory}/tls"
        certs = ["certs", "--out", tls, "--dns", "localhost", "--ip", "127.0.0.1"]
        outside(f"{build}/webhook/dotdiag-webhook", *certs).check_returncode()
        os.chmod(directory, 0o755)
        os.chmod(tls, 0o755)
        os.chmod(f"{tls}/tls.key", 0o644)  # a Secret's files are readable for the pod's group; here there is none
        command = image.command(*image.config["config"]["Entrypoint"], "serve", "--listen", "127.0.0.1:0",
                                "--cert", "/tls/tls.crt", "--key", "/tls/tls.key", mount=(tls, "/tls"))
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
            try:
                call(server, tls)
            finally:
                server.send_signal(signal.SIGTERM)  # unshare and its successors have become the webhook itself
            assert server.wait(timeout=20) == 0, f"exit code {server.returncode}"


def call(server, tls):
    lines = iter(server.stderr.readline, "")
    port = next((found[1] for found in (re.search(r'"port": *"?(\d+)', line) for line in lines) if found), None)
    assert port, "it did not start"
    curl = ["curl", "--noproxy", "*", "--silent", "--show-error", "--fail", "--max-time", "20", "--cacert", f"{tls}/ca.crt"]
    assert outside(*curl, f"https://localhost:{port}/readyz").returncode == 0
    answer = outside(*curl, "--header", "Content-Type: application/json", "--data-binary", f"@{REVIEW}",
                     f"https://localhost:{port}/mutate?timeout=3s")
    assert answer.returncode == 0 and json.loads(answer.stdout)["response"]["patch"], answer.stderr


def checks_of(name):
    programs = PROGRAMS[name]
    of_programs = {"dotdiag-webhook": review, "dotdiag-lint": lint, "dotdiag-patch": patch, "dotdiag-collect": collect}
    checks = [introduce_themselves, *(check for program, check in of_programs.items() if program in programs)]
    if programs != ["dotdiag-collect"]:  # which is static, and asks nobody by a name
        checks.append(resolve_names)
    return checks + ([serve] if name == "dotdiag-webhook" else [])
