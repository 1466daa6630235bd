"""What a program is made of: the shared objects that it needs, and the headers that were compiled into it."""
import os
import re
import subprocess


def output_of(*command):
    environment = dict(os.environ, LC_ALL="C")
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=environment).stdout


def is_static(program):
    """No dynamic loader is asked for."""
    return "Requesting program interpreter" not in output_of("readelf", "--program-headers", "--wide", program)


def shared_objects(program):
    """The paths under which the loader finds what the program needs, and what that needs, with the loader itself."""
    if is_static(program):
        return []
    listed = output_of("ldd", program)
    missing = re.findall(r"(\S+) => not found", listed)
    if missing:
        raise SystemExit(f"image: {program}: the loader does not find {', '.join(missing)}")
    return sorted(set(re.findall(r"(/\S+) \(0x", listed)))


def compiled_in(build, program):
    """The system's headers that ninja knows to be in the program's objects."""
    inputs = output_of("ninja", "-C", build, "-t", "inputs", program).splitlines()
    objects = [line for line in inputs if line.endswith((".o", ".gch"))]
    dependencies = output_of("ninja", "-C", build, "-t", "deps", *objects)
    return sorted(set(re.findall(r"^ +(/usr/\S+)$", dependencies, re.MULTILINE)))
