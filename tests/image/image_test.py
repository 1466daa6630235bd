"""Checks the images: what is in them, that nothing is writable, and that every program runs with nothing else.

usage: image_test.py BUILD VERSION NAME...      BUILD has the programs (for a second opinion), build/image the archives

Prints a line a check: "passed", "failed" or "skipped", and what.
"""
import os
import sys
import tempfile
import traceback

import content
import programs
import papers
from contained import Image, can_enter


def report(name, check, *arguments):
    try:
        reason = check(*arguments)
        print(f"skipped {name}: {reason}" if reason else f"passed {name}", flush=True)
    except Exception as error:  # whatever it is, the other checks are made
        traceback.print_exc()
        print(f"failed {name}: {str(error) or type(error).__name__}".splitlines()[0], flush=True)


def main(build, version, *names):
    for name in names:
        archive = f"build/image/{name}-{version}"
        with tempfile.TemporaryDirectory() as directory:
            os.chmod(directory, 0o755)
            image = Image(f"{archive}.oci.tar", directory)
            for check in content.CHECKS + papers.CHECKS:
                report(f"{name}: {check.__doc__.splitlines()[0]}", check, image, archive)
            for check in programs.checks_of(name):
                title = f"{name}: {check.__doc__.splitlines()[0]}"
                if can_enter():
                    report(title, check, image, build, version)
                else:
                    print(f"skipped {title}: this machine lets nobody mount")


main(*sys.argv[1:])
