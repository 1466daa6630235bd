"""What we write and what we give as examples, against schemas: our own, and those of the services.

CHECK_JSONSCHEMA is check-jsonschema, which brings the services' schemas with it."""
import os
import subprocess
import unittest

from reports import LINT, Sample

CHECK = os.environ["CHECK_JSONSCHEMA"]
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


class Schemas(unittest.TestCase):
    def check(self, *arguments):
        run = subprocess.run([CHECK, *arguments], capture_output=True, check=False, text=True)
        self.assertEqual(run.returncode, 0, run.stdout + run.stderr)

    def schema(self, name, directory):
        path = f"{directory}/{name}.schema.json"
        with open(path, "wb") as file:
            file.write(subprocess.run([LINT, "--schema", name], capture_output=True, check=True).stdout)
        return path

    def test_the_report_is_what_its_schema_says(self):
        sample = Sample()
        self.addCleanup(sample.close)
        schema = self.schema("report", sample.path)
        self.check("--schemafile", schema, sample.write("json", "report.json"))
        self.check("--schemafile", schema, sample.write("json", "clean.json", "clean.yaml"))

    def test_a_baseline_is_what_its_schema_says(self):
        sample = Sample()
        self.addCleanup(sample.close)
        subprocess.run([LINT, "--write-baseline", "known.json", "web.yaml"], cwd=sample.path, capture_output=True,
                       check=True)
        self.check("--schemafile", self.schema("baseline", sample.path), f"{sample.path}/known.json")

    def test_our_schemas_are_schemas(self):
        for name in ("baseline", "config", "report"):
            self.check("--check-metaschema", f"{ROOT}/linter/{name}.schema.json")

    def test_the_example_for_github_is_a_workflow(self):
        self.check("--builtin-schema", "vendor.github-workflows", f"{ROOT}/docs/examples/github-actions.yml")

    def test_the_example_for_gitlab_is_a_pipeline(self):
        self.check("--builtin-schema", "vendor.gitlab-ci", f"{ROOT}/docs/examples/gitlab-ci.yml")


if __name__ == "__main__":
    unittest.main()
