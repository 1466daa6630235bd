"""Reports of dotdiag-lint about manifests whose names and values try to break out of every format."""
import os
import subprocess
import tempfile

LINT = os.path.abspath(os.environ["DOTDIAG_LINT"])

HOSTILE = "a b,c%d:e;f'g\"h&<i>]]>é😀\n::error::.yaml"

DEPLOYMENT = """apiVersion: apps/v1
kind: Deployment
metadata:
  name: {name}
  annotations: {{{annotations}}}
spec:
  template:
    spec:
      containers:
        - name: app
          image: acme/web:1
          env:
            - name: DOTNET_EnableDiagnostic
              value: "%0A<b>&amp;]]>"
"""

MANIFESTS = {
    "web.yaml": DEPLOYMENT.format(name="web", annotations=""),
    "known.yaml": DEPLOYMENT.format(name="known", annotations='ignore.dotdiag.io/shared-tmp: "a <reason>, & more"'),
    "opted-in.yaml": DEPLOYMENT.format(name="opted-in", annotations='dotdiag.io/inject: "true"'),
    HOSTILE: DEPLOYMENT.format(name='"x<y>&:,%0A::"', annotations=""),
    "broken.yaml": "apiVersion: v1\nkind: Pod\nspec: [\n",
    "clean.yaml": "apiVersion: v1\nkind: Service\nmetadata: {name: web}\n",
    "deep/list.yaml": "apiVersion: v1\nkind: List\nitems:\n"
    + "".join("  - " + DEPLOYMENT.format(name=name, annotations="").replace("\n", "\n    ").rstrip() + "\n" for name in "ab"),
}


class Sample:
    """The manifests in a repository of their own."""

    def __init__(self):
        self._directory = tempfile.TemporaryDirectory()
        self.path = self._directory.name
        os.mkdir(f"{self.path}/.git")
        for name, text in MANIFESTS.items():
            path = f"{self.path}/{name}"
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)

    def close(self):
        self._directory.cleanup()

    def report(self, form, *arguments):
        """The text of a report, and the exit code."""
        result = subprocess.run([LINT, "--format", form, "--notes", *(arguments or ["."])], cwd=self.path,
                                capture_output=True, check=False)
        if result.stderr:
            raise AssertionError(result.stderr.decode())
        return result.stdout, result.returncode

    def write(self, form, name, *arguments):
        """Writes a report into a file, and returns its path."""
        path = f"{self.path}/{name}"
        with open(path, "wb") as file:
            file.write(self.report(form, *arguments)[0])
        return path
