"""What goes wrong while somebody takes a dump: the application goes on, whoever asked is told what happened, and no half file is taken
for a whole one. Run by ./dev node.
"""

import json
import os
import random
import subprocess
import tempfile
import unittest

from core_file import faults
from cut_line import CutLine
from steps import (APP, ENVIRONMENT, RESTRICTED, attempt, bring, create_namespace, install_webhook, manifest, objects, roll_out, sh,
                   until, wait_for_beat)

KEPT = "the shop keeps 500 orders"


def setUpModule():
    install_webhook()
    bring("dotdiag-collect")


def container_of(deployment):
    return deployment["spec"]["template"]["spec"]["containers"][0]


class Disturbed(unittest.TestCase):
    def setUp(self):
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.directory = directory.name

    def deploy(self, name, image="net31", pod_security="", user=None, **how):
        """The Deployment's manifest, to be changed, in a namespace that is there."""
        self.name = name
        create_namespace(name, pod_security)
        return manifest(name, f"node.test/{image}:1", user=user or APP, **how)

    def start(self, deployment):
        pod = roll_out(deployment)
        wait_for_beat(self.name, pod)
        return pod

    def command(self, *options):
        return f"kubectl dotdiag dump -n {self.name} deployment/{self.name} --yes -o app.dmp {' '.join(options)}"

    def dump(self, *options):
        result = attempt(self.command(*options), directory=self.directory)
        print(f"$ {self.command(*options)}\n{result.stdout}[{result.returncode}]", flush=True)
        return result

    def expect_whole(self):
        result = self.dump()
        self.assertEqual(0, result.returncode, result.stdout)
        self.assertEqual([], faults(f"{self.directory}/app.dmp", KEPT))

    def expect_no(self, result, *words):
        """It failed, said why, and left nothing."""
        self.assertNotEqual(0, result.returncode, result.stdout)
        for word in words:
            self.assertIn(word, result.stdout)
        self.assertEqual([], [name for name in os.listdir(self.directory) if ".kubeconfig" not in name])

    def expect_alive(self, restarts=0):
        until(f"{restarts} restarts", lambda: self.status()["restartCount"] == restarts and self.status()["ready"])
        log = f"kubectl logs --since=2s -n {self.name} deployment/{self.name} -c {self.name}"
        until("the application lives on", lambda: "beat" in attempt(log).stdout)
        self.assertEqual(restarts, self.status()["restartCount"])

    def status(self):
        """Of the application's container, in its only pod or in any."""
        return objects(f"-n {self.name} get pods")["items"][0]["status"]["containerStatuses"][0]


class Narrow(Disturbed):
    """Pods in which something is missing."""

    def test_a_limit_of_64Mi(self):
        deployment = self.deploy("narrow", "net9")
        container_of(deployment)["resources"] = {"limits": {"memory": "64Mi"}}
        self.start(deployment)
        result = self.dump("--accept-risk")
        if result.returncode == 0:
            self.assertEqual([], faults(f"{self.directory}/app.dmp", KEPT))
        else:
            self.expect_no(result, "memory")
        self.expect_alive()

    def test_a_root_file_system_that_is_read_only(self):
        deployment = self.deploy("readonly", user={**APP, "readOnlyRootFilesystem": True})
        self.start(deployment)
        self.expect_whole()
        self.expect_alive()

    def test_no_directory_that_can_be_written_to(self):
        deployment = self.deploy("closed", "net9", policy="false", user={**APP, "readOnlyRootFilesystem": True})
        self.start(deployment)
        self.expect_no(self.dump(), "read-only root file system", "emptyDir")
        self.expect_alive()

    def test_a_full_volume(self):
        deployment = self.deploy("full")
        spec = deployment["spec"]["template"]["spec"]
        spec["volumes"] = [{"name": "cache-volume", "emptyDir": {"medium": "Memory", "sizeLimit": "4Mi"}}]
        container_of(deployment)["volumeMounts"] = [{"name": "cache-volume", "mountPath": "/tmp"}]
        pod = self.start(deployment)
        sh(f"kubectl -n full exec {pod} -c full -- sh -c 'dd if=/dev/zero of=/tmp/filling bs=1M count=8; df /tmp' || true")
        self.expect_whole()
        self.expect_alive()

    def test_a_full_disk_here(self):
        self.start(self.deploy("disk"))
        sh(f"mount -t tmpfs -o size=1m tmpfs {self.directory}")
        self.addCleanup(sh, f"umount {self.directory}")
        self.expect_no(self.dump(), "No space left")
        self.expect_alive()


