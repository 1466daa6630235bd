"""The hooks, as pre-commit runs them in a repository of somebody's.

PRE_COMMIT is the program."""
import os
import subprocess
import tempfile
import unittest

from reports import DEPLOYMENT, LINT

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PRE_COMMIT = os.environ["PRE_COMMIT"]


class Hooks(unittest.TestCase):
    def setUp(self):
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.path = directory.name
        self.environment = dict(
            os.environ, HOME=self.path, PRE_COMMIT_HOME=f"{self.path}/cache", GIT_CONFIG_GLOBAL="/dev/null",
            PATH=f"{os.path.dirname(LINT)}:{os.environ['PATH']}", GIT_AUTHOR_NAME="a", GIT_AUTHOR_EMAIL="a@example.com",
            GIT_COMMITTER_NAME="a", GIT_COMMITTER_EMAIL="a@example.com")
        # pre-commit clones hooks from a repository: this one has nothing but them.
        self.hooks = f"{self.path}/hooks"
        os.mkdir(self.hooks)
        with open(f"{ROOT}/.pre-commit-hooks.yaml", encoding="utf-8") as file:
            self.write("hooks/.pre-commit-hooks.yaml", file.read())
        self.git("hooks", "init", "-q")
        self.git("hooks", "add", ".")
        self.git("hooks", "commit", "-q", "-m", "Add hooks")
        self.revision = self.git("hooks", "rev-parse", "HEAD").strip()
        os.mkdir(f"{self.path}/work")
        self.git("work", "init", "-q")

    def write(self, name, text):
        with open(f"{self.path}/{name}", "w", encoding="utf-8") as file:
            file.write(text)

    def read(self, name):
        with open(f"{self.path}/{name}", encoding="utf-8") as file:
            return file.read()

    def run_in(self, directory, *command):
        return subprocess.run(command, cwd=f"{self.path}/{directory}", env=self.environment, capture_output=True,
                              text=True, check=False)

    def git(self, directory, *arguments):
        result = self.run_in(directory, "git", *arguments)
        self.assertEqual(result.returncode, 0, result.stderr)
        return result.stdout

    def commit(self, hook, **files):
        self.write("work/.pre-commit-config.yaml",
                   f"repos:\n  - repo: file://{self.hooks}\n    rev: {self.revision}\n    hooks: [{{id: {hook}}}]\n")
        for name, text in files.items():
            self.write(f"work/{name}.yaml", text)
        self.git("work", "add", ".")
        result = self.run_in("work", PRE_COMMIT, "run")
        return result.returncode, result.stdout + result.stderr

    def test_the_manifest_of_hooks_is_valid(self):
        result = self.run_in("work", PRE_COMMIT, "validate-manifest", f"{ROOT}/.pre-commit-hooks.yaml")
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)

    def test_a_finding_stops_the_commit(self):
        code, output = self.commit("dotdiag-lint", web=DEPLOYMENT.format(name="web", annotations=""))
        self.assertEqual(code, 1, output)
        self.assertIn("[shared-tmp]", output)

    def test_what_holds_nothing_to_judge_passes(self):
        code, output = self.commit("dotdiag-lint", values="replicas: 1\n")
        self.assertEqual(code, 0, output)
        self.assertIn("Passed", output)

    def test_what_the_settings_exclude_passes(self):
        self.write("work/.dotdiag-lint.yaml", "exclude: [web.yaml]\n")
        code, output = self.commit("dotdiag-lint", web=DEPLOYMENT.format(name="web", annotations=""))
        self.assertEqual(code, 0, output)

    def test_the_other_hook_mends_the_file_and_stops_the_commit(self):
        code, output = self.commit("dotdiag-lint-fix", web=DEPLOYMENT.format(name="web", annotations=""))
        self.assertEqual(code, 1, output)
        self.assertIn("SYS_PTRACE", self.read("work/web.yaml"))
        self.git("work", "add", ".")
        again = self.run_in("work", PRE_COMMIT, "run")
        self.assertEqual(again.returncode, 0, again.stdout)


if __name__ == "__main__":
    unittest.main()
