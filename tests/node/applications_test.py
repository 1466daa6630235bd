"""The applications that the tests look into: each runtime starts in a pod. Run by ./dev node."""

import unittest

from steps import attempt, deploy, sh, until


class Applications(unittest.TestCase):
    def expect_socket(self, name, pod):
        listing = f"kubectl -n {name} exec {pod} -- ls /tmp"
        until("the runtime's socket", lambda: "dotnet-diagnostic-" in attempt(listing).stdout)

    def test_net31_says_its_version(self):
        pod = deploy("net31", "node.test/net31:1")
        self.expect_socket("net31", pod)
        self.assertIn("3.1.23", sh(f"kubectl -n net31 exec {pod} -- dotnet --list-runtimes"))

    def test_net9_says_its_version(self):
        pod = deploy("net9", "node.test/net9:1")
        self.expect_socket("net9", pod)
        self.assertIn("9.0.1", sh(f"kubectl -n net9 exec {pod} -- dotnet --list-runtimes"))

    def test_net10_is_a_single_file(self):
        sh("kubectl create namespace net10")
        sh("kubectl -n net10 apply -f tests/node/images/net10.yaml")
        sh("kubectl -n net10 wait --for=condition=Ready pod/single --timeout=300s")
        self.expect_socket("net10", "single")
        self.assertEqual("0", sh("kubectl -n net10 get pod single -o jsonpath='{.status.containerStatuses[0].restartCount}'"))

    def test_a_deadlock_comes_on_request(self):
        sh("kubectl create deployment locked --image=node.test/net31:1 --replicas=0")
        sh("kubectl set env deployment/locked SHOP_DEADLOCK=1")
        sh("kubectl scale deployment/locked --replicas=1")
        sh("kubectl rollout status deployment/locked --timeout=300s")
        until("its word", lambda: "two threads wait for each other" in attempt("kubectl logs deploy/locked").stdout)


if __name__ == "__main__":
    unittest.main()