class Enforced(Disturbed):
    """Namespaces that enforce Pod Security."""

    def test_baseline(self):
        self.start(self.deploy("baseline", pod_security="baseline"))
        self.expect_whole()
        self.expect_alive()

    def test_restricted(self):
        self.start(self.deploy("restricted", pod_security="restricted", user=RESTRICTED))
        self.expect_whole()
        self.expect_alive()


class Broken(Disturbed):
    """Something ends in the middle."""

    def test_one_of_two_replicas_is_broken(self):
        deployment = self.deploy("two")
        deployment["spec"]["replicas"] = 2
        container_of(deployment)["readinessProbe"] = {"exec": {"command": ["test", "!", "-e", "/tmp/broken"]}, "periodSeconds": 1}
        sh("kubectl apply -f -", given=json.dumps(deployment))
        sh("kubectl -n two rollout status deployment/two --timeout=300s")
        newest = sh("kubectl -n two get pods -o name --sort-by=.metadata.creationTimestamp").split()[-1].removeprefix("pod/")
        sh(f"kubectl -n two exec {newest} -- touch /tmp/broken")
        sh(f"kubectl -n two wait --for=condition=Ready=false pod/{newest} --timeout=60s")
        self.expect_whole()
        self.assertNotIn("ephemeralContainers", objects(f"-n two get pod {newest}")["spec"])

    def begin_dump(self, name):
        """A dump that is about to be written, of an application so large that there is time to disturb it."""
        deployment = self.deploy(name)
        container_of(deployment)["args"] = ["800000"]
        self.start(deployment)
        self.kill_target = f"ctr --namespace k8s.io tasks kill --signal SIGKILL {self.status()['containerID'].removeprefix('containerd://')}"
        process = subprocess.Popen("exec " + self.command(), shell=True, cwd=self.directory, env=ENVIRONMENT, text=True,
                                   stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.said = ""
        while "stands still" not in self.said:
            line = process.stdout.readline()
            self.assertTrue(line, self.said)
            self.said += line
        return process

    def ended(self, process):
        said = self.said + process.communicate(timeout=300)[0]
        print(f"{said}[{process.returncode}]", flush=True)
        return subprocess.CompletedProcess(process.args, process.returncode, said)

    def test_the_target_restarts_meanwhile(self):
        process = self.begin_dump("restarts")
        sh(self.kill_target)
        self.expect_no(self.ended(process))
        self.expect_alive(restarts=1)

    def test_interrupted_here(self):
        process = self.begin_dump("interrupted")
        process.send_signal(subprocess.signal.SIGINT)
        self.expect_no(self.ended(process))
        self.expect_alive()

    def test_the_kubelet_is_killed_and_comes_back(self):
        process = self.begin_dump("kubelet")
        number = int(sh("pgrep -x kubelet"))
        with open(f"/proc/{number}/cmdline", "rb") as file:
            command = file.read().decode().split("\0")[:-1]
        os.kill(number, subprocess.signal.SIGKILL)
        subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        result = self.ended(process)
        if result.returncode == 0:
            self.assertEqual([], faults(f"{self.directory}/app.dmp", "the shop keeps 800000 orders"))
        else:
            self.expect_no(result)
        sh("kubectl wait --for=condition=Ready node/node --timeout=120s")
        self.expect_alive()


class Cut(Disturbed):
    TIMES = 20

    def test_a_connection_that_is_cut_at_any_byte(self):
        self.start(self.deploy("cut"))
        for _ in "the first one adds the debugger", "the second one finds it":
            with CutLine(self.directory) as line:
                result = self.dump("--overwrite --type mini", f"--kubeconfig {line.kubeconfig}")
            self.assertEqual(0, result.returncode, result.stdout)
            whole = line.passed
        places = random.Random()
        for _ in range(self.TIMES):
            after = places.randrange(whole)
            if os.path.exists(f"{self.directory}/app.dmp"):
                os.remove(f"{self.directory}/app.dmp")
            with self.subTest(after=after, whole=whole), CutLine(self.directory, after) as line:
                self.expect_all_or_nothing(self.dump("--type mini", f"--kubeconfig {line.kubeconfig}"))
        self.expect_alive()

    def expect_all_or_nothing(self, result):
        if result.returncode == 0:
            self.assertEqual([], faults(f"{self.directory}/app.dmp", ""))
        else:
            self.expect_no(result)
            self.assertTrue(result.stdout.strip())


if __name__ == "__main__":
    unittest.main()
