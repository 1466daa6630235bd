"""Runs dotdiag-collect against real .NET runtimes and looks whether the processes live on.

usage: runtime_test.py COLLECT RUNTIMES SHOP NET9 [PATTERN]

COLLECT is the program, RUNTIMES the directory that tools/runtimes.sh fills, SHOP the compiled tests/shop/shop.cs, NET9 where
tools/runtime_tests.sh laid .NET 9 out. PATTERN: only tests whose name matches. Prints a line for each test, and last
`N passed, N failed`.
"""

import contextlib
import os
import re
import subprocess
import sys

import answers
import dumps
import obstacles
import surroundings
from targets import RUNTIMES_UNDER_TEST

IS_ROOT = os.geteuid() == 0
# One process for all, which lives on after each.
ON_A_LIVING_ONE = [*answers.TESTS, *dumps.ON_A_LIVING_ONE, *obstacles.ON_A_LIVING_ONE, *(surroundings.ON_A_LIVING_ONE if IS_ROOT else [])]
IN_A_POD = surroundings.IN_A_POD if IS_ROOT else []
ON_ONE_OF_ITS_OWN = [*obstacles.ON_ONE_OF_ITS_OWN, *dumps.ON_ONE_OF_ITS_OWN, *surroundings.ON_ONE_OF_ITS_OWN]

WANTED = re.compile(sys.argv[5] if len(sys.argv) > 5 else "")
PROBLEMS = (AssertionError, StopIteration, LookupError, ValueError, OSError, subprocess.TimeoutExpired)
results = []


def attempt(name, test, *arguments):
    try:
        test(*arguments)
        results.append(True)
        print(f"passed: {name}", flush=True)
    except PROBLEMS as problem:
        results.append(False)
        print(f"FAILED: {name}: {type(problem).__name__}: {problem}", flush=True)


def run_on(start, runtime, tests):
    """One process for all tests; another one where a test has ended it."""
    tests = [test for test in tests if WANTED.search(f".NET {runtime.version}: {test.__name__}")]
    while tests:
        try:
            with start() as target:
                while tests and target.process.poll() is None:
                    test = tests.pop(0)
                    attempt(f".NET {runtime.version}: {test.__name__}", and_it_lives_on, test, target, runtime)
        except PROBLEMS as problem:
            names = ", ".join(test.__name__ for test in tests)
            tests = []
            attempt(f".NET {runtime.version}: {names}", raise_again, problem)


def and_it_lives_on(test, target, runtime):
    test(target, runtime)
    target.lives_on()


def raise_again(problem):
    raise problem


def main():
    for runtime in RUNTIMES_UNDER_TEST:
        run_on(runtime.start, runtime, ON_A_LIVING_ONE)
        run_on(runtime.start_pod, runtime, IN_A_POD)
        for test in ON_ONE_OF_ITS_OWN:
            name = f".NET {runtime.version}: {test.__name__}"
            if WANTED.search(name):
                attempt(name, test, runtime)
    for test in obstacles.ALONE:
        if WANTED.search(test.__name__):
            attempt(test.__name__, test)
    if not IS_ROOT:
        print("skipped: namespaces and other users: only root can make them")
    print(f"{results.count(True)} passed, {results.count(False)} failed")
    return 0 if all(results) else 1


with contextlib.suppress(KeyboardInterrupt):
    sys.exit(main())
