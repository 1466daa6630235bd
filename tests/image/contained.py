"""An image's archive, unpacked without a container program, and its programs run in it as a container would: the image's file
system alone, read-only, its user, its environment.
"""
import json
import os
import subprocess
import tarfile

# What a container program does, for lack of one: argument 1 the root, 2 what to mount and 3 where, the rest the command.
# Where the caller is not root, a user namespace has to do.
AS_ROOT = '/usr/sbin/chroot --userspec=65532:65532 --groups=65532 "$root"'
AS_USER = '/usr/bin/unshare --user --map-user=65532 --map-group=65532 --root="$root"'
ENTER = """
set -e
root=$1 source=$2 target=$3
shift 3
mount --bind "$root" "$root"
if [ -n "$source" ]; then mount --bind "$source" "$root$target"; mount -o remount,bind,ro "$root$target"; fi
mount -o remount,bind,ro "$root"
cd "$root"
exec /usr/bin/env -i PATH=/usr/bin %s "$@"
"""


def unshare():
    return ["unshare", "--mount"] if os.geteuid() == 0 else ["unshare", "--user", "--map-root-user", "--mount"]


def can_enter():
    """Whether this machine lets us mount: some containers do not."""
    return subprocess.run([*unshare(), "true"], stderr=subprocess.DEVNULL, check=False).returncode == 0


class Image:
    """The archive of an OCI layout with one image of one layer."""

    def __init__(self, archive, directory):
        self.root = f"{directory}/root"
        with tarfile.open(archive) as outer:
            def blob(digest):
                return outer.extractfile("./blobs/" + digest.replace(":", "/"))

            index = json.load(outer.extractfile("./index.json"))
            (self.entry,) = index["manifests"]
            self.manifest = json.load(blob(self.entry["digest"]))
            self.config = json.load(blob(self.manifest["config"]["digest"]))
            (layer,) = self.manifest["layers"]
            with tarfile.open(fileobj=blob(layer["digest"]), mode="r:gz") as inner:
                self.members = inner.getmembers()
                inner.extractall(self.root)
        self.files = sorted(member.name[1:] for member in self.members if not member.isdir())

    def make_mount_point(self, path, directory=True):
        """As container programs do in their own layer above the image."""
        target = self.root + path
        os.makedirs(target if directory else os.path.dirname(target), exist_ok=True)
        if not directory:
            open(target, "a", encoding="utf-8").close()

    def command(self, *words, mount=("", "")):
        """The command line that runs `words` in it, with mount[0] of this machine at mount[1]."""
        enter = ENTER % (AS_ROOT if os.geteuid() == 0 else AS_USER)
        return [*unshare(), "sh", "-c", enter, "sh", self.root, *mount, *words]

    def run(self, *words, mount=("", ""), stdin=""):
        command = self.command(*words, mount=mount)
        return subprocess.run(command, input=stdin, capture_output=True, text=True, timeout=60, check=False)
